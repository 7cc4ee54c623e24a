"""报价处理: reading a price for comparison, adjustments, arithmetic errors, abnormally low prices."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from ggzy.kernel.money import Money
from ggzy.trading.evaluation.rules.rounding import half_up, mean_of
from ggzy.trading.evaluation.values import Adjustment, Measure, RateReading
from ggzy.trading.tendering.values import Price

COMPARISON_PLACES = 8
HALF_OF_OTHERS = Fraction(1, 2)
SHARE_OF_CEILING = Fraction(45, 100)


class Slip(StrEnum):
    """算术错误的种类."""

    NONE = "none"  # 无误
    DECIMAL = "decimal"  # 单价小数点明显错位: the total stands
    UNIT_STANDS = "unit_stands"  # 单价与数量之积不等于合价: the unit price stands
    WORDS_STAND = "words_stand"  # 大写与小写不一致: words stand


class PriceAlarm(StrEnum):
    """异常低价的触发情形."""

    HALF_OF_MEAN = "half_of_mean"  # 低于有效报价平均值的 50%
    HALF_OF_SECOND = "half_of_second"  # 低于次低有效报价的 50%
    SHARE_OF_CEILING = "share_of_ceiling"  # 低于最高限价的 45%


@dataclass(frozen=True)
class Corrected:
    """修正结果. What stands, and why."""

    slip: Slip
    unit_price: Money
    total: Money


def comparable(price: Price | None, reading: RateReading) -> Decimal | None:
    """比较价: yuan, or a rate read so that less is better (a discount r reads 1 − r).

    None for a sentence: no machine can compare it.
    """
    if price is None:
        return None
    if price.kind == "amount" and price.amount is not None:
        return price.amount.to_yuan()
    if price.kind == "rate" and price.rate is not None:
        return 1 - price.rate.value if reading is RateReading.DISCOUNT else price.rate.value
    return None


def comparables(prices: dict[str, Price | None], reading: RateReading) -> dict[str, Decimal | None]:
    """全部报价的比较价. Prices of different form in one lot cannot be compared: all are then None."""
    read = {bid: comparable(price, reading) for bid, price in prices.items()}
    forms = {price.kind for bid, price in prices.items() if price is not None and read[bid] is not None}
    return read if len(forms) <= 1 else dict.fromkeys(prices)


def adjustment(price: Decimal, factors: tuple[Adjustment, ...], measures: tuple[Measure, ...]) -> Decimal:
    """价格调整额: what the measured facts of one bid add to its price, for comparison only."""
    by_code = {measure.code: measure.value for measure in measures}
    total = Fraction(0)
    for factor in factors:
        if factor.code in by_code:
            worth = Fraction(factor.amount) + Fraction(factor.share) * Fraction(price)
            total += _units(factor, by_code[factor.code]) * worth
    return half_up(total, COMPARISON_PLACES).normalize() + 0


def correct_line(
    unit_price: Money, quantity: Decimal, total: Money, usual: tuple[Money, ...] = ()
) -> Corrected:
    """分项报价的算术修正. The unit price stands unless its decimal point has plainly slipped.

    `usual` are the other bidders' unit prices for the item: a slip is plain when the total fits them and
    the unit price is off by a power of ten. Basis: 评标委员会和评标方法暂行规定 §19.
    """
    product = _product(unit_price, quantity)
    if product == total:
        return Corrected(Slip.NONE, unit_price, total)
    if _is_decimal_slip(unit_price, quantity, total, usual):
        return Corrected(Slip.DECIMAL, Money(int(Fraction(total.fen) / Fraction(quantity))), total)
    return Corrected(Slip.UNIT_STANDS, unit_price, product)


def correct_words(figures: Money, words: Money) -> Corrected:
    """大小写不一致以大写为准. Basis: 评标委员会和评标方法暂行规定 §19."""
    slip = Slip.NONE if figures == words else Slip.WORDS_STAND
    return Corrected(slip, words, words)


def price_alarms(prices: dict[str, Decimal], ceiling: Decimal | None) -> dict[str, tuple[PriceAlarm, ...]]:
    """异常低价提示: what asks for a written explanation; never a rejection by itself.

    `prices` are those of the bids that meet the documents. Basis: 评标委员会和评标方法暂行规定 §21.
    """
    ordered = sorted(prices.values())
    if len(ordered) < 2:
        return {}
    mean, second = mean_of(tuple(ordered)), ordered[1]
    found = {}
    for bid, price in prices.items():
        alarms = tuple(
            alarm
            for fires, alarm in (
                (Fraction(price) < HALF_OF_OTHERS * mean, PriceAlarm.HALF_OF_MEAN),
                (Fraction(price) < HALF_OF_OTHERS * Fraction(second), PriceAlarm.HALF_OF_SECOND),
                (
                    ceiling is not None and Fraction(price) < SHARE_OF_CEILING * Fraction(ceiling),
                    PriceAlarm.SHARE_OF_CEILING,
                ),
            )
            if fires
        )
        if alarms:
            found[bid] = alarms
    return found


def _units(factor: Adjustment, value: Decimal) -> Fraction:
    units = max(Fraction(value - factor.threshold) / Fraction(factor.per), Fraction(0))
    return units if factor.units_max is None else min(units, Fraction(factor.units_max))


def _product(unit_price: Money, quantity: Decimal) -> Money:
    return Money(int(half_up(unit_price.fen * Fraction(quantity), 0)))


def _is_decimal_slip(unit_price: Money, quantity: Decimal, total: Money, usual: tuple[Money, ...]) -> bool:
    if not usual or not unit_price.fen or not quantity:
        return False
    implied = Fraction(total.fen) / Fraction(quantity)
    powers = [Fraction(10) ** exponent for exponent in (-3, -2, -1, 1, 2, 3)]
    fits_others = Fraction(min(u.fen for u in usual), 2) <= implied <= max(u.fen for u in usual) * 2
    return implied.denominator == 1 and implied / unit_price.fen in powers and fits_others
