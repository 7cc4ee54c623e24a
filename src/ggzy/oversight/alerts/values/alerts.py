"""预警的值: an alert, what was found, how it was handled, and how the models run."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.oversight.alerts.values import Evidence, Grade, Indicator, Picture


class AlertState(StrEnum):
    """预警状态."""

    OPEN = "open"  # 待办理
    ASKED = "asked"  # 已要求说明
    EXPLAINED = "explained"  # 已说明，待办理
    DISMISSED = "dismissed"  # 不予处置
    CONFIRMED = "confirmed"  # 属实
    TRANSFERRED = "transferred"  # 已移送

    @property
    def label(self) -> str:
        return STATE_LABELS[self]


STATE_LABELS = {
    AlertState.OPEN: "待办理",
    AlertState.ASKED: "已要求说明",
    AlertState.EXPLAINED: "已说明，待办理",
    AlertState.DISMISSED: "不予处置",
    AlertState.CONFIRMED: "属实",
    AlertState.TRANSFERRED: "已移送",
}


class Target(StrEnum):
    """移送去向."""

    CASE = "case"  # 立案
    DISCIPLINE = "discipline"  # 纪检监察机关
    POLICE = "police"  # 公安机关
    REGULATOR = "regulator"  # 其他行政监督部门

    @property
    def label(self) -> str:
        return {
            "case": "立案",
            "discipline": "移送纪检监察机关",
            "police": "移送公安机关",
            "regulator": "移送其他行政监督部门",
        }[self.value]


@dataclass(frozen=True, kw_only=True)
class Found:
    """一项发现, as it is kept. `uid` never changes; `vanished_at` when later facts no longer bear it out.

    `is_past`: what an alert that was decided rests on, as it was then; a later one of the same key goes on from it.
    """

    uid: str
    indicator: str
    lot: LotCode | None
    note_key: str
    key: str
    grade: Grade
    sentence: str
    score: Decimal
    parties: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    picture: Picture | None
    phrases: tuple[str, ...]
    first_at: datetime
    last_at: datetime
    due: datetime | None = None
    vanished_at: datetime | None = None
    alert: str = ""
    is_suppressed: bool = False
    is_past: bool = False

    @property
    def is_countdown(self) -> bool:
        """期限提醒: nothing is broken yet."""
        return self.due is not None


@dataclass(frozen=True, kw_only=True)
class Question:
    """要求说明 of one party, and its answer."""

    party: CreditCode
    text: str
    due_on: date
    asked_at: datetime
    answer: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class AlertFacts:
    """预警: one indicator about one lot or one circle of parties. `outcome` is dismissed, confirmed or empty."""

    code: str
    indicator: Indicator
    group: str
    grade: Grade
    lot: LotCode | None
    region: RegionCode
    category: str
    authority: str
    parties: tuple[str, ...]
    sentence: str
    state: AlertState
    raised_at: datetime
    changed_at: datetime
    outcome: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""
    reason: str = ""
    target: Target | None = None
    height: int | None = None
    found: int = 1

    @property
    def is_open(self) -> bool:
        """待处置."""
        return self.state in (AlertState.OPEN, AlertState.ASKED, AlertState.EXPLAINED)


@dataclass(frozen=True, kw_only=True)
class Rate:
    """触发率: among so many lots of this region and trade, the indicator fired in so many."""

    lots: int
    fired: int
    months: int
    place: int | None = None  # by score among the findings of the same kind, 1 first
    among: int = 0

    @property
    def share(self) -> Decimal | None:
        """None where there is nothing to compare with."""
        return Decimal(self.fired) / self.lots if self.lots else None


@dataclass(frozen=True)
class Closing:
    """预警办结: of those raised in a time, how many have been decided. `share` is in a hundred."""

    raised: int
    closed: int

    @property
    def share(self) -> Decimal | None:
        return round(Decimal(100) * self.closed / self.raised, 1) if self.raised else None


@dataclass(frozen=True, kw_only=True)
class Precision:
    """查实率: of the alerts that were decided, how many were confirmed."""

    raised: int
    confirmed: int
    dismissed: int

    @property
    def share(self) -> Decimal | None:
        decided = self.confirmed + self.dismissed
        return Decimal(self.confirmed) / decided if decided else None


@dataclass(frozen=True, kw_only=True)
class Setting:
    """参数设定 of one region: in force from `since`."""

    indicator: str
    region: RegionCode
    name: str
    text: str
    reason: str
    by: str
    since: datetime


@dataclass(frozen=True, kw_only=True)
class Health:
    """模型运行情况. `failed` lots could not be looked at since `failed_since`."""

    indicator: Indicator
    last_at: datetime | None
    failed: int = 0
    failed_since: datetime | None = None
    error: str = ""


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """覆盖: when the models last ran, over how many lots, and how many they have not seen yet."""

    last_at: datetime | None
    lots: int
    uncovered: int
    failing: tuple[Health, ...] = ()
