"""竞价与申请的状态: what may follow what."""

from ggzy.kernel.lifecycle import Lifecycle
from ggzy.trading.auctions.values import STATE_LABELS, ApplicationState, AuctionState

LIVE = (AuctionState.OPEN, AuctionState.PAUSED)
"""正在竞价: the room is there and not over."""
RUNNING = (AuctionState.ANNOUNCED, *LIVE)
"""公告以后、结束以前."""
STANDS = (ApplicationState.FILED, ApplicationState.ADMITTED)
"""申请尚在."""

AUCTION = Lifecycle(
    start=AuctionState.DRAFTED,
    moves={
        (AuctionState.DRAFTED, "announce"): AuctionState.ANNOUNCED,
        (AuctionState.ANNOUNCED, "amend"): AuctionState.ANNOUNCED,
        (AuctionState.ANNOUNCED, "extend"): AuctionState.ANNOUNCED,
        (AuctionState.ANNOUNCED, "open"): AuctionState.OPEN,
        (AuctionState.ANNOUNCED, "fail"): AuctionState.FAILED,
        (AuctionState.OPEN, "pause"): AuctionState.PAUSED,
        (AuctionState.PAUSED, "resume"): AuctionState.OPEN,
        (AuctionState.OPEN, "close"): AuctionState.CLOSED,
        (AuctionState.CLOSED, "sell"): AuctionState.SOLD,
        (AuctionState.CLOSED, "fail"): AuctionState.FAILED,
        (AuctionState.SOLD, "confirm"): AuctionState.CONFIRMED,
        (AuctionState.SOLD, "default"): AuctionState.DEFAULTED,
        # The contract or the balance fails after the confirmation.
        (AuctionState.CONFIRMED, "default"): AuctionState.DEFAULTED,
    },
    names=STATE_LABELS,
)

APPLICATION = Lifecycle(
    start=ApplicationState.FILED,
    moves={
        (ApplicationState.FILED, "admit"): ApplicationState.ADMITTED,
        (ApplicationState.FILED, "decline"): ApplicationState.DECLINED,
        (ApplicationState.FILED, "withdraw"): ApplicationState.WITHDRAWN,
        # What was declined may be put in order before the time is over.
        (ApplicationState.DECLINED, "file"): ApplicationState.FILED,
    },
    names={
        ApplicationState.FILED: "已提交",
        ApplicationState.ADMITTED: "已确认资格",
        ApplicationState.DECLINED: "不符合条件",
        ApplicationState.WITHDRAWN: "已撤回",
    },
)
