"""公告发布: the few fields of an OCDS release that the flags look at, typed; a field of another type counts as absent."""

from __future__ import annotations

import math
from typing import Any

import msgspec

DEPTH_MAX = 127  # deeper nesting is refused, as the tool compared with refuses it
TOO_MANY = b"[" * (DEPTH_MAX + 1)
AS_SQUARE = bytes.maketrans(b"{}", b"[]")  # braces count as brackets
OPENS, CLOSES, RETURN = b"{}\r"
NO_BRACKET = bytes(set(range(256)) - set(b"[]{}\n"))
NO_MARK = bytes(set(range(256)) - set(b'[]{}"'))


class Unreadable(Exception):
    """不能读取: the message is Chinese."""


class Malformed(Exception):
    """无法识别: this line is no JSON object of a release; the message is Chinese and says why."""


class Reference(msgspec.Struct, gc=False):
    """引用: an organisation, or a classification, by its identifier."""

    id: str | None = None


class Price(msgspec.Struct, gc=False):
    """金额: as the file has it; statistics of others' prices, never this platform's money."""

    amount: float | None = None
    currency: str | None = None


class Bid(msgspec.Struct, gc=False):
    """投标: one of /bids/details."""

    status: str | None = None
    date: str | None = None
    tenderers: list[Reference] | None = None
    value: Price | None = None


class Item(msgspec.Struct, gc=False):
    """标的物: for its classification."""

    classification: Reference | None = None


class Award(msgspec.Struct, gc=False):
    """中标: one of /awards."""

    status: str | None = None
    suppliers: list[Reference] | None = None
    items: list[Item] | None = None


class Period(msgspec.Struct, gc=False, rename={"starts": "startDate", "ends": "endDate"}):
    """期间: two moments as text."""

    starts: str | None = None
    ends: str | None = None


class Tender(
    msgspec.Struct,
    gc=False,
    rename={
        "method": "procurementMethod",
        "method_details": "procurementMethodDetails",
        "period": "tenderPeriod",
        "tenderers_count": "numberOfTenderers",
        "procuring_entity": "procuringEntity",
    },
):
    """招标: /tender."""

    status: str | None = None
    method: str | None = None
    method_details: str | None = None
    period: Period | None = None
    tenderers_count: int | float | None = None
    procuring_entity: Reference | None = None


class Bids(msgspec.Struct, gc=False):
    """投标情况: /bids."""

    details: list[Bid] | None = None


class Release(msgspec.Struct, gc=False, rename={"compiled": "compiledRelease"}):
    """公告发布: what one contracting process has published. What has one of the last three is a record or a package."""

    ocid: str
    buyer: Reference | None = None
    tender: Tender | None = None
    bids: Bids | None = None
    awards: list[Award] | None = None
    compiled: None = None
    releases: None = None
    records: None = None


_typed = msgspec.json.Decoder(Release)
_untyped = msgspec.json.Decoder(float_hook=float)  # a number too large to hold becomes infinite, not an error


def typed_lines(block: bytes) -> list[Release] | None:
    """成块解析: a release of each line, whose fields all have their types; None where some line needs a closer look."""
    brackets = block.translate(AS_SQUARE, NO_BRACKET).split(b"\n")
    if len(max(brackets, key=len)) > 2 * DEPTH_MAX and _is_deep(block):
        return None
    if not _is_lined(block):
        return None
    try:
        block.decode()
        releases = _typed.decode_lines(block)
    except (UnicodeDecodeError, msgspec.DecodeError, RecursionError):
        return None
    return releases if len(releases) == len(brackets) else None  # some line holds two


def _is_lined(block: bytes) -> bool:
    """Whether a new line always parts two objects: within one, what follows its `}` there is no `{`."""
    if not block.startswith(b"{") or block.endswith(b"\n"):
        return False
    end = block.find(b"\n")
    while end > 0:
        closed = block[end - 1] if block[end - 1] != RETURN else block[end - 2]
        if closed != CLOSES or block[end + 1] != OPENS:
            return False
        end = block.find(b"\n", end + 1)
    return True


