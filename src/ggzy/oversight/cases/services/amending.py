"""撤回和补正的命令: by the complainant and by the supervisor, each told in the complaint's own stream."""

from dataclasses import replace
from datetime import date, datetime

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.events import body
from ggzy.kernel.instants import local_date
from ggzy.oversight.cases import events
from ggzy.oversight.cases.access import complaints as doors
from ggzy.oversight.cases.lifecycle import COMPLAINT
from ggzy.oversight.cases.models import Complaint
from ggzy.oversight.cases.rules import amending as rules
from ggzy.oversight.cases.rules.complaints import accept_by
from ggzy.oversight.cases.values.complaints import ComplaintState, Correction, Withdrawal
from ggzy.oversight.powers.services import under
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.projects import events as lots


@command
def withdraw_complaint(actor: Actor, code: str, reason: str = "", *, at: datetime) -> Receipt:
    """撤回投诉, before it is decided: at once, or, once a tender's complaint was accepted, by leave of the supervisor."""
    row, facts = doors.complaint_to_withdraw(actor, code)
    rules.may_withdraw(facts, actor.organisation, reason).require()
    if rules.is_asked(facts):
        row.withdrawal = body(Withdrawal(reason.strip(), at))
        row.save(update_fields=["withdrawal"])
        asked = events.WithdrawalAsked(complaint=code, by=facts.by, reason=reason.strip())
        return journal.record(asked, actor=actor, at=at)
    _end(row, at)
    return journal.record(lots.ComplaintWithdrawn(lot=facts.lot, complaint=code), actor=actor, at=at)


@command
@under("complaint.settle")
def settle_withdrawal(actor: Actor, code: str, is_granted: bool, text: str, *, at: datetime) -> Receipt:
    """准予或者不准撤回. Not, where what was found is plainly unlawful: then the handling goes on to its decision."""
    row, facts = doors.complaint_to_handle(actor, code)
    rules.may_settle(facts, text).require()
    assert facts.withdrawal is not None, "asked, as the rule says"
    row.withdrawal = body(replace(facts.withdrawal, is_granted=is_granted, answer=text.strip()))
    row.save(update_fields=["withdrawal"])
    settled = events.WithdrawalSettled(complaint=code, is_granted=is_granted, text=text.strip())
    if not is_granted:
        return journal.record(settled, actor=actor, at=at)
    _end(row, at)
    withdrawn = lots.ComplaintWithdrawn(lot=facts.lot, complaint=code)
    return journal.record_all([withdrawn, settled], actor=actor, at=at)


@command
@under("complaint.correct")
def ask_correction(actor: Actor, code: str, notice: str, until: date, *, at: datetime) -> Receipt:
    """通知补正: everything at once and once; the day of acceptance waits for it."""
    row, facts = doors.complaint_to_handle(actor, code)
    rules.may_ask(facts, notice, until, at).require()
    row.correction = body(Correction(notice.strip(), at, until))
    row.accept_by = accept_by(facts.regime, until, catalog.calendar())
    row.save(update_fields=["correction", "accept_by"])
    asked = events.CorrectionAsked(complaint=code, notice=notice.strip(), until=until)
    moved = lots.ComplaintPostponed(lot=facts.lot, complaint=code, accept_by=row.accept_by)
    return journal.record_all([moved, asked], actor=actor, at=at)


@command
def correct_complaint(
    actor: Actor, code: str, text: str, files: tuple[str, ...] = (), *, at: datetime
) -> Receipt:
    """提交补正, by the complainant; the days of acceptance run from it."""
    row, facts = doors.complaint_to_withdraw(actor, code)
    rules.may_correct(facts, text, at).require()
    assert facts.correction is not None, "asked, as the rule says"
    row.correction = body(replace(facts.correction, text=text.strip(), made_at=at))
    row.files = [*row.files, *(one for one in files if one not in row.files)]
    row.accept_by = accept_by(facts.regime, local_date(at), catalog.calendar())
    row.save(update_fields=["correction", "files", "accept_by"])
    made = events.ComplaintCorrected(complaint=code, by=facts.by, text=text.strip(), files=tuple(files))
    moved = lots.ComplaintPostponed(lot=facts.lot, complaint=code, accept_by=row.accept_by)
    return journal.record_all([moved, made], actor=actor, at=at)


def _end(row: Complaint, at: datetime) -> None:
    row.state, row.ended_at = COMPLAINT.after(ComplaintState(row.state), "withdraw"), at
    row.save(update_fields=["state", "ended_at"])
