"""What honest chance would do: against values known from tables and closed forms."""

import math
from decimal import Decimal

import pytest

from ggzy.oversight.alerts.rules import chance


@pytest.mark.parametrize(
    "seen, mean, tail",
    [
        (0, 3, 1.0),
        (1, 1, 1 - math.exp(-1)),
        (3, 1.0, 0.0803014),
        (5, 2.5, 0.1088220),
        (40, 1, 0.0),
        (2, 0, 0.0),
    ],
)
def test_poisson_tail(seen, mean, tail):
    assert float(chance.poisson_tail(seen, Decimal(str(mean)))) == pytest.approx(tail, abs=1e-6)


@pytest.mark.parametrize(
    "seen, trials, share, tail",
    [
        (0, 5, 0.5, 1.0),
        (3, 5, 0.5, 0.5),
        (5, 5, 0.5, 1 / 32),
        (6, 5, 0.5, 0.0),
        (2, 3, 1.0, 1.0),
        (1, 3, 0.0, 0.0),
    ],
)
def test_binomial_tail(seen, trials, share, tail):
    assert float(chance.binomial_tail(seen, trials, Decimal(str(share)))) == pytest.approx(tail)


@pytest.mark.parametrize(
    "seen, chances, tail",
    [(3, [0.2] * 3, 0.008), (0, [0.2], 1.0), (1, [], 0.0), (1, [0.5, 0.25], 0.625), (2, [0.5, 0.25], 0.125)],
)
def test_tail_of_unequal_chances(seen, chances, tail):
    assert float(chance.any_tail(seen, [Decimal(str(p)) for p in chances])) == pytest.approx(tail)


@pytest.mark.parametrize(
    "seen, total, marked, drawn, tail",
    [
        (1, 10, 1, 1, 0.1),
        (2, 4, 2, 2, 1 / 6),
        (0, 10, 3, 3, 1.0),
        (3, 4, 3, 4, 1.0),
        (5, 50, 5, 5, 1 / 2118760),
    ],
)
def test_hypergeometric_tail(seen, total, marked, drawn, tail):
    assert float(chance.hypergeometric_tail(seen, total, marked, drawn)) == pytest.approx(tail)


def test_false_discovery_counts_the_tests_that_were_made():
    chances, rate = [Decimal(p) for p in ("0.001", "0.02", "0.5")], Decimal("0.05")
    assert chance.false_discovery(chances, rate) == Decimal("0.02")
    assert chance.false_discovery(chances, rate, tests=1000) == 0
    assert chance.false_discovery([], rate) == 0


@pytest.mark.parametrize(
    "values, share, mean, error",
    [
        ((1, 2, 3, 4, 9), 0.1, 3, 1.0 * 5**0.5 / 3),  # drawn in: 2 2 3 4 4
        ((-99, 2, 3, 4, 5), 0.2, 3, 1.0 * 5**0.5 / 3),
        ((2, 2), 0.5, 2, 0.5 * 2**0.5 / 2),  # too few to leave any out, and the spread is not believed
        ((0, 0, 1, 1, 9, 9), 0.4, 1, 0.5 * 6**0.5 / 2),
    ],
)
def test_mean_without_its_ends(values, share, mean, error):
    middle, of_it = chance.trimmed([Decimal(v) for v in values], Decimal(str(share)), Decimal("0.5"))
    assert (float(middle), float(of_it)) == (pytest.approx(mean), pytest.approx(error))


def test_few_lots_say_little():
    assert chance.shrunk(Decimal("0.2"), 5, 5) == Decimal("0.1") and chance.shrunk(Decimal("0.2"), 0, 5) == 0


def test_pool_grows_by_what_was_seen_once():
    assert chance.pool([3, 3, 3]) == 3
    assert chance.pool([1] * 9 + [3]) == 10 + 36
    assert chance.pool([1, 1, 2]) == 3 + 2


@pytest.mark.parametrize(
    "value, words",
    [(0.5, "50 %"), (0.012, "1.2 %"), (1.0, "100 %"), (0.0004, "不到 0.1 %"), (0.00002, "不到 0.01 %")],
)
def test_chance_in_words(value, words):
    assert chance.percent(Decimal(str(value))) == words


def test_strength_is_an_order_of_evidence_between_its_bounds():
    assert [float(chance.strength(Decimal(str(p)))) for p in (1.0, 0.001, 1e-12, 0.0)] == [
        0.05,
        0.5,
        0.95,
        0.95,
    ]
