"""错误页: what a request ended with, in words: what is the case, what to do, whom to ask."""

import logging
import secrets
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode

from ggzy.foundation.ui.pages import DONE_COOKIE
from ggzy.kernel.errors import Conflict, Forbidden, Missing
from ggzy.kernel.verdict import Refused

LOG = logging.getLogger("ggzy.pages")
NOWHERE = "没有找到这个页面，或者您没有查看它的权限。"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; worker-src 'self'; manifest-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)


def policy(*doors: str) -> str:
    """The guard of a page that may also speak to these origins."""
    return POLICY.replace("connect-src 'self'", " ".join(["connect-src 'self'", *doors]))


def page(
    request: HttpRequest,
    status: int,
    title: str,
    text: str,
    *,
    reasons: tuple[Any, ...] = (),
    number: str = "",
) -> HttpResponse:
    """One error page; it needs no database, so that it also works when that is gone."""
    context = {"status": status, "title": title, "text": text, "reasons": reasons, "number": number}
    return render(request, "ui/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, and 413 where the request was simply too large."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return too_large(request)
    return page(request, 400, "请求不完整", "平台没有看懂这个请求，没有办理任何事项。请返回上一页重新提交。")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 says the same words as 404: a stranger cannot tell the two apart."""
    return page(request, 403, "没有找到这个页面", NOWHERE)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return page(request, 404, "没有找到这个页面", NOWHERE)


def too_large(request: HttpRequest) -> HttpResponse:
    """413."""
    return page(
        request, 413, "文件太大", "提交的内容超过了本页的上限，没有办理任何事项。请压缩或拆分文件后重新提交。"
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was opened too long ago, or in another browser."""
    text = (
        "这张表单打开得太久，或者是在另一个浏览器里打开的，没有办理任何事项。请返回上一页，刷新后重新提交。"
    )
    return page(request, 403, "表单已失效", text)


def trouble(request: HttpRequest) -> HttpResponse:
    """500: names a number under which the log keeps the cause."""
    number = "A" + secrets.token_hex(3).upper()
    LOG.error("server trouble %s at %s", number, request.path)
    text = f"这一步没有完成。平台已记录问题（编号 {number}）。请稍后重试，或拨打 12345 转公共资源交易。"
    return page(request, 500, "这一步没有完成", text, number=number)


class ErrorPages:
    """Middleware: turns the kernel's four endings into pages, and guards every answer."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The interface describes its own answer to a NUL.
        is_page = not request.path.startswith("/api/")
        answer = bad_request(request) if _has_nul(request) and is_page else self.get_response(request)
        answer.headers.setdefault("Content-Security-Policy", POLICY)
        answer.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        shown = answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html")
        if shown and DONE_COOKIE in request.COOKIES:
            answer.delete_cookie(DONE_COOKIE, samesite="Lax")
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Missing 404 · Forbidden 403 (or the sign-in page) · Refused 422 · Conflict 409 · too large 413."""
        match exception:
            case Missing():
                answer = missing(request)
            case Forbidden() if getattr(request, "actor", None) is None:
                answer = HttpResponseRedirect("/sign-in/?" + urlencode({"next": request.get_full_path()}))
            case Forbidden():
                answer = forbidden(request)
            case Refused():
                answer = page(
                    request, 422, "不能办理", "没有办理任何事项，原因如下：", reasons=exception.reasons
                )
            case Conflict():
                answer = page(request, 409, "内容已有变化", exception.message)
            case RequestDataTooBig() | TooManyFieldsSent():
                answer = too_large(request)
            case _ if _has_nul(request):
                answer = bad_request(request)
            case _:
                return None
        return answer


def _has_nul(request: HttpRequest) -> bool:
    """No text of ours holds a NUL, and the database refuses to look for one."""
    return "\0" in request.path or "%00" in request.META.get("QUERY_STRING", "")
