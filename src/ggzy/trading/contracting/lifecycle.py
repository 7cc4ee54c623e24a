"""定标的状态与走法."""

from ggzy.kernel.lifecycle import Lifecycle
from ggzy.trading.contracting.values import STATE_LABELS, AwardState

AWARD = Lifecycle(
    # A sale by open price begins NOTIFIED: its confirmation takes the place of the letter.
    start=AwardState.PUBLICISED,
    moves={
        (AwardState.PUBLICISED, "award"): AwardState.AWARDED,
        (AwardState.PUBLICISED, "end"): AwardState.ENDED,
        (AwardState.AWARDED, "notify"): AwardState.NOTIFIED,
        (AwardState.NOTIFIED, "decline"): AwardState.DECLINED,
        (AwardState.OFFERED, "decline"): AwardState.DECLINED,
        (AwardState.DECLINED, "award"): AwardState.AWARDED,
        (AwardState.DECLINED, "end"): AwardState.ENDED,
        (AwardState.NOTIFIED, "draft"): AwardState.OFFERED,
        (AwardState.OFFERED, "draft"): AwardState.OFFERED,
        (AwardState.OFFERED, "sign"): AwardState.SIGNED,
        (AwardState.SIGNED, "complete"): AwardState.COMPLETED,
        # 竞得人违约: a sale ends before its contract, or with it.
        (AwardState.NOTIFIED, "break"): AwardState.ENDED,
        (AwardState.OFFERED, "break"): AwardState.ENDED,
        (AwardState.SIGNED, "break"): AwardState.ENDED,
    },
    names=STATE_LABELS,
)
