"""设定与缴纳: what is asked, the virtual accounts, the guarantees."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.money import Money, Rate
from ggzy.kernel.roles import Permission
from ggzy.registers.parties import queries as parties
from ggzy.trading.deposits import access, events, queries, rules
from ggzy.trading.deposits.lifecycle import ACCOUNTS
from ggzy.trading.deposits.models import Account, Guarantee, Requirement
from ggzy.trading.deposits.values import AccountState, GuaranteeForm, TakesOrders, Transfer
from ggzy.trading.projects import queries as projects


@command
def require(
    actor: Actor,
    lot: LotCode,
    amount: Money,
    *,
    due: datetime | None = None,
    valid_until: date | None = None,
    by_credit: bool = False,
    floor: Money | None = None,
    at: datetime,
) -> Receipt:
    """设定投标保证金: at most the share of the estimate the rulebook allows, never more than all of it.

    `by_credit`: what each bidder owes follows its credit, within the shares of the estimate and of `floor`
    (the start price of a sale) that the law names.
    """
    asked = access.lot_to_require(actor, lot)
    limit = asked.lot.rulebook.get("tender.deposit_rate_max")
    share, article = (Rate(limit.value), limit.article) if limit else (rules.WHOLE, "")
    within = rules.bounds(asked.lot.rulebook, amount, asked.lot.estimate, floor) if by_credit else None
    kept = asked.facts is None or (asked.facts.amount, asked.facts.bounds) == (amount, within)
    opened = asked.row is not None and asked.row.accounts > 0 and not kept
    rules.may_require(amount, asked.lot.estimate, share, article, opened).require()
    known = {
        "amount": amount,
        "due": due,
        "due_set_at": at,
        "valid_until": valid_until,
        "bounds": kernel_events.body(within) if within else None,
    }
    Requirement.objects.update_or_create(
        lot_id=lot, round=asked.lot.round, defaults=known, create_defaults={**known, "set_at": at}
    )
    told = events.DepositRequired(
        lot=lot, round=asked.lot.round, amount=amount, due=due, valid_until=valid_until, bounds=within
    )
    return journal.record(told, actor=actor, at=at)


def move_due(lot: LotCode, due: datetime, *, valid_until: date | None = None, at: datetime) -> None:
    """缴纳截止时间随投标截止时间变更, inside the command that moves the deadline, which records it."""
    row = queries.requirement_row(lot)
    if row is None:
        return
    row.due, row.due_set_at = due, at
    row.valid_until = valid_until or row.valid_until
    row.save(update_fields=["due", "due_set_at", "valid_until"])


@command
def open_account(
    actor: Actor, lot: LotCode, *, members: Sequence[CreditCode] = (), at: datetime | None = None
) -> Receipt:
    """办理保证金: the bidder's own virtual account for this lot. A consortium's leader names its members.

    The moment is read under the lock; `at` is not asked.
    """
    asked = access.lot_to_secure(actor, lot)
    party = actor.organisation
    assert party is not None, "access asked for an organisation"
    if access.account_row(asked, party) is None:
        found = parties.parties([party, *members])
        has_account = any(one.basic_account for one in found.values())
        barred = projects.gate(asked.lot, (party, *members), asked.at)
        (rules.may_open(asked.facts, has_account, asked.lot.must_tender, asked.at) & barred).require()
    opened = _open(asked, {party: tuple(members)})
    rules.may_open_another(is_open=not opened).require()
    return journal.record_all(opened, actor=actor, at=asked.at)


@command
def open_accounts(actor: Actor, lot: LotCode, accounts: Sequence[CreditCode], *, at: datetime) -> Receipt:
    """批量办理保证金 by the platform, for a tender whose bidders are known beforehand."""
    asked = access.lot_to_settle(actor, lot, Permission.DEPOSIT_RECEIVE)
    rules.may_open(asked.facts, True, asked.lot.must_tender, asked.at).require()
    opened = _open(asked, dict.fromkeys(accounts, ()))
    rules.may_open_another(is_open=not opened).require()
    return journal.record_all(opened, actor=actor, at=at)


@command
def place_guarantee(
    actor: Actor, lot: LotCode, form: GuaranteeForm, *, at: datetime | None = None
) -> Receipt:
    """提交电子保函, in place of money. Opens the bidder's account if there is none yet."""
    asked = access.lot_to_secure(actor, lot)
    party = actor.organisation
    assert party is not None, "access asked for an organisation"
    used = Guarantee.objects.filter(issuer=form.issuer, number=form.number).exists()
    owed = queries.owed(lot, party, asked.at)
    verdict = rules.may_place(form, asked.facts, owed, asked.lot.owner, asked.at)
    verdict &= rules.is_unused(form, used)
    (verdict & projects.gate(asked.lot, (party,), asked.at)).require()
    opened = _open(asked, {party: ()})
    account = access.account_row(asked, party)
    assert account is not None and asked.facts is not None
    rules.may_add_to(AccountState(account.state)).require()
    Guarantee.objects.create(
        account=account,
        number=form.number.strip(),
        issuer=form.issuer.strip(),
        beneficiary=form.beneficiary,
        amount=form.amount,
        valid_from=form.valid_from,
        valid_until=form.valid_until,
        is_unconditional=form.is_unconditional,
        file=form.file,
        placed_at=asked.at,
        state=AccountState.SECURED,
    )
    if account.state == AccountState.OPEN:
        account.state = ACCOUNTS.after(AccountState.OPEN, "secure")
        account.save(update_fields=["state"])
    placed = events.GuaranteePlaced(
        lot=lot,
        round=asked.lot.round,
        party=party,
        number=form.number.strip(),
        issuer=form.issuer.strip(),
        amount=form.amount,
        valid_from=form.valid_from,
        valid_until=form.valid_until,
        file=form.file,
        phone_tail=rules.tail(form.phone),
        phone_mark=queries.mark("phone", form.phone),
    )
    return journal.record_all([*opened, placed], actor=actor, at=asked.at)


