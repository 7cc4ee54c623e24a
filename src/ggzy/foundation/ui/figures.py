"""证据图: labelled rows, a matrix, a network. Drawn on the server from figures alone, the same every time.

No script, no style attribute, nothing that moves: what is drawn prints and is read out by its title and
description. Long names are cut in the drawing and whole in its title; the table beside it has them all.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from math import cos, pi, sin

from markupsafe import Markup

WIDTH, NAME, ROW, CELL, TOP = 760, 230, 32, 40, 40
NODES_MAX, NUMBERED_EDGES, NUMBERED_LENGTH = 30, 15, 110
Cell = tuple[str, str, Decimal, str]

_FRAME = Markup(
    '<svg class="plot figure-{kind}" viewBox="0 0 {width} {height}" role="img" aria-label="{title}">'
    "<title>{title}</title><desc>{desc}</desc>{inside}</svg>"
)


def rows(names: Sequence[str], cells: Sequence[Cell], *, title: str, unit: str = "") -> Markup:
    """点图: one labelled number per row, on one scale that holds zero."""
    values = {name: (value, mark) for name, _, value, mark in cells}
    known = [value for value, _ in values.values()]
    low, high = min([Decimal(0), *known]), max([Decimal(0), *known])
    span, room = (high - low) or Decimal(1), WIDTH - NAME - 130

    def across(value: Decimal) -> int:
        return NAME + int((value - low) / span * room)

    drawn = Markup("").join(
        _row(number, name, across(values[name][0]), *values[name], unit)
        for number, name in enumerate(names)
        if name in values
    )
    height = ROW * len(names) + 12
    axis = Markup('<line class="axis" x1="{x}" x2="{x}" y1="4" y2="{y}"/>').format(
        x=across(Decimal(0)), y=height - 4
    )
    desc = "；".join(f"{name} {_figure(value)}{unit}" for name, (value, _) in values.items())
    return _FRAME.format(kind="rows", width=WIDTH, height=height, title=title, desc=desc, inside=axis + drawn)


def _row(number: int, name: str, x: int, value: Decimal, mark: str, unit: str) -> Markup:
    middle = ROW * number + 20
    return Markup(
        '<g><title>{whole}</title><text class="name" x="{left}" y="{text}">{name}</text>'
        '<circle class="{kind}" cx="{x}" cy="{y}" r="6"/><text x="{beside}" y="{text}">{said}</text></g>'
    ).format(
        whole=f"{name}：{_figure(value)}{unit}{mark and '，' + mark}", left=NAME - 14, name=_cut(name, 15), x=x, y=middle,
        kind="marked" if mark else "plain", text=middle + 5, beside=x + 12, said=f"{_figure(value)}{unit} {mark}".strip(),
    )  # fmt: skip


def matrix(names: Sequence[str], columns: Sequence[str], cells: Sequence[Cell], *, title: str) -> Markup:
    """矩阵: a word in each cell that has one; the words of the first kind stand out (中 of a winner)."""
    here = {(row, column): mark for row, column, _, mark in cells}
    heads = Markup("").join(
        Markup('<text class="head" x="{x}" y="{y}"><title>{whole}</title>{short}</text>').format(
            x=NAME + CELL * number + CELL // 2, y=TOP - 14, whole=column, short=_head(column)
        )
        for number, column in enumerate(columns)
    )
    lines = Markup("").join(_line(number, name, columns, here) for number, name in enumerate(names))
    width, height = NAME + CELL * len(columns) + 8, TOP + ROW * len(names) + 8
    desc = "；".join(
        f"{name}：" + "，".join(f"{_head(c)} {here[name, c]}" for c in columns if (name, c) in here)
        for name in names
    )
    return _FRAME.format(
        kind="matrix", width=max(width, WIDTH), height=height, title=title, desc=desc, inside=heads + lines
    )


def _line(number: int, name: str, columns: Sequence[str], here: Mapping[tuple[str, str], str]) -> Markup:
    y = TOP + ROW * number
    label = Markup('<text class="name" x="{x}" y="{y}"><title>{whole}</title>{short}</text>').format(
        x=NAME - 14, y=y + 21, whole=name, short=_cut(name, 15)
    )
    return label + Markup("").join(
        Markup(
            '<g><title>{whole}</title><rect class="{kind}" x="{x}" y="{y}" width="{w}" height="{h}"/>'
            '<text class="{kind}" x="{middle}" y="{text}">{mark}</text></g>'
        ).format(
            whole=f"{name}，{column}：{here[name, column]}", kind="strong" if here[name, column] == "中" else "soft",
            x=NAME + CELL * at + 2, y=y + 2, w=CELL - 4, h=ROW - 4,
            middle=NAME + CELL * at + CELL // 2, text=y + 21, mark=here[name, column],
        )
        for at, column in enumerate(columns)
        if (name, column) in here
    )  # fmt: skip


def network(nodes: Sequence[str], edges: Sequence[Cell], *, title: str, unit: str = "") -> Markup:
    """关系图: numbered nodes on a circle, lines as thick as they are many, the names in a list beside it."""
    shown = list(dict.fromkeys(nodes))[:NODES_MAX]
    height = max(420, 20 * len(shown) + 40)
    at = dict(zip(shown, _circle(len(shown), 210, height // 2), strict=True))
    drawn = [edge for edge in edges if edge[0] in at and edge[1] in at and edge[0] != edge[1]]
    heaviest = sorted(drawn, key=lambda edge: (-edge[2], edge[0], edge[1]))
    most = heaviest[0][2] if heaviest else Decimal(1)
    lines = Markup("").join(_edge(at, edge, most, unit) for edge in reversed(heaviest))
    numbers = Markup("").join(_weight(at, edge) for edge in heaviest[:NUMBERED_EDGES])
    points = Markup("").join(_node(number, name, at[name], height) for number, name in enumerate(shown, 1))
    desc = (
        "；".join(f"{one} 与 {other} {_figure(weight)} {unit}" for one, other, weight, _ in heaviest)
        or "没有连线"
    )
    return _FRAME.format(
        kind="network", width=WIDTH, height=height, title=title, desc=desc, inside=lines + numbers + points
    )


def _circle(count: int, x: int, y: int) -> Iterator[tuple[int, int]]:
    radius = 160 if count > 2 else 90
    for number in range(count):
        angle = 2 * pi * number / count - pi / 2
        yield round(x + radius * cos(angle)), round(y + radius * sin(angle))


def _edge(at: Mapping[str, tuple[int, int]], edge: Cell, most: Decimal, unit: str) -> Markup:
    (x1, y1), (x2, y2) = at[edge[0]], at[edge[1]]
    return Markup(
        '<line class="edge" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke-width="{wide}"><title>{whole}</title></line>'
    ).format(
        x1=x1, y1=y1, x2=x2, y2=y2, wide=f"{1 + 5 * edge[2] / (most or 1):.1f}",
        whole=f"{edge[0]} 与 {edge[1]}：{edge[3] or f'{_figure(edge[2])} {unit}'}",
    )  # fmt: skip


def _weight(at: Mapping[str, tuple[int, int]], edge: Cell) -> Markup:
    """The number a third of the way along: lines that cross in the middle keep theirs apart."""
    (x1, y1), (x2, y2) = at[edge[0]], at[edge[1]]
    if abs(x1 - x2) + abs(y1 - y2) < NUMBERED_LENGTH:  # no room between the nodes
        return Markup("")
    return Markup('<text class="weight" x="{x}" y="{y}">{weight}</text>').format(
        x=(2 * x1 + x2) // 3, y=(2 * y1 + y2) // 3 + 5, weight=_figure(edge[2])
    )


def _node(number: int, name: str, place: tuple[int, int], height: int) -> Markup:
    return Markup(
        '<g><title>{whole}</title><circle class="node" cx="{x}" cy="{y}" r="14"/>'
        '<text class="number" x="{x}" y="{text}">{number}</text>'
        '<text class="legend" x="430" y="{line}">{number}. {name}</text></g>'
    ).format(
        whole=name, x=place[0], y=place[1], text=place[1] + 5, number=number, line=30 + 20 * (number - 1),
        name=_cut(name, 20),
    )  # fmt: skip


def _head(column: str) -> str:
    """A numbered column shows its number, a short one itself."""
    number, dot, _ = column.partition(". ")
    return number if dot and number.isdigit() else _cut(column, 4)


def _cut(name: str, most: int) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"


def _figure(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
