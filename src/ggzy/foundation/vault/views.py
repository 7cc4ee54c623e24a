"""文件下载: as attachments, under the name their owner gave them, to those who may read them."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from ggzy.foundation.ui import errors
from ggzy.foundation.ui.pages import Request
from ggzy.foundation.vault import queries, rules
from ggzy.kernel.errors import Missing

REQUEST_BYTES_MAX = 2 * 1024**3 + 64 * 1024**2


def download(request: Request, digest: str) -> FileResponse:
    """下载文件. A document one may not read is as missing as one that does not exist."""
    if not queries.may_read(request.actor, digest, request.at):
        raise Missing("没有这份文件，或者您没有查阅它的权限")
    answer = attached(digest)
    answer["ETag"] = f'"{digest}"'
    return answer


def attached(digest: str) -> FileResponse:
    """作为附件送出, to whoever was let through: under its own name, and nothing of it is opened by the browser."""
    facts = queries.meta(digest)
    answer = FileResponse(queries.open_file(digest), content_type=facts.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, rules.shown(facts.name))
    answer["Content-Length"] = str(facts.size)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store" if facts.public_from is None else "private, max-age=3600"
    return answer


class UploadCap:
    """Middleware: a request that announces too many bytes is answered before any of them is read."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if not announced.isdecimal() or int(announced) > REQUEST_BYTES_MAX:
            return errors.too_large(request)
        answer: HttpResponse = self.get_response(request)
        return answer
