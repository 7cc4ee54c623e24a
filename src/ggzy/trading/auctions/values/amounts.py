"""报价数额: what a room counts in: whole numbers of a smallest unit, never a float."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ggzy.kernel import amounts
from ggzy.kernel.money import Money, Rate

UNITS_MAX = 10**15
"""数额上限: ten trillion yuan in fen. What is larger is a slip of the hand, and no canonical number."""


class Measure(StrEnum):
    """计量: what one unit of an amount is."""

    MONEY = "money"  # 金额: one fen
    RATE = "rate"  # 费率、比例: one part in ten thousand millions
    AREA = "area"  # 面积: one hundredth of a square metre
    POINTS = "points"  # 综合得分: one millionth of a point

    @property
    def label(self) -> str:
        """计量单位的名称."""
        return {"money": "金额", "rate": "比例", "area": "面积", "points": "得分"}[self.value]


PLACES = {Measure.MONEY: 2, Measure.RATE: 10, Measure.AREA: 2, Measure.POINTS: 6}
"""小数位: how many decimals of yuan, of the fraction, of ㎡ or of points one unit is."""


@dataclass(frozen=True, order=True)
class Amount:
    """数额: so many units of one measure. Amounts of different measures are never compared."""

    measure: Measure
    units: int

    def __post_init__(self) -> None:
        assert type(self.units) is int, "an amount is a whole number of units"

    @classmethod
    def of_money(cls, money: Money) -> "Amount":
        return cls(Measure.MONEY, money.fen)

    @classmethod
    def of(cls, measure: Measure, value: Decimal) -> "Amount":
        """Exact. Raises `ValueError` for a value finer than the unit."""
        units = value.scaleb(PLACES[measure])
        if units != units.to_integral_value():
            raise ValueError(f"“{value}”最多精确到小数点后 {PLACES[measure]} 位")
        return cls(measure, int(units))

    @property
    def money(self) -> Money:
        """金额, where the measure is money."""
        assert self.measure is Measure.MONEY, "not an amount of money"
        return Money(self.units)

    @property
    def rate(self) -> Rate:
        """比例, where the measure is a rate."""
        assert self.measure is Measure.RATE, "not a rate"
        return Rate(self.value)

    @property
    def value(self) -> Decimal:
        """Yuan, fraction, square metres or points, exact."""
        return Decimal(self.units).scaleb(-PLACES[self.measure])

    def __str__(self) -> str:
        """As a person reads it: 2,590,000.00 元, 12.5%, 300.00 ㎡, 91.250000 分."""
        if self.measure is Measure.MONEY:
            return f"{amounts.figures(self.units)} 元"
        if self.measure is Measure.RATE:
            return self.rate.percent_text()
        return f"{self.value:,f} {'㎡' if self.measure is Measure.AREA else '分'}"
