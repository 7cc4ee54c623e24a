"""Every worked example of the trade, with its exact figures. Prices in units of 10,000 yuan."""

from decimal import Decimal as D
from fractions import Fraction

import pytest

from ggzy.kernel.money import Money
from ggzy.trading.evaluation.rules import benchmark, panel, pricing
from ggzy.trading.evaluation.rules.pricing import PriceAlarm, Slip
from ggzy.trading.evaluation.scoring import comprehensive, lowest_price
from ggzy.trading.evaluation.values import (
    Adjustment,
    Coefficient,
    CoefficientSet,
    Contest,
    Criterion,
    CriterionKind,
    Entry,
    Mark,
    Mean,
    Measure,
    Part,
    PriceFormula,
    Scheme,
    Shape,
    Sheet,
    TieRule,
    Trim,
    comprehensive_scheme,
    lowest_price_scheme,
)

SIX = {"A": 960, "B": 945, "C": 930, "D": 915, "E": 880, "F": 855}
TECHNICAL = {"A": 92, "B": 90, "C": 88, "D": 85, "E": 84, "F": 80}
ONE_EACH = (Trim(bids_min=5, count=1),)
BASIC = PriceFormula(trims=ONE_EACH, above=D(2), below=D(1))


def technique(
    weight: str, full: str = "100", code: str = "technical", part: Part = Part.TECHNICAL
) -> Criterion:
    return Criterion(
        code=code, name=code, kind=CriterionKind.SUBJECTIVE, part=part, weight=D(weight), full=D(full)
    )


def six_bids(formula: PriceFormula, *drawn: tuple[str, str], sheets: tuple[Sheet, ...] = ()) -> Contest:
    scheme = comprehensive_scheme(
        technique("40"),
        price_weight=D(60),
        formula=formula,
        ceiling=D(1000),
        coefficients=tuple(CoefficientSet(name=name, values=(D(value),)) for name, value in drawn),
    )
    return Contest(
        scheme=scheme,
        entries=tuple(Entry(bid=bid, price=D(price)) for bid, price in SIX.items()),
        coefficients=tuple(Coefficient(name=name, value=D(value)) for name, value in drawn),
        sheets=sheets or (sheet(1, TECHNICAL),),
    )


def sheet(seat: int, points: dict[str, int]) -> Sheet:
    return Sheet(seat=seat, marks=tuple(Mark(bid=bid, points=(D(p),)) for bid, p in points.items()))


def test_composite_example_gives_the_published_table() -> None:
    outcome = comprehensive.rank(six_bids(BASIC, ("delta", "0.015")))
    assert outcome.benchmark is not None
    assert outcome.benchmark.base == D("903.7375")
    assert outcome.benchmark.mean == D("917.5")
    assert outcome.benchmark.dropped_high == ("A",) and outcome.benchmark.dropped_low == ("F",)
    rows = {r.bid: (r.deviation, r.points[0], r.total) for r in outcome.results}
    assert rows == {
        "A": (D("6.2255"), D("87.55"), D("89.33")),
        "B": (D("4.5658"), D("90.87"), D("90.52")),
        "C": (D("2.9060"), D("94.19"), D("91.71")),
        "D": (D("1.2462"), D("97.51"), D("92.51")),
        "E": (D("-2.6266"), D("97.37"), D("92.02")),
        "F": (D("-5.3929"), D("94.61"), D("88.77")),
    }
    assert [r.bid for r in outcome.results] == ["D", "E", "C", "B", "A", "F"]
    assert outcome.ties == ()


def test_mean_combined_with_the_ceiling() -> None:
    contest = six_bids(BASIC, ("q", "0.4"), ("k", "0.97"))
    base = benchmark.base_of(contest)
    assert base is not None and base.account.base == D("921.985")
    assert benchmark.deviation(D(915), base.exact) == D("-0.7576")
    assert benchmark.price_points(BASIC, D(915), base.exact, D(100)) == D("99.24")


