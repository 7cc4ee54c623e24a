"""专家库的事实. Restricted: who is in the register is not published."""

from datetime import date

from ggzy.kernel.codes import ExpertCode, RegionCode
from ggzy.kernel.events import Audience, event
from ggzy.registers.experts.values import ExpertState, NewMark

EXPERT = "expert/{expert}"


@event("expert.registered", Audience.RESTRICTED, subject=EXPERT)
class ExpertRegistered:
    """专家已入库. The name stays with the person's entry."""

    expert: ExpertCode
    person: str
    specialties: tuple[str, ...]
    employer: str
    region: RegionCode
    title: str
    years: int
    term_until: date


@event("expert.changed", Audience.RESTRICTED, subject=EXPERT)
class ExpertChanged:
    """专家状态已变更."""

    expert: ExpertCode
    state: ExpertState
    reason: str


@event("expert.moved", Audience.RESTRICTED, subject=EXPERT)
class ExpertMoved:
    """专家工作单位已变更."""

    expert: ExpertCode
    employer: str


@event("expert.marked", Audience.RESTRICTED, subject=EXPERT)
class ExpertMarked:
    """专家信用记录已记入."""

    expert: ExpertCode
    code: str
    mark: NewMark


@event("expert.cleared", Audience.RESTRICTED, subject=EXPERT)
class ExpertCleared:
    """对专家的禁止已提前解除."""

    expert: ExpertCode
    code: str
    reason: str
    document: str
