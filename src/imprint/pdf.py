"""PDF 文件: the information dictionary, the first file identifier, and the text of its pages."""

import io
from typing import Any

from pypdf import PdfReader

from imprint.values import TEXT_MAX, Imprint, Unread, word, words

PAGES_MAX = 300


def read(data: bytes, found: Imprint) -> None:
    """Fills in what the file says. The first identifier is made once and survives every change."""
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise Unread("PDF 已加密")
        told: Any = reader.metadata or {}
        found.author, found.tool = (
            word(told.get("/Author")),
            word(told.get("/Creator") or told.get("/Producer")),
        )
        found.created, found.company = word(told.get("/CreationDate")), word(told.get("/Company"))
        found.ids = words([f"pdf:{one}" for one in _identifier(reader)])
        found.text = _text(reader)
    except Unread:
        raise
    except Exception as error:  # whatever a crafted file makes the reader stumble over ends this file only
        raise Unread(f"PDF 无法识别（{type(error).__name__}）") from error


def _identifier(reader: PdfReader) -> list[str]:
    held: Any = reader.trailer.get("/ID")
    if not held:
        return []
    one = held[0]
    mark: bytes = one.original_bytes if hasattr(one, "original_bytes") else bytes(one)
    return [mark.hex()] if len(set(mark)) > 1 else []  # zeros all through are no mark


def _text(reader: PdfReader) -> str:
    parts: list[str] = []
    left = TEXT_MAX
    for page in reader.pages[:PAGES_MAX]:
        text = page.extract_text()
        parts.append(text)
        left -= len(text)
        if left <= 0:
            break
    return "\n".join(parts)[:TEXT_MAX]
