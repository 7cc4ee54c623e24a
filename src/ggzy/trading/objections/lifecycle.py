"""异议的状态表."""

from ggzy.kernel.lifecycle import Lifecycle
from ggzy.trading.objections.values import OBJECTION_LABELS, ObjectionState

OBJECTION = Lifecycle(
    start=ObjectionState.PENDING,
    moves={
        (ObjectionState.PENDING, "answer"): ObjectionState.ANSWERED,
        (ObjectionState.PENDING, "withdraw"): ObjectionState.WITHDRAWN,
    },
    names=OBJECTION_LABELS,
)
