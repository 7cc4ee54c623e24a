"""图: drawings made on the server as SVG, with a title and no style attribute."""

import io
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

import segno
from markupsafe import Markup

from ggzy.kernel.money import Money

WIDTH, HEIGHT, LEFT, RIGHT, LINE = 640, 72, 16, 16, 44
STEP_WIDTH, STEP_HEIGHT, EDGE, SECOND = 640, 200, 8, timedelta(seconds=1)


def qr(text: str, *, label: str = "扫码核验") -> Markup:
    """二维码 as one SVG path in the colour of the ink."""
    out = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, svgclass="qr", lineclass=None
    )
    drawing = out.getvalue().decode().replace("<svg ", '<svg role="img" aria-label="{}" ', 1)
    return Markup(drawing.replace("{}", str(Markup.escape(label)), 1))


def dot_plot(prices: Sequence[Money], *, ceiling: Money | None = None, title: str = "报价分布") -> Markup:
    """报价点图: one dot per price on one line, against the ceiling if there is one."""
    if not prices:
        return Markup("")
    fen = sorted(price.fen for price in prices)
    top = max(fen[-1], ceiling.fen if ceiling else 0)
    low = fen[0] - (top - fen[0]) // 12
    span = max(top - low, 1)

    def across(value: int) -> int:
        return LEFT + (value - low) * (WIDTH - LEFT - RIGHT) // span

    dots = Markup("").join(
        Markup('<circle cx="{}" cy="{}" r="6"/>').format(across(value), LINE - 14 * shift)
        for value, shift in _stacked(fen, across)
    )
    words = f"{title}：{len(fen)} 家，{scale(prices, ceiling)}"
    limit = Markup('<line class="limit" x1="{x}" x2="{x}" y1="6" y2="{y}"/>')
    return Markup(
        '<svg class="plot" viewBox="0 0 {w} {h}" role="img" aria-label="{words}"><title>{words}</title>'
        '<line class="axis" x1="{l}" x2="{r}" y1="{y}" y2="{y}"/><g class="dots">{dots}</g>{limit}</svg>'
    ).format(
        w=WIDTH,
        h=HEIGHT,
        l=LEFT,
        r=WIDTH - RIGHT,
        y=LINE + 10,
        words=words,
        dots=dots,
        limit=limit.format(x=across(ceiling.fen), y=LINE + 16) if ceiling else "",
    )


def step_line(points: Sequence[tuple[datetime, int]], *, label: str) -> Markup:
    """阶梯线: how a figure went from moment to moment; it holds until the next one."""
    drawn = "".join(_stepped(points)) if points else ""
    return Markup(
        '<svg class="plot step-line" viewBox="0 0 {w} {h}" role="img" aria-label="{label}"><title>{label}</title>'
        '<line class="axis" x1="{e}" x2="{r}" y1="{b}" y2="{b}"/><path data-line="" d="{drawn}"/></svg>'
    ).format(
        w=STEP_WIDTH, h=STEP_HEIGHT, label=label, e=EDGE, r=STEP_WIDTH - EDGE, b=STEP_HEIGHT - 2, drawn=drawn,
    )  # fmt: skip


def _stepped(points: Sequence[tuple[datetime, int]]) -> Iterator[str]:
    """The same path as the page's own script draws on."""
    first, values = points[0][0], [value for _, value in points]
    span, low, high = max((points[-1][0] - first) / SECOND, 0.001), min(values), max(values)

    def across(at: datetime) -> str:
        return f"{EDGE + (at - first) / SECOND / span * (STEP_WIDTH - 2 * EDGE):.1f}"

    def down(value: int) -> str:
        share = (value - low) / (high - low) if high > low else 0
        return f"{STEP_HEIGHT - EDGE - share * (STEP_HEIGHT - 2 * EDGE):.1f}"

    yield f"M{across(first)} {down(values[0])}"
    yield from (f"H{across(at)}V{down(value)}" for at, value in points[1:])


def scale(prices: Sequence[Money], ceiling: Money | None = None) -> str:
    """点图的刻度 in words, beside the drawing at the size of the text: what is drawn small is read large."""
    fen = sorted(price.fen for price in prices)
    words = f"最低 {Money(fen[0]).figures()} 元"
    words += f"，最高 {Money(fen[-1]).figures()} 元" if fen[-1] > fen[0] else ""
    return words + (f"；竖线为最高投标限价 {ceiling.figures()} 元" if ceiling else "")


def _stacked(fen: Sequence[int], across: Callable[[int], int]) -> list[tuple[int, int]]:
    # Dots that would hide one another are lifted, three levels at most: the axis stays readable.
    placed: list[tuple[int, int]] = []
    last, level = -99, 0
    for value in fen:
        level = (level + 1) % 3 if across(value) - last < 11 else 0
        last = across(value)
        placed.append((value, level))
    return placed
