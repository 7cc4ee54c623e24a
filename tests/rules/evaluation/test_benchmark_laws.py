"""Laws of the price benchmark and of ranking."""

from dataclasses import replace
from decimal import Decimal as D
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ggzy.trading.evaluation.rules import benchmark, rounding
from ggzy.trading.evaluation.scoring import comprehensive, lowest_price
from ggzy.trading.evaluation.values import (
    Contest,
    Entering,
    Entry,
    Mean,
    PriceFormula,
    Shape,
    Steps,
    Trim,
    comprehensive_scheme,
    lowest_price_scheme,
)

PRICES = st.integers(min_value=1, max_value=10**12).map(lambda fen: D(fen).scaleb(-2))
FORMULAS = st.builds(
    PriceFormula,
    entering=st.sampled_from([Entering.OPENED, Entering.PASSED]),
    trims=st.sampled_from(
        [
            (),
            (Trim(bids_min=5, count=1),),
            (Trim(bids_min=5, count=1), Trim(bids_min=10, count=2)),
            (Trim(bids_min=3, share=D("0.2")),),
        ]
    ),
    mean=st.sampled_from(Mean),
    shape=st.sampled_from(Shape),
    above=st.sampled_from([D(0), D(1), D(2)]),
    below=st.sampled_from([D(0), D("0.5"), D(1)]),
    unit=st.sampled_from([D(1), D("0.1")]),
    steps=st.sampled_from(Steps),
)


def contest_of(prices: list[D], formula: PriceFormula) -> Contest:
    entries = tuple(Entry(bid=f"b{i:04d}", price=price) for i, price in enumerate(prices))
    return Contest(scheme=comprehensive_scheme(price_weight=D(100), formula=formula), entries=entries)


@given(st.lists(PRICES, min_size=1, max_size=30), FORMULAS, st.randoms(use_true_random=False))
def test_order_of_the_bids_does_not_matter(prices: list[D], formula: PriceFormula, random) -> None:
    contest = contest_of(prices, formula)
    shuffled = list(contest.entries)
    random.shuffle(shuffled)
    assert comprehensive.rank(replace(contest, entries=tuple(shuffled))) == comprehensive.rank(contest)


@given(st.lists(PRICES, min_size=5, max_size=30))
def test_bid_dropped_from_the_mean_still_competes(prices: list[D]) -> None:
    formula = PriceFormula(trims=(Trim(bids_min=5, count=1),), above=D(2), below=D(1))
    outcome = comprehensive.rank(contest_of(prices, formula))
    assert outcome.benchmark is not None
    dropped = outcome.benchmark.dropped_low + outcome.benchmark.dropped_high
    assert len(dropped) == 2
    assert {*dropped} < {result.bid for result in outcome.results}
    assert len(outcome.results) == len(prices)


@given(PRICES, st.integers(min_value=1, max_value=20), FORMULAS)
def test_equal_bids_deviate_by_nothing_and_tie(price: D, count: int, formula: PriceFormula) -> None:
    outcome = comprehensive.rank(contest_of([price] * count, formula))
    assert outcome.benchmark is not None and outcome.benchmark.base == price
    assert {(result.deviation, result.total, result.rank) for result in outcome.results} == {(0, 100, 1)}
    assert outcome.ties == (() if count == 1 else (tuple(sorted(r.bid for r in outcome.results)),))


@given(st.lists(PRICES, min_size=1, max_size=30), FORMULAS)
def test_points_lie_between_nothing_and_full(prices: list[D], formula: PriceFormula) -> None:
    for result in comprehensive.rank(contest_of(prices, formula)).results:
        assert 0 <= result.points[0] <= 100


@given(st.lists(PRICES, min_size=3, max_size=12, unique=True), st.data())
def test_frozen_benchmark_stays_when_a_bid_is_rejected_later(prices: list[D], data) -> None:
    contest = contest_of(prices, PriceFormula(above=D(1), below=D(1)))
    before = benchmark.base_of(contest)
    assert before is not None
    gone = data.draw(st.integers(min_value=0, max_value=len(prices) - 1))
    entries = tuple(replace(e, passed=i != gone) for i, e in enumerate(contest.entries))
    frozen = benchmark.base_of(replace(contest, entries=entries, entered=before.account.entered))
    assert frozen == before
    outcome = comprehensive.rank(replace(contest, entries=entries, entered=before.account.entered))
    assert len(outcome.results) == len(prices) - 1


@given(st.lists(PRICES, min_size=1, max_size=30))
def test_lowest_price_is_first(prices: list[D]) -> None:
    entries = tuple(Entry(bid=f"b{i}", price=price) for i, price in enumerate(prices))
    outcome = lowest_price.rank(Contest(scheme=lowest_price_scheme(), entries=entries))
    assert outcome.results[0].evaluated == min(prices)
    assert [r.evaluated for r in outcome.results] == sorted(prices)


@given(st.fractions(), st.integers(min_value=0, max_value=8))
def test_rounding_is_half_up_and_within_half_a_unit(value: Fraction, places: int) -> None:
    rounded = Fraction(rounding.half_up(value, places))
    unit = Fraction(1, 10**places)
    assert abs(rounded - value) <= unit / 2
    if abs(rounded - value) == unit / 2:
        assert abs(rounded) > abs(value)
