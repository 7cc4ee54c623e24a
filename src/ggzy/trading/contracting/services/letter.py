"""中标通知书的版面: typeset by typst from a template beside this app."""

import io
import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import segno
import typst
from django.conf import settings

from ggzy.kernel.instants import BEIJING

TEMPLATE = Path(__file__).parent.parent / "data" / "award_letter.typ"


@dataclass(frozen=True)
class Page:
    """通知书内容."""

    winner: str
    lot: str
    lot_code: str
    owner: str
    agency: str
    terms: tuple[tuple[str, str], ...]
    owner_word: str
    number: str
    code: str
    contract_days: int
    issued_at: datetime


def render(page: Page) -> bytes:
    """中标通知书 as PDF. The QR leads to the platform's own verification page."""
    code = io.BytesIO()
    address = f"{settings.PLATFORM_URL}/verify/?q={page.code}"
    segno.make(address, error="m").save(code, kind="svg", border=2)
    words = {
        "winner": page.winner,
        "lot": page.lot,
        "lot_code": page.lot_code,
        "owner": page.owner,
        "agency": page.agency,
        "terms": [[label, text or "按投标文件"] for label, text in page.terms],
        "owner_word": page.owner_word,
        "number": page.number,
        "code": page.code,
        "contract_days": str(page.contract_days),
        "date": f"{page.issued_at.astimezone(BEIJING):%Y年%m月%d日}",
        "qr": code.getvalue().decode(),
    }
    pdf = _compiler().compile(sys_inputs={"page": json.dumps(words, ensure_ascii=False)}, format="pdf")
    assert isinstance(pdf, bytes), "one PDF is one file"
    return pdf


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(TEMPLATE, font_paths=_font_folders())


def _font_folders() -> list[Path]:
    """Fonts from a wheel, which the launcher adds where the system has no Chinese ones."""
    wheel = find_spec("mplfonts")
    return [Path(wheel.origin).parent / "fonts"] if wheel is not None and wheel.origin else []
