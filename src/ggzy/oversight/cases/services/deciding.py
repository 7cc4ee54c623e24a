"""作出决定的命令: what is decided takes effect at once: bans bite, orders reach their lot, the record follows."""

from collections.abc import Sequence
from datetime import datetime

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.instants import local_date
from ggzy.oversight.cases import access, events
from ggzy.oversight.cases.models import Case, LotOrder
from ggzy.oversight.cases.queries import casework as queries
from ggzy.oversight.cases.queries import deciding
from ggzy.oversight.cases.rules import casework as rules
from ggzy.oversight.cases.rules import deciding as judging
from ggzy.oversight.cases.rules import measures
from ggzy.oversight.cases.services import alerting
from ggzy.oversight.cases.services.casework import move_on
from ggzy.oversight.cases.values.casework import CaseFacts, Measure, MeasureKind
from ggzy.oversight.powers.services import under
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.credit import services as credit
from ggzy.registers.credit.values import Decision, Gravity, NewBan, NewRecord, RecordKind
from ggzy.trading.projects import events as lot_events
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects import services as lots
from ggzy.trading.projects.values import LotOrder as Ordered

ORDER_DAYS = 30


@command
@under("case.decide")
def decide(actor: Actor, code: str, document: str, *, at: datetime) -> Receipt:
    """作出处理决定, by a head, on the draft that others wrote and reviewed. Basis: 行政处罚法 §57, §58.

    Bans and orders take effect with it; it is published within seven working days.
    """
    row, facts = access.case_to_handle(actor, code, at)
    seats, months = deciding.seats(actor, facts), queries.months(facts.offence)
    judging.may_decide(facts, seats, document, months, deciding.course(), at).require()
    assert facts.draft is not None, "judged above"
    decision = facts.draft.decision
    row.document, row.decided_at = document.strip(), at
    row.decision = kernel_events.body(decision)
    row.publish_by = rules.publish_by(local_date(at), catalog.calendar())
    move_on(row, "decide", "document", "decided_at", "decision", "publish_by")
    for measure in decision.measures:
        if measure.kind is MeasureKind.BAN:
            _ban(actor, facts, row.document, measure, at)
    because = f"案件 {code} 已作出处理决定 {row.document}"
    alerting.answer(actor, row, because, is_confirmed=True, at=at)
    for number, measure in enumerate(decision.measures, start=1):
        if measure.kind.is_order and facts.lot is not None:
            _order(actor, row, facts, measure, number, decision.text, at)
    decided = events.CaseDecided(
        case=code, document=row.document, decision=decision, publish_by=row.publish_by
    )
    return journal.record(decided, actor=actor, at=at)


@command
@under("case.publish")
def publish(actor: Actor, code: str, *, at: datetime) -> Receipt:
    """公开处理决定, with the credit record of every party that was punished. Basis: 行政处罚法 §48."""
    row, facts = access.case_to_handle(actor, code, at)
    rules.may_publish(facts).require()
    assert facts.decision is not None and facts.publish_by is not None, "decided, so there is a decision"
    row.published_at = at
    move_on(row, "publish", "published_at")
    for party in dict.fromkeys(one.party for one in facts.decision.measures if one.kind.is_penalty):
        assert party is not None, "a penalty names its party"
        credit.record(actor, _record(facts, party), at=at)
    fact = events.CasePublished(
        case=code,
        lot=facts.lot,
        authority=facts.authority,
        document=facts.document,
        offence=facts.offence.name,
        article=facts.offence.article,
        parties=tuple(party.code for party in facts.parties),
        decision=facts.decision,
        is_late=local_date(at) > facts.publish_by,
    )
    return journal.record(fact, actor=actor, at=at)


@command
@under("order.meet")
def meet_order(actor: Actor, code: str, note: str, *, at: datetime) -> Receipt:
    """登记责令事项办结: the lot is bound by it no longer."""
    row = access.order_to_meet(actor, code)
    rules.may_meet(row.met_at is None, note).require()
    row.met_at, row.note = at, note.strip()
    row.save(update_fields=["met_at", "note"])
    return lots.lift(actor, LotCode(row.lot), code, row.note, at=at)


@command
def reply_order(actor: Actor, code: str, text: str, files: Sequence[str], *, at: datetime) -> Receipt:
    """报告改正情况, by the owner's side: its duty, so no row of the supervisors' list is asked."""
    row, party = access.order_to_reply(actor, code)
    rules.may_reply(row.met_at is None, text).require()
    row.reply = f"{row.reply}\n\n{text.strip()}".strip()
    row.files, row.replied_at = [*row.files, *files], at
    row.save(update_fields=["reply", "files", "replied_at"])
    fact = events.OrderReplied(case=row.case_id, order=code, by=party, text=text.strip(), files=tuple(files))
    told = lot_events.OrderAnswered(lot=LotCode(row.lot), order=code)
    return journal.record_all([fact, told], actor=actor, at=at)


def _ban(actor: Actor, case: CaseFacts, document: str, measure: Measure, at: datetime) -> None:
    assert measure.party is not None and measure.months is not None, "a ban was let through incomplete"
    start = local_date(at)
    ban = NewBan(
        party=measure.party,
        ground=case.offence.ban,
        start=start,
        end=measures.end_of_ban(start, measure.months),
        decision=Decision(case.authority, document, case.offence.article, start),
    )
    credit.ban(actor, ban, at=at)


def _order(
    actor: Actor, row: Case, case: CaseFacts, measure: Measure, number: int, text: str, at: datetime
) -> None:
    """责令: bound to the lot, which obeys it until it is met; its owner's side has a day to report by."""
    assert case.lot is not None, "an order goes to a lot"
    lot = projects.lot(case.lot)
    until = rules.last_order_day(local_date(at), ORDER_DAYS, catalog.calendar())
    made = LotOrder.objects.create(
        code=f"{row.code}-{number}",
        case=row,
        lot=case.lot,
        region=row.region,
        kind=measure.kind,
        reason=text.strip(),
        until=until,
        owner=lot.owner,
        agency=lot.agency,
    )
    order = Ordered(made.code, measure.kind.value, lot.round, case.authority, until)
    lots.impose(actor, case.lot, order, case.offence.name, case.offence.article, at=at)


def _record(case: CaseFacts, party: CreditCode) -> NewRecord:
    assert case.decision is not None and case.decided_at is not None, "decided, so there is a decision"
    mine = [one for one in case.decision.measures if one.party == party and one.kind.is_penalty]
    is_warning = all(one.kind is MeasureKind.WARN for one in mine)
    return NewRecord(
        party=party,
        kind=RecordKind.PENALTY,
        title=case.offence.name[:200],
        text=f"{'、'.join(measures.words_of(one) for one in mine)}。{case.decision.text}",
        decision=Decision(case.authority, case.document, case.offence.article, local_date(case.decided_at)),
        gravity=Gravity.MINOR if is_warning else Gravity(case.offence.gravity),
        lot=case.lot,
    )
