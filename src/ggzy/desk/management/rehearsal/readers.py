"""读入: JSON Lines notices, HTML notices and opening tables, as published.

A reader yields a `LotReading` or an `Unreadable` per record and never stops at a bad one.
"""

import csv
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path

from ggzy.desk.management.rehearsal import tables
from ggzy.desk.management.rehearsal.parcels import read_parcels
from ggzy.desk.management.rehearsal.readings import (
    ABSENT,
    BidderReading,
    LotReading,
    ParcelReading,
    PriceReading,
    Unreadable,
    read_price,
    read_round,
    settle_small_numbers,
)
from ggzy.kernel.instants import BEIJING
from ggzy.kernel.money import Money

NAME_CHARACTERS_MAX = 2000
BIDDERS_MAX = 100_000
FEN_MAX = 10**18  # what a column of fen holds, and more than any project costs
YEARS = (1990, 2090)
Record = LotReading | ParcelReading | Unreadable

# 表头: the words under which the cities publish the same thing.
HEADS = {
    "title": ("项目名称", "标段名称", "title", "project_name"),
    "count": ("投标单位数量", "投标人数量", "投标单位数", "bidders", "bidder_count"),
    "opened_at": ("开标时间", "opened_on", "opened_at"),
    "ceiling_wan": ("预算",),
    "ceiling": ("控制价", "control_price", "最高投标限价"),
    "award": ("中标金额", "award_amount", "中标价"),
    "code": ("项目编号", "tenderid", "关系id", "notice_id"),
}
SHOWN = (
    "项目编号",
    "工程分类",
    "project_type",
    "category",
    "地址",
    "area",
    "评标办法",
    "企业资质",
    "float_rate",
    "下浮率",
)


def read_file(path: Path) -> Iterator[Record]:
    """逐条读入 one file, plain or gzipped; the format is told by its content, not by its name."""
    try:
        text = _text(path)
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        yield Unreadable(path.name, 0, f"文件读不出：{error}")
        return
    first = text.lstrip("\ufeff \r\n")[:1]
    if not first:
        yield Unreadable(path.name, 0, "文件是空的")
    elif first in "{[":
        yield from _read_json(path.name, text)
    elif first == "<":
        yield _read_markup(path.name, 1, {"html": text})
    else:
        yield from _read_table(path.name, text)


def _text(path: Path) -> str:
    data = path.read_bytes()
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _read_json(source: str, text: str) -> Iterator[Record]:
    for line, record in _json_array(text) or _json_lines(text):
        if isinstance(record, ValueError):
            yield Unreadable(source, line, f"不是合法的 JSON：{record}")
        elif not isinstance(record, dict):
            yield Unreadable(source, line, "记录不是一个对象")
        elif "parcels" in record:
            yield from read_parcels(source, line, record)
        else:
            yield _read_notice(source, line, record)


def _json_array(text: str) -> list[tuple[int, object]]:
    """A file that is one JSON array of records; empty if it is anything else."""
    try:
        whole = json.loads(text) if text.lstrip()[:1] == "[" else None
    except (ValueError, RecursionError):
        return []
    return list(enumerate(whole, start=1)) if isinstance(whole, list) else []


def _json_lines(text: str) -> Iterator[tuple[int, object]]:
    # Only \n separates records: a notice may hold U+2028 and the like inside a string.
    for line, row in enumerate(text.split("\n"), start=1):
        if row.strip():
            try:
                yield line, json.loads(row)
            except ValueError as error:
                yield line, error
            except RecursionError:
                yield line, ValueError("嵌套太深")


def _read_notice(source: str, line: int, record: Mapping[str, object]) -> Record:
    try:
        if "candidates" in record:
            return _read_candidates(source, line, record)
        if "fields" in record:
            return _read_award(source, line, record)
        if "html" in record:
            return _read_markup(source, line, record)
        if "rule" in record:
            return Unreadable(source, line, "只有竞价规则，没有宗地")
    except (ValueError, TypeError, InvalidOperation, OverflowError) as error:
        return Unreadable(source, line, str(error))
    return Unreadable(source, line, "没有候选人、结果字段、宗地或正文，读不出标段")


