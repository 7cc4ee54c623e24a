"""挂牌: offers over days; at the end it is asked who goes on, and a timed contest (限时竞价) follows.

Basis: 招标拍卖挂牌出让国有建设用地使用权规定 §17–§19.
"""

from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.auctions.rules import contest, drafting, flow
from ggzy.trading.auctions.values import Format, FormatTerms, RoomPhase

TURNS: flow.Turns = {
    **flow.CONTEST,
    RoomPhase.WAITING: flow.open_listing,
    RoomPhase.FREE: flow.after_listing,
    RoomPhase.ASKING: flow.after_asking,
}


def _flaws(terms: FormatTerms) -> Verdict:
    timed = judge(
        [(terms.timing.timed_s > 0, Reason("timed_missing", "挂牌期满转入限时竞价，请填写限时竞价的时长"))]
    )
    return drafting.contest_flaws(terms) & drafting.no_items(terms) & timed


FORMAT = Format(
    code="listing",
    name="挂牌",
    basis="招标拍卖挂牌出让国有建设用地使用权规定 §17、§18、§19",
    rule="挂牌期内报价并更新挂牌价格；期满有竞买人继续竞价的，进入限时竞价，每次有效报价重新计时，价高者得",
    flaws=_flaws,
    offer=contest.judge(TURNS),
    close=contest.closing(TURNS),
    is_joined_late=True,
    free="挂牌期",
)
