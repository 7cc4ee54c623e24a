"""称谓: what the two sides and the result are called, by the direction of the contest."""

from dataclasses import dataclass

from ggzy.trading.auctions.values import Direction, Format


@dataclass(frozen=True)
class Wording:
    """一种交易的用词."""

    owner: str
    bidder: str
    winner: str
    start: str
    step: str
    papers: str
    again: str


SALE = Wording("出让（转让）方", "竞买人", "竞得人", "起始价", "加价幅度", "出让（转让）文件", "再次公告")
PURCHASE = Wording("采购人", "供应商", "成交供应商", "最高限价", "降价幅度", "采购文件", "再次公告")


def of(direction: Direction) -> Wording:
    """用词 of a sale, or of a purchase whose price falls."""
    return PURCHASE if direction is Direction.DOWN else SALE


def of_format(format: Format) -> Wording:
    """用词 before anything is announced: the format alone tells the direction."""
    return of(format.direction)
