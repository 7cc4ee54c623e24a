"""合同与履约: drafted by the owner, signed by the winner, told to the public step by step."""

from dataclasses import replace
from datetime import datetime

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.foundation.vault import queries as vault_queries
from ggzy.foundation.vault import services as vault
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.instants import local_date
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Reason, judge
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.contracting import access, events, queries, rules
from ggzy.trading.contracting.lifecycle import AWARD
from ggzy.trading.contracting.models import Contract, Performance
from ggzy.trading.contracting.services import selling, telling
from ggzy.trading.contracting.values import AwardState, ContractForm, Step
from ggzy.trading.projects import queries as project_queries
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Phase


@command
def draft(actor: Actor, lot: LotCode, form: ContractForm, *, at: datetime) -> Receipt:
    """拟定合同, by the owner's side: may be drafted again until the winner has signed."""
    grip = access.award_of_owner(actor, lot, Permission.CONTRACT_SIGN)
    stored = not form.file or vault_queries.exists(form.file)
    here = judge([(stored, Reason("file_gone", "合同文本还没有到达平台，请重新上传"))])
    cap = grip.lot.rulebook.get("tender.security_rate_max")
    (rules.may_draft(grip.facts, form, cap) & here).require()
    grip.row.state = AWARD.after(grip.facts.state, "draft")
    grip.row.save(update_fields=["state"])
    Contract.objects.update_or_create(
        award=grip.row,
        defaults={
            "number": form.number.strip(),
            "price": kernel_events.body(form.price),
            "amount": form.amount,
            "security": form.security,
            "period": form.period,
            "quality": form.quality,
            "file": form.file,
            "drafted_at": at,
            "sign_by": _sign_by(grip),
        },
    )
    winner = grip.facts.winner
    readers = (grip.lot.owner, grip.lot.agency, winner.bidder.leader if winner else None)
    vault.share([form.file], [code for code in readers if code])
    fact = events.ContractDrafted(
        lot=lot,
        round=grip.lot.round,
        number=form.number.strip(),
        price=form.price,
        amount=form.amount,
        security=form.security,
        file=form.file,
    )
    return journal.record(fact, actor=actor, at=at)


def _sign_by(grip: access.Grip) -> datetime:
    if grip.facts.sale is not None:
        return grip.facts.sale.sign_by
    assert grip.facts.letter is not None, "judged as notified"
    return rules.sign_by(grip.lot.rulebook, catalog.calendar(), grip.facts.letter.issued_at)


@command
def sign(actor: Actor, lot: LotCode, *, at: datetime) -> Receipt:
    """签订合同, by the winner; all deposits go back with interest (招标投标法 §46, 实施条例 §57).

    Of a sale the winner's own becomes a part of the price.
    """
    grip = access.award_of_winner(actor, lot, Permission.CONTRACT_SIGN)
    winner, contract = grip.facts.winner, grip.facts.contract
    barred = project_queries.gate(grip.lot, winner.bidder.parties if winner else (), at)
    (queries.may_sign(grip.facts, actor.organisation, at) & barred).require()
    assert winner is not None and contract is not None, "judged above"
    grip.row.state = AWARD.after(grip.facts.state, "sign")
    grip.row.save(update_fields=["state"])
    Contract.objects.filter(award=grip.row).update(signed_at=at)
    projects.advance(lot, Phase.CONTRACTED, at)
    if grip.facts.sale is not None:
        selling.settle_deposits(actor, grip.lot, grip.row, grip.facts.sale, at)
    else:
        telling.return_deposits(lot, "合同已签订", actor.request, at)
    notice = telling.contract(actor, grip.lot, winner, contract.form, at, is_sale=grip.facts.sale is not None)
    fact = events.ContractSigned(
        lot=lot,
        round=grip.lot.round,
        number=contract.form.number,
        supplier=winner.bidder,
        price=contract.form.price,
        amount=contract.form.amount,
        security=contract.form.security,
        file=contract.form.file,
        sign_by=contract.sign_by,
        is_late=at > contract.sign_by,
        notice=notice,
    )
    return journal.record(fact, actor=actor, at=at)


@command
def perform(actor: Actor, lot: LotCode, step: Step, *, at: datetime) -> Receipt:
    """登记履约情况, by either side. The day a price is due follows from the contract of a sale."""
    grip = access.award_of_either(actor, lot, Permission.CONTRACT_PERFORM)
    by_owner = not grip.facts.is_winner(actor.organisation)
    rules.may_record_step(grip.facts, step, local_date(at), by_owner=by_owner).require()
    step = replace(step, due_on=rules.due_on(grip.facts, step.kind) or step.due_on)
    number = len(grip.facts.steps) + 1
    Performance.objects.create(
        award=grip.row,
        number=number,
        kind=step.kind,
        text=step.text,
        on=step.on,
        amount=step.amount,
        due_on=step.due_on,
        at=at,
    )
    fact = events.PerformanceRecorded(
        lot=lot,
        round=grip.lot.round,
        number=number,
        step=step.kind,
        text=step.text,
        on=step.on,
        amount=step.amount,
        days_late=step.days_late,
    )
    return journal.record(fact, actor=actor, at=at)


@command
def complete(actor: Actor, lot: LotCode, text: str, *, at: datetime) -> Receipt:
    """合同完结, by the owner, after acceptance; of a sale, once it is paid in full and handed over."""
    grip = access.award_of_owner(actor, lot, Permission.CONTRACT_COMPLETE)
    rules.may_complete(grip.facts, rules.owing(grip.facts)).require()
    grip.row.state = AWARD.after(AwardState(grip.row.state), "complete")
    grip.row.save(update_fields=["state"])
    Contract.objects.filter(award=grip.row).update(completed_at=at)
    paid = rules.received(grip.facts)
    fact = events.ContractCompleted(lot=lot, round=grip.lot.round, text=text.strip(), paid=paid)
    return journal.record(fact, actor=actor, at=at)
