"""知悉范围的规则: who may see what of an auction, from which moment on (trust §14.4)."""

from collections.abc import Mapping
from enum import Enum, IntEnum

from ggzy.trading.auctions.values import AuctionFacts, AuctionState


class Item(Enum):
    """事项."""

    APPLICANTS = "applicants"  # 报名人数和名单
    DEPOSITS = "deposits"  # 保证金缴纳情况
    OFFERS = "offers"  # 报价过程, by paddle
    REFUSALS = "refusals"  # 未接受的报价及理由
    PROXIES = "proxies"  # 自动出价的上限
    IDENTITIES = "identities"  # 号牌背后的竞买人
    WINNER = "winner"  # 竞得人
    RESERVE = "reserve"  # 未达到的保留价


class Relation(Enum):
    """与标的的关系. Operators serve the room and see no more of it than the public does."""

    OWNER = "owner"  # 出让人、转让方、采购人及其代理
    SELF = "self"  # 竞买人对自己的事项
    BIDDER = "bidder"  # 竞买人对他人的事项
    SUPERVISOR = "supervisor"  # 行政监督、纪检监察、审计
    SERVANT = "servant"  # 交易中心工作人员
    PUBLIC = "public"


class Moment(IntEnum):
    """时点, in the order they come."""

    ANNOUNCED = 0  # 公告后
    OPEN = 1  # 竞价开始
    CLOSED = 2  # 竞价结束
    CONCLUDED = 3  # 结论已定
    NEVER = 9

    @classmethod
    def of(cls, auction: AuctionFacts) -> "Moment":
        """到了哪一步."""
        return MOMENTS.get(auction.state, cls.ANNOUNCED)


MOMENTS = {
    AuctionState.OPEN: Moment.OPEN,
    AuctionState.PAUSED: Moment.OPEN,
    AuctionState.CLOSED: Moment.CLOSED,
    AuctionState.SOLD: Moment.CONCLUDED,
    AuctionState.CONFIRMED: Moment.CONCLUDED,
    AuctionState.FAILED: Moment.CONCLUDED,
    AuctionState.DEFAULTED: Moment.CONCLUDED,
}

_M, _R = Moment, Relation
DISCLOSURE: Mapping[Item, Mapping[Relation, Moment]] = {
    Item.APPLICANTS: {_R.OWNER: _M.CLOSED, _R.SELF: _M.ANNOUNCED, _R.SUPERVISOR: _M.CLOSED},
    Item.DEPOSITS: {_R.OWNER: _M.CLOSED, _R.SELF: _M.ANNOUNCED, _R.SUPERVISOR: _M.CLOSED},
    Item.OFFERS: dict.fromkeys(Relation, _M.OPEN),
    Item.REFUSALS: {_R.SELF: _M.OPEN, _R.SUPERVISOR: _M.CLOSED},
    Item.PROXIES: {_R.SELF: _M.OPEN, _R.SUPERVISOR: _M.CLOSED},
    Item.IDENTITIES: {
        _R.OWNER: _M.CLOSED, _R.SELF: _M.ANNOUNCED, _R.BIDDER: _M.CONCLUDED, _R.SUPERVISOR: _M.CLOSED,
    },
    Item.WINNER: {
        _R.OWNER: _M.CLOSED, _R.SELF: _M.CLOSED, _R.BIDDER: _M.CONCLUDED, _R.SUPERVISOR: _M.CLOSED,
        _R.SERVANT: _M.CONCLUDED, _R.PUBLIC: _M.CONCLUDED,
    },
    Item.RESERVE: {_R.SUPERVISOR: _M.CONCLUDED},
}  # fmt: skip
"""What is not in the table is never shown. A sealed format shows no offers before they are opened."""


def may_see(item: Item, relation: Relation, moment: Moment) -> bool:
    """能否知悉: the same table enforces, tests and explains."""
    return moment >= DISCLOSURE[item].get(relation, Moment.NEVER)
