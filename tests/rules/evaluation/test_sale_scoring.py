"""招标出让的评标办法: the price is income, the floor binds from below, more is better."""

from dataclasses import replace
from decimal import Decimal as D

import pytest

from ggzy.kernel.verdict import Verdict
from ggzy.trading.evaluation.rules import assembling
from ggzy.trading.evaluation.scoring import best_value, highest_price
from ggzy.trading.evaluation.values import (
    CoefficientSet,
    Contest,
    Criterion,
    CriterionKind,
    Entry,
    Mark,
    Outcome,
    Part,
    Scheme,
    Sheet,
    TieRule,
    best_value_scheme,
    highest_price_scheme,
)

PLAN = Criterion(code="plan", name="方案", kind=CriterionKind.SUBJECTIVE, part=Part.TECHNICAL, weight=D(40))
HIGHEST, BEST = highest_price_scheme(), best_value_scheme(PLAN, price_weight=D(60))


def entry(bid: str, price: str, *, passed: bool = True) -> Entry:
    return Entry(bid=bid, price=D(price), passed=passed)


def ranks(outcome: Outcome) -> list[tuple[str, int, D]]:
    return [(one.bid, one.rank, one.total) for one in outcome.results]


def sheet(seat: int, **points: str) -> Sheet:
    return Sheet(seat=seat, marks=tuple(Mark(bid=bid, points=(D(said),)) for bid, said in points.items()))


def codes(verdict: Verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


def test_the_highest_price_is_first_and_a_rejected_bid_has_no_rank():
    entries = (entry("a", "120"), entry("b", "150"), entry("c", "900", passed=False), entry("d", "145"))
    found = highest_price.rank(Contest(scheme=HIGHEST, entries=entries))
    assert ranks(found) == [("b", 1, D(150)), ("d", 2, D(145)), ("a", 3, D(120))] and found.ties == ()


def test_equal_prices_are_a_tie_until_they_are_drawn():
    entries = (entry("a", "150"), entry("b", "150"))
    assert highest_price.rank(Contest(scheme=HIGHEST, entries=entries)).ties == (("a", "b"),)
    drawn = highest_price.rank(Contest(scheme=HIGHEST, entries=entries, tie_order=("b", "a")))
    assert [one.bid for one in drawn.results] == ["b", "a"] and drawn.ties == ()


def test_the_highest_price_earns_full_points_and_others_in_proportion():
    entries = (entry("a", "12000000"), entry("b", "15000000"), entry("d", "14500000"))
    sheets = (sheet(1, a="95", b="60", d="90"), sheet(2, a="95", b="60", d="90"))
    found = best_value.rank(Contest(scheme=BEST, entries=entries, sheets=sheets))
    # d: 60 × 96.67 % + 40 × 90 %; a: 60 × 80 % + 40 × 95 %; b: 60 + 40 × 60 %
    assert ranks(found) == [("d", 1, D("94.00")), ("a", 2, D("86.00")), ("b", 3, D("84.00"))]
    assert found.results[0].points == (D("96.67"), D("90.00")) and found.benchmark is None


def test_of_equal_totals_the_higher_price_is_first():
    half = best_value_scheme(replace(PLAN, weight=D(50)), price_weight=D(50))
    entries = (entry("a", "100"), entry("b", "50"))
    sheets = (sheet(1, a="0", b="50"),)
    found = best_value.rank(Contest(scheme=half, entries=entries, sheets=sheets))
    assert ranks(found) == [("a", 1, D("50.00")), ("b", 2, D("50.00"))]


@pytest.mark.parametrize(
    "method, scheme, reasons",
    [
        (highest_price, HIGHEST, []),
        (highest_price, replace(BEST, scoring="highest_price"), ["price_only"]),
        (highest_price, replace(HIGHEST, ceiling=D(1)), ["ceiling_of_sale"]),
        (highest_price, replace(HIGHEST, ties=(TieRule.LOWER_PRICE, TieRule.DRAW)), ["ceiling_of_sale"]),
        (best_value, BEST, []),
        (best_value, replace(HIGHEST, scoring="best_value"), ["not_weighed"]),
        (
            best_value,
            replace(BEST, coefficients=(CoefficientSet(name="k", values=(D(1),)),)),
            ["no_benchmark"],
        ),
        (best_value, best_value_scheme(PLAN, price_weight=D(50)), ["weights"]),
    ],
)
def test_a_scheme_of_a_sale_is_complete(method, scheme: Scheme, reasons):
    assert codes(method.flaws(scheme)) == reasons


def test_below_the_floor_is_found_and_at_the_floor_is_not():
    entries = (entry("a", "100"), entry("b", "99.99"), Entry(bid="c", price=None))
    assert assembling.below_floor(entries, D(100)) == {"b", "c"}
    assert assembling.below_floor(entries, None) == frozenset()
