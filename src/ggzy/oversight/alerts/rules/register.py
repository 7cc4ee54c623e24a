"""合同登记的读入: a table of contracts, line by line; what cannot be read is told with its line. Pure."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.money import Money
from ggzy.oversight.alerts.values.register import Entry, Slip

NATURES = {
    "工程": "works",
    "货物": "goods",
    "服务": "services",
    "works": "works",
    "goods": "goods",
    "services": "services",
}
COLUMNS = (
    "合同编号", "业主代码", "合同名称", "金额（元）", "签订日期", "供应方", "交易分类", "性质", "行政区划", "标识码",
)  # fmt: skip
NEEDED = COLUMNS[:-1]
LINE_MAX = 20_000
FIELD_MAX = 300
ID_CHARS = 32


def read(text: str) -> Iterator[Entry | Slip]:
    """合同登记表: comma separated, with a line of heads. Lines are counted as in the file, from 1."""
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="")
    rows = csv.reader(_bounded(lines), strict=False)
    heads = [head.strip() for head in next(rows, [])]
    missing = [name for name in NEEDED if name not in heads]
    if missing:
        yield Slip(1, f"表头缺少：{'、'.join(missing)}")
        return
    while True:
        before = rows.line_num
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Slip(max(rows.line_num, before + 1), f"不是完整的一行：{error}")
            continue
        if row is None:
            return
        if any(cell.strip() for cell in row):
            yield _entry(before + 1, heads, row)


def table(text: str) -> tuple[tuple[Entry, ...], tuple[Slip, ...]]:
    """合同登记表, each contract once: a number that comes again is a slip, not a second contract."""
    entries: dict[str, Entry] = {}
    slips = []
    for one in read(text):
        if isinstance(one, Slip):
            slips.append(one)
        elif (before := entries.setdefault(entry_id(one), one)) is not one:
            slips.append(Slip(one.line, f"合同编号 {one.number} 与第 {before.line} 行重复"))
    return tuple(entries.values()), tuple(slips)


def entry_id(entry: Entry) -> str:
    """合同的恒定编号: of the owner and the register's number."""
    return hashlib.sha256(f"{entry.owner}\n{entry.number}".encode()).hexdigest()[:ID_CHARS]


def _bounded(lines: Iterator[str]) -> Iterator[str]:
    """A line without end is cut: its fields then fail by their own rules."""
    for line in lines:
        yield line if len(line) <= LINE_MAX else line[:LINE_MAX].replace('"', "") + "\n"


def _entry(line: int, heads: list[str], row: list[str]) -> Entry | Slip:
    if len(row) < len(heads) - 1 or len(row) > len(heads):
        return Slip(line, f"应有 {len(heads)} 列，现为 {len(row)} 列")
    said = {head: cell.strip() for head, cell in zip(heads, row, strict=False)}
    faults: list[str] = []
    fields = {name: _field(said, name, parse, faults) for name, parse in _PARSERS.items()}
    faults += [f"“{name}”未填写" for name in ("合同编号", "合同名称", "供应方", "交易分类") if not said[name]]
    faults += [f"“{name}”过长" for name, cell in said.items() if len(cell) > FIELD_MAX]
    if faults:
        return Slip(line, "；".join(faults))
    return Entry(
        line=line,
        number=said["合同编号"],
        owner=fields["业主代码"],
        title=said["合同名称"],
        amount=fields["金额（元）"],
        signed_on=fields["签订日期"],
        supplier=said["供应方"],
        category=said["交易分类"],
        nature=fields["性质"],
        region=fields["行政区划"],
        lot=said.get("标识码", ""),
    )


def _field(said: Mapping[str, str], name: str, parse: Callable[[str], Any], faults: list[str]) -> Any:
    try:
        return parse(said[name])
    except (ValueError, KeyError) as error:
        faults.append(f"“{name}”{said[name][:40]!r}：{error if isinstance(error, ValueError) else '不认识'}")
        return None


def _amount(text: str) -> Money:
    amount = Money.parse(text)
    if amount.fen <= 0:
        raise ValueError("应大于零")
    return amount


_PARSERS: Mapping[str, Callable[[str], Any]] = {
    "业主代码": CreditCode.parse,
    "金额（元）": _amount,
    "签订日期": date.fromisoformat,
    "性质": NATURES.__getitem__,
    "行政区划": RegionCode.parse,
}
