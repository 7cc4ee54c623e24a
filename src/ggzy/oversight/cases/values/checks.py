"""双随机抽查的值."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ggzy.kernel.codes import CreditCode, RegionCode


class CheckState(StrEnum):
    """抽查状态."""

    PLANNED = "planned"  # 征集随机数承诺
    REVEALING = "revealing"  # 公开随机数
    DRAWN = "drawn"  # 已抽取，检查中
    PUBLISHED = "published"  # 已公开结果
    ABANDONED = "abandoned"  # 已中止

    @property
    def label(self) -> str:
        return CHECK_LABELS[self]


CHECK_LABELS = {
    CheckState.PLANNED: "征集随机数承诺",
    CheckState.REVEALING: "公开随机数",
    CheckState.DRAWN: "检查中",
    CheckState.PUBLISHED: "已公开结果",
    CheckState.ABANDONED: "已中止",
}


class Finding(StrEnum):
    """检查结果."""

    CLEAN = "clean"
    MENDED = "mended"
    RECTIFY = "rectify"
    CASE = "case"

    @property
    def label(self) -> str:
        return {
            "clean": "未发现问题",
            "mended": "发现问题，已当场改正",
            "rectify": "发现问题，责令限期整改",
            "case": "发现违法线索，立案",
        }[self.value]


OBJECT, INSPECTOR = "object", "inspector"
HIGH, NORMAL = "high", "normal"


@dataclass(frozen=True)
class Item:
    """抽查事项."""

    code: str
    name: str
    role: str
    basis: str
    points: tuple[str, ...]


@dataclass(frozen=True)
class Leaf:
    """候选: one object or inspector. The salted leaf and its tickets are published at once, name and salt with the draw."""

    group: str
    subject: str
    name: str
    salt: bytes
    leaf: bytes
    weight: int = 1


@dataclass(frozen=True)
class Seats:
    """抽取名额 of one group."""

    group: str
    pool: int
    wanted: int


@dataclass(frozen=True)
class Drawn:
    """抽中: with what is needed to find it among the leaves."""

    group: str
    subject: str
    name: str
    salt: bytes


@dataclass(frozen=True)
class GiverFacts:
    """随机数提供方."""

    party: str
    commitment: bytes
    nonce: bytes | None


@dataclass(frozen=True)
class ResultFacts:
    """一个对象的检查结果."""

    party: CreditCode
    name: str
    risk: str
    finding: Finding | None
    text: str
    rectify_by: date | None
    recheck: str
    recorded_at: datetime | None


@dataclass(frozen=True)
class CheckFacts:
    """抽查 from its plan to its published results."""

    code: str
    item: Item
    region: RegionCode
    authority: str
    state: CheckState
    planned_at: datetime
    request: bytes
    pool_root: bytes
    excluded_root: bytes
    seats: tuple[Seats, ...]
    leaves: tuple[tuple[str, bytes, int], ...]
    givers: tuple[GiverFacts, ...]
    seed: bytes | None
    head: bytes | None
    drawn: tuple[Drawn, ...]
    recused: tuple[str, ...]
    results: tuple[ResultFacts, ...]
    publish_by: date | None
    published_at: datetime | None
    is_overdue: bool

    @property
    def inspectors(self) -> tuple[Drawn, ...]:
        return tuple(one for one in self.drawn if one.group == INSPECTOR and one.subject not in self.recused)
