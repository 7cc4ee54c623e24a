"""OCDS 的零件: text, moments, amounts and names out of a tree that nobody has checked. Pure.

What has another type than the standard says is absent; nothing here raises.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.instants import BEIJING
from ggzy.kernel.money import Money

YEARS = range(1950, 2200)  # a moment outside is a slip of the pen
AMOUNT_MAX = 10**15
CODE_CHARS, DIGEST_CHARS = 60, 10
NAME_CHARS = 200
TEXT_CHARS = 100_000
CURRENCY_CHARS = 3


@dataclass(frozen=True)
class Amount:
    """金额 in the currency the file names; empty where it names none."""

    money: Money
    currency: str


def text(value: Any, longest: int = NAME_CHARS) -> str:
    """文字, no longer than that."""
    return value[:longest] if isinstance(value, str) else ""


def node(value: Any) -> dict[str, Any]:
    """对象."""
    return value if isinstance(value, dict) else {}


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """列表里的对象."""
    return (one for one in value if isinstance(one, dict)) if isinstance(value, list) else iter(())


def name_of(value: Any) -> str:
    """标识: an identifier as text; numbers are written out."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < AMOUNT_MAX:
        return str(value)
    return value.strip() if isinstance(value, str) else ""


def code(identifier: str) -> CreditCode:
    """主体的代码: no blank and no separator of a note's key in it; two identifiers never become one."""
    plain = "".join(one if one.isprintable() and one not in " |" else "_" for one in identifier)
    if plain == identifier and len(plain) <= CODE_CHARS:
        return CreditCode(plain)
    digest = hashlib.sha256(identifier.encode(errors="replace")).hexdigest()[:DIGEST_CHARS]
    return CreditCode(f"{plain[:CODE_CHARS]}~{digest}")


def moment(value: Any) -> datetime | None:
    """时刻; one without an offset is Beijing's."""
    try:
        at = datetime.fromisoformat(text(value, 40))
    except ValueError:
        return None
    if at.year not in YEARS:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=BEIJING)).astimezone(UTC)


def number(value: Any) -> Money | None:
    """数额, rounded to hundredths; also a negative one."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < AMOUNT_MAX:
        return None
    exact = Decimal(repr(value)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return Money(int(exact * 100))


def amount(value: Any) -> Amount | None:
    """金额 of an OCDS value."""
    found = number(node(value).get("amount"))
    return None if found is None else Amount(found, _currency(node(value).get("currency")))


def _currency(value: Any) -> str:
    """币种: three letters, or none."""
    given = text(value, CURRENCY_CHARS + 1).upper()
    return given if len(given) == CURRENCY_CHARS and given.isascii() and given.isalpha() else ""
