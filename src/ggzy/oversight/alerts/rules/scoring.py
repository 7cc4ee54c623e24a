"""打分: how far one member of a committee stands from the others. Robust, because committees are small."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from ggzy.trading.dossier.values.record import LotRecord

SEATS_MIN = 3


@dataclass(frozen=True)
class Sheet:
    """一名评委的分: points by item for each bid, subjective items only."""

    seat: int
    points: Mapping[str, Mapping[str, Decimal]]


@dataclass(frozen=True)
class Gap:
    """一项的偏差: what the member gave the bid, the median of the others, and the excess as a share of full."""

    item: str
    name: str
    given: Decimal
    median: Decimal
    full: Decimal
    share: Decimal


def sheets(record: LotRecord) -> tuple[Sheet, ...]:
    """主观分, where at least `SEATS_MIN` members scored; the others have nothing to be compared with."""
    items = {one.code for one in record.criteria if one.kind == "subjective" and one.full > 0}
    table: dict[int, dict[str, dict[str, Decimal]]] = {}
    for row in record.evaluation.scores if record.evaluation else ():
        marks = {code: points for code, points in zip(row.criteria, row.points, strict=True) if code in items}
        if marks:
            table.setdefault(row.seat, {})[row.bid] = marks
    found = tuple(Sheet(seat, table[seat]) for seat in sorted(table))
    return found if len(found) >= SEATS_MIN else ()


def gaps(record: LotRecord, seat: int, bid: str) -> Iterable[Gap]:
    """各项偏差 of one member for one bid, less the member's own leniency: one who is generous to all favours none."""
    every = sheets(record)
    own = next(sheet for sheet in every if sheet.seat == seat)
    others = [sheet for sheet in every if sheet.seat != seat]
    for one in record.criteria:
        if one.code in own.points.get(bid, {}):
            middle = _middle(others, bid, one.code)
            lenient = median(
                [own.points[b][one.code] - _middle(others, b, one.code) for b in own.points if b != bid]
                or [Decimal()]
            )
            given = own.points[bid][one.code]
            share = (given - middle - lenient) / one.full
            yield Gap(one.code, one.name, given, middle, one.full, share)


def favour(record: LotRecord, seat: int, bid: str) -> Decimal:
    """偏向: the same over all subjective points together, as a share of them."""
    every = tuple(gaps(record, seat, bid))
    full = sum((gap.full for gap in every), Decimal())
    return sum((gap.share * gap.full for gap in every), Decimal()) / full if full else Decimal()


def _middle(sheets: Iterable[Sheet], bid: str, item: str) -> Decimal:
    return median([s.points[bid][item] for s in sheets if item in s.points.get(bid, {})] or [Decimal()])
