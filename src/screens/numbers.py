"""数: amounts as people of many countries write them."""

import re
import unicodedata
from collections.abc import Mapping

UNIT = re.compile(r"R\$|US\$|A\$|CHF|CNY|RMB|USD|EUR|JPY|BRL|GBP|Fr\.|[¥$€£%]|[元圆圓円]整?$", re.IGNORECASE)
GAPS = re.compile(r"[\s'’_]")  # between groups of digits, beside the comma and the point
POWERS = {"万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8, "千": 1e3}
GROUPED = r"[+-]?\d{1,3}(?:X\d{2,3})*X\d{3}"
WITH_COMMAS, WITH_POINTS = (re.compile(GROUPED.replace("X", mark)) for mark in (",", r"\."))
ABSENT = ("", "na", "n/a", "nan", "null", "none", "-", "--", "—", "/", "无", "なし")


def is_absent(told: object) -> bool:
    """空缺: what stands where nothing was bid."""
    return told is None or (isinstance(told, str) and told.strip().lower() in ABSENT)


def listed(told: object) -> list[object] | None:
    """数列: several amounts in one place, as a list or as text; None for a single one."""
    if isinstance(told, list):
        return told
    text = told.strip() if isinstance(told, str) else ""
    if text[:1] in ("[", "("):
        return [part for part in re.split(r"[,;]\s*", text.strip("[]() ")) if part]
    parts = [part for part in re.split(r"[;|；]", text) if part.strip()]
    return list(parts) if len(parts) > 1 else None


def number(told: object, *, comma: bool = False) -> float | None:
    """数值, or None where it is none; an object's `amount`, `value`, `bid` or `price` too.

    `comma`: the column is known to write the decimal comma, so that a single point parts thousands.
    """
    if isinstance(told, Mapping):
        told = next((told[name] for name in ("amount", "value", "bid", "price") if name in told), None)
    if isinstance(told, bool) or not isinstance(told, int | float | str):
        return None
    try:
        return _written(told, comma) if isinstance(told, str) else float(told)
    except (ValueError, OverflowError):
        return None


def has_decimal_comma(told: str) -> bool:
    """是否小数逗号: when nothing else can be meant."""
    text = _bare(told)[0]
    if "." in text and "," in text:
        return text.rfind(",") > text.rfind(".")
    return text.count(",") == 1 and not WITH_COMMAS.fullmatch(text)


def has_decimal_point(told: str) -> bool:
    """是否小数点: when nothing else can be meant."""
    text = _bare(told)[0]
    if "." in text and "," in text:
        return text.rfind(".") > text.rfind(",")
    return text.count(".") == 1 and not WITH_POINTS.fullmatch(text)


def _written(told: str, comma: bool) -> float:
    text, power = _bare(told)
    comma = comma or has_decimal_comma(told)
    whole, _, exponent = text.lower().partition("e")
    if comma and ("," in whole or WITH_POINTS.fullmatch(whole)):
        whole = whole.replace(".", "").replace(",", ".")
    elif "," in whole and WITH_COMMAS.fullmatch(whole.partition(".")[0]):
        whole = whole.replace(",", "")
    elif whole.count(".") > 1 and WITH_POINTS.fullmatch(whole):
        whole = whole.replace(".", "")
    return float(f"{whole}e{exponent}" if exponent else whole) * power


def _bare(told: str) -> tuple[str, float]:
    """Without its currency and gaps, and what a 万 or 亿 behind it multiplies by."""
    text = UNIT.sub("", GAPS.sub("", unicodedata.normalize("NFKC", told)))
    power = POWERS.get(text[-1:], 1.0)
    return (text if power == 1.0 else text[:-1]), power
