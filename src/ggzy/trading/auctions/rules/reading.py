"""报价的读数: what arrives at the door becomes a press, or is refused with every reason.

A program sends a whole number of the smallest unit and nothing else. A person's text is read by
`from_text`, in every form people write amounts in.
"""

import json
import math
import re
import unicodedata
from decimal import Decimal
from typing import Any

from ggzy.kernel.money import Money, Rate
from ggzy.kernel.verdict import Reason, Refused
from ggzy.trading.auctions.values import UNITS_MAX, Amount, Measure, Offer, OfferKind

PRESS_MAX, PADDLE_MAX = 64, 9999
RAW_MAX, ITEMS_MAX = 2048, 20
KINDS, MEASURES = [kind.value for kind in OfferKind], [measure.value for measure in Measure]
NUMBER = re.compile(r"-?\d{1,13}(\.\d{1,6})?", re.ASCII)
DIGEST = re.compile(r"[a-z0-9]{2,16}:[0-9a-f]{64}")
UNREADABLE = Reason("unreadable", "收到的内容无法识别，应为一个 JSON 对象")
REUSED = Reason("press_reused", "同一操作标识已用于另一次操作", remedy="请刷新页面后再操作")
TOO_LONG = Reason("too_long", f"收到的内容过长，应不超过 {RAW_MAX} 个字符")
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


def offer_of(text: str, paddle: int) -> Offer:
    """读一次操作, as a program sends it. What cannot be read whole becomes a press that bears only its raw text.

    Raises `Refused` where not even its name can be read: what has no name cannot be answered.
    """
    said = _object(text)
    press = press_of(said.get("press"))
    reasons = _flaws(said)
    if reasons:
        return Offer(paddle, press, raw=text)
    amount = said.get("amount")
    return Offer(
        paddle, press, None if amount is None else _amount(amount), OfferKind(said.get("kind", "price")),
        tuple(Decimal(item) for item in said.get("items") or ()), said.get("digest") or "",
    )  # fmt: skip


def flaws(raw: str) -> tuple[Reason, ...]:
    """读不出的理由 of a raw press: all of them."""
    try:
        return _flaws(_object(raw))
    except Refused as refused:
        return refused.reasons


def _object(text: str) -> dict[str, Any]:
    try:
        said = json.loads(text) if len(text) <= RAW_MAX else None
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise Refused([UNREADABLE if len(text) <= RAW_MAX else TOO_LONG])
    return said


def _flaws(said: dict[str, Any]) -> tuple[Reason, ...]:
    found = [REUSED] if said.get("reused") is True else []
    if said.get("kind", "price") not in KINDS:
        found.append(Reason("kind", "没有这种操作"))
    if said.get("amount") is not None:
        try:
            _amount(said["amount"])
        except Refused as refused:
            found += refused.reasons
    items = said.get("items") or []
    if not isinstance(items, list) or len(items) > ITEMS_MAX or not all(_is_number(item) for item in items):
        found.append(Reason("items", "权重项应为一组数，每项以文字写明"))
    sealed = said.get("digest") or ""
    if not isinstance(sealed, str) or (sealed and not DIGEST.fullmatch(sealed)):
        found.append(Reason("digest", "密封文件的摘要不成立"))
    return tuple(found)


def _amount(value: object) -> Amount:
    """Money in fen as a bare number, or an object of measure and units."""
    if not isinstance(value, dict):
        return from_number(value)
    measure = value.get("measure", Measure.MONEY)
    if measure not in MEASURES:
        raise Refused([Reason("measure", "没有这种计量")])
    return from_number(value.get("units"), Measure(measure))


def _is_number(item: object) -> bool:
    return isinstance(item, str) and NUMBER.fullmatch(item) is not None


def paddle_of(value: object) -> int:
    """号牌号码. Raises `Refused`."""
    if type(value) is not int or not 0 < value <= PADDLE_MAX:
        raise Refused([Reason("paddle", "缺少号牌号码或不是整数")])
    return value
