"""决定程序的命令: joined, proposed, reviewed, discussed, sent back. Basis: 行政处罚法 §42, §57, §58."""

from collections.abc import Sequence
from datetime import datetime

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.oversight.cases import access, events
from ggzy.oversight.cases.models import Case, CaseDraft, CaseOfficer, CaseOpinion
from ggzy.oversight.cases.queries import casework, deciding
from ggzy.oversight.cases.rules import deciding as rules
from ggzy.oversight.cases.values.casework import Proposal
from ggzy.oversight.powers.services import under


@command
@under("case.join")
def join_case(actor: Actor, code: str, *, at: datetime) -> Receipt:
    """参加办案: one more officer, with a paper. Basis: 行政处罚法 §42."""
    row, facts = access.case_to_handle(actor, code, at)
    rules.may_join(facts, deciding.seats(actor, facts), deciding.course()).require()
    return journal.record(add_officer(row, actor, at), actor=actor, at=at)


@command
@under("case.propose")
def propose(actor: Actor, code: str, decision: Proposal, grounds: Sequence[str], *, at: datetime) -> Receipt:
    """调查终结，提出处理意见. Basis: 行政处罚法 §57."""
    row, facts = access.case_to_handle(actor, code, at)
    months, course = casework.months(facts.offence), deciding.course()
    rules.may_propose(facts, deciding.seats(actor, facts), decision, months, course, at).require()
    known = tuple(one.code for one in course.conditions if one.code in grounds)
    CaseDraft.objects.create(
        case=row,
        decision=kernel_events.body(decision),
        grounds=list(known),
        person=actor.person,
        name=identity.person(actor.person).name,
        at=at,
    )
    fact = events.DecisionProposed(case=code, decision=decision, grounds=known)
    return journal.record(fact, actor=actor, at=at)


@command
@under("case.review")
def review(actor: Actor, code: str, is_agreed: bool, text: str, *, at: datetime) -> Receipt:
    """法制审核, by another person. Basis: 行政处罚法 §58."""
    row, facts = access.case_to_handle(actor, code, at)
    rules.may_review(facts, deciding.seats(actor, facts), text, deciding.course()).require()
    _say(row, actor, is_agreed, text, at, is_review=True)
    fact = events.DecisionReviewed(case=code, is_agreed=is_agreed, text=text.strip())
    return journal.record(fact, actor=actor, at=at)


@command
@under("case.voice")
def voice(actor: Actor, code: str, is_agreed: bool, text: str, *, at: datetime) -> Receipt:
    """集体讨论: one head's own opinion. Basis: 行政处罚法 §57."""
    row, facts = access.case_to_handle(actor, code, at)
    rules.may_voice(facts, deciding.seats(actor, facts), text, deciding.course()).require()
    _say(row, actor, is_agreed, text, at, is_review=False)
    fact = events.HeadVoiced(case=code, is_agreed=is_agreed, text=text.strip())
    return journal.record(fact, actor=actor, at=at)


@command
@under("case.return")
def send_back(actor: Actor, code: str, reason: str, *, at: datetime) -> Receipt:
    """退回处理意见: the investigators propose anew; what was said stays in the journal."""
    row, facts = access.case_to_handle(actor, code, at)
    rules.may_return(facts, deciding.seats(actor, facts), reason, deciding.course()).require()
    CaseDraft.objects.filter(case=row).delete()
    fact = events.DecisionReturned(case=code, reason=reason.strip())
    return journal.record(fact, actor=actor, at=at)


def add_officer(row: Case, actor: Actor, at: datetime) -> events.OfficerJoined:
    """承办人登记."""
    name = identity.person(actor.person).name
    CaseOfficer.objects.create(case=row, person=actor.person, name=name, joined_at=at)
    return events.OfficerJoined(case=row.code, officer=actor.person)


def _say(row: Case, actor: Actor, is_agreed: bool, text: str, at: datetime, *, is_review: bool) -> None:
    CaseOpinion.objects.create(
        draft=row.draft_row,
        is_review=is_review,
        person=actor.person,
        name=identity.person(actor.person).name,
        is_agreed=is_agreed,
        text=text.strip(),
        at=at,
    )
