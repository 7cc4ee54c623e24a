"""统计: quartiles, fences and rounding, to the last bit as the published definition computes them."""

from __future__ import annotations

import math
from collections.abc import Iterable

FENCE = 1.5


def quantile(values: Iterable[float], share: float) -> float:
    """分位数: the median-unbiased estimate (Hyndman and Fan's eighth); not-a-number of nothing."""
    return _of_ordered(_ordered(values), share)


def quartiles(values: Iterable[float]) -> tuple[float, float]:
    """四分位数: the lower and the upper."""
    ordered = _ordered(values)
    return _of_ordered(ordered, 0.25), _of_ordered(ordered, 0.75)


def _ordered(values: Iterable[float]) -> list[float]:
    """What is no number stands last."""
    known = list(values)
    if not math.isnan(sum(known)):
        return sorted(known)
    ordered = sorted(value for value in known if not math.isnan(value))
    return ordered + [math.nan] * (len(known) - len(ordered))


def _of_ordered(ordered: list[float], share: float) -> float:
    count = len(ordered)
    if not ordered or not 0 <= share <= 1:
        return math.nan
    lowest = math.nan if math.isnan(ordered[-1]) else ordered[0]
    place = (count + 1 / 3) * share + 1 / 3
    whole = int(place)
    if whole <= 0 or share == 0:
        return lowest
    if whole >= count or share == 1:
        return ordered[-1]
    below, above = lowest if whole == 1 else ordered[whole - 1], ordered[whole]
    return below + (place - whole) * (above - below)


def lower_fence(q1: float, q3: float) -> float:
    """下限: below it lies an outlier."""
    return _multiplied_and_added(q3 - q1, -FENCE, q1)


def upper_fence(q1: float, q3: float) -> float:
    """上限: above it lies an outlier."""
    return _multiplied_and_added(q3 - q1, FENCE, q3)


def divided(part: float, whole: float) -> float:
    """相除: as IEEE 754 divides, also by nothing."""
    if whole != 0:
        return part / whole
    if part == 0 or math.isnan(part):
        return math.nan
    return math.copysign(math.inf, part) * math.copysign(1, whole)


def rounded(value: float) -> float | None:
    """四舍五入: to four decimals, halves away from zero; None for what JSON cannot say."""
    scaled = value * 10_000
    if not math.isfinite(scaled):
        return None
    whole = math.floor(abs(scaled))
    whole += abs(scaled) - whole >= 0.5
    return math.copysign(whole, scaled) / 10_000


def _multiplied_and_added(one: float, other: float, added: float) -> float:
    """Rounded once, at the end: a fused multiplication and addition."""
    if not all(map(math.isfinite, (one, other, added))):
        return one * other + added
    (a, b), (c, d), (e, f) = (number.as_integer_ratio() for number in (one, other, added))
    try:
        return (a * c * f + e * b * d) / (b * d * f)  # whole numbers are divided exactly, then rounded
    except OverflowError:
        return one * other + added
