"""谁能办理: may this person hold this evaluation, and its lock.

The owner's side requests, the centre serves the draw, supervisor and bidders give nonces, members work
on what they were drawn for. A stranger cannot tell a forbidden lot from a missing one.
"""

from dataclasses import dataclass
from datetime import datetime

from ggzy.foundation.identity import queries as identity
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission, Role
from ggzy.trading.evaluation import queries
from ggzy.trading.evaluation.models import Draw, Evaluation, Member
from ggzy.trading.evaluation.queries.draws import facts_of
from ggzy.trading.evaluation.queries.sittings import scheme_in_force, sitting_of
from ggzy.trading.evaluation.rules.disclosure import Viewer
from ggzy.trading.evaluation.rules.sitting import Sitting
from ggzy.trading.evaluation.values import (
    GIVER_CENTRE,
    GIVER_OWNER,
    GIVER_SUPERVISOR,
    DrawFacts,
    MemberFacts,
    MemberState,
    Purpose,
    Scheme,
)
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects import services as project_services
from ggzy.trading.projects.values import Held, LotFacts
from ggzy.trading.tendering import queries as tendering
from ggzy.trading.tendering.values import BidFacts

NOT_A_MEMBER = "没有找到这个页面，或者您没有查看它的权限"
NO_DRAW = "没有找到这次抽取，或者您没有查看它的权限"


@dataclass(frozen=True)
class Grip:
    """握住的评标: the locked lot, the evaluation of this round, and the moment of the lock."""

    lot: LotFacts
    at: datetime
    row: Evaluation


@dataclass(frozen=True)
class DrawGrip(Grip):
    """握住的抽取."""

    draw: Draw
    facts: DrawFacts


@dataclass(frozen=True)
class Bench(Grip):
    """评委席: one member at work, with everything the committee has on the table."""

    member: Member
    seat: MemberFacts
    scheme: Scheme
    bids: tuple[BidFacts, ...]
    sitting: Sitting


def evaluation_to_run(actor: Actor, code: LotCode, permission: Permission) -> Grip:
    """招标人一方办理, or the centre where its role carries the permission."""
    return _grip(project_services.hold_for(actor, code, permission))


def evaluation_of_platform(code: LotCode, allow: frozenset[str] = frozenset()) -> Grip:
    """平台办理: the clock's acts, and those of the floors above inside their own commands."""
    return _grip(project_services.hold(code, allow))


def draw_to_serve(actor: Actor, code: LotCode, draw: str, permission: Permission) -> DrawGrip:
    """抽取办理: by whoever conducts it or gives a nonce."""
    grip = _grip(project_services.hold_for(actor, code, permission))
    row = Draw.objects.select_related("evaluation").filter(pk=draw, evaluation=grip.row).first()
    if row is None:
        raise Missing(NO_DRAW)
    return DrawGrip(grip.lot, grip.at, grip.row, row, facts_of(row))


def draw_of_platform(draw: str) -> DrawGrip:
    """逾期处理: the clock notices that somebody has let the window pass."""
    found = Draw.objects.select_related("evaluation").filter(pk=draw).first()
    if found is None:
        raise Missing(NO_DRAW)
    grip = _grip(project_services.hold(LotCode(found.evaluation.lot_id)))
    row = Draw.objects.select_related("evaluation").get(pk=draw)
    return DrawGrip(grip.lot, grip.at, grip.row, row, facts_of(row))


def party_of(actor: Actor, lot: LotFacts, purpose: Purpose) -> str:
    """随机数提供方: on whose behalf this person gives. Raises Missing for anybody else."""
    match actor.role:
        case Role.OPERATOR:
            return GIVER_CENTRE
        case Role.OWNER | Role.AGENCY:
            return GIVER_OWNER
        case Role.SUPERVISOR:
            return GIVER_SUPERVISOR
        case Role.BIDDER if (
            actor.organisation is not None
            and purpose is not Purpose.COEFFICIENT
            and tendering.is_bidder(lot, actor.organisation)
        ):
            return f"bidder:{actor.organisation}"
    raise Missing(NO_DRAW)