def _read_candidates(source: str, line: int, record: Mapping[str, object]) -> Record:
    title = _title(record.get("project") or record.get("title"))
    rows = record["candidates"]
    if not isinstance(rows, list) or not rows:
        return Unreadable(source, line, "候选人名单是空的")
    bidders = []
    for row in rows:
        if not isinstance(row, dict):
            return Unreadable(source, line, "候选人不是一个对象")
        bidders.append(BidderReading(_name(row.get("bidder")), _price(row)))
    return LotReading(
        source=source,
        line=line,
        title=title,
        round=read_round(str(record.get("title") or title)),
        published_on=_date(record.get("date")),
        publicity=_span(record.get("publicity")),
        bidders=settle_small_numbers(_distinct(bidders)),
    )


def _price(row: Mapping[str, object]) -> PriceReading | None:
    text = str(row.get("price_text") or "").strip()
    number = row.get("price")
    if not text and isinstance(number, int | float) and not isinstance(number, bool):
        text = str(number)
    return read_price(_storable(text))


def _read_award(source: str, line: int, record: Mapping[str, object]) -> Record:
    given = record["fields"]
    if not isinstance(given, Mapping):
        return Unreadable(source, line, "结果字段不是一个对象")
    fields = {str(k).rstrip(":：").strip(): str(v).strip() for k, v in given.items()}
    winner = _name(fields.get("中标人") or fields.get("中标单位"))
    price_label = next((label for label in fields if label.startswith("中标价")), "")
    price = read_price(fields.get(price_label, ""))
    shown = tuple((k, v) for k, v in fields.items() if v not in ABSENT and "[人员信息已脱敏]" not in v)
    return LotReading(
        source=source,
        line=line,
        title=_title(fields.get("标段(包)名称") or record.get("title")),
        round=read_round(str(record.get("title") or "")),
        published_on=_date(record.get("date")),
        bidders=settle_small_numbers((BidderReading(winner, price),)),
        winner=winner,
        award_amount=price.amount if price else None,
        owner=fields.get("招标人", ""),
        agency=fields.get("招标机构", ""),
        fields=shown,
    )


def _read_markup(source: str, line: int, record: Mapping[str, object]) -> Record:
    """HTML 公告: candidates stand in columns, awards in label and value cells."""
    body = str(record["html"])
    try:
        record = {"title": tables.title(body), **record}
        rows = tables.rows(body)
        columns = tables.columns(rows, "中标候选人名称", "投标报价")
        if columns:
            candidates = [{"bidder": name, "price_text": price} for name, price in columns]
            notice = {
                **record,
                "project": tables.project(body) or record.get("title"),
                "candidates": candidates,
            }
            return _read_candidates(source, line, {**notice, "publicity": tables.publicity(body)})
        pairs = tables.pairs(rows)
        if "中标人" in pairs:
            return _read_award(source, line, {**record, "fields": pairs})
    except ValueError as error:
        return Unreadable(source, line, str(error))
    return Unreadable(source, line, "正文里没有候选人表，也没有中标人")


def _read_table(source: str, text: str) -> Iterator[Record]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    heads = {
        key: next((n for n in names if n in (reader.fieldnames or ())), "") for key, names in HEADS.items()
    }
    if not heads["title"] and not heads["count"]:
        yield Unreadable(
            source, 1, f"表头里没有项目名称，也没有投标人数量：{'、'.join(reader.fieldnames or ())[:200]}"
        )
        return
    try:
        for line, row in enumerate(reader, start=2):
            yield _read_row(source, line, row, heads)
    except csv.Error as error:
        yield Unreadable(source, reader.line_num, f"表格读不下去：{error}")


def _read_row(source: str, line: int, row: Mapping[str, str | None], heads: Mapping[str, str]) -> Record:
    def cell(key: str) -> str:
        return (row.get(heads[key]) or "").strip() if heads[key] else ""

    try:
        shown = tuple((k, str(row[k]).strip()) for k in SHOWN if str(row.get(k) or "").strip() not in ABSENT)
        title = cell("title") or _made_title(row, line)
        return LotReading(
            source=source,
            line=line,
            title=_title(re.sub(r"\[开评标信息\]$|中标结果公[示告]$|招标公告$", "", title)),
            round=read_round(title),
            opened_at=_instant(cell("opened_at")),
            bidder_count=_count(cell("count")) if heads["count"] else None,
            ceiling=_yuan(cell("ceiling")) or _yuan(cell("ceiling_wan"), unit=Decimal(10_000)),
            award_amount=_yuan(cell("award")),
            is_failed="流标" in str(row.get("数据标记") or ""),
            fields=shown,
        )
    except (ValueError, InvalidOperation, OverflowError) as error:
        return Unreadable(source, line, str(error))


