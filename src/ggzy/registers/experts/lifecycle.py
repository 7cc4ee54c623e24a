"""专家状态表."""

from ggzy.kernel.lifecycle import Lifecycle
from ggzy.registers.experts.values import STATE_NAMES, ExpertState

EXPERT = Lifecycle(
    start=ExpertState.ACTIVE,
    moves={
        (ExpertState.ACTIVE, "pause"): ExpertState.PAUSED,
        (ExpertState.PAUSED, "resume"): ExpertState.ACTIVE,
        (ExpertState.ACTIVE, "remove"): ExpertState.REMOVED,
        (ExpertState.PAUSED, "remove"): ExpertState.REMOVED,
    },
    names=STATE_NAMES,
)
