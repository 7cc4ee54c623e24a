"""成交: the result, the paddles told, the confirmation, a default."""

from ggzy.trading.auctions import events as auctions
from ggzy.trading.auctions.values import Direction, Side
from ggzy.trading.dossier.values import AUCTION, ChapterForm, Detail, Words

SIDES = {Side.OWNER: "出让（采购）方", Side.WINNER: "成交方"}


def _sold(fact: auctions.AuctionSold) -> Words:
    is_bought = fact.direction is Direction.DOWN
    details = [
        Detail("成交供应商" if is_bought else "竞得人", fact.winner.name),
        Detail("号牌", str(fact.winner.paddle)),
        Detail("成交价", str(fact.price)),
        Detail("成交总价", f"{fact.total.figures()} 元"),
        Detail("节资率" if is_bought else "溢价率", fact.premium.percent_text()),
    ]
    if fact.publicity_until:
        details.append(Detail.moment("公示截止", fact.publicity_until))
    return Words("已成交", tuple(details))


def _defaulted(fact: auctions.SaleDefaulted) -> Words:
    kept = Detail("保证金", "不予退还" if fact.is_forfeited else "没有可以不予退还的保证金")
    return Words("成交方违约", (Detail("事实", fact.reason), kept))


CHAPTER = ChapterForm(
    code="sale",
    name="成交",
    order=6,
    way=AUCTION,
    lines={
        auctions.AuctionSold: _sold,
        auctions.AuctionFailed: lambda fact: Words("未成交", (Detail("原因", fact.reason),)),
        auctions.ReserveOpened: lambda fact: Words("保留价已公开", (Detail("保留价", str(fact.amount)),)),
        auctions.ReserveUnmet: lambda fact: Words("未达到保留价", (Detail("保留价", str(fact.amount)),)),
        auctions.PaddlesRevealed: lambda fact: Words(
            "号牌身份已公开", (Detail("号牌", "；".join(f"{one.paddle} {one.name}" for one in fact.bidders)),)
        ),
        auctions.SaleSigned: lambda fact: Words(
            "成交确认书已由一方签署", (Detail("签署方", SIDES[Side(fact.side)]), Detail("摘要", fact.digest))
        ),
        auctions.SaleConfirmed: lambda fact: Words(
            "成交确认书已签订", (Detail.moment("签约期限", fact.contract_by),)
        ),
        auctions.SaleDefaulted: _defaulted,
    },
)
