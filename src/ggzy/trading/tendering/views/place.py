"""页面的位置: the lot an address names, and the way back to it."""

import logging
from dataclasses import replace

from ggzy.foundation.ui import forms, visits
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.verdict import Refused
from ggzy.trading.projects.values import LotFacts
from ggzy.trading.tendering import services
from ggzy.trading.tendering.values.traces import Act, Visit

LOG = logging.getLogger("ggzy.tendering")


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


def note(request: Request, actor: Actor, lot: LotCode, act: Act, of: str) -> None:
    """记录来访 beside an act that has been done: noted each time, even of a form sent twice. Where the lot stands
    still nothing is noted, and the act holds all the same."""
    visit = Visit(visits.address(request), visits.browser(request), visits.mark(request))
    try:
        services.note_visit(replace(actor, request=forms.new_request()), lot, act, of, visit)
    except Refused as refused:
        LOG.warning("a visit to %s was not noted: %s", lot, refused)


def crumbs(lot: LotFacts, here: str) -> list[tuple[str, str]]:
    """The way back."""
    return [("待办", "/desk/"), (lot.title, f"/desk/lots/{lot.code}/"), (here, "")]
