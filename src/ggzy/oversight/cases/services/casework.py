"""案件的命令: opened, heard, decided, published, ended."""

from collections.abc import Sequence
from datetime import date, datetime

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.instants import local_date
from ggzy.oversight.cases import access, events
from ggzy.oversight.cases.lifecycle import CASE
from ggzy.oversight.cases.models import Case, CaseDraft, CaseEvidence, CaseParty
from ggzy.oversight.cases.queries import casework as queries
from ggzy.oversight.cases.queries import deciding
from ggzy.oversight.cases.rules import casework as rules
from ggzy.oversight.cases.rules import deciding as judging
from ggzy.oversight.cases.services import alerting
from ggzy.oversight.cases.services.reviewing import add_officer
from ggzy.oversight.cases.values.casework import CaseState, NewCase, Proposal
from ggzy.oversight.cases.values.deciding import PostKind
from ggzy.oversight.powers.services import under
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.parties import queries as parties


@command
@under("case.open")
def open_case(actor: Actor, new: NewCase, *, at: datetime) -> Receipt:
    """立案. The receipt's subject is "case/<code>"; nobody outside supervision is told yet.

    Whoever opens it and is an officer of the authority investigates.
    """
    access.region_to_open(actor, new)
    known = parties.names(new.parties)
    rules.may_open(new, queries.offences().get(new.offence), known).require()
    opened_on = local_date(at)
    row = Case.objects.create(
        code=access.numbered("AJ", new.region, opened_on.year, Case),
        title=new.title.strip(),
        text=new.text.strip(),
        offence=new.offence,
        source=new.source,
        reference=new.reference,
        lot=new.lot,
        region=new.region,
        authority=parties.name(actor.organisation) if actor.organisation else "行政监督部门",
        organisation=actor.organisation,
        state=CASE.start,
        opened_at=at,
        decide_by=rules.decide_by(opened_on, catalog.calendar()),
    )
    CaseParty.objects.bulk_create([CaseParty(case=row, party=code, name=known[code]) for code in new.parties])
    alerting.hand_on(actor, new.source, new.reference, row.code, at)
    fact = events.CaseOpened(case=row.code, new=new, authority=row.authority, decide_by=row.decide_by)
    is_officer = PostKind.OFFICER in deciding.held(actor.person, actor.organisation)
    joined = [add_officer(row, actor, at)] if is_officer else []
    return journal.record_all([fact, *joined], actor=actor, at=at)


@command
@under("case.keep")
def keep_evidence(actor: Actor, code: str, digest: str, title: str, *, at: datetime) -> Receipt:
    """证据入卷: the digest goes into the journal, so that the file cannot be exchanged."""
    row, facts = access.case_to_handle(actor, code, at)
    rules.may_keep(facts, digest).require()
    CaseEvidence.objects.create(case=row, digest=digest, title=title.strip(), kept_at=at)
    fact = events.EvidenceKept(case=code, digest=digest, title=title.strip())
    return journal.record(fact, actor=actor, at=at)


@command
@under("case.notify")
def notify(actor: Actor, code: str, proposal: Proposal, *, at: datetime) -> Receipt:
    """事先告知: from now on the parties see the case and may speak. Basis: 行政处罚法 §42, §44, §45."""
    row, facts = access.case_to_handle(actor, code, at)
    staffed = judging.may_investigate(facts, deciding.seats(actor, facts), deciding.course())
    (rules.may_notify(facts, proposal, queries.months(facts.offence)) & staffed).require()
    row.proposal = kernel_events.body(proposal)
    row.notified_at = at
    row.state_by = rules.state_by(local_date(at), catalog.calendar())
    move_on(row, "notify", "proposal", "notified_at", "state_by")
    fact = events.PartiesNotified(case=code, proposal=proposal, state_by=row.state_by)
    return journal.record(fact, actor=actor, at=at)


