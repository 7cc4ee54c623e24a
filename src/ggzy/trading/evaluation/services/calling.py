"""组建评标委员会: answers, sign-in, recusal, and the owner's representative."""

from datetime import datetime

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import ExpertCode, LotCode
from ggzy.kernel.roles import Permission, Role
from ggzy.kernel.verdict import Verdict
from ggzy.registers.experts import queries as experts
from ggzy.trading.evaluation import access, events
from ggzy.trading.evaluation.lifecycle import EVALUATION, MEMBER
from ggzy.trading.evaluation.models import Member
from ggzy.trading.evaluation.queries.draws import plan_of
from ggzy.trading.evaluation.queries.sittings import members_of
from ggzy.trading.evaluation.rules import calling as rules
from ggzy.trading.evaluation.rules import pool as pools
from ggzy.trading.evaluation.services.drawing import begin_next_turn
from ggzy.trading.evaluation.values import EvaluationState, MemberKind, MemberState, Vacancy


@command
def name_representative(actor: Actor, lot: LotCode, person: str, *, at: datetime) -> Receipt:
    """确定招标人代表 for the first vacant seat of the owner. Raises Refused. Basis: 招标投标法 §37."""
    grip = access.evaluation_to_run(actor, lot, Permission.AWARD_MAKE)
    plan = plan_of(grip.row)
    members = members_of(grip.row)
    vacant = pools.vacant_seats(plan, {m.seat for m in members}).get("", ()) if plan else ()
    staff = {m.person for m in identity.members(grip.lot.owner, Role.OWNER)}
    rules.may_name(
        EvaluationState(grip.row.state), vacant, is_staff=person in staff, members=members, person=person
    ).require()
    Member.objects.create(
        evaluation=grip.row,
        seat=vacant[0],
        kind=MemberKind.OWNER,
        state=MemberState.ACCEPTED,
        person=person,
        called_at=at,
    )
    return journal.record(
        events.RepresentativeNamed(lot=lot, round=grip.row.round, seat=vacant[0], person=person),
        actor=actor,
        at=at,
    )


@command
def answer_call(actor: Actor, lot: LotCode, accepts: bool, text: str = "", *, at: datetime) -> Receipt:
    """应答评标邀请. A refusal gives its reason; the seat goes to a fresh turn of the draw."""
    grip, member = access.seat_of(actor, lot, Permission.MEMBER_ANSWER)
    allowed = _may_sit(member, at) if accepts else Verdict()
    (rules.may_answer(MemberState(member.state), accepts, text) & allowed).require()
    if not accepts:
        return _vacate(actor, grip, member, Vacancy.DECLINED, text, at)
    member.state = MEMBER.after(MemberState(member.state), "accept")
    member.save(update_fields=["state"])
    return journal.record(
        events.MemberAccepted(lot=lot, round=grip.row.round, seat=member.seat), actor=actor, at=at
    )


def _may_sit(member: Member, at: datetime) -> Verdict:
    """专家是否被禁止参加评标评审; the owner's representative is not in the register."""
    return experts.may_sit(ExpertCode(member.expert), at) if member.expert else Verdict()


@command
def report_unreached(actor: Actor, lot: LotCode, seat: int, text: str, *, at: datetime) -> Receipt:
    """未能联系上, with the call record; the centre sees the seat, not the name."""
    grip, member = access.seat_to_call(actor, lot, seat)
    rules.may_report(MemberState(member.state), MemberState.CALLED, text).require()
    return _vacate(actor, grip, member, Vacancy.UNREACHED, text, at)


@command
def report_absent(actor: Actor, lot: LotCode, seat: int, text: str, *, at: datetime) -> Receipt:
    """未按时到场."""
    grip, member = access.seat_to_call(actor, lot, seat)
    rules.may_report(MemberState(member.state), MemberState.ACCEPTED, text).require()
    return _vacate(actor, grip, member, Vacancy.ABSENT, text, at)


@command
def sign_in(actor: Actor, lot: LotCode, *, at: datetime) -> Receipt:
    """签到, declaring that no ground for recusal exists. Basis: 评标委员会和评标方法暂行规定 §12."""
    grip, member = access.seat_of(actor, lot, Permission.MEMBER_ANSWER)
    fits = rules.may_sign_in(EvaluationState(grip.row.state), MemberState(member.state))
    (fits & _may_sit(member, at)).require()
    member.state = MEMBER.after(MemberState(member.state), "sign_in")
    member.seated_at = at
    member.save(update_fields=["state", "seated_at"])
    return journal.record(
        events.MemberSeated(lot=lot, round=grip.row.round, seat=member.seat), actor=actor, at=at
    )


@command
def recuse(
    actor: Actor, lot: LotCode, text: str, reason: Vacancy = Vacancy.RECUSED, *, at: datetime
) -> Receipt:
    """回避或者不能继续评标. What this member has done is void and done again by the one who follows.

    Basis: 招标投标法实施条例 §48.
    """
    grip, member = access.seat_of(actor, lot, Permission.MEMBER_ANSWER)
    rules.may_recuse(EvaluationState(grip.row.state), reason, text).require()
    return _vacate(actor, grip, member, reason, text, at)


def _vacate(
    actor: Actor, grip: access.Grip, member: Member, reason: Vacancy, text: str, at: datetime
) -> Receipt:
    draw, turn = begin_next_turn(grip, member)
    member.state = MEMBER.after(MemberState(member.state), "vacate")
    member.vacancy = reason
    member.save(update_fields=["state", "vacancy"])
    facts: list[object] = [
        events.SeatVacated(
            lot=grip.lot.code,
            round=grip.row.round,
            seat=member.seat,
            kind=MemberKind(member.kind),
            reason=reason,
            text=text.strip(),
            replaced_in=draw,
            turn=turn,
        )
    ]
    if grip.row.state == EvaluationState.SCORING:
        grip.row.state = EVALUATION.after(EvaluationState.SCORING, "replace")
        grip.row.save(update_fields=["state"])
        facts.append(events.CommitteeReseated(lot=grip.lot.code, round=grip.row.round, seat=member.seat))
    return journal.record_all(facts, actor=actor, at=at)
