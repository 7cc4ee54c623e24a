"""Quartiles, fences, rounding and days, at their edges."""

import math
from fractions import Fraction

import pytest

from redflags import statistics
from redflags.moments import days_between


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([], 0.25, math.nan),
        ([3], 0.25, 3),
        ([1, 2, 3, 4, 5], 0.25, 1 + (16 / 3 * 0.25 + 1 / 3 - 1)),
        ([1, 2], 0.75, 2),
        ([1, 2, 3], 1.01, math.nan),
        ([5, 1], 0, 1),
        ([1, math.nan], 0.25, math.nan),
        ([1, math.inf], 0.75, math.inf),
    ],
)
def test_quantiles(values: list[float], share: float, expected: float) -> None:
    assert statistics.quantile(values, share) == pytest.approx(expected, nan_ok=True)


def test_a_fence_is_rounded_once() -> None:
    q1, q3 = 1 / 3, 0.7
    exact = Fraction(q1) - Fraction(3, 2) * Fraction(q3 - q1)
    assert statistics.lower_fence(q1, q3) == float(exact)
    assert q1 - 1.5 * (q3 - q1) != statistics.lower_fence(q1, q3)
    assert statistics.upper_fence(0.0, math.inf) == math.inf


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.00005, 0.0001),
        (-0.00005, -0.0001),
        (0.00004, 0.0),
        (1e300, 1e300),
        (math.nan, None),
        (math.inf, None),
    ],
)
def test_rounding_goes_away_from_zero(value: float, expected: float | None) -> None:
    assert statistics.rounded(value) == expected


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(1, 4, 0.25), (1, 0, math.inf), (1, -0.0, -math.inf)]
)
def test_division_by_nothing(part: float, whole: float, expected: float) -> None:
    assert statistics.divided(part, whole) == expected
    assert math.isnan(statistics.divided(0, whole * 0))


@pytest.mark.parametrize(
    ("starts", "ends", "days"),
    [
        ("2025-03-01T00:00:00Z", "2025-03-15T23:59:59.999999999Z", 14),
        ("2025-03-01T00:00:00.5Z", "2025-03-02T00:00:00.4Z", 0),
        ("2025-03-02T12:00:00Z", "2025-03-01T00:00:00Z", -1),
        ("2025-03-01T08:00:00+08:00", "2025-03-02 00:00:00z", 1),
        ("2024-02-29T00:00:00Z", "2024-03-01t00:00:00\u221200:00", 1),
        ("0000-02-29T00:00:00Z", "0001-01-01T00:00:00Z", 307),
        ("2025-02-29T00:00:00Z", "2025-03-01T00:00:00Z", None),
        ("2025-03-01T24:00:00Z", "2025-03-02T00:00:00Z", None),
        ("2025-03-01T00:00Z", "2025-03-02T00:00:00Z", None),
        ("2025-03-01T00:00:00", "2025-03-02T00:00:00Z", None),
        ("2025-03-01T00:00:00Z ", "2025-03-02T00:00:00Z", None),
        ("2025-03-01T00:00:00+24:00", "2025-03-02T00:00:00Z", None),
    ],
)
def test_days_between(starts: str, ends: str, days: int | None) -> None:
    assert days_between(starts, ends) == days
