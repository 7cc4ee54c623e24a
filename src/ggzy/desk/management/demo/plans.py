"""宗地示意图 of the demo: an invented parcel drawn by code, its corners drawn from its own title."""

import hashlib
import json
from importlib.util import find_spec
from pathlib import Path

import typst

SHEET = Path(__file__).with_name("plan.typ")


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
        SHEET,
        format="png",
        ppi=144.0,
        font_paths=_font_folders(),
        sys_inputs={"plan": json.dumps(words, ensure_ascii=False)},
    )
    assert isinstance(picture, bytes), "one page is one picture"
    return picture


def _font_folders() -> list[Path]:
    """Fonts from a wheel, which the launcher adds where the system has no Chinese ones."""
    wheel = find_spec("mplfonts")
    return [Path(wheel.origin).parent / "fonts"] if wheel is not None and wheel.origin else []
