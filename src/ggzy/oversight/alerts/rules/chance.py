"""巧合的可能: how often honest chance alone would do what was seen.

Floats live here and nowhere else: they are estimates, never amounts or rights.
"""

import math
from collections.abc import Sequence
from decimal import Decimal
from statistics import median

MAD_TO_SIGMA = 1.4826  # the median absolute deviation of a normal spread, as its standard deviation


def poisson_tail(seen: int, mean: float) -> float:
    """P(X ≥ seen) where `mean` are expected."""
    if seen <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    term = math.exp(seen * math.log(mean) - mean - math.lgamma(seen + 1))
    total, k = 0.0, seen
    while term > total * 1e-12 or k < mean:
        total += term
        k += 1
        term *= mean / k
    return min(1.0, total)


def binomial_tail(seen: int, trials: int, share: float) -> float:
    """P(X ≥ seen) of `trials`, each with the chance `share`."""
    if seen <= 0 or share >= 1:
        return 1.0 if seen <= trials else 0.0
    if seen > trials or share <= 0:
        return 0.0
    return min(1.0, math.fsum(_binomial(k, trials, share) for k in range(seen, trials + 1)))


def _binomial(k: int, trials: int, share: float) -> float:
    log = _log_choose(trials, k) + k * math.log(share) + (trials - k) * math.log1p(-share)
    return math.exp(log)


def any_tail(seen: int, chances: Sequence[float]) -> float:
    """P(X ≥ seen) of independent events, each with its own chance (Poisson binomial, exactly)."""
    exact = [1.0] + [0.0] * len(chances)
    for number, p in enumerate(chances, 1):
        for k in range(number, 0, -1):
            exact[k] = exact[k] * (1 - p) + exact[k - 1] * p
        exact[0] *= 1 - p
    return min(1.0, math.fsum(exact[max(seen, 0) :]))


def hypergeometric_tail(seen: int, total: int, marked: int, drawn: int) -> float:
    """P(X ≥ seen): of `total` lots one bidder came to `marked`, another to `drawn`; they met `seen` times."""
    most = min(marked, drawn)
    least = max(seen, 0, marked + drawn - total)
    if seen <= max(0, marked + drawn - total):
        return 1.0
    whole = _log_choose(total, drawn)
    terms = (
        math.exp(_log_choose(marked, k) + _log_choose(total - marked, drawn - k) - whole)
        for k in range(least, most + 1)
    )
    return min(1.0, math.fsum(terms))


def _log_choose(of: int, take: int) -> float:
    return math.lgamma(of + 1) - math.lgamma(take + 1) - math.lgamma(of - take + 1)


def sets(of: int, take: int) -> float:
    """How many different sets there are: what a search through all of them must answer for."""
    return float(math.comb(of, take)) if 0 <= take <= of else 0.0


def false_discovery(chances: Sequence[float], rate: float, tests: int | None = None) -> float:
    """Benjamini–Hochberg: the largest chance that still counts among `tests` made; 0.0 if none does.

    `tests` may exceed the chances given: pairs that never met were looked at too.
    """
    made = max(tests or len(chances), 1)
    ordered = sorted(chances)
    passed = [p for rank, p in enumerate(ordered, 1) if p <= rate * rank / made]
    return passed[-1] if passed else 0.0


def robust_z(value: float, others: Sequence[float], floor: float) -> float:
    """How many spreads `value` lies from the median of `others`; `floor` is the least spread believed."""
    middle = median(others)
    spread = MAD_TO_SIGMA * median(abs(other - middle) for other in others)
    return (value - middle) / max(spread, floor)


def shrunk(mean: float, count: int, prior: float) -> float:
    """Pulled towards nothing: few lots say little. `prior` is how many lots nothing weighs."""
    return mean * count / (count + prior) if count else 0.0


def pool(counts: Sequence[int]) -> float:
    """Chao's estimate of how many there are to draw from, from how often each was seen."""
    once, twice = sum(n == 1 for n in counts), sum(n == 2 for n in counts)
    unseen = once * once / (2 * twice) if twice else once * (once - 1) / 2
    return len(counts) + unseen


def strength(chance: float) -> Decimal:
    """0.05 … 0.95 by the powers of ten of the chance: an order of evidence, not a probability of guilt."""
    powers = -math.log10(max(chance, 1e-12))
    return Decimal(str(round(min(0.95, max(0.05, powers / 6)), 2)))


def percent(chance: float) -> str:
    """In words a reader can weigh."""
    if chance >= 0.001:
        return f"{chance * 100:.2g} %".replace("1e+02", "100")
    return f"不到 {10 ** math.ceil(math.log10(max(chance, 1e-9)) + 2):.10f}".rstrip("0").rstrip(".") + " %"
