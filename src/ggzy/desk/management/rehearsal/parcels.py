"""读入: land listing notices with parcels, as published. One reading a parcel; a bad parcel stops no other."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from ggzy.desk.management.rehearsal.readings import ABSENT, ParcelReading, Unreadable
from ggzy.kernel.instants import BEIJING
from ggzy.kernel.money import Money

PARCELS_MAX = 1000
TEXT_MAX = 500
TITLE_MAX = 180
FEN_MAX = 10**15
AREA_MAX = Decimal(10**10)
YEARS = (1990, 2090)
WAN = Decimal(10_000)
MINUTES = (1, 24 * 60)
HIDDEN = re.compile("隐去|脱敏|略")
SHOWN = (("far", "容积率"), ("density", "建筑密度"), ("green", "绿地率"), ("height", "建筑限高"))
MOMENT = re.compile(
    r"(\d{4})\s*[-/年.]\s*(\d{1,2})\s*[-/月.]\s*(\d{1,2})\s*日?"
    r"(?:[T ]?\s*(\d{1,2})\s*[:：时]\s*(\d{1,2})?分?(?::\d{2})?(?:\+08:00)?)?"
)
STEP = re.compile(r"([\d.,]+)\s*(万元|元)\s*(?:[/每]\s*(亩|㎡|m²|m2|平方米|次|宗|轮))?")
UNITS = {"亩": "亩", "㎡": "㎡", "m²": "㎡", "m2": "㎡", "平方米": "㎡"}


def read_parcels(
    source: str, line: int, record: Mapping[str, object]
) -> Iterator[ParcelReading | Unreadable]:
    """一份公告的全部宗地; a notice whose dates cannot be read has none."""
    parcels = record["parcels"]
    if not isinstance(parcels, list) or not parcels:
        yield Unreadable(source, line, "宗地名单是空的")
        return
    if len(parcels) > PARCELS_MAX:
        yield Unreadable(source, line, f"宗地有 {len(parcels)} 宗，超过 {PARCELS_MAX}")
        return
    try:
        common = _notice(record)
    except (ValueError, TypeError, InvalidOperation, OverflowError) as error:
        yield Unreadable(source, line, str(error))
        return
    for number, parcel in enumerate(parcels, start=1):
        try:
            yield _parcel(source, line, number, parcel, common)
        except (ValueError, TypeError, InvalidOperation, OverflowError) as error:
            yield Unreadable(source, line, f"第 {number} 宗：{error}")


def _notice(record: Mapping[str, object]) -> dict[str, Any]:
    """What all parcels of a notice share."""
    opens, closes = _moment(record.get("listing_from"), 9), _moment(record.get("listing_to"), 15)
    rule = record.get("rule")
    rule = rule if isinstance(rule, Mapping) else {}
    return {
        "notice": _text(record.get("notice") or record.get("title")) or "国有建设用地使用权挂牌出让公告",
        "opens": opens,
        "closes": closes,
        "apply": _span(record.get("registration")) or _span(record.get("deposit_period")),
        "has_hours": any(sign in str(record.get("listing_to") or "") for sign in ":：时"),
        "free_minutes": _minutes(rule.get("free_bidding_minutes")),
        "timed_minutes": _minutes(rule.get("timed_bidding_minutes")),
        "owner": _text(record.get("owner") or record.get("seller")),
    }


def _parcel(source: str, line: int, number: int, parcel: object, common: Mapping[str, Any]) -> ParcelReading:
    if not isinstance(parcel, Mapping):
        raise ValueError("宗地不是一个对象")
    shared = dict(common)
    notice = str(shared.pop("notice"))
    name = _text(parcel.get("no"))
    known = name if name and not HIDDEN.search(name) else f"第 {number} 宗地"
    start = _wan(parcel.get("start_wan"), "起始价")
    if start is None:
        raise ValueError("没有起始价")
    step, per = _step(parcel)
    shown = tuple((label, text) for key, label in SHOWN if (text := _text(parcel.get(key))))
    return ParcelReading(
        source=source,
        line=line,
        title=f"{notice}：{known}"[:TITLE_MAX],
        start=start,
        deposit=_wan(parcel.get("deposit_wan"), "保证金"),
        step=step,
        per=per,
        area=_area(parcel.get("area_m2")),
        use=_text(parcel.get("use")),
        years=_text(parcel.get("years")),
        location=_text(parcel.get("location")),
        fields=shown,
        **shared,
    )


def _step(parcel: Mapping[str, object]) -> tuple[Money | None, str]:
    """增价幅度, and for what: the whole, each 亩 or each ㎡ ("0.2 万元/亩"). Words nobody can count are none."""
    found = STEP.fullmatch(_text(parcel.get("step")))
    if found is None:
        return _wan(parcel.get("step_wan"), "增价幅度"), ""
    number = _number(found[1], "增价幅度") or Decimal(0)
    return _money(number * (1 if found[2] == "元" else WAN), "增价幅度"), UNITS.get(found[3] or "", "")


def _wan(value: object, what: str) -> Money | None:
    """万元; None where nothing is given."""
    number = _number(value, what)
    return None if number is None else _money(number * WAN, what)


def _money(yuan: Decimal, what: str) -> Money:
    fen = int((yuan * 100).to_integral_value())
    if not 0 < fen < FEN_MAX:
        raise ValueError(f"{what}应大于零且不超过 {FEN_MAX // 100} 元")
    return Money(fen)


def _area(value: object) -> Decimal | None:
    number = _number(value, "土地面积")
    if number is not None and not 0 < number < AREA_MAX:
        raise ValueError("土地面积应大于零")
    return number


def _number(value: object, what: str) -> Decimal | None:
    """A plain number; true, NaN and lists are none."""
    if value is None or (isinstance(value, str) and value.strip() in ABSENT):
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(f"{what}不是数字：“{str(value)[:40]}”")
    try:
        number = Decimal(str(value).replace(",", "").strip())
    except InvalidOperation:
        raise ValueError(f"{what}不是数字：“{str(value)[:40]}”") from None
    if not number.is_finite():
        raise ValueError(f"{what}不是数字：“{str(value)[:40]}”")
    return number


def _minutes(value: object) -> int | None:
    number = _number(value, "竞价时长")
    if number is None:
        return None
    if number != number.to_integral_value() or not MINUTES[0] <= number <= MINUTES[1]:
        raise ValueError(f"竞价时长读不出：“{str(value)[:40]}”")
    return int(number)


def _span(value: object) -> tuple[datetime, datetime] | None:
    """起止: two moments with a slash between."""
    if not value:
        return None
    halves = str(value).split("/")
    ends = [_moment(halves[0], 9), _moment(halves[-1], 17)]
    if len(halves) != 2 or ends[0] is None or ends[1] is None:
        raise ValueError(f"报名时间读不出：“{str(value)[:60]}”")
    return ends[0], ends[1]


def _moment(value: object, hour: int) -> datetime | None:
    """时刻; a day alone gets that hour."""
    if not value:
        return None
    found = MOMENT.fullmatch(str(value).strip())
    if found is None:
        raise ValueError(f"日期读不出：“{str(value)[:40]}”")
    year, month, day = (int(found[place]) for place in (1, 2, 3))
    clock = (int(found[4]), int(found[5] or 0)) if found[4] else (hour, 0)
    if not YEARS[0] <= year <= YEARS[1]:
        raise ValueError(f"日期读不出：“{str(value)[:40]}”")
    past = timedelta(days=1) if clock == (24, 0) else timedelta()
    try:
        at = datetime(year, month, day, 0 if past else clock[0], clock[1], tzinfo=BEIJING)
    except ValueError:
        raise ValueError(f"日期读不出：“{str(value)[:40]}”") from None
    return at + past


def _text(value: object) -> str:
    text = re.sub(r"\s+", " ", str(value if value is not None else "")).strip()
    if text in ABSENT:
        return ""
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError("含有不能存储的字符")
    if len(text) > TEXT_MAX:
        raise ValueError(f"文字有 {len(text)} 个字，超过 {TEXT_MAX}")
    return text
