"""报价的读数: what arrives at the door becomes a whole number of units, or is refused with its reason.

A program sends a whole number of the smallest unit and nothing else. A person's text is read by
`from_text`, in every form people write amounts in.
"""

import math
import re
import unicodedata
from decimal import Decimal

from ggzy.kernel.money import Money, Rate
from ggzy.kernel.verdict import Reason, Refused
from ggzy.trading.auctions.values import UNITS_MAX, Amount, Measure

PRESS_MAX, PADDLE_MAX = 64, 9999
AREA = re.compile(r"(\d{1,13}(?:\.\d{1,6})?)\s*(?:m2|平方米)?", re.ASCII)


def from_number(value: object, measure: Measure = Measure.MONEY) -> Amount:
    """从接口读数. Raises `Refused` for anything but a positive whole number of units within the limit."""
    if type(value) is int:
        return Amount(measure, _bounded(value))
    raise Refused([_strange(value)])


def _strange(value: object) -> Reason:
    if isinstance(value, bool):
        return Reason("boolean", "报价应为整数，收到的是真假值")
    if isinstance(value, float):
        if not math.isfinite(value):
            return Reason("not_finite", "报价应为整数，收到的不是一个有限的数")
        return Reason("fraction", f"报价应为最小单位的整数，收到的是小数 {value!r}")
    if isinstance(value, str):
        if any(unicodedata.east_asian_width(sign) == "F" for sign in value):
            return Reason("full_width", "报价含有全角字符", remedy="请改用半角数字")
        return Reason("text", "报价应为整数，收到的是文字", remedy="金额以分为单位，不加引号")
    return Reason("missing", "没有填写报价")


def _bounded(units: int) -> int:
    if units <= 0:
        word = "零" if units == 0 else "负数"
        raise Refused([Reason("not_positive", f"报价应大于零，收到的是{word}")])
    if units > UNITS_MAX:
        raise Refused(
            [Reason("enormous", "报价超出可受理的范围", remedy="请核对是否多输入了数字或选错了单位")]
        )
    return units


def from_text(text: str, measure: Measure = Measure.MONEY) -> Amount:
    """从表单读数: 259万元, 2,590,000.00, 12.5%, 300. Raises `Refused` with what is wrong."""
    try:
        amount = _read(text, measure)
    except ValueError as wrong:
        raise Refused([Reason("unreadable", str(wrong))]) from None
    return Amount(measure, _bounded(amount.units))


def _read(text: str, measure: Measure) -> Amount:
    if measure is Measure.MONEY:
        return Amount.of_money(Money.parse(text))
    if measure is Measure.RATE:
        return Amount.of(measure, Rate.parse(text).value)
    # NFKC writes ㎡ as m2.
    form = AREA.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if form is None:
        raise ValueError(f"无法识别“{text.strip()[:60]}”，请填写如 300 或 1234.5 这样的数额")
    return Amount.of(measure, Decimal(form[1]))


def press_of(value: object) -> str:
    """操作标识: a short plain string that the client makes anew for each press. Raises `Refused`."""
    is_plain = (
        isinstance(value, str) and 8 <= len(value) <= PRESS_MAX and value.isascii() and value.isprintable()
    )
    if not is_plain or not isinstance(value, str):
        raise Refused([Reason("press", f"缺少操作标识，应为 8 至 {PRESS_MAX} 个可见字符")])
    return value


def paddle_of(value: object) -> int:
    """号牌号码. Raises `Refused`."""
    if type(value) is not int or not 0 < value <= PADDLE_MAX:
        raise Refused([Reason("paddle", "缺少号牌号码或不是整数")])
    return value
