"""权重报价: price and other items are offered together, many times; the highest score leads.

Points are exact fractions of the published weights, rounded once, half up, to a millionth of a point.
"""

from decimal import Decimal
from fractions import Fraction

from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.auctions.rules import contest, drafting, flow
from ggzy.trading.auctions.rules.judging import Case, Check
from ggzy.trading.auctions.values import (
    POINT,
    Amount,
    Format,
    FormatTerms,
    Measure,
    Offer,
    Room,
    WeightedItem,
)

HALF = Fraction(1, 2)


def points(terms: FormatTerms, amount: Amount, items: tuple[Decimal, ...]) -> Amount:
    """综合得分: each item by its way from base to best, times its weight."""
    values = (amount.value, *items)
    earned = sum(
        (_earned(item, value) for item, value in zip(terms.items, values, strict=True)), start=Fraction(0)
    )
    return Amount(Measure.POINTS, int(earned * POINT + HALF))


def _earned(item: WeightedItem, value: Decimal) -> Fraction:
    way = Fraction(value - item.base) / Fraction(item.best - item.base)
    return Fraction(item.weight) * min(max(way, Fraction(0)), Fraction(1))


def _weigh(room: Room, offer: Offer) -> Amount | None:
    amount, terms = offer.amount, room.terms
    if (
        amount is None
        or amount.measure is not terms.start.measure
        or len(offer.items) != len(terms.items) - 1
    ):
        return None
    if not all(item.is_finite() for item in offer.items):
        return None
    return points(terms, amount, offer.items)


def _is_from_start(case: Case) -> bool:
    amount, start = case.offer.amount, case.room.terms.start
    return case.gain is None or amount is None or amount.units >= start.units


def _below_start(case: Case) -> Reason:
    return Reason("price", f"报价中的价格低于起始价 {case.room.terms.start}")


def _flaws(terms: FormatTerms) -> Verdict:
    items = terms.items
    own = judge(
        [
            (len(items) >= 2, Reason("items", "权重报价应有价格和至少一个其他权重项")),
            (
                sum((item.weight for item in items), Decimal(0)) == 100
                and all(item.weight > 0 for item in items),
                Reason("weights", "各项权重应大于零，合计为 100"),
            ),
            (all(item.best != item.base for item in items), Reason("range", "每项的基准值与最优值不能相同")),
            (
                not items or (items[0].base == terms.start.value and items[0].best > items[0].base),
                Reason("price_item", "首项应为价格，基准值为起始价，最优值高于起始价"),
            ),
            (not terms.steps.is_exact, Reason("ladder", "权重报价比较得分，不要求报价为幅度的整数倍")),
            (terms.ceiling is None, Reason("ceiling", "权重报价不设最高限价")),
            (not terms.has_proxies, Reason("proxies", "权重报价不设自动出价")),
            (terms.priority is None, Reason("priority", "权重报价中没有相同价格可供行使优先购买权")),
        ]
    )
    return drafting.contest_flaws(terms) & own


FORMAT = Format(
    code="weighted",
    name="权重报价",
    basis="企业国有产权交易操作规则",
    rule="对价格和其他权重项一并多次报价，按公布的权重计算综合得分，得分高者得",
    flaws=_flaws,
    offer=contest.judge(flow.CONTEST, _weigh, (Check(_is_from_start, _below_start),)),
    close=contest.closing(flow.CONTEST),
)
