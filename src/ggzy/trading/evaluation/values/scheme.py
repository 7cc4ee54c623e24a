"""评标办法: what the bidding documents say about scoring, as one value fixed before bidding closes."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

ZERO = Decimal(0)
HUNDRED = Decimal(100)


class CriterionKind(StrEnum):
    """评审因素类别."""

    PRICE = "price"  # 价格分: by the formula, or by hand where the prices are sentences
    OBJECTIVE = "objective"  # 客观分: every member must give the same points
    SUBJECTIVE = "subjective"  # 主观分: each member's own judgement


class Part(StrEnum):
    """评审部分: the group a criterion belongs to."""

    PRICE = "price"  # 报价
    TECHNICAL = "technical"  # 技术
    BUSINESS = "business"  # 商务
    CREDIT = "credit"  # 信用


class RateReading(StrEnum):
    """费率读法: how the documents compare prices given as a rate."""

    FEE = "fee"  # 费率: the lower rate is the better price
    DISCOUNT = "discount"  # 下浮率: the higher discount is the better price


class Entering(StrEnum):
    """进入基准价计算的投标."""

    OPENED = "opened"  # 全部开标的投标
    PASSED = "passed"  # 通过初步评审的投标
    WITHIN = "within"  # 通过初步评审且报价在限价区间内的投标


class Mean(StrEnum):
    """均值算法."""

    ARITHMETIC = "arithmetic"  # 算术平均
    TWO_STEP_LOW = "two_step_low"  # 二次平均（一）: the mean of those below the first mean
    TWO_STEP_HALF = "two_step_half"  # 二次平均（二）: half-way between the first mean and that one
    LOWEST = "lowest"  # 最低价
    LOWEST_TWO = "lowest_two"  # 最低两家的平均


class Shape(StrEnum):
    """价格分算法."""

    DEVIATION = "deviation"  # 偏差率: points are lost on either side of the benchmark
    INTERVAL = "interval"  # 区间: full points inside a band below the benchmark
    PROPORTION = "proportion"  # 比例: benchmark over price, times full points


class Steps(StrEnum):
    """扣分计算方式: what happens to a part of a unit of deviation."""

    LINEAR = "linear"  # 线性内插
    FULL = "full"  # 不足一个单位不计
    STARTED = "started"  # 不足一个单位按一个单位计


class TieRule(StrEnum):
    """并列时的排序规则, applied in the order of the documents."""

    LOWER_PRICE = "lower_price"  # 报价低者优先
    HIGHER_PRICE = "higher_price"  # 报价高者优先: of a sale
    HIGHER_TECHNICAL = "higher_technical"  # 技术得分高者优先
    DRAW = "draw"  # 抽签


class MemberTrim(StrEnum):
    """评委打分取舍: how the members' points become one."""

    NONE = "none"  # 全体算术平均
    HIGH_LOW = "high_low"  # 评委七人以上去掉一个最高分和一个最低分


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """评审因素. Members give points from 0 to `full` in `step`s; it counts `weight` of 100.

    `words` is the text of the documents; it stands above the score field.
    """

    code: str
    name: str
    kind: CriterionKind
    part: Part
    weight: Decimal
    full: Decimal = HUNDRED
    step: Decimal = Decimal("0.5")
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Trim:
    """去高去低. From `bids_min` bids on, `count` (or a `share`, rounded down) go at each end.

    What is dropped leaves the mean, not the competition.
    """

    bids_min: int
    count: int = 0
    share: Decimal = ZERO


@dataclass(frozen=True, kw_only=True)
class CoefficientSet:
    """抽取系数: the published values one of which is drawn at the opening.

    `name` is "q" (weight of the ceiling), "k" (factor) or "delta" (downward rate).
    """

    name: str
    values: tuple[Decimal, ...]


