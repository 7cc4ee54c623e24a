"""信用评价的值: a model as data, and a grade with every line that made it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ggzy.kernel.codes import CreditCode


@dataclass(frozen=True)
class Item:
    """评价项目. `points` is signed; `cap` bounds what all entries of its `group` may add together.

    `lasts` are the months after which an entry counts no more; an adverse one ends with its term.
    """

    code: str
    name: str
    group: str
    points: Decimal
    decays: bool
    lasts: int
    cap: Decimal | None = None


@dataclass(frozen=True)
class Cut:
    """等级线: from this score on."""

    grade: str
    score: Decimal
    name: str


@dataclass(frozen=True)
class Model:
    """信用评价模型. `is_default`: the platform's example, until a region names its own."""

    code: str
    version: str
    name: str
    source: str
    is_default: bool
    base: Decimal
    half_life: int
    items: tuple[Item, ...]
    cuts: tuple[Cut, ...]

    def item(self, code: str) -> Item | None:
        return next((item for item in self.items if item.code == code), None)


@dataclass(frozen=True)
class Line:
    """计分明细: one entry, its points, what its age leaves of them. `entry` "" where it is not published."""

    item: str
    name: str
    entry: str
    title: str
    on: date
    points: Decimal
    factor: Decimal
    value: Decimal
    note: str = ""


@dataclass(frozen=True)
class Grade:
    """信用评价结果: never mixed with what users say about the service."""

    model: str
    version: str
    on: date
    score: Decimal
    grade: str
    name: str
    base: Decimal
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Fixed:
    """投标截止时的信用评价 of one bidder (数据规范 9012)."""

    party: CreditCode
    name: str
    score: Decimal
    grade: str