@pytest.mark.parametrize(
    "mean, base",
    [
        (Mean.ARITHMETIC, "914.16666667"),
        (Mean.TWO_STEP_LOW, "867.5"),
        (Mean.TWO_STEP_HALF, "890.83333333"),
        (Mean.LOWEST, "855"),
        (Mean.LOWEST_TWO, "867.5"),
    ],
)
def test_every_kind_of_mean(mean: Mean, base: str) -> None:
    account = benchmark.base_of(six_bids(PriceFormula(mean=mean)))
    assert account is not None and account.account.base == D(base)


@pytest.mark.parametrize(
    "bid, points",
    [("927", "97.00"), ("900", "100.00"), ("880", "100.00"), ("873", "100.00"), ("846", "98.50")],
)
def test_interval_around_the_benchmark(bid: str, points: str) -> None:
    formula = PriceFormula(
        shape=Shape.INTERVAL, interval_low=D("0.97"), interval_high=D(1), above=D(1), below=D("0.5")
    )
    assert benchmark.price_points(formula, D(bid), Fraction(900), D(100)) == D(points)


def test_reasonable_low_price_is_the_same_benchmark_with_the_whole_weight() -> None:
    contest = six_bids(BASIC, ("delta", "0.015"))
    scheme = comprehensive_scheme(
        price_weight=D(100), formula=BASIC, coefficients=contest.scheme.coefficients
    )
    outcome = comprehensive.rank(
        Contest(scheme=scheme, entries=contest.entries, coefficients=contest.coefficients)
    )
    assert [(r.bid, r.total) for r in outcome.results[:2]] == [("D", D("97.51")), ("E", D("97.37"))]


def test_lowest_evaluated_price_example() -> None:
    factors = (
        Adjustment(code="period", name="工期", unit="天", threshold=D(360), amount=D(2), units_max=D(60)),
        Adjustment(code="advance", name="预付款", unit="%", threshold=D(10), per=D(10), share=D("0.005")),
    )
    offers = {"A": (1000, 360, 10), "B": (980, 380, 10), "C": (990, 365, 20)}
    entries = tuple(
        Entry(
            bid=bid,
            price=D(price),
            adjustment=pricing.adjustment(
                D(price),
                factors,
                (
                    Measure(bid=bid, code="period", value=D(days)),
                    Measure(bid=bid, code="advance", value=D(percent)),
                ),
            ),
        )
        for bid, (price, days, percent) in offers.items()
    )
    outcome = lowest_price.rank(Contest(scheme=lowest_price_scheme(adjustments=factors), entries=entries))
    assert [(r.bid, r.evaluated) for r in outcome.results] == [
        ("A", D(1000)), ("C", D("1004.95")), ("B", D(1020)),
    ]  # fmt: skip
    assert entries[0].price == D(1000), "the contract is made at the bid price"


def test_lowest_price_gets_full_points_after_policy_deductions() -> None:
    small = (Adjustment(code="small", name="小微企业", share=D("-0.10")),)
    scheme = Scheme(
        scoring="comprehensive",
        criteria=(
            Criterion(
                code="price", name="报价", kind=CriterionKind.PRICE, part=Part.PRICE, weight=D(30), full=D(30)
            ),
            technique("50", "50"),
            technique("20", "20", code="business", part=Part.BUSINESS),
        ),
        formula=PriceFormula(mean=Mean.LOWEST, shape=Shape.PROPORTION),
        adjustments=small,
    )
    deduction = pricing.adjustment(D(470), small, (Measure(bid="S2", code="small", value=D(1)),))
    contest = Contest(
        scheme=scheme,
        entries=(
            Entry(bid="S1", price=D(480)),
            Entry(bid="S2", price=D(470), adjustment=deduction),
            Entry(bid="S3", price=D(450)),
        ),
        sheets=(
            Sheet(
                seat=1,
                marks=(
                    Mark(bid="S1", points=(D("45.6"), D(18))),
                    Mark(bid="S2", points=(D("41.2"), D(15))),
                    Mark(bid="S3", points=(D("43.6"), D(17))),
                ),
            ),
        ),
    )
    outcome = comprehensive.rank(contest)
    assert outcome.benchmark is not None and outcome.benchmark.base == D(423)
    assert [(r.bid, r.points[0], r.total) for r in outcome.results] == [
        ("S1", D("26.44"), D("90.04")),
        ("S3", D("28.20"), D("88.80")),
        ("S2", D("30.00"), D("86.20")),
    ]