def typed(value: bytes) -> Release | None:
    """快速解析: one release whose fields all have their types; None where only `tree` can tell."""
    if value.count(b"{") + value.count(b"[") > DEPTH_MAX and _is_deep(value):
        return None
    try:
        return _typed.decode(value)
    except (msgspec.DecodeError, RecursionError):
        return None


def tree(line: bytes) -> Any:
    """完整解析: the JSON value as it is. Raises Malformed."""
    if _is_deep(line):
        raise Malformed(f"嵌套超过 {DEPTH_MAX} 层")
    try:
        line.decode()
        return _untyped.decode(line)
    except UnicodeDecodeError as error:
        raise Malformed(f"不是 UTF-8 文本（第 {error.start + 1} 字节）") from None
    except (msgspec.DecodeError, RecursionError) as error:
        raise Malformed(f"不是有效的 JSON（{_place(str(error))}）") from None


def _place(told: str) -> str:
    """Where the library says it stopped, counted from one."""
    byte = told.rpartition("(byte ")[2].removesuffix(")")
    return f"第 {int(byte) + 1} 字节" if byte.isdecimal() else "没有完" if "truncated" in told else told


def release_of(value: dict[str, Any]) -> Release:
    """宽容读取: what has another type than the standard says is absent, and the rest stays."""
    return Release(
        ocid=value["ocid"],
        buyer=_made(_reference, value.get("buyer")),
        tender=_made(_tender, value.get("tender")),
        bids=_made(lambda bids: Bids(_each(_bid, bids.get("details"))), value.get("bids")),
        awards=_each(_award, value.get("awards")),
    )


def _tender(value: dict[str, Any]) -> Tender:
    count = value.get("numberOfTenderers")
    return Tender(
        status=_text(value.get("status")),
        method=_text(value.get("procurementMethod")),
        method_details=_text(value.get("procurementMethodDetails")),
        period=_made(
            lambda period: Period(_text(period.get("startDate")), _text(period.get("endDate"))),
            value.get("tenderPeriod"),
        ),
        tenderers_count=count if _is_number(count) else None,
        procuring_entity=_made(_reference, value.get("procuringEntity")),
    )


def _bid(value: dict[str, Any]) -> Bid:
    return Bid(
        status=_text(value.get("status")),
        date=_text(value.get("date")),
        tenderers=_each(_reference, value.get("tenderers")),
        value=_made(_price, value.get("value")),
    )


def _award(value: dict[str, Any]) -> Award:
    return Award(
        status=_text(value.get("status")),
        suppliers=_each(_reference, value.get("suppliers")),
        items=_each(_item, value.get("items")),
    )


def _item(value: dict[str, Any]) -> Item:
    return Item(_made(_reference, value.get("classification")))


def _reference(value: dict[str, Any]) -> Reference:
    return Reference(_text(value.get("id")))


def _price(value: dict[str, Any]) -> Price:
    return Price(_amount(value.get("amount")), _text(value.get("currency")))


def _amount(value: Any) -> float | None:
    if not _is_number(value):
        return None
    try:
        amount = float(value)
    except OverflowError:
        return None
    return amount if math.isfinite(amount) else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _made(make: Any, value: Any) -> Any:
    return make(value) if isinstance(value, dict) else None


def _each(make: Any, value: Any) -> Any:
    """An array keeps its length: what is no object in it is an object without fields."""
    if not isinstance(value, list):
        return None
    return [make(one if isinstance(one, dict) else {}) for one in value]


def _is_deep(value: bytes) -> bool:
    """Whether it nests too deep, brackets in texts not counted; each round takes the innermost away."""
    if b"\\" in value:
        value = value.replace(b"\\\\", b"").replace(b'\\"', b"")
    marks = value.translate(AS_SQUARE, NO_MARK).replace(b'""', b"")
    brackets = b"".join(marks.split(b'"')[::2])
    for _ in range(DEPTH_MAX):
        if TOO_MANY in brackets:
            return True
        fewer = brackets.replace(b"[]", b"")
        if len(fewer) == len(brackets):
            return False  # what is left closes nothing
        brackets = fewer
    return b"[]" in brackets
