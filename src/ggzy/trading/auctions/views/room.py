"""竞价室: the page everybody may watch, the panel of a bidder with a paddle, and the room's state as data."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from ggzy.foundation.ui import answers, errors, forms, pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.errors import Missing
from ggzy.kernel.verdict import Refused
from ggzy.trading.auctions import queries, rules
from ggzy.trading.auctions.queries import showing
from ggzy.trading.auctions.rules import telling
from ggzy.trading.auctions.values import Measure, OfferKind, Scale
from ggzy.trading.auctions.views import scene
from ggzy.trading.projects import queries as projects

PAGE = 500
LAST_MARK = 2**62
UNITS = {Measure.MONEY: "元", Measure.RATE: "%", Measure.AREA: "㎡", Measure.POINTS: "分"}

KINDS = {
    OfferKind.PRICE: "报价",
    OfferKind.PROXY: "设定自动出价",
    OfferKind.UNPROXY: "撤销自动出价",
    OfferKind.JOIN: "表示参加",
    OfferKind.SEALED: "递交密封报价",
    OfferKind.WAIVE: "放弃行使优先购买权",
}


@require_safe
@projects.reading()
def room(request: Request, room: str) -> HttpResponse:
    """竞价室."""
    place = scene.seen(request, room)
    context = {
        **scene.standing(request, place),
        "panel": _panel(place),
        "kinds": KINDS,
        "crumbs": scene.crumbs("竞价室"),
    }
    return guarded(request, pages.show(request, "auctions/room.html", context), context["door"])


def guarded(request: Request, answer: HttpResponse, door: str) -> HttpResponse:
    """The page may also speak to the live process: on this host, or where the door says, at any port."""
    hosts = {request.get_host().rpartition(":")[0] or request.get_host(), urlsplit(door).hostname or ""} - {
        ""
    }
    secure = "s" if request.is_secure() else ""
    doors = [f"{kind}{secure}://{host}:*" for host in sorted(hosts) for kind in ("http", "ws")]
    answer.headers["Content-Security-Policy"] = errors.policy(*doors)
    return answer


def _panel(place: scene.Seen) -> dict[str, Any] | None:
    """我的报价: what only this bidder may see, and what its panel counts by."""
    room = queries.room(place.lot.code) if place.paddle is not None else None
    if room is None or place.paddle is None:
        return None
    own = room.roster.find(place.paddle)
    proxy = next((one for one in room.proxies if one.paddle == place.paddle), None)
    terms = room.terms
    return {
        "paddle": place.paddle,
        "bar": own.bar if own else None,
        "note": own.note if own else "",
        "priority": own.priority if own else None,
        "waived": bool(own and own.has_waived),
        "joined": bool(own and own.has_joined) or place.paddle in room.entrants,
        "proxy": room.scale.amount(proxy.gain) if proxy else None,
        "scale": _scale(terms.start.measure if terms.items else room.scale.measure, room.scale),
        "unit": UNITS[terms.start.measure if terms.items else room.scale.measure],
        "has_proxies": terms.has_proxies,
        "raises": terms.may_raise_own,
        "items": [
            {
                "name": item.name, "unit": item.unit, "weight": float(item.weight), "base": float(item.base),
                "best": float(item.best), "places": 2,
            }
            for item in terms.items
        ],
        "is_sealed": place.format.is_sealed,
        "falls": terms.fall is not None,
        "acts": showing.own_acts(place.lot.code, place.lot.round, place.paddle),
    }  # fmt: skip


def _scale(measure: Measure, scale: Scale) -> dict[str, object]:
    """阶梯, as the page counts by it."""
    steps = scale.steps
    return {
        "measure": measure.value,
        "start": scale.start,
        "sign": scale.sign,
        "step": steps.step,
        "ladder": [[rung.beyond, rung.step] for rung in steps.ladder],
        "cap": scale.cap,
    }


@require_safe
@projects.reading()
def state(request: Request, room: str) -> JsonResponse:
    """竞价室的状态: the same tick as the live process tells, for who cannot reach it."""
    place = scene.seen(request, room)
    if not place.auction.is_prepared:
        raise Missing()
    return answers.told(queries.tick(place.lot.code))


@require_safe
@projects.reading()
def offers(request: Request, room: str) -> JsonResponse:
    """全部报价 in order, so many at a time; `next` is where reading goes on, null at the end."""
    place = scene.seen(request, room)
    after = forms.whole_number(request.GET.get("after"), 0, 0, LAST_MARK)
    lines = queries.offers(place.lot.code, place.lot.round, after=after, limit=PAGE)
    told = [telling.line(line) for line in lines]
    return answers.told({"lines": told, "next": lines[-1].mark if len(lines) == PAGE else None})


@require_safe
@projects.reading()
def door(request: Request, room: str) -> JsonResponse:
    """竞价服务的地址: where this room is held now; empty where nobody holds it."""
    place = scene.seen(request, room)
    return answers.told(
        {"door": queries.door(place.lot.code, request.get_host(), is_secure=request.is_secure())}
    )


@require_safe
def read(request: Request, room: str) -> JsonResponse:
    """读数: what the platform understands of a typed amount, or why it does not."""
    measure = request.GET.get("measure", "")
    if measure not in set(Measure):
        raise Missing()
    try:
        amount = rules.from_text(request.GET.get("text", "")[:100], Measure(measure))
    except Refused as refused:
        return answers.told(
            {"amount": None, "reasons": [{"text": reason.text} for reason in refused.reasons]}
        )
    return answers.told({"amount": telling.amount(amount), "reasons": []})
