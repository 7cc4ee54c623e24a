"""动态报价: free offers through the whole disclosure, by whoever has qualified so far, then a timed contest."""

from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.auctions.rules import contest, drafting, flow
from ggzy.trading.auctions.values import Format, FormatTerms, RoomPhase

TURNS: flow.Turns = {**flow.CONTEST, RoomPhase.WAITING: flow.open_listing}


def _flaws(terms: FormatTerms) -> Verdict:
    timed = judge(
        [
            (
                terms.timing.timed_s > 0,
                Reason("timed_missing", "动态报价由自由报价期和限时报价期组成，请填写限时报价期时长"),
            )
        ]
    )
    return drafting.contest_flaws(terms) & drafting.no_items(terms) & timed


FORMAT = Format(
    code="dynamic",
    name="动态报价",
    basis="公告载明的竞价规则",
    rule="披露期内自由报价，期满后进入限时报价；限时报价期内每次有效报价重新计时，期满无新报价的，价高者得",
    flaws=_flaws,
    offer=contest.judge(TURNS),
    close=contest.closing(TURNS),
    is_joined_late=True,
)
