"""公开招标: the notice is public and anyone who meets its conditions may bid (招标投标法 §10, §16)."""

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.tendering.values import BidderFacts, Method


def _may_announce(invitees: tuple[CreditCode, ...], invitees_min: int) -> Verdict:
    return judge(
        [(not invitees, Reason("invitees", "公开招标面向不特定的投标人，不能指定受邀人", "招标投标法 §10"))]
    )


def _may_bid(bidder: BidderFacts) -> Verdict:
    return Verdict()


METHOD = Method(
    code="open_tender",
    name="公开招标",
    basis="招标投标法 §10, §16",
    notice_title="招标公告",
    is_public=True,
    may_announce=_may_announce,
    may_bid=_may_bid,
)
