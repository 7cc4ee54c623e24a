"""投诉的命令: filed by the complainant, answered by the respondent, handled by the supervisor.

Each step is told twice: with names and words in the complaint's own stream, without them in that of the lot.
"""

from collections.abc import Sequence
from datetime import datetime

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.instants import local_date
from ggzy.oversight.cases import access, events
from ggzy.oversight.cases.access import complaints as doors
from ggzy.oversight.cases.lifecycle import COMPLAINT
from ggzy.oversight.cases.models import Complaint
from ggzy.oversight.cases.queries import complaints as queries
from ggzy.oversight.cases.rules import amending
from ggzy.oversight.cases.rules import complaints as rules
from ggzy.oversight.cases.values.complaints import ComplaintState, NewComplaint
from ggzy.oversight.powers.services import under
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.parties import queries as parties
from ggzy.trading.projects import events as lots


@command
def file_complaint(actor: Actor, new: NewComplaint, *, at: datetime) -> Receipt:
    """提起投诉. Received at once; whether it is accepted is decided within the days of its regime."""
    lot, party = doors.lot_to_complain(actor, new.lot)
    regime = queries.regime_of(lot)
    rules.may_file(new, regime, local_date(lot.registered_at), at).require()
    today, calendar = local_date(at), catalog.calendar()
    row = Complaint.objects.create(
        code=access.numbered("TS", lot.region, today.year, Complaint),
        lot=lot.code,
        lot_title=lot.title,
        round=lot.round,
        region=lot.region,
        owner=lot.owner,
        agency=lot.agency,
        regime=regime.code,
        matter=new.matter,
        by=party,
        by_name=parties.name(party),
        respondent=new.respondent.strip(),
        known_on=new.known_on,
        text=new.text.strip(),
        request=new.request.strip(),
        files=list(new.files),
        filed_at=at,
        state=COMPLAINT.start,
        accept_by=rules.accept_by(regime, today, calendar),
        copy_by=rules.copy_by(regime, today, calendar),
    )
    filed = lots.ComplaintFiled(
        lot=lot.code, complaint=row.code, regime=regime.code, stage=new.matter, accept_by=row.accept_by
    )
    received = events.ComplaintReceived(complaint=row.code, by=party, regime=regime.code, new=new)
    return journal.record_all([filed, received], actor=actor, at=at)


@command
def file_reply(actor: Actor, code: str, text: str, *, at: datetime) -> Receipt:
    """被投诉人的说明, on the copy it was sent."""
    row, facts, party = doors.complaint_to_reply(actor, code)
    rules.may_reply(facts, text).require()
    row.reply, row.replied_at = text.strip(), at
    row.save(update_fields=["reply", "replied_at"])
    return journal.record(
        events.ComplaintReplied(complaint=code, by=party, text=row.reply), actor=actor, at=at
    )


@command
@under("complaint.accept")
def accept_complaint(actor: Actor, code: str, *, at: datetime) -> Receipt:
    """受理投诉: objected first where the law asks, and in time. A late acceptance is still one."""
    row, facts = doors.complaint_to_handle(actor, code)
    calendar = catalog.calendar()
    raised = queries.raised(facts.lot, facts.by, facts.matter.code)
    rules.may_accept(facts, rules.flaws(facts, raised, calendar)).require()
    row.accepted_at = at
    last = rules.decide_by(facts.regime, local_date(facts.filed_at), local_date(at), calendar)
    row.decide_by = rules.extended(last, amending.not_counted(facts, calendar), calendar)
    _move(row, "accept", "accepted_at", "decide_by")
    fact = lots.ComplaintAccepted(lot=facts.lot, complaint=code, decide_by=row.decide_by)
    return journal.record(fact, actor=actor, at=at)


@command
@under("complaint.refuse")
def refuse_complaint(actor: Actor, code: str, grounds: Sequence[str], text: str, *, at: datetime) -> Receipt:
    """不予受理, on grounds the law names."""
    row, facts = doors.complaint_to_handle(actor, code)
    rules.may_refuse(facts, grounds, text, amending.is_uncorrected(facts, at)).require()
    named = [facts.regime.refusals[ground] for ground in grounds]
    row.grounds, row.answer, row.ended_at = named, text.strip(), at
    _move(row, "refuse", "grounds", "answer", "ended_at")
    fact = lots.ComplaintRefused(
        lot=facts.lot, complaint=code, grounds=tuple(named), article=facts.regime.accept_article
    )
    return journal.record(fact, actor=actor, at=at)


@command
@under("complaint.copy")
def send_copy(actor: Actor, code: str, *, at: datetime) -> Receipt:
    """发出投诉书副本: the owner's side of the lot sees the complaint and may explain itself."""
    row, facts = doors.complaint_to_handle(actor, code)
    rules.may_copy(facts).require()
    row.copied_at = at
    row.save(update_fields=["copied_at"])
    days = facts.regime.reply_workdays
    reply_by = catalog.calendar().add_workdays(local_date(at), days) if days else None
    return journal.record(events.ComplaintCopied(complaint=code, reply_by=reply_by), actor=actor, at=at)


@command
@under("complaint.stay")
def stay_complaint(actor: Actor, code: str, workdays: int, reason: str, *, at: datetime) -> Receipt:
    """扣除期间: the time of tests, expertise and corrections does not count."""
    row, facts = doors.complaint_to_handle(actor, code)
    rules.may_stay(facts, workdays, reason).require()
    assert row.decide_by is not None, "accepted, so it has a last day"
    row.decide_by = rules.extended(row.decide_by, workdays, catalog.calendar())
    row.stayed_workdays += workdays
    row.save(update_fields=["decide_by", "stayed_workdays"])
    fact = lots.ComplaintStayed(
        lot=facts.lot, complaint=code, reason=reason.strip(), workdays=workdays, decide_by=row.decide_by
    )
    return journal.record(fact, actor=actor, at=at)


@command
@under("complaint.decide")
def decide_complaint(
    actor: Actor, code: str, outcome: str, document: str, text: str, *, at: datetime
) -> Receipt:
    """投诉处理决定. Public: the words are published as they are, so they name no person."""
    row, facts = doors.complaint_to_handle(actor, code)
    rules.may_decide(facts, outcome, document, text).require()
    row.outcome, row.document, row.answer, row.ended_at = outcome, document.strip(), text.strip(), at
    row.is_late = rules.is_late(facts.decide_by, at)
    _move(row, "decide", "outcome", "document", "answer", "ended_at", "is_late")
    fact = lots.ComplaintDecided(
        lot=facts.lot,
        complaint=code,
        outcome=outcome,
        document=row.document,
        text=row.answer,
        article=facts.regime.decide_article,
        is_late=row.is_late,
    )
    return journal.record(fact, actor=actor, at=at)


def _move(row: Complaint, move: str, *fields: str) -> None:
    row.state = COMPLAINT.after(ComplaintState(row.state), move)
    row.save(update_fields=["state", *fields])
