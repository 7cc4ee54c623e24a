"""抽取的读取: counts, hashes and what is still awaited; never a name."""

from datetime import datetime

from django.db.models import Count

from ggzy.kernel import events
from ggzy.kernel.codes import LotCode
from ggzy.kernel.draw import SIZE
from ggzy.trading.evaluation.models import Draw, Evaluation, Giver, Member, PoolLeaf
from ggzy.trading.evaluation.queries.schemes import row_of
from ggzy.trading.evaluation.rules import draws as rules
from ggzy.trading.evaluation.values import (
    CommitteePlan,
    DrawFacts,
    DrawState,
    Exclusion,
    ExclusionCount,
    GroupCount,
    MemberState,
    Purpose,
    SeatCount,
    SeatPlan,
)
from ggzy.trading.evaluation.values import Giver as GiverFacts


def draw(lot: LotCode, purpose: Purpose, round: int | None = None) -> DrawFacts | None:
    """抽取 of the round: the live one, else the last abandoned one."""
    evaluation = row_of(lot, round)
    if evaluation is None:
        return None
    rows = Draw.objects.filter(evaluation=evaluation, purpose=purpose)
    row = rows.select_related("evaluation").order_by("-serial").first()
    return facts_of(row) if row else None


def draws(lot: LotCode, round: int | None = None) -> tuple[DrawFacts, ...]:
    """全部抽取 of the round, in the order they were requested."""
    evaluation = row_of(lot, round)
    if evaluation is None:
        return ()
    rows = Draw.objects.filter(evaluation=evaluation).select_related("evaluation")
    return tuple(facts_of(row) for row in rows.order_by("requested_at", "id"))


def facts_of(row: Draw) -> DrawFacts:
    """抽取 of a row, read with its evaluation."""
    givers = Giver.objects.filter(draw=row).order_by("party")
    counts = PoolLeaf.objects.filter(draw=row).values("group", "exclusion").annotate(n=Count("pk")).order_by()
    number = {(item["group"], item["exclusion"]): item["n"] for item in counts}
    return DrawFacts(
        id=row.id,
        lot=LotCode(row.evaluation.lot_id),
        round=row.evaluation.round,
        purpose=Purpose(row.purpose),
        serial=row.serial,
        state=DrawState(row.state),
        turn=row.turn,
        requested_at=row.requested_at,
        groups=tuple(_group(events.restore(SeatPlan, plan), number) for plan in row.groups),
        givers=tuple(
            GiverFacts(
                party=giver.party,
                committed_at=giver.committed_at,
                commitments=split(bytes(giver.commitments)),
                revealed=tuple(range(len(giver.nonces))),
            )
            for giver in givers
        ),
        reveal_until=row.reveal_until,
        pool_root=bytes(row.pool_root).hex(),
        excluded_root=bytes(row.excluded_root).hex(),
    )


def split(joined: bytes) -> tuple[bytes, ...]:
    """The commitments kept in one column, one after the other."""
    return tuple(joined[start : start + SIZE] for start in range(0, len(joined), SIZE))


def seats(lot: LotCode, round: int | None = None) -> SeatCount:
    """席位进度."""
    evaluation = row_of(lot, round)
    if evaluation is None:
        return SeatCount(total=0, called=0, accepted=0, seated=0, vacant=0)
    plan = plan_of(evaluation)
    total = plan.total if plan else 0
    rows = Member.objects.filter(evaluation=evaluation).exclude(state=MemberState.VACATED)
    by_state = dict(rows.values_list("state").annotate(Count("pk")).order_by())
    return SeatCount(
        total=total,
        called=by_state.get(MemberState.CALLED, 0),
        accepted=by_state.get(MemberState.ACCEPTED, 0),
        seated=by_state.get(MemberState.SEATED, 0),
        vacant=total - sum(by_state.values()),
    )


def plan_of(row: Evaluation) -> CommitteePlan | None:
    """评标委员会组成 of a row; None before the first request."""
    if row.plan is None:
        return None
    plan: CommitteePlan = events.restore(CommitteePlan, row.plan)
    return plan


def waiting_seats(lot: LotCode) -> tuple[tuple[int, MemberState], ...]:
    """已抽出而尚未签到的席位 as (seat, state): what the centre follows up, without a name."""
    evaluation = row_of(lot)
    rows = Member.objects.filter(
        evaluation=evaluation, expert__isnull=False, state__in=[MemberState.CALLED, MemberState.ACCEPTED]
    )
    return tuple(
        (seat, MemberState(state)) for seat, state in rows.order_by("seat").values_list("seat", "state")
    )


def overdue(at: datetime) -> tuple[str, ...]:
    """逾期未公开的抽取, for the clock. A lot that is stopped or has ended is not asked."""
    rows = Draw.objects.filter(state=DrawState.REVEALING, reveal_until__lte=at)
    rows = rows.filter(evaluation__lot__suspended=False, evaluation__lot__terminated_at__isnull=True)
    rows = rows.select_related("evaluation").order_by("reveal_until")
    return tuple(row.pk for row in rows if rules.may_expire(facts_of(row), at).ok)


def _group(plan: SeatPlan, number: dict[tuple[str, str], int]) -> GroupCount:
    return GroupCount(
        group=plan.specialty,
        wanted=plan.count,
        pool=number.get((plan.specialty, ""), 0),
        excluded=tuple(
            ExclusionCount(reason=reason, count=number[plan.specialty, reason.value])
            for reason in Exclusion
            if (plan.specialty, reason.value) in number
        ),
    )
