"""专家库的值."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ggzy.kernel.codes import ExpertCode, LotCode, RegionCode
from ggzy.kernel.instants import end_of_day, start_of_day


class ExpertState(StrEnum):
    """专家状态."""

    ACTIVE = "active"  # 在聘: may be drawn
    PAUSED = "paused"  # 暂停: not drawn until resumed
    REMOVED = "removed"  # 出库: final


STATE_NAMES = {
    ExpertState.ACTIVE: "在聘",
    ExpertState.PAUSED: "暂停",
    ExpertState.REMOVED: "已出库",
}


@dataclass(frozen=True)
class Specialty:
    """专业分类: a letter, or with two, four or six digits; the prefix is its parent."""

    code: str
    name: str

    @property
    def level(self) -> int:
        """0 for works, goods, services; 3 for what an expert is registered for."""
        return len(self.code) // 2


@dataclass(frozen=True, kw_only=True)
class NewExpert:
    """入库登记表. `employer` is a credit code, or a name where the employer has none.

    `years` in the field and `title` are what the law asks for.
    """

    person: str
    specialties: tuple[str, ...]
    employer: str
    region: RegionCode
    title: str
    years: int
    term_until: date


@dataclass(frozen=True, kw_only=True)
class ExpertFacts:
    """评标专家."""

    code: ExpertCode
    person: str
    name: str
    specialties: tuple[str, ...]
    employer: str
    region: RegionCode
    title: str
    state: ExpertState
    term_until: date
    registered_at: datetime


class MarkKind(StrEnum):
    """奖惩类型 (数据规范 208, cs1201)."""

    REWARD = "reward"  # 奖励
    SANCTION = "sanction"  # 惩戒

    @property
    def label(self) -> str:
        return {"reward": "奖励", "sanction": "惩戒"}[self.value]


@dataclass(frozen=True)
class Conduct:
    """专家失信行为: a conduct the law punishes, for months at most or for good."""

    code: str
    name: str
    article: str
    months_max: int
    permanent: bool


@dataclass(frozen=True, kw_only=True)
class NewMark:
    """专家信用记录 as an authority enters it. A sanction names its conduct and the first day of the ban.

    `end` is the last day of the ban; None where the qualification is lost for good.
    """

    expert: ExpertCode
    kind: MarkKind
    text: str
    authority: str
    document: str
    decided_on: date
    conduct: str = ""
    start: date | None = None
    end: date | None = None
    lot: LotCode | None = None


@dataclass(frozen=True, kw_only=True)
class Mark:
    """专家信用记录."""

    code: str
    mark: NewMark
    article: str
    marked_at: datetime
    lifted_at: datetime | None = None

    def bars(self, at: datetime) -> bool:
        """禁止参加评标评审: from the start of the first day to the end of the last, unless lifted."""
        start, end = self.mark.start, self.mark.end
        return (
            start is not None
            and start_of_day(start) <= at
            and (end is None or at < end_of_day(end))
            and (self.lifted_at is None or at < self.lifted_at)
        )

    @property
    def reason(self) -> str:
        """The sentence a refused person reads."""
        until = f"至{self.mark.end}" if self.mark.end else "，不得再担任评标评审专家"
        return (
            f"被{self.mark.authority}禁止参加评标评审，自{self.mark.start}{until}"
            f"（{self.mark.document}；依据：{self.article}；信用编号{self.code}）"
        )


@dataclass(frozen=True, kw_only=True)
class PoolMember:
    """候选专家: one expert under one specialty asked for, whether or not something speaks against the seat."""

    expert: ExpertCode
    person: str
    specialty: str
    employer: str
    region: RegionCode
    state: ExpertState
    term_until: date
    registered_at: datetime
    is_barred: bool = False

    def is_eligible(self, on: date) -> bool:
        """在聘: active, within the term and under no ban."""
        return self.state is ExpertState.ACTIVE and on <= self.term_until and not self.is_barred
