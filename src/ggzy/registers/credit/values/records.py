"""信用的值: records, bans, and the numbers of the law that govern them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.kernel.instants import Period, end_of_day, start_of_day

PASSES = "禁入期满或者解除后方可办理"


class RecordKind(StrEnum):
    """信用记录类别."""

    PENALTY = "penalty"  # 行政处罚
    BREACH = "breach"  # 失信行为
    PERFORMANCE = "performance"  # 履约评价
    REWARD = "reward"  # 守信激励

    @property
    def label(self) -> str:
        return {
            "penalty": "行政处罚",
            "breach": "失信行为",
            "performance": "履约评价",
            "reward": "守信激励",
        }[self.value]

    @property
    def is_adverse(self) -> bool:
        """不良记录: has a gravity, a term of publication and a way to be repaired."""
        return self in (RecordKind.PENALTY, RecordKind.BREACH)


class Gravity(StrEnum):
    """严重程度 (信用修复管理办法)."""

    MINOR = "minor"  # 轻微
    GENERAL = "general"  # 一般
    SERIOUS = "serious"  # 严重

    @property
    def label(self) -> str:
        return {"minor": "轻微", "general": "一般", "serious": "严重"}[self.value]


class Scope(StrEnum):
    """禁入范围."""

    ALL = "all"
    COMPULSORY = "compulsory"
    PROCUREMENT = "procurement"
    AGENCY = "agency"

    @property
    def label(self) -> str:
        return {
            "all": "全部公共资源交易",
            "compulsory": "依法必须招标的项目",
            "procurement": "政府采购活动",
            "agency": "代理业务",
        }[self.value]


@dataclass(frozen=True)
class Decision:
    """决定: who decided, in which document, on which article, on which day."""

    authority: str
    document: str
    article: str
    decided_on: date


@dataclass(frozen=True)
class NewRecord:
    """信用记录 as an authority enters it. `gravity` belongs to adverse records only.

    `topic` is the item of the evaluation it falls under; "" where kind and gravity say enough.
    """

    party: CreditCode
    kind: RecordKind
    title: str
    text: str
    decision: Decision
    gravity: Gravity | None = None
    lot: LotCode | None = None
    topic: str = ""


@dataclass(frozen=True)
class RecordFacts:
    """信用记录. `code` is its number, `repaired_on` the day it was repaired.

    `shown_until` is the first day on which it is no longer shown; None for a record without such an end.
    """

    code: str
    party: CreditCode
    name: str
    kind: RecordKind
    title: str
    text: str
    decision: Decision
    gravity: Gravity | None
    lot: LotCode | None
    recorded_at: datetime
    shown_until: date | None = None
    repaired_on: date | None = None
    topic: str = ""
    withdrawn_on: date | None = None


@dataclass(frozen=True)
class Ground:
    """禁入情形: a conduct the law punishes with a ban; months from and to."""

    code: str
    name: str
    scope: Scope
    months_min: int
    months_max: int
    article: str


@dataclass(frozen=True)
class Term:
    """公示与修复期限 of one gravity, in months from the decision."""

    article: str
    shown_max: int
    repair_min: int
    used_max: int


@dataclass(frozen=True)
class NewBan:
    """市场禁入 as an authority enters it: both days are included."""

    party: CreditCode
    ground: str
    start: date
    end: date
    decision: Decision
    region: RegionCode = RegionCode.COUNTRY


@dataclass(frozen=True)
class Ban:
    """市场禁入: from the start of the first day to the end of the last, unless lifted before."""

    code: str
    party: CreditCode
    name: str
    ground: str
    scope: Scope
    region: RegionCode
    start: date
    end: date
    decision: Decision
    imposed_at: datetime
    lifted_at: datetime | None = None

    @property
    def period(self) -> Period:
        return Period(start_of_day(self.start), end_of_day(self.end))

    @property
    def reason(self) -> str:
        """The sentence a refused person reads."""
        return (
            f"被{self.decision.authority}禁止参加{self.scope.label}，期限自{_day(self.start)}"
            f"至{_day(self.end)}（{self.decision.document}；依据：{self.decision.article}；信用编号{self.code}）"
        )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