@dataclass(frozen=True, kw_only=True)
class PriceFormula:
    """价格分公式. Every parameter of the benchmark and of the points; see 评标基准价.

    `above` and `below` are points lost for each `unit` per cent over and under the benchmark (E1, E2).
    `within_low`/`within_high` are shares of the ceiling, `interval_low`/`interval_high` of the benchmark.
    `frozen`: once announced the benchmark is not recomputed when a bid is rejected later.
    """

    entering: Entering = Entering.PASSED
    within_low: Decimal = ZERO
    within_high: Decimal = Decimal(1)
    trims: tuple[Trim, ...] = ()
    mean: Mean = Mean.ARITHMETIC
    shape: Shape = Shape.DEVIATION
    above: Decimal = ZERO
    below: Decimal = ZERO
    unit: Decimal = Decimal(1)
    steps: Steps = Steps.LINEAR
    interval_low: Decimal = Decimal(1)
    interval_high: Decimal = Decimal(1)
    frozen: bool = True


@dataclass(frozen=True, kw_only=True)
class Adjustment:
    """价格调整因素: turns a measured fact of a bid into money for comparison only.

    units = (value − threshold) / per, never below 0 nor above `units_max`; the evaluated price moves by
    units × (`amount` in yuan + `share` × bid price). A policy deduction has a negative share.
    """

    code: str
    name: str
    unit: str = ""
    threshold: Decimal = ZERO
    per: Decimal = Decimal(1)
    amount: Decimal = ZERO
    share: Decimal = ZERO
    units_max: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """评标办法. The scoring method with every parameter; weights add up to 100.

    Only what the documents publish may count (招标投标法实施条例 §49). Of a sale the price is income: it has
    a `floor` in place of a ceiling, and more is better.
    """

    scoring: str
    criteria: tuple[Criterion, ...]
    formula: PriceFormula | None = None
    coefficients: tuple[CoefficientSet, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    ceiling: Decimal | None = None
    floor: Decimal | None = None
    rate_reading: RateReading = RateReading.DISCOUNT
    ties: tuple[TieRule, ...] = (TieRule.LOWER_PRICE, TieRule.HIGHER_TECHNICAL, TieRule.DRAW)
    member_trim: MemberTrim = MemberTrim.NONE
    candidates_max: int = 3

    @property
    def price(self) -> Criterion | None:
        """价格因素, if the price is scored at all."""
        return next((c for c in self.criteria if c.kind is CriterionKind.PRICE), None)

    def coefficient(self, name: str) -> CoefficientSet | None:
        return next((item for item in self.coefficients if item.name == name), None)


def lowest_price_scheme(
    *, adjustments: tuple[Adjustment, ...] = (), rate_reading: RateReading = RateReading.DISCOUNT
) -> Scheme:
    """经评审的最低投标价法 with nothing but its adjustments."""
    return Scheme(
        scoring="lowest_price",
        criteria=(_price_criterion(HUNDRED),),
        adjustments=adjustments,
        rate_reading=rate_reading,
        ties=(TieRule.DRAW,),
    )


def comprehensive_scheme(
    *criteria: Criterion,
    price_weight: Decimal,
    formula: PriceFormula,
    coefficients: tuple[CoefficientSet, ...] = (),
    ceiling: Decimal | None = None,
    rate_reading: RateReading = RateReading.DISCOUNT,
) -> Scheme:
    """综合评估法: the price with its weight, then the other criteria in the order given."""
    return Scheme(
        scoring="comprehensive",
        criteria=(_price_criterion(price_weight), *criteria),
        formula=formula,
        coefficients=coefficients,
        ceiling=ceiling,
        rate_reading=rate_reading,
    )


def highest_price_scheme() -> Scheme:
    """最高报价法, of a sale: the price alone."""
    return Scheme(scoring="highest_price", criteria=(_price_criterion(HUNDRED),), ties=(TieRule.DRAW,))


def best_value_scheme(*criteria: Criterion, price_weight: Decimal) -> Scheme:
    """综合评价法, of a sale: the price with its weight, then the other criteria in the order given."""
    return Scheme(
        scoring="best_value",
        criteria=(_price_criterion(price_weight), *criteria),
        ties=(TieRule.HIGHER_PRICE, TieRule.HIGHER_TECHNICAL, TieRule.DRAW),
    )


def _price_criterion(weight: Decimal) -> Criterion:
    return Criterion(
        code="price", name="投标报价", kind=CriterionKind.PRICE, part=Part.PRICE, weight=weight,
        step=Decimal("0.01"),
    )  # fmt: skip
