"""宗地示意图 of the demo: an invented parcel drawn by code, its corners drawn from its own title."""

import hashlib
import json
from importlib.util import find_spec
from pathlib import Path

import typst

SHEET = """
#let plan = json(bytes(sys.inputs.plan))
#set page(width: 480pt, height: 340pt, margin: 0pt, fill: rgb("#f4f2ec"))
#set text(size: 12pt, font: ("Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei"), fallback: true)
#let road(dx, dy, w, h) = place(dx: dx, dy: dy, rect(width: w, height: h, fill: white, stroke: none))
#road(0pt, 34pt, 480pt, 30pt)
#road(388pt, 0pt, 34pt, 340pt)
#place(polygon(
  fill: rgb("#e7d9b8"), stroke: 2pt + rgb("#9c2b20"),
  ..plan.corners.map(((x, y)) => (x * 1pt, y * 1pt)),
))
#for (number, (x, y)) in plan.corners.enumerate() {
  place(dx: x * 1pt - 3pt, dy: y * 1pt - 3pt, circle(radius: 3pt, fill: rgb("#9c2b20")))
  place(dx: x * 1pt + 5pt, dy: y * 1pt - 14pt, text(size: 10pt, "J" + str(number + 1)))
}
#place(dx: 130pt, dy: 160pt, block(width: 190pt, align(center)[#strong(plan.name) #linebreak() #plan.area]))
#place(dx: 24pt, dy: 41pt, text(size: 11pt, fill: rgb("#555"), plan.road))
#place(dx: 436pt, dy: 14pt, align(center)[北 #linebreak() ↑])
#place(dx: 14pt, dy: 318pt, text(size: 10pt, fill: rgb("#555"), "示意图，演示用，比例不精确"))
"""


def drawn(title: str, name: str, road: str, area: str) -> bytes:
    """宗地示意图 as PNG: the same title, the same parcel."""
    seed = hashlib.sha256(title.encode()).digest()
    corners = [
        [left + seed[2 * place] % 40, top + seed[2 * place + 1] % 30]
        for place, (left, top) in enumerate(
            [(50, 84), (200, 78), (330, 90), (325, 270), (180, 280), (60, 262)]
        )
    ]
    words = {"corners": corners, "name": name, "road": road, "area": area}
    picture = typst.compile(
        SHEET.encode(),
        format="png",
        ppi=144.0,
        font_paths=_font_folders(),
        sys_inputs={"plan": json.dumps(words, ensure_ascii=False)},
    )
    assert isinstance(picture, bytes), "one page is one picture"
    return picture


def _font_folders() -> list[str | Path]:
    """Fonts from a wheel, which the launcher adds where the system has no Chinese ones."""
    wheel = find_spec("mplfonts")
    return [Path(wheel.origin).parent / "fonts"] if wheel is not None and wheel.origin else []