def pretend_payment(actor: Actor, lot: LotCode, order: Transfer, at: datetime) -> None:
    """模拟付款: an order at the bidder's own bank, which only the simulated bank takes. Nothing is recorded:
    what the bank later says is. Raises `Missing` in a real installation."""
    gateway = queries.gateway()
    if not settings.SIMULATION or not isinstance(gateway, TakesOrders):
        raise Missing()
    mine = access.own_account(actor, lot)
    with transaction.atomic():
        gateway.transfer(queries.Rows(gateway.code), replace(order, account=mine.number), at)


def _open(
    asked: access.Asked, members: dict[CreditCode, tuple[CreditCode, ...]]
) -> list[events.DepositAccountOpened]:
    """Opens the accounts that are not there yet, numbered under the lot's lock."""
    code, round = asked.lot.code, asked.lot.round
    there = set(
        Account.objects.filter(lot_id=code, round=round, party__in=members).values_list("party", flat=True)
    )
    fresh = [party for party in members if party not in there]
    requirement, gateway = asked.row, queries.gateway()
    if not fresh or requirement is None:
        return []
    first = requirement.accounts + 1
    assert asked.facts is not None, "there is a requirement"
    owed = queries.reckoned(asked.facts, {party: members[party] for party in fresh}, asked.at)
    rows = [
        Account(
            lot_id=code,
            round=round,
            party=party,
            members=[str(member) for member in members[party]],
            number=gateway.account_number(code, round, serial),
            gateway=gateway.code,
            state=AccountState.OPEN,
            owed=owed[party].amount,
            ground=kernel_events.body(owed[party].ground) if owed[party].ground else None,
            paid=Money(0),
            opened_at=asked.at,
        )
        for serial, party in enumerate(fresh, start=first)
    ]
    Account.objects.bulk_create(rows)
    Requirement.objects.filter(pk=requirement.pk).update(accounts=requirement.accounts + len(fresh))
    return [
        events.DepositAccountOpened(
            lot=code,
            round=round,
            party=row.party,
            account=row.number,
            owed=row.owed,
            ground=owed[row.party].ground,
        )
        for row in rows
    ]
