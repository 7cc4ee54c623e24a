"""入场登记的规则: completeness, the brake, and the time that stands still."""

from ggzy.trading.projects.rules.braking import (
    BRAKE_CAUSE,
    effects,
    may_act,
    may_despite,
    may_order,
    may_resume,
    may_suspend,
    may_terminate,
)
from ggzy.trading.projects.rules.folding import fold
from ggzy.trading.projects.rules.registering import (
    complete_lot,
    complete_project,
    deposit_bounds,
    may_begin_round,
    may_register,
    milestones,
    nature_of,
    splitting_hint,
    suggested,
)
from ggzy.trading.projects.rules.standing import (
    effective,
    is_past_long_stop,
    standing,
    standstill,
    stood_since,
)

__all__ = [
    "BRAKE_CAUSE",
    "complete_lot",
    "complete_project",
    "deposit_bounds",
    "effective",
    "effects",
    "fold",
    "is_past_long_stop",
    "may_act",
    "may_begin_round",
    "may_despite",
    "may_order",
    "may_register",
    "may_resume",
    "may_suspend",
    "may_terminate",
    "milestones",
    "nature_of",
    "splitting_hint",
    "standing",
    "standstill",
    "stood_since",
    "suggested",
]
