"""The screens of one auction, against figures worked out by hand and by their definitions."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import screens
from screens.distribution import ACROSS_MARKETS, WORDS, usable

NAN, INF = float("nan"), float("inf")

WORKED = [
    # 100 110 120 140: gaps 10 10 20; mean 117.5; squares 306.25 + 56.25 + 6.25 + 506.25 = 875
    ("variation", (100, 110, 120, 140), math.sqrt(875 / 3) / 117.5),
    ("spread", (100, 110, 120, 140), 0.4),
    ("gap", (100, 110, 120, 140), 0.1),
    ("relative_distance", (100, 110, 120, 140), 10 / math.sqrt(700 / 3)),
    ("alternative_distance", (100, 110, 120, 140), 10 / 15),
    ("normalised_distance", (100, 110, 120, 140), 10 / (40 / 3)),
    ("uniformity", (100, 110, 120, 140), 0.25),
    ("skewness", (100, 110, 120, 140), 4 / 6 * (22.5**3 + 2.5**3 - 17.5**3 - 7.5**3) / (875 / 3) ** 1.5),
    ("kurtosis", (1, 2, 3, 4), 20 / 6 * (2 * 1.5**4 + 2 * 0.5**4) / (5 / 3) ** 2 - 27 / 2),
    ("skewness", (1, 2, 3), 0.0),
    ("bidders", (3, 1, 2), 3.0),
    ("level", (1000,), 3.0),
    ("relative_distance", (90, 100, 100), 1000.0),
    ("relative_distance", (100, 100, 110), 0.0),
]


@pytest.mark.parametrize(("name", "bids", "expected"), WORKED)
def test_a_screen_is_what_its_formula_says(name: str, bids: tuple[float, ...], expected: float) -> None:
    assert screens.measures(bids)[name] == pytest.approx(expected)


ABSENT = [
    ((), set(WORDS)),
    ((5.0,), set(WORDS) - {"bidders", "level"}),
    (
        (5.0, 6.0),
        {"skewness", "kurtosis", "relative_distance", "alternative_distance", "normalised_distance"},
    ),
    ((5.0, 6.0, 7.0), {"kurtosis"}),
    ((5.0, 6.0, 7.0, 8.0), set()),
    ((5.0, 5.0, 5.0, 5.0), set(WORDS) - {"bidders", "level", "variation", "spread", "gap"}),
]


@pytest.mark.parametrize(("bids", "absent"), ABSENT)
def test_a_screen_that_cannot_be_had_is_absent(bids: tuple[float, ...], absent: set[str]) -> None:
    assert set(WORDS) - set(screens.measures(bids)) == absent


USABLE = [
    ((NAN, 3.0, INF, -1.0, 0.0, 2.0), (2.0, 3.0)),
    ((980_000.0, 99.0, 1_010_000.0), (980_000.0, 1_010_000.0)),  # one bid in 万元
    ((98.0, 99.0, 1_010_000.0), (98.0, 99.0)),
    ((98.0, 1_010_000.0), ()),  # nobody can say which unit is meant
    ((1.0, 50.0), (1.0, 50.0)),
    ((NAN,), ()),
]


@pytest.mark.parametrize(("bids", "kept"), USABLE)
def test_bids_that_say_nothing_are_left_aside(bids: tuple[float, ...], kept: tuple[float, ...]) -> None:
    assert usable(bids) == kept


@given(st.lists(st.floats(), max_size=40))
def test_whatever_is_bid_every_screen_is_a_finite_number(bids: list[float]) -> None:
    assert all(math.isfinite(value) for value in screens.measures(bids).values())


@given(
    st.lists(st.integers(1_000, 9_000), min_size=2, max_size=12),
    st.sampled_from([Fraction(1, 8), Fraction(2), Fraction(1024)]),
)
def test_screens_across_markets_do_not_know_the_unit_or_the_order(bids: list[int], unit: Fraction) -> None:
    before = screens.measures(bids)
    after = screens.measures([float(bid * unit) for bid in reversed(bids)])
    for name in ACROSS_MARKETS:
        assert (name in before) == (name in after)
        assert after.get(name, 0.0) == pytest.approx(before.get(name, 0.0), rel=1e-6, abs=1e-9)
