"""工作台的值: what a board shows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ggzy.kernel.actor import Actor
from ggzy.kernel.roles import Role
from ggzy.service.portal.values import Row


@dataclass(frozen=True)
class Task:
    """该办的事 at one stage of a lot: in words, and whether the clock of the stage limits it."""

    what: str
    note: str = ""
    has_deadline: bool = False


@dataclass(frozen=True)
class Todo:
    """待办: what, on which lot, until when, and one button."""

    what: str
    lot_title: str
    lot_url: str
    url: str
    until: datetime | None = None
    is_late: bool = False
    note: str = ""
    label: str = "去办理"


@dataclass(frozen=True)
class Figure:
    """数字 on top of a board."""

    label: str
    value: int
    unit: str
    url: str = ""


@dataclass(frozen=True)
class Section:
    """一组标段 of a board; `empty` is said when there are none."""

    title: str
    rows: tuple[Row, ...]
    empty: str
    url: str = ""


@dataclass(frozen=True)
class View:
    """工作台的一页: what must I do, by when; then the rest."""

    todo: tuple[Todo, ...]
    figures: tuple[Figure, ...] = ()
    sections: tuple[Section, ...] = ()
    empty: str = "没有待办事项。轮到您办理的事会按期限排在这里。"


@dataclass(frozen=True)
class Board:
    """工作台: one module per role."""

    code: str
    roles: tuple[Role, ...]
    name: str
    build: Callable[[Actor, datetime], View]


@dataclass(frozen=True)
class Step:
    """时间线的一站."""

    name: str
    state: str
    at: datetime | None = None
    latest: datetime | None = None
    text: str = ""
    url: str = ""


@dataclass(frozen=True)
class Next:
    """下一步: what, by when, and for whom."""

    title: str
    text: str = ""
    until: datetime | None = None
    label: str = "截止"
