"""评标过程的读取: the committee, its sheets, and what each member may see of its own."""

from ggzy.kernel import events
from ggzy.kernel.codes import LotCode
from ggzy.trading.evaluation.models import (
    Draft,
    Enquiry,
    Evaluation,
    Member,
    PriceCorrection,
    Review,
    Scores,
)
from ggzy.trading.evaluation.queries.draws import plan_of
from ggzy.trading.evaluation.queries.schemes import limited, row_of, scheme_of
from ggzy.trading.evaluation.rules import assembling, panel
from ggzy.trading.evaluation.rules.sitting import Sitting
from ggzy.trading.evaluation.values import (
    Coefficient,
    Contest,
    Correction,
    Criterion,
    Entry,
    EvaluationState,
    Measure,
    MemberFacts,
    MemberState,
    Question,
    Rejection,
    Scheme,
)
from ggzy.trading.tendering import queries as tendering
from ggzy.trading.tendering.values import BidFacts


def state(lot: LotCode, round: int | None = None) -> EvaluationState | None:
    """评标状态. None where nothing of the evaluation exists yet."""
    row = row_of(lot, round)
    return EvaluationState(row.state) if row else None


def members_of(row: Evaluation) -> tuple[MemberFacts, ...]:
    """在席评委, by seat; for this app's own use."""
    rows = Member.objects.filter(evaluation=row).exclude(state=MemberState.VACATED)
    return tuple(member.facts() for member in rows.order_by("seat"))


def my_seat(lot: LotCode, person: str) -> MemberFacts | None:
    """本人的席位 in the current round."""
    row = row_of(lot)
    if row is None:
        return None
    mine = Member.objects.filter(evaluation=row, person=person).exclude(state=MemberState.VACATED).first()
    return mine.facts() if mine else None


def my_sittings(person: str) -> tuple[tuple[LotCode, int, MemberFacts, EvaluationState], ...]:
    """本人的评标邀请与评标 as (lot, round, seat, state), newest first."""
    rows = Member.objects.filter(person=person).exclude(state=MemberState.VACATED)
    return tuple(
        (LotCode(m.evaluation.lot_id), m.evaluation.round, m.facts(), EvaluationState(m.evaluation.state))
        for m in rows.select_related("evaluation").order_by("-called_at")
    )


def at_work() -> frozenset[str]:
    """正在评标的人员: everybody with a seat in an evaluation that has not been reported."""
    rows = Member.objects.exclude(state=MemberState.VACATED).exclude(
        evaluation__state=EvaluationState.REPORTED
    )
    return frozenset(rows.values_list("person", flat=True))


def scheme_in_force(row: Evaluation, lot: LotCode) -> Scheme:
    """评标办法 of a row with the announced limits. Raises Missing."""
    return limited(row, lot)


def corrections_of(row: Evaluation) -> tuple[Correction, ...]:
    rows = PriceCorrection.objects.filter(evaluation=row).order_by("pk")
    return tuple(item.facts() for item in rows)


def rejections_of(row: Evaluation) -> tuple[Rejection, ...]:
    return tuple(events.restore(Rejection, item) for item in row.rejected)


def measures_of(row: Evaluation) -> tuple[Measure, ...]:
    return tuple(events.restore(Measure, item) for item in row.measures)


def coefficients_of(row: Evaluation) -> tuple[Coefficient, ...]:
    return tuple(events.restore(Coefficient, item) for item in row.coefficients)


def entries_of(row: Evaluation, scheme: Scheme, bids: tuple[BidFacts, ...]) -> tuple[Entry, ...]:
    """参评投标 as the rows stand."""
    return _entries(row, scheme, bids, corrections_of(row))


def _entries(
    row: Evaluation, scheme: Scheme, bids: tuple[BidFacts, ...], corrections: tuple[Correction, ...]
) -> tuple[Entry, ...]:
    rejected = {item.bid for item in rejections_of(row)}
    return assembling.entries(bids, scheme, corrections, measures_of(row), rejected)


def sitting_of(row: Evaluation, scheme: Scheme, bids: tuple[BidFacts, ...]) -> Sitting:
    """评标进度 of a row; for this app's own use."""
    plan, corrections = plan_of(row), corrections_of(row)
    entries = _entries(row, scheme, bids, corrections)
    seated = Member.objects.filter(evaluation=row).exclude(state=MemberState.VACATED)
    return Sitting(
        state=EvaluationState(row.state),
        members=members_of(row),
        seats_total=plan.total if plan else 0,
        chair=row.chair,
        bids=tuple(bid.bid for bid in bids),
        passed=tuple(entry.bid for entry in entries if entry.passed),
        reviews=tuple(r.facts() for r in Review.objects.filter(member__in=seated).order_by("member__seat")),
        sheets=tuple(s.facts() for s in Scores.objects.filter(member__in=seated).order_by("member__seat")),
        questions=questions_of(row),
        corrections=corrections,
        above_ceiling=assembling.above_ceiling(entries, scheme.ceiling),
        below_floor=assembling.below_floor(entries, scheme.floor),
        price_by_hand=panel.by_hand(entries),
    )


def sitting(lot: LotCode) -> Sitting | None:
    """评标进度 of the current round."""
    row = row_of(lot)
    if row is None or row.scheme is None:
        return None
    return sitting_of(row, scheme_in_force(row, lot), tendering.opened_bids(lot, row.round))


def contest_of(row: Evaluation, scheme: Scheme, sitting: Sitting, bids: tuple[BidFacts, ...]) -> Contest:
    """评审输入 as the rows stand."""
    return Contest(
        scheme=scheme,
        entries=entries_of(row, scheme, bids),
        sheets=sitting.sheets,
        coefficients=coefficients_of(row),
        tie_order=tuple(row.tie_order),
        entered=tuple(row.entered),
    )


def questions_of(row: Evaluation) -> tuple[Question, ...]:
    return tuple(item.facts() for item in Enquiry.objects.filter(evaluation=row).order_by("number"))


def questions(lot: LotCode, bids: frozenset[str] | None = None) -> tuple[Question, ...]:
    """澄清、说明 of the current round; of certain bids only, where a bidder asks."""
    row = row_of(lot)
    if row is None:
        return ()
    return tuple(item for item in questions_of(row) if bids is None or item.bid in bids)


def correction(lot: LotCode, bid: str) -> Correction | None:
    """算术修正 of one bid."""
    row = row_of(lot)
    return next((c for c in corrections_of(row) if c.bid == bid), None) if row else None


def hand_criteria(lot: LotCode) -> tuple[Criterion, ...]:
    """由评委打分的因素 of the current round: none where machines compare the prices and nothing else counts."""
    now = sitting(lot)
    row = row_of(lot)
    if now is None or row is None:
        return ()
    return panel.hand_criteria(scheme_of(row), now.price_by_hand)


def drafts(lot: LotCode, person: str) -> dict[tuple[str, str], tuple[str, str]]:
    """本人的草稿: (bid, criterion) → (content, note)."""
    row = row_of(lot)
    if row is None:
        return {}
    rows = Draft.objects.filter(member__evaluation=row, member__person=person)
    rows = rows.exclude(member__state=MemberState.VACATED)
    return {(d.bid, d.criterion): (d.content, d.note) for d in rows}
