"""专家库的值."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ggzy.kernel.codes import ExpertCode, RegionCode


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

    def is_eligible(self, on: date) -> bool:
        """在聘: active and within the term."""
        return self.state is ExpertState.ACTIVE and on <= self.term_until
