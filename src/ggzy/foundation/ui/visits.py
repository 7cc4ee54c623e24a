"""来访: from which network address a request came, and whether from a browser that was here before.

The mark is a random number a browser keeps for us and may throw away; it says nothing of the person or machine.
"""

import re
import secrets
from ipaddress import ip_address
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

COOKIE = "__Host-browser" if settings.HTTPS else "browser"
MARK = re.compile(r"[0-9a-f]{32}")
YEAR_SECONDS = 365 * 24 * 3600
BROWSER_CHARACTERS_MAX = 200
Answer = TypeVar("Answer", bound=HttpResponseBase)


def address(request: HttpRequest) -> str:
    """来源地址; empty where the proxy named nobody. Behind a proxy the last hop of X-Forwarded-For, which the
    proxy adds; what stands before it the visitor may have written."""
    if not settings.BEHIND_PROXY:
        return str(request.META.get("REMOTE_ADDR", ""))
    try:
        return str(ip_address(hop(request)))
    except ValueError:
        return ""


def hop(request: HttpRequest) -> str:
    """The last hop, as the proxy wrote it."""
    return str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()


def browser(request: HttpRequest) -> str:
    """浏览器, as it calls itself: printable, and not too long."""
    said = str(request.META.get("HTTP_USER_AGENT", ""))
    return "".join(letter for letter in said if letter.isprintable())[:BROWSER_CHARACTERS_MAX]


def mark(request: HttpRequest) -> str:
    """浏览器标记, if this browser kept one."""
    kept = request.COOKIES.get(COOKIE, "")
    return kept if MARK.fullmatch(kept) else ""


def marked(request: HttpRequest, answer: Answer) -> Answer:
    """The answer, with a mark for a browser that has none."""
    if not mark(request):
        answer.set_cookie(
            COOKIE,
            secrets.token_hex(16),
            max_age=YEAR_SECONDS,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
    return answer
