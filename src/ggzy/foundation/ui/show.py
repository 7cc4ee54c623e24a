"""显示: the only ways money, moments, states, codes and digests are printed on a page."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup, escape

from ggzy.kernel.money import Money, Rate

BEIJING = timezone(timedelta(hours=8))
WEEKDAYS = "一二三四五六日"

# The words of a state decide its tag: word + shape + colour, never colour alone.
SHAPES: Mapping[str, str] = {
    "neutral": "○",
    "open": "●",
    "soon": "◐",
    "live": "▶",
    "evaluating": "◆",
    "publicity": "◇",
    "done": "✓",
    "stopped": "■",
}
WORDS: Mapping[str, tuple[str, ...]] = {
    "neutral": ("编制中", "已登记", "已归档", "未开始", "已撤回", "已作废", "草稿", "待定", "已结束"),
    "open": ("公告中", "报名中", "挂牌中", "招标中", "已公告", "进行中", "已受理", "待处理", "待答复"),
    "soon": (
        "即将截止",
        "即将开标",
        "今日截止",
        "今日开标",
        "需修改",
        "缺少材料",
        "未到账",
        "未缴足",
        "待退还",
        "合同待签",
    ),
    "live": ("正在开标", "正在竞价", "解密中"),
    "evaluating": ("评标中", "已截止", "已开标", "评审中", "待定标", "已加密"),
    "publicity": ("公示期内", "公示中", "已公示"),
    "done": (
        "已成交",
        "已签约",
        "已发中标通知书",
        "已履约",
        "已定标",
        "已完成",
        "已解密",
        "已到账",
        "已递交",
        "已签到",
        "已确认",
        "履约中",
        "已答复",
        "已退还",
        "已缴足",
        "正常",
    ),
    "stopped": (
        "暂停",
        "已暂停",
        "终止",
        "已终止",
        "流标",
        "已流标",
        "废标",
        "已否决",
        "解密失败",
        "不予退还",
        "中标人放弃",
        "未产生中标人",
    ),
}
TAGS: Mapping[str, str] = {word: tag for tag, words in WORDS.items() for word in words}


def money(amount: Money | None, *, characters: bool = False, unit: bool = True) -> Markup:
    """金额: `1,980,000.00 元`, with the characters behind it if asked for."""
    if amount is None:
        return Markup('<span class="nothing">—</span>')
    tail = Markup(" 元") if unit else Markup("")
    words = Markup("（{}）").format(amount.characters()) if characters else Markup("")
    return Markup('<span class="money">{}{}</span>{}').format(amount.figures(), tail, words)


def rate(value: Rate | None) -> Markup:
    """费率: a percentage as it is written in documents."""
    if value is None:
        return Markup('<span class="nothing">—</span>')
    return Markup('<span class="money">{}</span>').format(value.percent_text())


def iso(at: datetime) -> str:
    """The moment as machines read it, in UTC."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def instant(at: datetime | None, *, seconds: bool = False, year: bool = True) -> Markup:
    """时间: `2026年3月26日（周四）09:30`, Beijing time, with `<time datetime>`."""
    if at is None:
        return Markup('<span class="nothing">—</span>')
    local = at.astimezone(BEIJING)
    head = f"{local.year}年" if year else ""
    clock_text = local.strftime("%H:%M:%S" if seconds else "%H:%M")
    text = f"{head}{local.month}月{local.day}日（周{WEEKDAYS[local.weekday()]}）"
    return _moment(iso(at), text, clock_text)


def until(at: datetime | None, *, year: bool = True) -> Markup:
    """期限: an exclusive midnight is the end of the day before, `4月2日（周四）24:00`."""
    if at is None or at.astimezone(BEIJING).strftime("%H:%M:%S") != "00:00:00":
        return instant(at, year=year)
    eve = at - timedelta(seconds=1)
    return _moment(iso(at), day(eve, year=year).striptags(), "24:00")


def _moment(machine: str, date_text: str, clock_text: str) -> Markup:
    # Where a moment has to wrap, it wraps between the day and the hour.
    return Markup('<time datetime="{}"><span class="nowrap">{}</span><wbr>{}</time>').format(
        machine, date_text, clock_text
    )


def day(on: date | datetime | None, *, year: bool = True) -> Markup:
    """日期: `2026年3月26日（周四）`."""
    if on is None:
        return Markup('<span class="nothing">—</span>')
    local = on.astimezone(BEIJING).date() if isinstance(on, datetime) else on
    head = f"{local.year}年" if year else ""
    text = f"{head}{local.month}月{local.day}日（周{WEEKDAYS[local.weekday()]}）"
    return Markup('<time datetime="{}">{}</time>').format(local.isoformat(), text)


def clock(at: datetime) -> Markup:
    """时刻: hours, minutes and seconds of a day already named beside it."""
    return Markup('<time datetime="{}">{}</time>').format(
        iso(at), at.astimezone(BEIJING).strftime("%H:%M:%S")
    )


