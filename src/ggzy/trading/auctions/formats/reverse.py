"""反向竞价: bidders undercut each other; the lowest offer leads. The mirror of the ascending contest."""

from ggzy.kernel.verdict import Verdict
from ggzy.trading.auctions.rules import contest, drafting, flow
from ggzy.trading.auctions.values import Direction, Format, FormatTerms


def _flaws(terms: FormatTerms) -> Verdict:
    return drafting.contest_flaws(terms, Direction.DOWN) & drafting.no_items(terms)


FORMAT = Format(
    code="reverse",
    name="反向竞价",
    basis="公告载明的竞价规则",
    rule="价低者得；在结束前的规定时间内有新报价的，竞价自动延长",
    flaws=_flaws,
    offer=contest.judge(flow.CONTEST),
    close=contest.closing(flow.CONTEST),
    direction=Direction.DOWN,
)
