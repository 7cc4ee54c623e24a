"""修约: exact fractions inside, half up where a figure is published."""

from decimal import Decimal
from fractions import Fraction


def half_up(value: Fraction | Decimal, places: int) -> Decimal:
    """四舍五入. Half away from zero, to `places` decimals; the result always shows all of them."""
    exact = Fraction(value)
    scaled = abs(exact) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = tuple(int(figure) for figure in str(whole))
    return Decimal((1 if exact < 0 and whole else 0, digits, -places))  # exact, whatever the context


def mean_of(values: tuple[Decimal, ...] | list[Fraction]) -> Fraction:
    """算术平均. Exact; the values may not be empty."""
    return sum((Fraction(value) for value in values), Fraction(0)) / len(values)
