"""评标基准价与价格分: which bids enter, what is dropped, the mean, the coefficients, the points."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ggzy.trading.evaluation.rules.rounding import half_up, mean_of
from ggzy.trading.evaluation.values import (
    Benchmark,
    Contest,
    Entering,
    Entry,
    Mean,
    PriceFormula,
    Shape,
    Steps,
    Trim,
)

BASE_PLACES = 8
DEVIATION_PLACES = 4


@dataclass(frozen=True)
class Base:
    """基准: the exact benchmark with the account of how it came about."""

    exact: Fraction
    account: Benchmark


def base_of(contest: Contest) -> Base | None:
    """评标基准价. None when no price can enter.

    Steps in order: the bids that enter, trimming, the mean, Q with the ceiling, then K or delta. A frozen
    benchmark is taken over the bids that had entered when it was announced.
    """
    formula = contest.scheme.formula
    assert formula is not None
    entering = _announced(contest) or entering_of(contest, formula)
    if not entering:
        return None
    ordered = sorted(entering, key=lambda entry: (_price(entry), entry.bid))
    drop = _dropped_each_end(formula.trims, len(ordered))
    kept = ordered[drop : len(ordered) - drop]
    mean = _mean(formula.mean, [_price(entry) for entry in kept])
    exact = _with_coefficients(mean, contest)
    return Base(
        exact=exact,
        account=Benchmark(
            entered=tuple(entry.bid for entry in ordered),
            dropped_low=tuple(entry.bid for entry in ordered[:drop]),
            dropped_high=tuple(entry.bid for entry in ordered[len(ordered) - drop :]),
            mean=half_up(mean, BASE_PLACES),
            base=half_up(exact, BASE_PLACES),
        ),
    )


def entering_of(contest: Contest, formula: PriceFormula) -> tuple[Entry, ...]:
    """进入基准价计算的投标. If nobody lies within the band, all who passed enter."""
    priced = [entry for entry in contest.entries if entry.price is not None]
    if formula.entering is Entering.OPENED:
        return tuple(priced)
    passed = tuple(entry for entry in priced if entry.passed)
    if formula.entering is Entering.PASSED:
        return passed
    ceiling = contest.scheme.ceiling
    assert ceiling is not None
    low, high = ceiling * formula.within_low, ceiling * formula.within_high
    return tuple(entry for entry in passed if low <= _price(entry) <= high) or passed


def price_points(formula: PriceFormula, price: Decimal, base: Fraction, full: Decimal) -> Decimal:
    """价格分. From 0 to `full`, two decimals, half up."""
    if formula.shape is Shape.PROPORTION:
        return half_up(min(base / Fraction(price), Fraction(1)) * Fraction(full), 2)
    return half_up(max(Fraction(0), Fraction(full) - _loss(formula, Fraction(price), base)), 2)


def deviation(price: Decimal, base: Fraction) -> Decimal:
    """偏差率, in per cent of the benchmark, four decimals."""
    return half_up(_percent(Fraction(price), base), DEVIATION_PLACES)


def _announced(contest: Contest) -> tuple[Entry, ...]:
    assert contest.scheme.formula is not None
    if not contest.scheme.formula.frozen:
        return ()
    entered = frozenset(contest.entered)
    return tuple(entry for entry in contest.entries if entry.bid in entered and entry.price is not None)


def _price(entry: Entry) -> Decimal:
    assert entry.evaluated is not None
    return entry.evaluated


def _dropped_each_end(trims: Sequence[Trim], bids: int) -> int:
    """The trim with the most bids required that the number of bids still reaches."""
    fitting = [trim for trim in trims if bids >= trim.bids_min]
    if not fitting:
        return 0
    trim = max(fitting, key=lambda item: item.bids_min)
    drop = trim.count or math.floor(trim.share * bids)
    return drop if 2 * drop < bids else 0


def _mean(kind: Mean, prices: list[Decimal]) -> Fraction:
    if kind is Mean.LOWEST:
        return Fraction(min(prices))
    if kind is Mean.LOWEST_TWO:
        return mean_of(tuple(sorted(prices)[:2]))
    first = mean_of(tuple(prices))
    if kind is Mean.ARITHMETIC:
        return first
    below = tuple(price for price in prices if Fraction(price) < first)
    second = mean_of(below) if below else first
    return second if kind is Mean.TWO_STEP_LOW else (first + second) / 2


def _with_coefficients(mean: Fraction, contest: Contest) -> Fraction:
    base = mean
    q, k, delta = (contest.coefficient(name) for name in ("q", "k", "delta"))
    if q is not None:
        assert contest.scheme.ceiling is not None
        base = Fraction(q) * Fraction(contest.scheme.ceiling) + (1 - Fraction(q)) * base
    if k is not None:
        base = base * Fraction(k)
    if delta is not None:
        base = base * (1 - Fraction(delta))
    return base


def _loss(formula: PriceFormula, price: Fraction, base: Fraction) -> Fraction:
    if formula.shape is Shape.INTERVAL:
        low, high = base * Fraction(formula.interval_low), base * Fraction(formula.interval_high)
    else:
        low = high = base
    if price > high:
        return _units(formula, (price - high) / base * 100) * Fraction(formula.above)
    if price < low:
        return _units(formula, (low - price) / base * 100) * Fraction(formula.below)
    return Fraction(0)


def _units(formula: PriceFormula, percent: Fraction) -> Fraction:
    units = percent / Fraction(formula.unit)
    if formula.steps is Steps.FULL:
        return Fraction(math.floor(units))
    if formula.steps is Steps.STARTED:
        return Fraction(math.ceil(units))
    return units


def _percent(price: Fraction, base: Fraction) -> Fraction:
    return (price - base) / base * 100
