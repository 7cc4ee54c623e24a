"""门户的值: rows and filters as the pages show them."""

from dataclasses import dataclass
from datetime import datetime

from ggzy.kernel.money import Money


@dataclass(frozen=True)
class Row:
    """列表行: one notice or one lot."""

    url: str
    title: str
    kind: str
    meta: tuple[str, ...]
    state: str = ""
    amount: Money | None = None
    deadline: datetime | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Option:
    """筛选项: a link with the number it would give."""

    label: str
    url: str
    count: int | None
    is_chosen: bool = False


@dataclass(frozen=True)
class Group:
    """一组筛选项."""

    label: str
    options: tuple[Option, ...]
    is_open: bool = True


@dataclass(frozen=True)
class Answer:
    """核验结论: what the platform knows about the thing asked for."""

    title: str
    text: str
    rows: tuple[tuple[str, object], ...] = ()
    url: str = ""
    label: str = ""
    is_found: bool = True


@dataclass(frozen=True)
class Live:
    """首页的四行: numbers of lots."""

    closing: int
    opening: int
    running: int
    publicity: int
