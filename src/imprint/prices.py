"""报价规律: two priced lists side by side (domain: unit prices that differ by a constant factor or step)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

COMMON_MIN = 20  # items; fewer prove nothing
PLACES = Decimal("0.000001")
LOOSE = Decimal("0.1")  # spread of a sample above which the whole list cannot be close
CLOSE = Decimal("0.002")  # spread below which a list is a fixed share of the public control prices


@dataclass(frozen=True)
class Pattern:
    """规律: `ratio` is the mean of a/b, `spread` its coefficient of variation; `step` a constant difference.

    `equal` is the share of items priced alike, `tails` of those whose last two figures agree. `by_control`:
    both lists are a fixed share of the owner's published control prices, which explains the rest.
    """

    items: int
    ratio: Decimal
    spread: Decimal
    step: Decimal | None
    equal: Decimal
    tails: Decimal
    by_control: bool


def pattern(one: Mapping[str, str], other: Mapping[str, str], control: Mapping[str, str]) -> Pattern | None:
    """规律 over common items; None where they are too few, or go their own ways at first sight."""
    codes = [code for code in one if code in other]
    if len(codes) < COMMON_MIN or not _may_follow(codes, one, other):
        return None
    pairs = [(Decimal(one[code]), Decimal(other[code])) for code in codes]
    ratio, spread = _spread([a / b for a, b in pairs])
    steps = {a - b for a, b in pairs}
    count = len(pairs)
    return Pattern(
        count,
        ratio,
        spread,
        steps.pop() if len(steps) == 1 else None,
        (Decimal(sum(a == b for a, b in pairs)) / count).quantize(PLACES),
        (Decimal(sum(_tail(a) == _tail(b) for a, b in pairs)) / count).quantize(PLACES),
        _follows(one, control) and _follows(other, control),
    )


def _may_follow(codes: Sequence[str], one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """First sight: of twenty items spread over the list, do ratios or last figures agree at all?"""
    some = [(Decimal(one[code]), Decimal(other[code])) for code in codes[:: len(codes) // COMMON_MIN]]
    tails = sum(_tail(a) == _tail(b) for a, b in some)
    is_even = len({a - b for a, b in some}) == 1
    return is_even or tails * 3 >= len(some) or _spread([a / b for a, b in some])[1] < LOOSE


def _follows(one: Mapping[str, str], control: Mapping[str, str]) -> bool:
    ratios = [Decimal(one[code]) / Decimal(control[code]) for code in one if code in control]
    return len(ratios) >= COMMON_MIN and _spread(ratios)[1] < CLOSE


def _spread(values: list[Decimal]) -> tuple[Decimal, Decimal]:
    mean = sum(values, Decimal(0)) / len(values)
    variance = sum(((value - mean) ** 2 for value in values), Decimal(0)) / len(values)
    return mean.quantize(PLACES), (variance.sqrt() / mean).quantize(PLACES)


def _tail(price: Decimal) -> int:
    return int(price * 100) % 100
