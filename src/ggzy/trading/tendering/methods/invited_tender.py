"""邀请招标: at least three capable parties are invited, and nobody else may bid (招标投标法 §17).

Whom the owner invited stays secret until the opening (§22).
"""

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.tendering.values import BidderFacts, Method


def _may_announce(invitees: tuple[CreditCode, ...], invitees_min: int) -> Verdict:
    distinct = len(set(invitees))
    return judge(
        [
            (
                distinct >= invitees_min,
                Reason(
                    "too_few_invitees",
                    f"受邀的不同单位为 {distinct} 家，应不少于 {invitees_min} 家",
                    "招标投标法 §17",
                ),
            )
        ]
    )


def _may_bid(bidder: BidderFacts) -> Verdict:
    return judge(
        [
            (
                bidder.is_invited,
                Reason("not_invited", "本标段为邀请招标，只有受邀单位可以投标", "招标投标法 §17"),
            )
        ]
    )


METHOD = Method(
    code="invited_tender",
    name="邀请招标",
    basis="招标投标法 §17, 实施条例 §8",
    notice_title="投标邀请书",
    is_public=False,
    may_announce=_may_announce,
    may_bid=_may_bid,
)
