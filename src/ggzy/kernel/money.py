"""金额与费率: an exact number of fen; an exact decimal fraction. Never a float."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from typing import ClassVar

from ggzy.kernel import amounts

_PRECISION = 60
_RATE_PLACES = 10


@dataclass(frozen=True, order=True)
class Money:
    """金额: an exact number of fen (分). A difference may be negative; an amount read from text is not."""

    fen: int
    zero: ClassVar["Money"]

    def __post_init__(self) -> None:
        assert type(self.fen) is int, "money is a whole number of fen"

    @classmethod
    def yuan(cls, amount: str | int | Decimal) -> "Money":
        """元: exact. Raises `ValueError` for anything that is not a whole number of fen."""
        assert not isinstance(amount, float), "no floats"
        try:
            exact = Decimal(amount)
        except InvalidOperation:
            raise ValueError(f"“{amount}”不是有效的金额") from None
        if not exact.is_finite():
            raise ValueError(f"“{amount}”不是有效的金额")
        with localcontext(prec=_PRECISION):
            fen = exact * 100
            if fen != fen.to_integral_value():
                raise ValueError(f"金额“{amount}”最多精确到分（两位小数）")
            return cls(int(fen))

    @classmethod
    def parse(cls, text: str) -> "Money":
        """读数: every Chinese form of a non-negative amount; see `amounts`. Raises `ValueError`."""
        return cls(amounts.read(text))

    @classmethod
    def total(cls, parts: Iterable["Money"]) -> "Money":
        """合计."""
        return cls(sum(part.fen for part in parts))

    def to_yuan(self) -> Decimal:
        """Yuan with two decimals, exact."""
        return Decimal(self.fen).scaleb(-2)

    def figures(self) -> str:
        """小写: 1,980,000.00, in yuan."""
        return amounts.figures(self.fen)

    def characters(self) -> str:
        """大写: 壹佰玖拾捌万元整."""
        return amounts.characters(self.fen)

    def times(self, rate: "Rate", rounding: str = ROUND_HALF_UP) -> "Money":
        """That share of the amount, rounded to the fen as named."""
        with localcontext(prec=_PRECISION):
            exact = Decimal(self.fen) * rate.value
            return Money(int(exact.to_integral_value(rounding=rounding)))

    def __add__(self, other: "Money") -> "Money":
        return Money(self.fen + other.fen)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.fen - other.fen)

    def __neg__(self) -> "Money":
        return Money(-self.fen)

    def __bool__(self) -> bool:
        return self.fen != 0

    def __str__(self) -> str:
        return f"{self.figures()}元"


Money.zero = Money(0)


@dataclass(frozen=True, order=True)
class Rate:
    """费率: an exact decimal fraction: 2 % is `Rate("0.02")`. At most ten decimals."""

    value: Decimal

    def __init__(self, value: str | int | Decimal) -> None:
        assert not isinstance(value, float), "no floats"
        exact = Decimal(value)
        assert exact.is_finite(), "a rate is a number"
        object.__setattr__(self, "value", exact)

    @classmethod
    def percent(cls, text: str | int | Decimal) -> "Rate":
        """百分数: `Rate.percent("20.5")` is 20.5 %."""
        return cls(Decimal(text).scaleb(-2))

    @classmethod
    def of(cls, part: Money, whole: Money, places: int = 6) -> "Rate":
        """占比: `part` in `whole`, rounded half up to `places` decimals of the fraction."""
        assert whole.fen, "a share of nothing"
        with localcontext(prec=_PRECISION):
            return cls((Decimal(part.fen) / whole.fen).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))

    @classmethod
    def parse(cls, text: str) -> "Rate":
        """读数: "20.5%", "5‰", "百分之二十" or a fraction "0.205". Raises `ValueError` in Chinese.

        A bare number above one is refused: nobody can tell whether 20.5 means 20.5 %.
        """
        cleaned = "".join(unicodedata.normalize("NFKC", text).split())
        if not cleaned:
            raise ValueError("请填写费率")
        if cleaned.startswith("百分之"):
            return cls.percent(Decimal(amounts.read(cleaned.removeprefix("百分之"))).scaleb(-2))
        form = re.fullmatch(r"([+-]?\d{1,6}(?:\.\d{1,10})?)(%|‰)?", cleaned, re.ASCII)
        if form is None:
            raise ValueError(f"无法识别费率“{text.strip()}”，请填写如 20.5% 或 0.205")
        number = Decimal(form[1])
        if form[2] is None and abs(number) > 1:
            raise ValueError(f"费率“{text.strip()}”没有写明百分号，请填写如 20.5% 或 0.205")
        value = number.scaleb({"%": -2, "‰": -3, None: 0}[form[2]])
        if value != round(value, _RATE_PLACES):
            raise ValueError(
                f"费率“{text.strip()}”小数位数过多，最多精确到百分数的小数点后{_RATE_PLACES - 2}位"
            )
        return cls(value)

    def percent_text(self) -> str:
        """20.5%: without trailing zeros."""
        return f"{_plain(self.value.scaleb(2))}%"

    def __str__(self) -> str:
        """The fraction without exponent or trailing zeros: the form that is hashed."""
        return _plain(self.value)


def apportion(total: Money, shares: Sequence[int]) -> tuple[Money, ...]:
    """分摊: parts in proportion to `shares` that add up to `total`.

    What rounding down leaves goes fen by fen to the largest remainders, the earlier share first.
    """
    assert shares and all(share >= 0 for share in shares) and sum(shares) > 0, "shares must add up"
    if total.fen < 0:
        return tuple(-part for part in apportion(-total, shares))
    whole = sum(shares)
    parts = [total.fen * share // whole for share in shares]
    remainders = [total.fen * share % whole for share in shares]
    favoured = sorted(range(len(shares)), key=lambda place: (-remainders[place], place))
    for place in favoured[: total.fen - sum(parts)]:
        parts[place] += 1
    return tuple(Money(part) for part in parts)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text
