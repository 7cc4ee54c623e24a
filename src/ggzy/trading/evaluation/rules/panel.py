"""评委打分: from the members' sheets to one figure per bid and criterion, and what looks odd in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ggzy.trading.evaluation.rules.rounding import half_up, mean_of
from ggzy.trading.evaluation.values import (
    Contest,
    Criterion,
    CriterionKind,
    Entry,
    MemberTrim,
    Scheme,
    Sheet,
)

OUTLIER_SHARE = Decimal("0.30")
TRIM_MEMBERS_MIN = 7
TAILOR_MADE_RATIO = Decimal("1.5")

Table = Mapping[str, tuple[tuple[Decimal, ...], ...]]


@dataclass(frozen=True, kw_only=True)
class Oddity:
    """打分异常: a member's points that the rules ask about."""

    seat: int
    bid: str
    criterion: str
    points: Decimal
    others: Decimal


def by_hand(entries: tuple[Entry, ...]) -> bool:
    """报价需人工评分: a sentence cannot be compared by machine, so the committee scores the price."""
    return any(entry.passed and entry.price is None for entry in entries)


def hand_criteria(scheme: Scheme, price_by_hand: bool) -> tuple[Criterion, ...]:
    """由评委打分的因素, in the scheme's order."""
    return tuple(c for c in scheme.criteria if price_by_hand or c.kind is not CriterionKind.PRICE)


def table_of(sheets: tuple[Sheet, ...]) -> dict[str, tuple[tuple[Decimal, ...], ...]]:
    """汇总表: for each bid the members' rows, in the order of the seats."""
    rows: dict[str, list[tuple[Decimal, ...]]] = {}
    for sheet in sorted(sheets, key=lambda item: item.seat):
        for mark in sheet.marks:
            rows.setdefault(mark.bid, []).append(mark.points)
    return {bid: tuple(points) for bid, points in rows.items()}


def panel_points(contest: Contest, table: Table, bid: str, column: int) -> Decimal:
    """一项得分: the members' mean for one criterion, two decimals, half up."""
    points = sorted(row[column] for row in table.get(bid, ()))
    if not points:
        return Decimal("0.00")
    if contest.scheme.member_trim is MemberTrim.HIGH_LOW and len(points) >= TRIM_MEMBERS_MIN:
        points = points[1:-1]
    return half_up(mean_of(tuple(points)), 2)


def outliers(scheme: Scheme, sheets: tuple[Sheet, ...], price_by_hand: bool) -> tuple[Oddity, ...]:
    """离群打分: further than 30 % of full points from the mean of the other members."""
    criteria = hand_criteria(scheme, price_by_hand)
    table = table_of(sheets)
    seats = [sheet.seat for sheet in sorted(sheets, key=lambda item: item.seat)]
    found = []
    for bid, rows in table.items():
        if len(rows) != len(seats) or len(rows) < 2:
            continue
        for column, criterion in enumerate(criteria):
            if criterion.kind is CriterionKind.OBJECTIVE:
                continue
            found += _far_from_others(seats, bid, criterion, [row[column] for row in rows])
    return tuple(found)


def objective_differences(
    scheme: Scheme, sheets: tuple[Sheet, ...], price_by_hand: bool
) -> tuple[tuple[str, Criterion], ...]:
    """客观分不一致: (bid, criterion) where the members' objective points differ."""
    criteria = hand_criteria(scheme, price_by_hand)
    columns = [(i, c) for i, c in enumerate(criteria) if c.kind is CriterionKind.OBJECTIVE]
    return tuple(
        (bid, criterion)
        for bid, rows in table_of(sheets).items()
        for column, criterion in columns
        if len({row[column] for row in rows}) > 1
    )


def best_and_worst(
    scheme: Scheme, sheets: tuple[Sheet, ...], price_by_hand: bool
) -> tuple[tuple[int, str], ...]:
    """极端打分: (seat, bid) where one member gives one bid full points and every other bid nothing."""
    full = tuple(c.full for c in hand_criteria(scheme, price_by_hand))
    found = []
    for sheet in sheets:
        best = [mark.bid for mark in sheet.marks if mark.points == full]
        others = [mark for mark in sheet.marks if mark.points != full]
        if len(best) == 1 and others and all(not any(mark.points) for mark in others):
            found.append((sheet.seat, best[0]))
    return tuple(found)


def is_tailor_made(totals: tuple[Decimal, ...]) -> bool:
    """得分悬殊: the winner has at least one and a half times the mean of the others."""
    if len(totals) < 2:
        return False
    first, *others = sorted(totals, reverse=True)
    return Fraction(first) >= Fraction(TAILOR_MADE_RATIO) * mean_of(tuple(others)) > 0


def _far_from_others(seats: list[int], bid: str, criterion: Criterion, points: list[Decimal]) -> list[Oddity]:
    total = sum(points, Decimal(0))
    limit = Fraction(criterion.full * OUTLIER_SHARE)
    found = []
    for seat, own in zip(seats, points, strict=True):
        others = Fraction(total - own) / (len(points) - 1)
        if abs(Fraction(own) - others) > limit:
            mean = half_up(others, 2)
            found.append(Oddity(seat=seat, bid=bid, criterion=criterion.code, points=own, others=mean))
    return found
