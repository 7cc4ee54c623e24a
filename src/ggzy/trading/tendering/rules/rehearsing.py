"""开标前自检的规则: what would keep a bid from being opened, seen before it is too late."""

from collections.abc import Collection
from datetime import datetime

from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.tendering.rules import words
from ggzy.trading.tendering.values import BidState


def is_ready(
    own: BidState | None, is_current: bool, certificates: Collection[datetime], opens: datetime
) -> Verdict:
    """自检. `certificates` are the ends of those in force now; what the key file opens the browser tries itself."""
    last = max(certificates, default=None)
    return judge(
        [
            (
                own is BidState.SUBMITTED,
                Reason("no_bid", "还没有已递交的投标文件", remedy="上传只是到达平台，还要点击“递交投标文件”"),
            ),
            (
                own is not BidState.SUBMITTED or is_current,
                Reason(
                    "documents_stale",
                    "递交的投标文件响应的是招标文件的旧版",
                    remedy="请核对后重新加密并替换",
                ),
            ),
            (
                last is not None and last > opens,
                Reason(
                    "certificate_ends",
                    f"数字证书到 {words.moment(last)} 为止，早于开标时间" if last else "没有有效的数字证书",
                    remedy="请向发证机构续期或者申领，并到交易中心绑定",
                ),
            ),
        ]
    )
