"""图: drawings made on the server as SVG, with a title and no style attribute."""

import io
from collections.abc import Callable, Sequence

import segno
from markupsafe import Markup

from ggzy.kernel.money import Money

WIDTH, HEIGHT, LEFT, RIGHT, LINE = 640, 72, 16, 16, 44


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
