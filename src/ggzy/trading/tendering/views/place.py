"""页面的位置: the lot an address names, and the way back to it."""

from dataclasses import replace

from django.http import JsonResponse

from ggzy.foundation.ui import forms, visits
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.trading.projects.values import LotFacts
from ggzy.trading.tendering.values.traces import Visit


def code(text: str) -> LotCode:
    """Raises Missing for anything that is no lot code."""
    try:
        return LotCode.parse(text)
    except ValueError:
        raise Missing() from None


def actor(request: Request) -> Actor:
    """Who is signed in. Raises Forbidden: the error page leads to the door."""
    if request.actor is None:
        raise Forbidden("请先登录")
    return request.actor


def visit(request: Request) -> Visit:
    """From where this request came."""
    return Visit(visits.address(request), visits.browser(request), visits.mark(request))


def beside(actor: Actor) -> Actor:
    """The same person, for what is noted beside an act of theirs: noted each time, even of a form sent twice."""
    return replace(actor, request=forms.new_request())


def told(value: object, status: int = 200) -> JsonResponse:
    """A value as JSON that a person can read too."""
    return JsonResponse(value, status=status, safe=False, json_dumps_params={"ensure_ascii": False})


def crumbs(lot: LotFacts, here: str) -> list[tuple[str, str]]:
    """The way back."""
    return [("待办", "/desk/"), (lot.title, f"/desk/lots/{lot.code}/"), (here, "")]