def test_lowest_price_after_policy_deductions() -> None:
    small = (Adjustment(code="small", name="小微企业", share=D("-0.10")),)
    deduction = pricing.adjustment(D(108), small, (Measure(bid="M", code="small", value=D(1)),))
    outcome = lowest_price.rank(
        Contest(
            scheme=lowest_price_scheme(adjustments=small),
            entries=(Entry(bid="L", price=D(100)), Entry(bid="M", price=D(108), adjustment=deduction)),
        )
    )
    assert [(r.bid, r.evaluated) for r in outcome.results] == [("M", D("97.2")), ("L", D(100))]


@pytest.mark.parametrize(
    "unit, total, slip, unit_after, total_after",
    [
        ("125.00", "12500", Slip.DECIMAL, "12.50", "12500"),
        ("12.50", "13500", Slip.UNIT_STANDS, "12.50", "12500"),
        ("12.50", "12500", Slip.NONE, "12.50", "12500"),
    ],
)
def test_arithmetic_correction(unit: str, total: str, slip: Slip, unit_after: str, total_after: str) -> None:
    usual = (Money.yuan("12.30"), Money.yuan("12.70"))
    corrected = pricing.correct_line(Money.yuan(unit), D(1000), Money.yuan(total), usual)
    assert corrected == pricing.Corrected(slip, Money.yuan(unit_after), Money.yuan(total_after))


def test_words_stand_over_figures() -> None:
    corrected = pricing.correct_words(Money.yuan(980), Money.yuan(890))
    assert corrected.total == Money.yuan(890) and corrected.slip is Slip.WORDS_STAND


@pytest.mark.parametrize(
    "lowest, alarms",
    [("300", ()), ("240", (PriceAlarm.HALF_OF_SECOND, PriceAlarm.SHARE_OF_CEILING))],
)
def test_abnormally_low_price_is_asked_about(lowest: str, alarms: tuple[PriceAlarm, ...]) -> None:
    prices = {"a": D(lowest), "b": D(520), "c": D(540), "d": D(560)}
    assert pricing.price_alarms(prices, D(650)).get("a", ()) == alarms


def test_ties_go_to_the_lower_price_then_to_technique_and_are_else_named() -> None:
    formula = PriceFormula(mean=Mean.LOWEST, shape=Shape.PROPORTION)
    scheme = Scheme(
        scoring="comprehensive",
        criteria=(
            Criterion(code="price", name="报价", kind=CriterionKind.PRICE, part=Part.PRICE, weight=D(50)),
            technique("50"),
        ),
        formula=formula,
    )
    entries = (Entry(bid="x", price=D(100)), Entry(bid="y", price=D(125)), Entry(bid="z", price=D(125)))
    marks = sheet(1, {"x": 70, "y": 90, "z": 90})
    outcome = comprehensive.rank(Contest(scheme=scheme, entries=entries, sheets=(marks,)))
    assert [(r.bid, r.rank, r.total) for r in outcome.results] == [
        ("x", 1, D("85.00")), ("y", 2, D("85.00")), ("z", 2, D("85.00")),
    ]  # fmt: skip
    assert outcome.ties == (("y", "z"),)
    drawn = Contest(scheme=scheme, entries=entries, sheets=(marks,), tie_order=("z", "y"))
    again = comprehensive.rank(drawn)
    assert [(r.bid, r.rank) for r in again.results] == [("x", 1), ("z", 2), ("y", 3)]
    assert again.ties == ()
    assert TieRule.DRAW in scheme.ties


def test_tailor_made_winner_is_one_and_a_half_times_the_others() -> None:
    assert panel.is_tailor_made((D(90), D(60), D(60)))
    assert not panel.is_tailor_made((D("89.99"), D(60), D(60)))
