"""回放: any auction fact by fact from the journal, as a film that can be stopped and as a table."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from ggzy.foundation.ui import answers, charts, forms, pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.errors import Missing
from ggzy.trading.auctions import rules
from ggzy.trading.auctions.queries import showing
from ggzy.trading.auctions.rules import narrating, telling
from ggzy.trading.auctions.rules.narrating import Scene
from ggzy.trading.auctions.views import scene
from ggzy.trading.projects import queries as projects

LINES, FRAMES = 200, 2000


@require_safe
@projects.reading()
def film(request: Request, room: str) -> HttpResponse:
    """回放."""
    place = scene.seen(request, room)
    told = _scenes(place)
    page = forms.whole_number(request.GET.get("page", ""), 1, 1, 10_000)
    context = {
        "lot": place.lot,
        "base": place.base,
        "total": len(told),
        "scenes": told[(page - 1) * LINES : page * LINES],
        "page": page,
        "pages": max(1, -(-len(told) // LINES)),
        "offers": sum(one.offer is not None for one in told),
        "chart": charts.step_line((), label="价格走势"),
        "shows_refusals": place.may_see(rules.Item.REFUSALS),
        "crumbs": [*scene.crumbs("竞价室")[:2], ("竞价室", place.base), ("回放", "")],
    }
    return pages.show(request, "auctions/film.html", context)


@require_safe
@projects.reading()
def frames(request: Request, room: str) -> JsonResponse:
    """回放的各帧 as data, so many at a time; `next` is the height to go on from."""
    place = scene.seen(request, room)
    after = forms.whole_number(request.GET.get("after"), 0, 0, 2**62)
    told = [one for one in _scenes(place) if one.height > after][: FRAMES + 1]
    piece = told[:FRAMES]
    value = {
        "frames": [_frame(one) for one in piece],
        "next": piece[-1].height if len(told) > FRAMES else None,
    }
    return answers.told(value)


def _scenes(place: scene.Seen) -> list[Scene]:
    """Raises Missing before anything happened in the room."""
    found = showing.frames(place.lot.code, place.lot.round, with_refusals=place.may_see(rules.Item.REFUSALS))
    told = list(narrating.scenes(found, place.format, place.terms.format))
    if not told:
        raise Missing()
    return told


def _frame(one: Scene) -> dict[str, Any]:
    return {
        "height": one.height,
        "at": telling.instant(one.at),
        "text": one.text,
        "phase": one.phase,
        "ends_at": telling.instant(one.ends_at) if one.ends_at else None,
        "paused": one.is_paused,
        "price": telling.amount(one.price),
        "leader": one.leader,
        "line": telling.line_of(one.offer) if one.offer is not None else None,
    }