@command
def state(actor: Actor, code: str, text: str, wants_hearing: bool, *, at: datetime) -> Receipt:
    """陈述、申辩、要求听证, by a party: its right, so no row of the supervisors' list is asked."""
    row, facts, party = access.case_to_state(actor, code, at)
    rules.may_state(facts, party, text, wants_hearing, at).require()
    mine = CaseParty.objects.get(case=row, party=party)
    mine.statement = f"{mine.statement}\n\n{text.strip()}".strip()
    mine.statements += 1
    mine.stated_at, mine.wants_hearing = at, mine.wants_hearing or wants_hearing
    mine.save(update_fields=["statement", "statements", "stated_at", "wants_hearing"])
    fact = events.PartyStated(case=code, party=party, text=text.strip(), wants_hearing=wants_hearing)
    return journal.record(fact, actor=actor, at=at)


@command
@under("case.hear")
def call_hearing(actor: Actor, code: str, on: date, *, at: datetime) -> Receipt:
    """通知听证: seven working days before. Basis: 行政处罚法 §64."""
    row, facts = access.case_to_handle(actor, code, at)
    rules.may_call(facts, on, at, catalog.calendar()).require()
    row.hearing_on = on
    row.save(update_fields=["hearing_on"])
    return journal.record(events.HearingCalled(case=code, on=on), actor=actor, at=at)


@command
@under("case.hear")
def hold_hearing(actor: Actor, code: str, text: str, *, at: datetime) -> Receipt:
    """登记听证笔录, by whoever presided: not an investigator. Basis: 行政处罚法 §64(四)."""
    row, facts = access.case_to_handle(actor, code, at)
    (rules.may_hold(facts, text, at) & judging.may_preside(facts, actor.person)).require()
    row.hearing_text = text.strip()
    row.save(update_fields=["hearing_text"])
    return journal.record(events.HearingHeld(case=code, text=row.hearing_text), actor=actor, at=at)


@command
@under("case.drop")
def drop(actor: Actor, code: str, reason: str, *, at: datetime) -> Receipt:
    """不予处罚、撤销案件, by a head. Basis: 行政处罚法 §57."""
    return _end(actor, code, "drop", reason, [events.CaseDropped(case=code, reason=reason.strip())], at)


@command
@under("case.transfer")
def transfer(actor: Actor, code: str, to: str, reason: str, *, at: datetime) -> Receipt:
    """移送纪检监察、公安等机关: a record of what went where and why; the file itself goes by their own channel."""
    fact = events.CaseTransferred(case=code, to=to.strip(), reason=reason.strip())
    return _end(actor, code, "transfer", f"移送{to.strip()}：{reason.strip()}", [fact], at)


@command
@under("case.close")
def close(actor: Actor, code: str, reason: str, *, at: datetime) -> Receipt:
    """结案: published, and every order met."""
    row, facts = access.case_to_handle(actor, code, at)
    rules.may_close(facts, reason).require()
    row.ending, row.ended_at = reason.strip(), at
    move_on(row, "close", "ending", "ended_at")
    return journal.record(events.CaseClosed(case=code, reason=row.ending), actor=actor, at=at)


def _end(actor: Actor, code: str, move: str, reason: str, facts: Sequence[object], at: datetime) -> Receipt:
    row, known = access.case_to_handle(actor, code, at)
    judging.may_end(known, deciding.seats(actor, known), reason, deciding.course()).require()
    CaseDraft.objects.filter(case=row).delete()
    row.ending, row.ended_at = reason.strip(), at
    move_on(row, move, "ending", "ended_at")
    if move == "drop":
        alerting.answer(actor, row, row.ending, is_confirmed=False, at=at)
    return journal.record_all(facts, actor=actor, at=at)


def move_on(row: Case, move: str, *fields: str) -> None:
    """状态推进, with the fields that change with it."""
    row.state = CASE.after(CaseState(row.state), move)
    row.save(update_fields=["state", *fields])