def seat_of(actor: Actor, code: LotCode, permission: Permission) -> tuple[Grip, Member]:
    """本人的席位: the calls, answers and sign-in of one member. Raises Missing for anybody else."""
    identity.permit(actor, permission)
    grip = _grip(project_services.hold(code))
    member = (
        Member.objects.filter(evaluation=grip.row, person=actor.person)
        .exclude(state=MemberState.VACATED)
        .first()
    )
    if member is None:
        raise Missing(NOT_A_MEMBER)
    return grip, member


def bench_of(actor: Actor, code: LotCode, permission: Permission) -> Bench:
    """评委办理: a member who has signed in. Raises Missing for anybody else."""
    grip, member = seat_of(actor, code, permission)
    if member.state != MemberState.SEATED:
        raise Missing(NOT_A_MEMBER)
    scheme = scheme_in_force(grip.row, code)
    bids = tendering.opened_bids(code, grip.row.round)
    return Bench(
        grip.lot, grip.at, grip.row, member, member.facts(), scheme, bids, sitting_of(grip.row, scheme, bids)
    )


def seat_to_call(actor: Actor, code: LotCode, seat: int) -> tuple[Grip, Member]:
    """席位联络: the centre's record of who could not be reached or did not come; it sees no name."""
    grip = _grip(project_services.hold_for(actor, code, Permission.DRAW_CONDUCT))
    member = Member.objects.filter(evaluation=grip.row, seat=seat).exclude(state=MemberState.VACATED).first()
    if member is None:
        raise Missing("该席位当前没有评委")
    return grip, member


def bid_of(actor: Actor, code: LotCode) -> tuple[Grip, BidFacts]:
    """投标人答复: for the bid its organisation leads. Raises Missing for anybody else."""
    identity.permit(actor, Permission.BID_EXPLAIN)
    grip = _grip(project_services.hold(code))
    bid = tendering.my_bid(code, actor.organisation) if actor.organisation else None
    if bid is None:
        raise Missing(NOT_A_MEMBER)
    return grip, bid


def lot_to_watch(actor: Actor, code: LotCode, permission: Permission) -> Grip:
    """监督查阅, allowed on a suspended, terminated or archived lot too."""
    allow = frozenset({"suspended", "terminated", "archived"})
    return _grip(project_services.hold_for(actor, code, permission, allow))


def lot_of_owner(actor: Actor, code: LotCode) -> LotFacts:
    """招标人一方的页面, without a lock. Raises Missing for anybody else."""
    lot = tendering.tendered(projects.seen(actor, code))
    if actor.role not in (Role.OWNER, Role.AGENCY):
        raise Missing(projects.NO_LOT)
    return lot


def lot_to_draw(actor: Actor, code: LotCode) -> LotFacts:
    """抽取的页面, without a lock: whoever conducts it or may give a nonce. Raises Missing."""
    lot = tendering.tendered(projects.seen(actor, code))
    officials = (Role.OWNER, Role.AGENCY, Role.OPERATOR, Role.SUPERVISOR)
    bids = actor.role is Role.BIDDER and actor.organisation is not None
    if actor.role in officials or (
        bids and actor.organisation is not None and tendering.is_bidder(lot, actor.organisation)
    ):
        return lot
    raise Missing(projects.NO_LOT)


def lot_to_read(actor: Actor, code: LotCode) -> tuple[LotFacts, Viewer]:
    """评标报告的页面, without a lock, with the relation that decides what is shown."""
    lot = tendering.tendered(projects.seen(actor, code))
    seat = queries.my_seat(code, actor.person)
    if seat is not None and seat.state is MemberState.SEATED:
        return lot, Viewer.MEMBER
    if actor.role in (Role.OWNER, Role.AGENCY):
        return lot, Viewer.OWNER
    if actor.role in (Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR):
        return lot, Viewer.SUPERVISOR
    return lot, Viewer.OTHER


def member_page(actor: Actor, code: LotCode) -> tuple[LotFacts, MemberFacts]:
    """评委页面, without a lock. Raises Missing for anybody else."""
    seat = queries.my_seat(code, actor.person)
    if seat is None or not actor.has(Permission.REVIEW_WRITE):
        raise Missing(NOT_A_MEMBER)
    return projects.lot(code), seat


def _grip(held: Held) -> Grip:
    tendering.tendered(held.lot)
    row, _ = Evaluation.objects.get_or_create(lot_id=held.lot.code, round=held.lot.round)
    return Grip(held.lot, held.at, row)
