"""代理机构执业评价的值."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from ggzy.kernel.codes import CreditCode, LotCode

HANDLED = "handled"
PENALTY = "penalty"


@dataclass(frozen=True)
class PracticeItem:
    """评价项目: at most `most` points are lost; all of them at `full` in a hundred lots, or `each` for every one."""

    code: str
    name: str
    most: Decimal
    full: Decimal | None
    each: Decimal | None
    why: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class PracticeModel:
    """评价办法: from `start` down, over so many months; fewer than `lots_min` lots say nothing."""

    source: str
    note: str
    start: Decimal
    months: int
    lots_min: int
    items: Mapping[str, PracticeItem]


@dataclass(frozen=True)
class PracticeFact:
    """计入评价的事实, where it stands in the journal. A penalty has no lot and no height but its document."""

    item: str
    lot: LotCode | None
    text: str
    at: datetime
    height: int | None = None


@dataclass(frozen=True)
class Tally:
    """计数: how many lots are concerned, and how many facts."""

    lots: int = 0
    times: int = 0


@dataclass(frozen=True)
class PracticeLine:
    """一个项目的得失. `share` is in a hundred lots; None where every fact counts."""

    item: PracticeItem
    tally: Tally
    share: Decimal | None
    lost: Decimal


@dataclass(frozen=True)
class Practice:
    """执业评价 of one agency. `points` is None where too few lots were handled to say anything."""

    agency: CreditCode
    name: str
    lots: int
    lines: tuple[PracticeLine, ...]
    points: Decimal | None
