"""预警的值: what an indicator says of itself, what it notes, what it finds."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ggzy.kernel.codes import LotCode
from ggzy.kernel.roles import Role
from ggzy.trading.dossier.values.record import LotRecord

Value = int | Decimal | str | bool
# Numbers and words by their names; an indicator knows what its own are.
Params = Mapping[str, Any]


class Grade(StrEnum):
    """等级. A green one only informs; yellow and red raise an alert."""

    GREEN = "green"  # 提示
    YELLOW = "yellow"  # 预警
    RED = "red"  # 严重

    @property
    def label(self) -> str:
        return {"green": "提示", "yellow": "预警", "red": "严重"}[self.value]


class Kind(StrEnum):
    """监测对象."""

    LOT = "lot"  # 标段
    PARTIES = "parties"  # 市场主体之间
    PERSON = "person"  # 评标专家
    AGENCY = "agency"  # 招标代理机构

    @property
    def label(self) -> str:
        return {"lot": "标段", "parties": "市场主体", "person": "评标专家", "agency": "代理机构"}[self.value]


@dataclass(frozen=True)
class Param:
    """参数: its default, what it means, and where the default comes from."""

    name: str
    value: Value
    label: str
    source: str
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """监管指标: one file. `quiet` is the innocent explanation shown beside every finding.

    `kinds` are the facts that may change its answer (kinds of the journal); empty: any fact of the lot.
    `lead` is how long before a limit its countdown is shown. `for_committee`: what it finds is a clue that
    the members of the committee of that lot may see too. `owed_by` is whose limit it watches: they are told
    on their own desk while it can still be kept.
    """

    code: str
    name: str
    grade: Grade
    basis: str
    why: str
    quiet: str
    params: tuple[Param, ...] = ()
    object: Kind = Kind.LOT
    kinds: tuple[str, ...] = ()
    lead: timedelta = timedelta(days=3)
    version: int = 1
    action: str = "核对证据后办理"
    for_committee: bool = False
    owed_by: Role | None = None

    def defaults(self) -> Params:
        """默认参数 by name."""
        return {param.name: param.value for param in self.params}


@dataclass(frozen=True)
class Evidence:
    """证据的一行: a label, what is the case in words, and the fact it stands in (`height`) or a page (`link`)."""

    label: str
    text: str
    height: int | None = None
    link: str = ""


class Shape(StrEnum):
    """图的样子."""

    DOTS = "dots"  # 点图: one labelled number per row
    MATRIX = "matrix"  # 矩阵: rows × columns of short words
    NETWORK = "network"  # 关系图: nodes and weighted edges


@dataclass(frozen=True)
class Picture:
    """图: drawn from figures alone. `rows`/`columns` name the axes; for a network `rows` are the nodes.

    DOTS: cells (row, "", number, mark). MATRIX: cells (row, column, number, mark), `mark` is the word shown.
    NETWORK: cells (node, node, weight, word).
    """

    shape: Shape
    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...] = ()
    cells: tuple[tuple[str, str, Decimal, str], ...] = ()
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class Note:
    """记号: what one lot contributes to an indicator over many lots.

    `key` is whom it is about ("owner|agency|winner", two bidders in order …); `figures` are what
    `conclude` needs, in values that can be written to a fact.
    """

    key: str
    lot: LotCode
    at: datetime
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """发现: a clue, never a decision. `sentence` says it in Chinese with its figures.

    `key` is the same whenever the same thing is found again, so that nothing is raised twice: of what it
    is about, never of the moment. Empty: the lot itself. `parties` are codes of those it concerns.
    `due` makes it a countdown (期限提醒): nothing is broken yet, the limit falls at that moment; when it
    has passed, the indicator is asked again. `score` is 0..1. `grade` overrides the indicator's own.
    """

    sentence: str
    lot: LotCode | None = None
    key: str = ""
    parties: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    picture: Picture | None = None
    score: Decimal = Decimal(1)
    due: datetime | None = None
    grade: Grade | None = None
    phrases: tuple[str, ...] = ()


Inspect = Callable[[LotRecord, Params, datetime], Iterable[Finding]]
Collect = Callable[[LotRecord], Iterable[Note]]
Conclude = Callable[[Sequence[Note], Params], Iterable[Finding]]
Compare = Callable[..., Finding | None]
Circle = Callable[[str, str], str]


@dataclass(frozen=True)
class Model:
    """监管模型: an indicator with what it does; either `inspect`, or `collect` with `conclude`.

    One that is asked of another register's entries, beside the owner's lots, has `compare`. `circle` says whom a
    finding is about, of the keys of its notes and its own, where these hold more than that (a period).
    """

    indicator: Indicator
    inspect: Inspect | None = None
    collect: Collect | None = None
    conclude: Conclude | None = None
    compare: Compare | None = None
    circle: Circle | None = None

    @property
    def code(self) -> str:
        return self.indicator.code
