"""导入文件的读法: a table with a head, read line by line; a line that is wrong stops no other."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.instants import add_months
from ggzy.registers.credit.rules.records import TEXT_MAX
from ggzy.registers.credit.values import (
    Blacklist,
    Decision,
    Fault,
    Gravity,
    RecordKind,
    Row,
    Screened,
)

HEAD = ("统一社会信用代码", "主体名称", "类别", "决定机关", "决定文号", "法律依据", "决定日期", "事由")
MORE = ("严重程度", "截止日期")
ROWS_MAX = 5_000
BYTES_MAX = 5 * 1024 * 1024
YEARS = range(1900, 2200)  # a term counted from beyond them would leave the calendar
KINDS = {kind.label: kind for kind in RecordKind}
GRAVITIES = {gravity.label: gravity for gravity in Gravity}


def decoded(data: bytes) -> str:
    """文本: UTF-8, else GB18030 as spreadsheets write it. Raises ValueError for neither, or too much."""
    if len(data) > BYTES_MAX:
        raise ValueError(f"文件超过{BYTES_MAX // 1024 // 1024} MB，请分开导入")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError("文件不是 UTF-8 或者 GB18030 编码的文本")


def read(text: str, lists: Mapping[str, Blacklist], today: date) -> Screened:
    """读表. Line numbers are those of the file; a line that repeats an earlier one is known already."""
    by_name = {kind.name: kind for kind in lists.values()}
    ready: dict[tuple[str, str, str, str], Row] = {}
    known, faults = [], []
    for line, cells in _lines(text):
        if isinstance(cells, str):
            faults.append(Fault(line, (cells,)))
            continue
        row, wrong = _row(line, cells, by_name, today)
        if row is None or wrong:
            faults.append(Fault(line, wrong))
        elif row.key in ready:
            known.append(line)
        else:
            ready[row.key] = row
    return Screened(tuple(ready.values()), tuple(known), tuple(faults))


def _lines(text: str) -> Iterator[tuple[int, dict[str, str] | str]]:
    """Each line of the table with its number: cells by their head, or what is wrong with it."""
    rows = csv.reader(io.StringIO(text.replace("\0", "�"), newline=""))
    head: list[str] = []
    count = 0
    while True:
        try:
            cells = next(rows, None)
        except csv.Error as error:
            yield rows.line_num, f"不是有效的表格行：{error}"
            continue
        if cells is None:
            break
        if not any(cell.strip() for cell in cells):
            continue
        if not head:
            head = [cell.strip() for cell in cells]
            missing = [name for name in HEAD if name not in head]
            if missing:
                yield rows.line_num, f"表头缺少：{'、'.join(missing)}"
                return
            continue
        count += 1
        if count > ROWS_MAX:
            yield rows.line_num, f"超过{ROWS_MAX}行，其后没有读取，请分开导入"
            return
        if len(cells) != len(head):
            yield rows.line_num, f"有{len(cells)}栏，表头有{len(head)}栏"
            continue
        yield rows.line_num, dict(zip(head, (cell.strip() for cell in cells), strict=True))


def _row(
    line: int, cells: dict[str, str], lists: Mapping[str, Blacklist], today: date
) -> tuple[Row | None, tuple[str, ...]]:
    wrong = [f"没有填写{name}" for name in HEAD if not cells[name]]
    wrong += [f"{name}超过{TEXT_MAX}个字" for name in HEAD if len(cells[name]) > TEXT_MAX]
    party = _party(cells["统一社会信用代码"], wrong)
    decided_on = _day("决定日期", cells["决定日期"], wrong)
    if decided_on is not None and decided_on > today:
        wrong.append("决定日期不能晚于今天")
    kind, listed = KINDS.get(cells["类别"]), lists.get(cells["类别"])
    if kind is None and listed is None:
        wrong.append(f"类别“{cells['类别'][:40]}”不是已知的名单或者记录类别")
    gravity = GRAVITIES.get(cells.get("严重程度", ""))
    if kind is not None and kind.is_adverse and gravity is None:
        wrong.append("行政处罚和失信行为应当写明严重程度：轻微、一般或者严重")
    end = _end(cells.get("截止日期", ""), listed, decided_on, today, wrong)
    if wrong or party is None or decided_on is None:
        return None, tuple(wrong)
    decision = Decision(cells["决定机关"], cells["决定文号"], cells["法律依据"], decided_on)
    adverse = gravity if kind is not None and kind.is_adverse else None
    code = listed.code if listed else ""
    return Row(line, party, cells["主体名称"], decision, cells["事由"], code, kind, adverse, end), ()


def _party(text: str, wrong: list[str]) -> CreditCode | None:
    if not text:
        return None
    try:
        return CreditCode.parse(text)
    except ValueError as error:
        wrong.append(str(error))
        return None


def _day(name: str, text: str, wrong: list[str]) -> date | None:
    if not text:
        return None
    try:
        found = date.fromisoformat(text.replace("/", "-"))
    except ValueError:
        found = None
    if found is None or found.year not in YEARS:
        wrong.append(f"{name}“{text[:20]}”不是日期，应如 2026-06-01")
        return None
    return found


def _end(
    text: str, listed: Blacklist | None, decided_on: date | None, today: date, wrong: list[str]
) -> date | None:
    """名单截止日: what the file says, within the longest term of the list; not over yet."""
    if listed is None or decided_on is None:
        return None
    latest = add_months(decided_on, listed.months_max)
    end = _day("截止日期", text, wrong) if text else latest
    if end is not None and not today <= end <= latest:
        wrong.append(
            f"截止日期{end}已过" if end < today else f"截止日期超过名单的最长期限{listed.months_max}个月"
        )
    return end