def minute(at: datetime) -> Markup:
    """时刻 to the minute, of a day already named beside it."""
    return Markup('<time datetime="{}">{}</time>').format(iso(at), at.astimezone(BEIJING).strftime("%H:%M"))


def left(until: datetime, now: datetime) -> str:
    """剩余时间 in words: days, hours or minutes, rounded down; `已过` afterwards."""
    seconds = int((until - now).total_seconds())
    if seconds <= 0:
        return "已过"
    days, rest = divmod(seconds, 86400)
    hours, minutes = rest // 3600, rest % 3600 // 60
    if days:
        return f"{days} 天 {hours} 小时"
    return f"{hours} 小时 {minutes} 分" if hours else f"{minutes} 分 {seconds % 60} 秒"


def state(word: str, tag: str | None = None) -> Markup:
    """状态标签: the tag is found from the word unless the page knows better."""
    kind = tag or TAGS.get(word, "neutral")
    return Markup('<span class="tag tag-{}"><span aria-hidden="true">{}</span> {}</span>').format(
        kind, SHAPES[kind], word
    )


def code(text: str) -> Markup:
    """编码: may break after a hyphen and every eight characters, is copied whole."""
    pieces = re.findall(r"[^-]{1,8}-?|-", str(text))
    return Markup('<code class="code">{}</code>').format(Markup("<wbr>").join(pieces))


def link(address: str, text: str) -> Markup:
    """链接: words that lead somewhere, for a cell of a table or a key fact."""
    return Markup('<a href="{}">{}</a>').format(address, text)


def digest(text: str) -> Markup:
    """摘要: the algorithm, then groups that may wrap."""
    name, _, value = str(text).rpartition(":")
    groups = Markup("<wbr>").join(value[i : i + 8] for i in range(0, len(value), 8))
    head = Markup('<span class="digest-name">{}:</span>').format(name) if name else Markup("")
    return Markup('<code class="digest">{}{}</code>').format(head, groups)


def size(octets: int) -> str:
    """文件大小 in bytes as people read it."""
    if octets < 1024:
        return f"{octets} 字节"
    if octets < 1024 * 1024:
        return f"{octets / 1024:.1f} KB"
    return f"{octets / 1024 / 1024:.1f} MB"


def count(number: int) -> str:
    """数量 with grouped thousands."""
    return f"{number:,}"


_WHOLE = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日(?:（周.）)?"  # a day
    r"|\d[\d,]*(?:\.\d+)? ?(?:万元|亿元|元|%|‰)"  # an amount or a share with its unit
    r"|\d{3,4}-\d{5,8}|第 ?\d+ ?名"  # a telephone number, a rank
)
_FIGURE = re.compile(r"[\d,.\s]*\d(?: ?(?:万元|亿元|元|%|‰|份|家|日))?|[—-]")


def whole(text: object) -> Markup:
    """不断行: amounts, days and numbers in running text are never broken; what is markup stays as it is."""
    if isinstance(text, Markup) or not isinstance(text, str):
        return escape(text)
    kept: list[str] = []
    last = 0
    for found in _WHOLE.finditer(text):
        kept += [
            escape(text[last : found.start()]),
            Markup('<span class="nowrap">{}</span>').format(found[0]),
        ]
        last = found.end()
    return Markup("").join([*kept, escape(text[last:])])


def columns(table: Sequence[Sequence[str]]) -> list[str | tuple[str, str]]:
    """表头 of a table of plain text, its first line: a column of figures stands to the right."""
    head, *rows = table
    is_figure = [
        bool(rows) and all(_FIGURE.fullmatch(cell.strip()) for row in rows for cell in row[index : index + 1])
        for index in range(len(head))
    ]
    return [(name, "number") if right else name for name, right in zip(head, is_figure, strict=True)]


def marked(text: str, words: Iterable[str]) -> Markup:
    """检索词标记: whole words found are marked, never letter by letter."""
    wanted = sorted({word for word in words if word}, key=len, reverse=True)
    if not wanted:
        return escape(text)
    pieces = re.split("(" + "|".join(re.escape(word) for word in wanted) + ")", text, flags=re.IGNORECASE)
    shown = (Markup("<mark>{}</mark>").format(p) if i % 2 else escape(p) for i, p in enumerate(pieces))
    return Markup("").join(shown)


def paragraphs(text: str) -> Markup:
    """正文: each line a paragraph, everything escaped."""
    lines = (line.strip() for line in str(text).splitlines())
    return Markup("").join(Markup("<p>{}</p>").format(whole(line)) for line in lines if line)


def query(current: Mapping[str, Any], **changes: Any) -> str:
    """查询串: the current filters with some changed; None removes one."""
    merged = {key: value for key, value in {**current, **changes}.items() if value not in (None, "")}
    return "?" + urlencode(sorted(merged.items()), doseq=True) if merged else "?"


def compact(at: datetime) -> str:
    """The moment as calendar files write it, in UTC."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
