"""招标与投标文件的状态: what may follow what."""

from ggzy.kernel.lifecycle import Lifecycle
from ggzy.trading.tendering.values import BidState, TenderState

TENDER = Lifecycle(
    start=TenderState.DRAFTED,
    moves={
        (TenderState.DRAFTED, "prepare"): TenderState.DRAFTED,
        (TenderState.DRAFTED, "announce"): TenderState.ANNOUNCED,
        (TenderState.ANNOUNCED, "clarify"): TenderState.ANNOUNCED,
        (TenderState.ANNOUNCED, "extend"): TenderState.ANNOUNCED,
        (TenderState.ANNOUNCED, "close"): TenderState.CLOSED,
        (TenderState.CLOSED, "open"): TenderState.OPENED,
        (TenderState.CLOSED, "fail"): TenderState.FAILED,
        # The stages above send a lot back: all bids rejected, no candidate left.
        (TenderState.OPENED, "fail"): TenderState.FAILED,
    },
    names={
        TenderState.DRAFTED: "编制中",
        TenderState.ANNOUNCED: "公告中",
        TenderState.CLOSED: "已截止",
        TenderState.OPENED: "已开标",
        TenderState.FAILED: "流标",
    },
)

BID = Lifecycle(
    start=BidState.SUBMITTED,
    moves={
        (BidState.SUBMITTED, "replace"): BidState.REPLACED,
        (BidState.SUBMITTED, "withdraw"): BidState.WITHDRAWN,
        (BidState.SUBMITTED, "open"): BidState.OPENED,
        (BidState.SUBMITTED, "revoke"): BidState.REVOKED,
        (BidState.SUBMITTED, "lapse"): BidState.LAPSED,
        (BidState.SUBMITTED, "return"): BidState.RETURNED,
    },
    names={
        BidState.SUBMITTED: "已递交",
        BidState.REPLACED: "已被替换",
        BidState.WITHDRAWN: "已撤回",
        BidState.OPENED: "已解密",
        BidState.REVOKED: "视为撤销",
        BidState.LAPSED: "视为撤回",
        BidState.RETURNED: "未拆封退回",
    },
)
