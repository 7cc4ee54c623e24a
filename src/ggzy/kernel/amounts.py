"""金额的写法: reading and writing amounts as people write them in Chinese documents.

Reading takes figures (1,980,000.00), figures with a unit (198万元, 1.98亿) and characters
(壹佰玖拾捌万元整, 一百九十八万). Writing follows 支付结算办法 附件一 (正确填写票据和结算凭证的基本规定).
"""

import re
import unicodedata
from decimal import Decimal, localcontext
from itertools import pairwise

LIMIT_YUAN = 10**16
"""一亿亿元: amounts stay below it, so that fen fit a 64-bit column."""

_LENGTH_MAX = 60
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_READS = {
    sign: value
    for value, signs in enumerate(
        ("零", "一壹弌", "二贰貳弍两兩", "三叁叄參参弎", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for sign in signs
}
_UNITS = str.maketrans("拾佰仟萬億圆圓块點正〇○", "十百千万亿元元元点整零零")
_PLACES = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"": 1, "百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7}
_SCALES |= {"亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}

_FOREIGN = re.compile(r"美元|欧元|港元|港币|日元|英镑|USD|EUR|HKD|JPY|GBP|[$€£]", re.IGNORECASE)
_DRESS = re.compile(r"^(?:\(?[大小]写\)?:?)?(?:人民币|RMB|CNY|¥)?:?(?:\(?[大小]写\)?:?)?¥?", re.IGNORECASE)
_TAIL = re.compile(r"(?:整|人民币|RMB|CNY)+$", re.IGNORECASE)
_NEGATIVE = re.compile(r"^[-−–—]|^负|^\(.*\)$")
_FIGURES = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?([十百千万亿]*)", re.ASCII)


def read(text: str) -> int:
    """The amount in fen. Raises `ValueError` with a Chinese sentence that says what is wrong."""
    cleaned = _clean(text)
    if not cleaned:
        raise ValueError("请填写金额")
    if len(cleaned) > _LENGTH_MAX or cleaned == "元":
        raise _unreadable(text)
    if _FOREIGN.search(cleaned):
        raise ValueError(f"金额“{text.strip()}”不是人民币，请折算为人民币后填写")
    if _NEGATIVE.search(cleaned):
        raise ValueError(f"金额“{text.strip()}”为负数，金额不能小于零")
    whole, cents = _split(cleaned)
    with localcontext(prec=2 * _LENGTH_MAX):
        yuan = _read_whole(whole, text) + _read_cents(cents, text, within_whole=bool(whole))
        fen = yuan * 100
    if fen != int(fen):
        raise ValueError(f"金额“{text.strip()}”小于分的部分无法入账，金额最多精确到分（两位小数）")
    if yuan >= LIMIT_YUAN:
        raise ValueError(f"金额“{text.strip()}”过大，请核对单位")
    return int(fen)


def figures(fen: int) -> str:
    """1,980,000.00: yuan with thousands separators and two decimals."""
    yuan, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{yuan:,}.{rest:02d}"


def characters(fen: int) -> str:
    """大写金额: 壹佰玖拾捌万元整."""
    if fen < 0:
        return "负" + characters(-fen)
    yuan, cents = divmod(fen, 100)
    assert yuan < LIMIT_YUAN, "beyond what the form of words covers"
    tenths, hundredths = divmod(cents, 10)
    text = f"{_integer(yuan)}元" if yuan else ""
    if not cents:
        return (text or "零元") + "整"
    if tenths:
        text += f"{_DIGITS[tenths]}角"
    elif text:
        # A zero in the place of 角 is written when 分 follows: 陆元零贰分.
        text += "零"
    return text + (f"{_DIGITS[hundredths]}分" if hundredths else "")


def _clean(text: str) -> str:
    """Spaces, full width and ways of dressing an amount up carry no meaning."""
    bare = "".join(unicodedata.normalize("NFKC", text).split())
    bare = re.sub(r"\(([十百千万亿]*元)\)", r"\1", bare)
    return _TAIL.sub("", _DRESS.sub("", bare).translate(_UNITS))


def _split(cleaned: str) -> tuple[str, str]:
    """The part in yuan and the part in 角 and 分."""
    if "元" in cleaned:
        whole, _, cents = cleaned.partition("元")
        return whole, cents
    if cleaned.endswith(("角", "分")):
        return "", cleaned
    return cleaned, ""


def _read_whole(whole: str, text: str) -> Decimal:
    if not whole:
        return Decimal(0)
    if whole[0].isascii() and whole[0].isdigit():
        return _read_figures(whole, text)
    return _read_characters(whole, text)


def _read_figures(whole: str, text: str) -> Decimal:
    """198万, 1,980,000.00, 1亿2000万: parts with falling units; only a single part may have decimals."""
    parts = list(_FIGURES.finditer(whole))
    covered = "".join(part[0] for part in parts) == whole
    scales = [_SCALES.get(part[3], 0) for part in parts]
    if not covered or 0 in scales:
        raise _unreadable(text)
    falling = all(above > below for above, below in pairwise(scales))
    if len(parts) > 1 and (not falling or any(part[2] for part in parts) or scales[-1] == 1):
        raise _unreadable(text)
    values = [
        Decimal(part[1].replace(",", "") + (part[2] or "")) * scale
        for part, scale in zip(parts, scales, strict=True)
    ]
    if any(low >= high for high, low in zip(scales, values[1:], strict=False)):
        raise _unreadable(text)
    return sum(values, Decimal(0))


def _read_characters(whole: str, text: str) -> Decimal:
    """一百九十八万, 一点二亿, 一九八〇〇〇〇."""
    if "点" in whole:
        return _read_decimal(whole, text)
    if len(whole) > 1 and all(sign in _READS for sign in whole):
        if whole[0] == "零":
            raise _unreadable(text)
        return Decimal("".join(str(_READS[sign]) for sign in whole))
    return Decimal(_read_integer(whole, text))


def _read_decimal(whole: str, text: str) -> Decimal:
    before, _, after = whole.partition("点")
    decimals = "".join(str(_READS[sign]) for sign in _leading_digits(after))
    scale = _SCALES.get(after[len(decimals) :], 0)
    if not decimals or not scale:
        raise _unreadable(text)
    return (_read_integer(before, text) + Decimal(f"0.{decimals}")) * scale


def _leading_digits(text: str) -> str:
    return text[: next((place for place, sign in enumerate(text) if sign not in _READS), len(text))]


def _read_integer(words: str, text: str, *, follows: bool = False) -> int:
    """A whole number in words; `follows` says that a greater unit stands before it."""
    for unit, scale in (("亿", 10**8), ("万", 10**4)):
        if unit in words:
            head, _, tail = words.rpartition(unit)
            high = _read_integer(head, text, follows=follows)
            if not high or (unit == "万" and high >= scale):
                raise _unreadable(text)
            low = _read_integer(tail, text, follows=True) if tail else 0
            return high * scale + low
    return _read_section(words, text, follows=follows)


def _read_section(words: str, text: str, *, follows: bool) -> int:
    """Below ten thousand. A last digit without a unit after 百 or more is ambiguous and refused."""
    if words == "零" and not follows:
        return 0
    total, above, gap, place = 0, 10**4, False, 0
    while place < len(words):
        sign = words[place]
        if _READS.get(sign) == 0:
            if gap or not (follows or place):
                raise _unreadable(text)
            gap, place = True, place + 1
            continue
        digit = _READS.get(sign)
        if digit is None:
            if sign != "十" or place or follows:
                raise _unreadable(text)
            digit, place = 1, place - 1
        unit = _PLACES.get(words[place + 1 : place + 2], 1)
        ambiguous = unit == 1 and not gap and (above > 10 and (total > 0 or follows))
        if unit >= above or ambiguous:
            raise _unreadable(text)
        total, above, gap = total + digit * unit, unit, False
        place += 2 if unit > 1 else 1
    if not total or gap:
        raise _unreadable(text)
    return total


def _read_cents(cents: str, text: str, *, within_whole: bool) -> Decimal:
    """三角五分, 零伍分."""
    if not cents:
        return Decimal(0)
    digit = r"([\d一壹二贰貳两三叁叄參参四肆五伍六陆陸七柒八捌九玖])"
    form = re.fullmatch(rf"零?(?:{digit}角)?(?:零?{digit}分)?", cents, re.ASCII)
    if form is None or not any(form.groups()) or (cents.startswith("零") and not within_whole):
        raise _unreadable(text)
    tenths, hundredths = (0 if sign is None else _READS.get(sign, sign) for sign in form.groups())
    return Decimal(f"0.{tenths}{hundredths}")


def _integer(value: int) -> str:
    """A positive whole number in formal characters."""
    for scale, unit in ((10**8, "亿"), (10**4, "万")):
        if value >= scale:
            high, low = divmod(value, scale)
            gap = "零" if low and low < scale // 10 else ""
            return f"{_integer(high)}{unit}{gap}{_integer(low) if low else ''}"
    return _section(value)


def _section(value: int) -> str:
    text, gap = "", False
    for scale, unit in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = value // scale % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + unit
            gap = False
        else:
            gap = True
    return text


def _unreadable(text: str) -> ValueError:
    shown = text.strip() if len(text) <= _LENGTH_MAX else text.strip()[:_LENGTH_MAX] + "…"
    return ValueError(f"无法识别金额“{shown}”，请填写如 1980000.00、198万元 或 壹佰玖拾捌万元整 这样的金额")
