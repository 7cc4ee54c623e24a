"""样式表: tokens, type and one file per part, joined once and addressed by its digest."""

from functools import cache
from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).parent / "static" / "ui"
FIRST = ("tokens.css", "type.css", "layout.css")


@cache
def text() -> str:
    """All style files in reading order, print last."""
    files = [FOLDER / name for name in FIRST]
    files += sorted((FOLDER / "parts").glob("*.css"))
    files.append(FOLDER / "print.css")
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@cache
def fingerprint() -> str:
    """The digest in the address, so that the sheet may be kept for ever."""
    return sha256(text().encode()).hexdigest()[:16]


def address() -> str:
    """The address every page names in its head."""
    return f"/style/{fingerprint()}.css"
