"""投标文件的查看: short texts and PDFs beside the form, everything else as a download that no browser runs.

What a bidder wrote is never trusted: it is shown as a PDF only if it begins like one, under a type the browser may
not guess anew, in a frame that no other site can hold and that may load nothing.
"""

from urllib.parse import quote

from django.http import StreamingHttpResponse
from django.views.decorators.http import require_safe

from ggzy.foundation.sealing.content import extract
from ggzy.foundation.ui import errors
from ggzy.foundation.ui.pages import Request
from ggzy.foundation.vault import queries as vault
from ggzy.kernel.errors import Missing
from ggzy.trading.evaluation import queries
from ggzy.trading.evaluation.queries.table import BidFile
from ggzy.trading.evaluation.views import place
from ggzy.trading.tendering.values import BidFacts

TEXTS = (".txt", ".md", ".csv")
TEXT_BYTES_MAX = 64 * 1024
PDF = b"%PDF-"
FRAMES = f"{errors.POLICY}; frame-src 'self'"
FRAMED = "default-src 'none'; frame-ancestors 'self'; form-action 'none'; base-uri 'none'"


def shown(bid: BidFacts) -> list[tuple[BidFile, str, bool]]:
    """投标文件的全部文件, each with its text if it is a short one, and whether it can be seen as a PDF."""
    return [(found, _text(found), _is_pdf(found)) for found in queries.files_of(bid)]


@require_safe
def bid_file(request: Request, code: str, number: int, index: int) -> StreamingHttpResponse:
    """投标文件中的一个文件, for a member at work, as an attachment that no browser runs."""
    found = _file(request, code, number, index)
    answer = _sent(found, "application/octet-stream")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.file.name)}"
    return answer


@require_safe
def view_file(request: Request, code: str, number: int, index: int) -> StreamingHttpResponse:
    """在本页查看 of a PDF, in the browser's own viewer."""
    found = _file(request, code, number, index)
    if not _is_pdf(found):
        raise Missing("这个文件不是 PDF，不能在本页查看，请下载")
    answer = _sent(found, "application/pdf")
    answer["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(found.file.name)}"
    answer["Content-Security-Policy"] = FRAMED
    answer["X-Frame-Options"] = "SAMEORIGIN"
    return answer


def _file(request: Request, code: str, number: int, index: int) -> BidFile:
    _, lot, seat = place.member_page(request, code)
    place.must_be_seated(seat)
    table = queries.table(lot.code)
    files = queries.files_of(table.bids[number - 1]) if 1 <= number <= len(table.bids) else ()
    if not 1 <= index <= len(files) or not place.is_open(table):
        raise Missing()
    return files[index - 1]


def _sent(found: BidFile, kind: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(extract(vault.open_file(found.digest), found.file), content_type=kind)
    answer["Content-Length"] = str(found.file.size)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _is_pdf(found: BidFile) -> bool:
    if not found.file.name.lower().endswith(".pdf"):
        return False
    with vault.open_file(found.digest) as file:
        return next(iter(extract(file, found.file)), b"").startswith(PDF)


def _text(found: BidFile) -> str:
    """正文 of a short plain text, to be read beside the form; empty for every other file."""
    if not found.file.name.lower().endswith(TEXTS) or found.file.size > TEXT_BYTES_MAX:
        return ""
    with vault.open_file(found.digest) as file:
        return b"".join(extract(file, found.file)).decode(errors="replace")
