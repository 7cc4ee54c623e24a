"""名称相似: titles that say the same thing in other words. Pure."""

import re
from decimal import Decimal

# Counters, brackets, dates and the words that every title has.
_COUNTED = re.compile(
    r"[（(\[【].*?[）)\]】]|第?[一二三四五六七八九十\d]+[期次批标段包号年月]+|标段|项目|工程|采购|合同|[\s\d\-—、，。#]+"
)


def likeness(one: str, other: str) -> Decimal:
    """名称相似度 0 … 1: pairs of letters in both, of those in either."""
    a, b = _pairs(one), _pairs(other)
    return Decimal(len(a & b)) / len(a | b) if a and b else Decimal(0)


def _pairs(title: str) -> frozenset[str]:
    plain = _COUNTED.sub("", title)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))
