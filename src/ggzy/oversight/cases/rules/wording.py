"""写明: a text that must be there and may not be too long; a day in words."""

from collections.abc import Iterable
from datetime import date

from ggzy.kernel.verdict import Reason

TITLE_MAX, TEXT_MAX = 200, 5000


def bounded(code: str, what: str, text: str, most: int) -> Iterable[tuple[bool, Reason]]:
    """The checks that a text was written and is no longer than allowed."""
    yield bool(text.strip()), Reason(f"{code}_missing", f"未填写{what}")
    yield len(text) <= most, Reason(f"{code}_too_long", f"{what}最多{most}个字，现为{len(text)}个字")


def day_words(day: date | None) -> str:
    """2026年6月8日; of no day, that it is not fixed."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "（未定）"
