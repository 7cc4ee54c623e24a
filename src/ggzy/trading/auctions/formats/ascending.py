"""增价竞价（拍卖、网络竞价多次报价）: the price rises until nobody goes on.

A period of free offers may come first; then a timed contest follows whose end every offer moves on.
"""

from ggzy.kernel.verdict import Verdict
from ggzy.trading.auctions.rules import contest, drafting, flow
from ggzy.trading.auctions.values import Format, FormatTerms


def _flaws(terms: FormatTerms) -> Verdict:
    return drafting.contest_flaws(terms) & drafting.no_items(terms)


FORMAT = Format(
    code="ascending",
    name="增价竞价（多次报价）",
    basis="拍卖法 §51",
    rule="价高者得；在结束前的规定时间内有新报价的，竞价自动延长",
    flaws=_flaws,
    offer=contest.judge(flow.CONTEST),
    close=contest.closing(flow.CONTEST),
)
