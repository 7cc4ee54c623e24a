"""知悉范围的规则: who may see what of a tender, from which moment on (trust §14.4)."""

from collections.abc import Mapping
from enum import Enum, IntEnum

from ggzy.trading.tendering.values import OpeningFacts, TenderFacts, TenderState


class Item(Enum):
    """事项."""

    DOCUMENTS_TAKEN = "documents_taken"  # 谁下载了招标文件、几家
    BIDDER_COUNT = "bidder_count"  # 投标人数量
    BIDDER_NAMES = "bidder_names"  # 投标人名称
    READ_OUT = "read_out"  # 唱标内容: 报价、工期、质量
    CONTENTS = "contents"  # 投标文件内容


class Relation(Enum):
    """与标段的关系. Operators and custodians serve the opening and see no more than the public does."""

    OWNER = "owner"  # 招标人、招标代理机构
    BIDDER = "bidder"  # 本标段投标人, on others' bids
    EXPERT = "expert"  # 本标段评标委员会成员
    SUPERVISOR = "supervisor"  # 行政监督、纪检监察、审计
    SERVANT = "servant"  # 交易中心工作人员、保管人
    PUBLIC = "public"


class Moment(IntEnum):
    """时点, in the order they come."""

    BEFORE = 0  # 截止前: nobody sees anything
    CLOSED = 1  # 已截止
    BEGAN = 2  # 开标开始
    READ_OUT = 3  # 已唱标
    RECORDED = 4  # 开标记录已公开
    NEVER = 9

    @classmethod
    def of(cls, tender: TenderFacts, opening: OpeningFacts | None) -> "Moment":
        """到了哪一步. A tender that failed for want of bids never goes past its close."""
        if tender.state in (TenderState.DRAFTED, TenderState.ANNOUNCED):
            return cls.BEFORE
        if opening is None or opening.began_at is None:
            return cls.CLOSED
        if opening.concluded_at is not None:
            return cls.RECORDED
        return cls.BEGAN if opening.read_out_at is None else cls.READ_OUT


_M, _R = Moment, Relation
DISCLOSURE: Mapping[Item, Mapping[Relation, Moment]] = {
    Item.DOCUMENTS_TAKEN: {_R.OWNER: _M.CLOSED, _R.SUPERVISOR: _M.CLOSED},
    Item.BIDDER_COUNT: {
        _R.OWNER: _M.CLOSED, _R.BIDDER: _M.BEGAN, _R.EXPERT: _M.RECORDED,
        _R.SUPERVISOR: _M.CLOSED, _R.SERVANT: _M.BEGAN, _R.PUBLIC: _M.BEGAN,
    },
    Item.BIDDER_NAMES: {
        _R.OWNER: _M.CLOSED, _R.BIDDER: _M.BEGAN, _R.EXPERT: _M.RECORDED,
        _R.SUPERVISOR: _M.CLOSED, _R.SERVANT: _M.READ_OUT, _R.PUBLIC: _M.READ_OUT,
    },
    Item.READ_OUT: {
        _R.OWNER: _M.READ_OUT, _R.BIDDER: _M.READ_OUT, _R.EXPERT: _M.RECORDED,
        _R.SUPERVISOR: _M.READ_OUT, _R.SERVANT: _M.READ_OUT, _R.PUBLIC: _M.READ_OUT,
    },
    Item.CONTENTS: {_R.OWNER: _M.RECORDED, _R.EXPERT: _M.RECORDED, _R.SUPERVISOR: _M.RECORDED},
}  # fmt: skip
"""What is not in the table is never shown. Bidders see of others' bids only what was read out."""


def may_see(item: Item, relation: Relation, moment: Moment) -> bool:
    """能否知悉: the same table enforces, tests and explains."""
    return moment >= DISCLOSURE[item].get(relation, Moment.NEVER)
