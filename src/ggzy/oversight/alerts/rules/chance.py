"""巧合的可能: how often honest chance alone would do what was seen.

Counted in decimals and whole numbers, as everything here: the same everywhere and for ever.
"""

from collections.abc import Sequence
from decimal import Decimal
from math import comb, factorial
from statistics import mean, stdev

ONE, ZERO = Decimal(1), Decimal(0)
NEGLIGIBLE = Decimal("1e-15")
STRENGTH = (Decimal("0.05"), Decimal("0.95"))
DECADES = 6  # a chance of one in a million is as strong as it gets


def poisson_tail(seen: int, mean: Decimal) -> Decimal:
    """P(X ≥ seen) where `mean` are expected."""
    if seen <= 0:
        return ONE
    if mean <= 0:
        return ZERO
    term = (-mean).exp() * mean**seen / factorial(seen)
    total, k = ZERO, seen
    while term > total * NEGLIGIBLE or k < mean:
        total += term
        k += 1
        term *= mean / k
    return min(ONE, total)


def binomial_tail(seen: int, trials: int, share: Decimal) -> Decimal:
    """P(X ≥ seen) of `trials`, each with the chance `share`."""
    if seen <= 0 or share >= 1:
        return ONE if seen <= trials else ZERO
    if seen > trials or share <= 0:
        return ZERO
    terms = (comb(trials, k) * share**k * (1 - share) ** (trials - k) for k in range(seen, trials + 1))
    return min(ONE, sum(terms, ZERO))


def any_tail(seen: int, chances: Sequence[Decimal]) -> Decimal:
    """P(X ≥ seen) of independent events, each with its own chance (Poisson binomial, exactly)."""
    exact = [ONE] + [ZERO] * len(chances)
    for number, p in enumerate(chances, 1):
        for k in range(number, 0, -1):
            exact[k] = exact[k] * (1 - p) + exact[k - 1] * p
        exact[0] *= 1 - p
    return min(ONE, sum(exact[max(seen, 0) :], ZERO))


def hypergeometric_tail(seen: int, total: int, marked: int, drawn: int) -> Decimal:
    """P(X ≥ seen): of `total` lots one bidder came to `marked`, another to `drawn`; they met `seen` times."""
    ways = sum(
        comb(marked, k) * comb(total - marked, drawn - k) for k in range(max(seen, 0), min(marked, drawn) + 1)
    )
    return Decimal(ways) / comb(total, drawn)


def sets(of: int, take: int) -> int:
    """How many different sets there are: what a search through all of them must answer for."""
    return comb(of, take) if 0 <= take <= of else 0


def false_discovery(chances: Sequence[Decimal], rate: Decimal, tests: int | None = None) -> Decimal:
    """Benjamini–Hochberg: the largest chance that still counts among `tests` made; zero if none does.

    `tests` may exceed the chances given: pairs that never met were looked at too.
    """
    made = max(tests or len(chances), 1)
    passed = [p for rank, p in enumerate(sorted(chances), 1) if p <= rate * rank / made]
    return passed[-1] if passed else ZERO


def shrunk(mean: Decimal, count: int, prior: int) -> Decimal:
    """Pulled towards nothing: few lots say little. `prior` is how many lots nothing weighs."""
    return mean * count / (count + prior) if count else ZERO


def trimmed(values: Sequence[Decimal], share: Decimal, floor: Decimal) -> tuple[Decimal, Decimal]:
    """Mean without so large a share at either end, at least one; and its standard error (Yuen 1974).

    A single odd value moves neither. The spread is never believed below `floor`.
    """
    ordered, size = sorted(values), len(values)
    odd = min(max(1, int(share * size)), (size - 1) // 2)
    inner = ordered[odd : size - odd]
    drawn_in = [inner[0]] * odd + inner + [inner[-1]] * odd
    spread = max(stdev(drawn_in), floor)
    return mean(inner), spread * Decimal(size).sqrt() / len(inner)


def pool(counts: Sequence[int]) -> int:
    """Chao's estimate of how many there are to draw from, from how often each was seen; rounded down."""
    once, twice = sum(n == 1 for n in counts), sum(n == 2 for n in counts)
    unseen = once * once // (2 * twice) if twice else once * (once - 1) // 2
    return len(counts) + unseen


def strength(chance: Decimal) -> Decimal:
    """0.05 … 0.95 by the powers of ten of the chance: an order of evidence, not a probability of guilt."""
    least, most = STRENGTH
    powers = -max(chance, NEGLIGIBLE).log10() / DECADES
    return min(most, max(least, powers)).quantize(Decimal("0.01"))


def figures(number: Decimal) -> str:
    """Two figures that count, written out."""
    if number == 0:
        return "0"
    places = max(0, 1 - number.adjusted())
    return f"{number:.{places}f}".rstrip("0").rstrip(".") if places else f"{number:.0f}"


def percent(chance: Decimal) -> str:
    """In words a reader can weigh: below a thousandth, the next power of ten."""
    if chance >= Decimal("0.001"):
        return f"{figures(chance * 100)} %"
    power = max(chance, Decimal("1e-9")).log10().to_integral_value(rounding="ROUND_CEILING")
    return f"不到 {Decimal(10) ** (power + 2):f} %"
