"""图: drawings made on the server as SVG, with a title and no style attribute."""

import io
from collections.abc import Callable, Sequence

import segno
from markupsafe import Markup

from ggzy.kernel.money import Money

WIDTH, HEIGHT, LEFT, RIGHT, LINE = 640, 92, 24, 24, 48


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
        Markup('<circle cx="{}" cy="{}" r="5"/>').format(across(value), LINE - 12 * shift)
        for value, shift in _stacked(fen, across)
    )
    words = f"{title}：{len(fen)} 家，最低 {Money(fen[0]).figures()} 元，最高 {Money(fen[-1]).figures()} 元"
    return Markup(
        '<svg class="plot" viewBox="0 0 {w} {h}" role="img" aria-label="{words}"><title>{words}</title>'
        '<line class="axis" x1="{l}" x2="{r}" y1="{y}" y2="{y}"/><g class="dots">{dots}</g>{limit}'
        '<text class="low" x="{l}" y="{t}">{low}</text></svg>'
    ).format(
        w=WIDTH,
        h=HEIGHT,
        l=LEFT,
        r=WIDTH - RIGHT,
        y=LINE + 8,
        t=LINE + 32,
        words=words,
        dots=dots,
        limit=_limit(ceiling, across),
        low=f"最低 {Money(fen[0]).figures()} 元",
    )


def _limit(ceiling: Money | None, across: Callable[[int], int]) -> Markup:
    if ceiling is None:
        return Markup("")
    at = across(ceiling.fen)
    return Markup(
        '<line class="limit" x1="{x}" x2="{x}" y1="14" y2="{y}"/>'
        '<text class="high" x="{x}" y="{t}">限价 {text} 元</text>'
    ).format(x=at, y=LINE + 14, t=LINE + 32, text=ceiling.figures())


def _stacked(fen: Sequence[int], across: Callable[[int], int]) -> list[tuple[int, int]]:
    # Dots that would hide one another are lifted, three levels at most: the axis stays readable.
    placed: list[tuple[int, int]] = []
    last, level = -99, 0
    for value in fen:
        level = (level + 1) % 3 if across(value) - last < 9 else 0
        last = across(value)
        placed.append((value, level))
    return placed
