"""名单与申请的状态表."""

from ggzy.kernel.lifecycle import Lifecycle
from ggzy.registers.credit.values import APPEAL_LABELS, LIST_LABELS, AppealState, ListState

LISTING = Lifecycle(
    start=ListState.PROPOSED,
    moves={
        (ListState.PROPOSED, "notify"): ListState.NOTICED,
        (ListState.PROPOSED, "import"): ListState.PUBLISHED,
        (ListState.PROPOSED, "withdraw"): ListState.WITHDRAWN,
        (ListState.NOTICED, "decide"): ListState.DECIDED,
        (ListState.NOTICED, "withdraw"): ListState.WITHDRAWN,
        (ListState.DECIDED, "publish"): ListState.PUBLISHED,
        (ListState.DECIDED, "withdraw"): ListState.WITHDRAWN,
        (ListState.PUBLISHED, "repair"): ListState.REPAIRED,
        (ListState.PUBLISHED, "expire"): ListState.EXPIRED,
        (ListState.PUBLISHED, "withdraw"): ListState.WITHDRAWN,
    },
    names=LIST_LABELS,
)

APPEAL = Lifecycle(
    start=AppealState.OPEN,
    moves={
        (AppealState.OPEN, "keep"): AppealState.KEPT,
        (AppealState.OPEN, "correct"): AppealState.CORRECTED,
        (AppealState.OPEN, "withdraw"): AppealState.WITHDRAWN,
        (AppealState.OPEN, "grant"): AppealState.GRANTED,
        (AppealState.OPEN, "deny"): AppealState.DENIED,
    },
    names=APPEAL_LABELS,
)
