"""优先购买权的规则: who may claim it and until when, and how a claim is decided."""

from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.auctions.lifecycle import RUNNING, STANDS
from ggzy.trading.auctions.values import (
    ApplicationState,
    AuctionFacts,
    Document,
    PriorityClaim,
)

GROUNDS_MAX = 2_000
ORDER_MAX = 99
LAPSED = "竞价开始以前交易中心没有作出认定，按规则不予认定；有异议的，可以向监督部门反映"


def may_claim(auction: AuctionFacts, state: ApplicationState | None, claim: PriorityClaim | None) -> Verdict:
    """主张优先购买权的条件: the notice names holders, the application stands, its paddle is not yet in the room."""
    terms = auction.terms
    is_named = terms is not None and terms.format.priority is not None
    is_open = claim is None or (not claim.is_waiting and claim.order is None)
    return judge(
        [
            (is_named, Reason("no_priority", "公告没有载明优先购买权，不能主张")),
            (state in STANDS, Reason("no_application", "请先提交竞买申请")),
            (is_open, Reason("claimed", "优先购买权的主张已经提交或者认定，不能重复主张")),
            *_in_time(auction, state),
        ]
    )


def is_grounded(grounds: str, documents: tuple[Document, ...]) -> Verdict:
    """主张的内容: its grounds in words, and a document that proves them."""
    return judge(
        [
            (0 < len(grounds.strip()) <= GROUNDS_MAX, Reason("grounds", "请写明主张优先购买权的依据")),
            (bool(documents), Reason("proof", "请上传证明优先购买权的材料")),
        ]
    )


def may_decide_claim(
    auction: AuctionFacts, state: ApplicationState | None, claim: PriorityClaim | None
) -> Verdict:
    """认定优先购买权的条件: a claim that waits, before its paddle is in the room."""
    is_waiting = claim is not None and claim.is_waiting and state in STANDS
    return judge(
        [
            (is_waiting, Reason("no_claim", "没有待认定的优先购买权主张")),
            *_in_time(auction, state),
        ]
    )


def may_seat(auction: AuctionFacts, claim: PriorityClaim | None) -> Verdict:
    """号牌进入竞价室的条件: a room that is there takes a paddle only with its right decided."""
    waits = auction.is_prepared and claim is not None and claim.is_waiting
    return judge([(not waits, Reason("claim_waiting", "请先认定其优先购买权的主张，再确认竞买资格"))])


def is_decided(order: int | None, reason: str) -> Verdict:
    """认定的内容: an order from 1, or none; the reason always in words."""
    return judge(
        [
            (order is None or 1 <= order <= ORDER_MAX, Reason("order", "优先购买权的顺位从 1 起")),
            (bool(reason.strip()), Reason("no_reason", "请写明认定的理由")),
        ]
    )


def _in_time(auction: AuctionFacts, state: ApplicationState | None) -> list[tuple[bool, Reason]]:
    is_seated = auction.is_prepared and state is ApplicationState.ADMITTED
    return [
        (auction.state in RUNNING, Reason("not_running", "公告未发布或竞价已经结束")),
        (not is_seated, Reason("prepared", "号牌已经进入竞价室，优先购买权不能再变更")),
    ]