def _made_title(row: Mapping[str, str | None], line: int) -> str:
    """A table without titles (丽水) still names place, trade and day."""
    parts = [(row.get(k) or "").strip() for k in ("area", "category", "method", "opened_on")]
    known = [part for part in parts if part and part != "0"]
    if not known:
        raise ValueError("没有项目名称")
    return "".join(known) + f"（第{line}行）"


def _title(value: object) -> str:
    text = _storable(re.sub(r"\s+", " ", str(value or "")).strip())
    if text in ABSENT:
        raise ValueError("没有项目名称")
    return re.sub(r"(中标候选人公示|中标结果公告|评标结果公示)$", "", text)[:NAME_CHARACTERS_MAX]


def _name(value: object) -> str:
    text = _storable(re.sub(r"\s+", " ", str(value or "")).strip())
    if text in ABSENT:
        raise ValueError("投标人没有名称")
    if len(text) > NAME_CHARACTERS_MAX:
        raise ValueError(f"投标人名称有 {len(text)} 个字，超过 {NAME_CHARACTERS_MAX}")
    return text


def _storable(text: str) -> str:
    """No database and no page takes a NUL or half of a character."""
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError("含有不能存储的字符")
    return text


def _distinct(bidders: list[BidderReading]) -> tuple[BidderReading, ...]:
    """A bidder listed twice bids once: the first mention counts."""
    return tuple(
        {b.name: b for b in reversed(bidders)}[name] for name in dict.fromkeys(b.name for b in bidders)
    )


def _count(text: str) -> int:
    number = Decimal(text) if re.fullmatch(r"\d+(\.0+)?", text) else None
    if number is None:
        raise ValueError(f"投标人数量不是数字：“{text}”")
    if number > BIDDERS_MAX:
        raise ValueError(f"投标人数量 {text} 超过 {BIDDERS_MAX}")
    return int(number)


def _yuan(text: str, *, unit: Decimal = Decimal(1)) -> Money | None:
    """金额（元）; published zeros, ones and hundreds stand for nothing."""
    if text in ABSENT:
        return None
    try:
        fen = (Decimal(text.replace(",", "")) * unit * 100).to_integral_value()
        if not fen.is_finite() or not 0 <= fen < FEN_MAX:
            raise ValueError
    except (ValueError, InvalidOperation):
        raise ValueError(f"金额不是数字：“{text[:40]}”") from None
    return Money(int(fen)) if fen > 100_000 * 100 else None


def _date(value: object) -> date | None:
    if not value:
        return None
    found = re.search(r"(\d{4})\s*[-/年.]\s*(\d{1,2})\s*[-/月.]\s*(\d{1,2})", str(value))
    try:
        day = date(*map(int, found.groups())) if found else date.min
    except ValueError:
        day = date.min
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise ValueError(f"日期读不出：“{str(value)[:40]}”")
    return day


def _instant(text: str) -> datetime | None:
    """时刻; 24:00 is the midnight that ends the day."""
    on = _date(text)
    if on is None:
        return None
    found = re.search(r"(\d{1,2})\s*[:时]\s*(\d{1,2})", text)
    hour, minute = map(int, found.groups()) if found else (9, 30)
    if (hour, minute) == (24, 0):
        return datetime(on.year, on.month, on.day, tzinfo=BEIJING) + timedelta(days=1)
    if hour > 23 or minute > 59:
        raise ValueError(f"时间读不出：“{text[:40]}”")
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=BEIJING)


def _span(value: object) -> tuple[datetime, datetime] | None:
    if not value:
        return None
    halves = str(value).split("至")
    ends = [_instant(half) for half in halves]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        raise ValueError(f"公示期读不出：“{value}”")
    return ends[0], ends[1]
