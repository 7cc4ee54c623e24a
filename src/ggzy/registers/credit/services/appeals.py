"""异议与修复申请的命令: filed by the subject, settled by the authority, applied at once."""

from datetime import datetime

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.instants import local_date
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.credit import access, events, queries, rules
from ggzy.registers.credit.models import CreditRecord, EntryAppeal, ListEntry, MarketBan
from ggzy.registers.credit.services import lists
from ggzy.registers.credit.values import (
    Appeal,
    AppealKind,
    AppealState,
    Correction,
    Decision,
    Gravity,
    ListState,
)

NO_ENTRY = "没有找到这条信用信息"
Entry = CreditRecord | MarketBan | ListEntry


@command
def object_to(actor: Actor, entry: str, text: str, *, at: datetime) -> Receipt:
    """对信用信息提出异议: it is marked until it is checked. Raises Forbidden, Missing, Refused."""
    party = access.party_of(actor)
    row = _own(entry, party)
    rules.may_object(text, is_over=_is_over(row, at), is_open=queries.has_open_appeal(entry)).require()
    return _file(actor, AppealKind.OBJECTION, party, entry, text, at)


@command
def apply_for_repair(actor: Actor, entry: str, text: str, *, at: datetime) -> Receipt:
    """申请信用修复, by the subject itself and not before the day the law names. Raises Refused."""
    party = access.party_of(actor)
    row = _own(entry, party)
    is_open, today = queries.has_open_appeal(entry), local_date(at)
    match row:
        case CreditRecord():
            facts = row.facts()
            term = queries.terms()[facts.gravity] if facts.gravity else None
            rules.may_apply(facts, term, text, is_open=is_open, today=today).require()
        case ListEntry():
            verdict = rules.may_object(text, is_over=False, is_open=is_open)
            term = queries.terms()[Gravity.SERIOUS]
            (rules.may_repair_listing(row.facts(), term, today) & verdict).require()
        case MarketBan():
            raise Missing("市场禁入不能申请修复：期满自动停止，提前解除的由决定机关办理")
    return _file(actor, AppealKind.REPAIR, party, entry, text, at)


def _own(entry: str, party: CreditCode) -> Entry:
    """本单位的信用信息, whichever it is; another's cannot be told from a missing one. Raises Missing."""
    access.number_alone(party)
    for row in (
        CreditRecord.objects.select_related("party").filter(pk=entry, party=party).first(),
        MarketBan.objects.select_related("party").filter(pk=entry, party=party).first(),
        ListEntry.objects.filter(pk=entry, party=party).first(),
    ):
        if row is not None:
            return row
    raise Missing(NO_ENTRY)


def _is_over(row: Entry, at: datetime) -> bool:
    match row:
        case CreditRecord():
            return row.repaired_on is not None or row.withdrawn_on is not None
        case MarketBan():
            return row.lifted_at is not None or at >= row.facts().period.end
        case ListEntry():
            return ListState(row.state).is_over


def _file(actor: Actor, kind: AppealKind, party: CreditCode, entry: str, text: str, at: datetime) -> Receipt:
    due = catalog.calendar().add_workdays(local_date(at), rules.CHECK_DAYS)
    row = EntryAppeal.objects.create(
        code=f"{party}-A{EntryAppeal.objects.filter(party=party).count() + 1:03d}",
        kind=kind.value,
        party=party,
        entry=entry,
        text=text.strip(),
        filed_at=at,
        due_on=due,
        state=AppealState.OPEN,
    )
    fact = events.AppealFiled(party=party, code=row.code, appeal=kind, entry=entry, text=row.text, due_on=due)
    return journal.record(fact, actor=actor, at=at)


@command
def settle(
    actor: Actor,
    code: str,
    state: AppealState,
    answer: str,
    *,
    correction: Correction | None = None,
    decision: Decision | None = None,
    at: datetime,
) -> Receipt:
    """处理异议、修复申请; what it changes holds at every door from this moment. Raises Refused, Missing.

    A repair that is granted names the decision it rests on; who made the entry settles the appeal.
    """
    row = access.appeal_to_settle(actor, code)
    appeal = row.facts()
    rules.may_settle(appeal, state, answer, correction).require()
    if state not in (AppealState.KEPT, AppealState.DENIED):
        entry = _own(appeal.entry, appeal.party).facts().decision
        if entry is not None:
            queries.by_recorder(actor, entry, decision).require()
    changed = _changed(appeal, state, answer.strip(), correction, decision, at)
    row.state = rules.settled(state)
    row.answer, row.decided_at = answer.strip(), at
    row.is_late = rules.is_late(appeal, local_date(at))
    row.save(update_fields=["state", "answer", "decided_at", "is_late"])
    settled = events.AppealDecided(
        party=appeal.party, code=code, state=state, answer=row.answer, is_late=row.is_late
    )
    return journal.record_all([*changed, settled], actor=actor, at=at)


def _changed(
    appeal: Appeal,
    state: AppealState,
    answer: str,
    correction: Correction | None,
    decision: Decision | None,
    at: datetime,
) -> list[object]:
    """What the outcome does to the entry, as rows and as facts."""
    if state in (AppealState.KEPT, AppealState.DENIED):
        return []
    row = _own(appeal.entry, appeal.party)
    if state is AppealState.GRANTED:
        return [_repaired(row, decision, answer, at)]
    if state is AppealState.CORRECTED:
        assert correction is not None, "judged before"
        return [_corrected(row, correction, answer)]
    return [_withdrawn(row, answer, at)]


def _repaired(row: Entry, decision: Decision | None, answer: str, at: datetime) -> object:
    rules.may_grant(decision, local_date(at)).require()
    assert decision is not None, "judged above"
    if isinstance(row, ListEntry):
        lists.may_repair(row.facts(), at)
        lists.close(row, "repair", answer, at)
        return lists.ended(row, answer, decision.document)
    assert isinstance(row, CreditRecord), "nobody may apply for the repair of a ban"
    facts = row.facts()
    term = queries.terms()[facts.gravity] if facts.gravity else None
    rules.may_repair(facts, term, decision, answer, local_date(at)).require()
    row.repaired_on = local_date(at)
    row.save(update_fields=["repaired_on"])
    return events.CreditRepaired(party=facts.party, code=row.code, decision=decision, text=answer)


def _corrected(row: Entry, right: Correction, reason: str) -> object:
    if not isinstance(row, CreditRecord):
        raise Missing("只有信用记录可以更正内容；市场禁入和名单条目有误的，请撤销后重新作出")
    row.title, row.text = right.title.strip(), right.text.strip()
    row.save(update_fields=["title", "text"])
    fact = events.NoteCorrected if row.gravity == Gravity.MINOR else events.CreditCorrected
    said = Correction(row.title, row.text)
    return fact(party=CreditCode(row.party_id), code=row.code, correction=said, reason=reason)


def _withdrawn(row: Entry, reason: str, at: datetime) -> object:
    match row:
        case CreditRecord():
            row.withdrawn_on = local_date(at)
            row.save(update_fields=["withdrawn_on"])
            fact = events.NoteWithdrawn if row.gravity == Gravity.MINOR else events.CreditWithdrawn
            return fact(party=CreditCode(row.party_id), code=row.code, reason=reason)
        case MarketBan():
            row.lifted_at = at
            row.save(update_fields=["lifted_at"])
            decided = row.facts()
            return events.BanLifted(
                party=decided.party,
                code=row.code,
                decision=decided.decision,
                text=reason,
                until=local_date(at),
            )
        case ListEntry():
            return lists.withdrawn(row, reason, "", at)
