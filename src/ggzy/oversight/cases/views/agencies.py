"""代理机构执业评价的页面 and its data: for those who supervise and those who watch them."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.roles import Permission
from ggzy.oversight.cases.queries import agencies as queries
from ggzy.oversight.cases.values.agencies import Practice
from ggzy.oversight.cases.views import frame

LIST = ("代理机构执业评价", "/desk/agencies/")


@require_safe
def agencies(request: Request) -> HttpResponse:
    """代理机构执业评价 of the region, the best first."""
    actor = _reader(request)
    found = queries.practices(actor.region, request.at)
    context = {"rows": found, "model": queries.model(), "crumbs": frame.crumbs((LIST[0], ""))}
    return pages.show(request, "cases/agencies.html", context)


@require_safe
def agency(request: Request, code: str) -> HttpResponse:
    """一家代理机构: line by line, how the points came about, with every fact that counts."""
    actor = _reader(request)
    found, facts = queries.practice(actor.region, _parsed(code), request.at)
    names = {item.code: item.name for item in queries.model().items.values()}
    context = {
        "found": found,
        "facts": [(names[one.item], one) for one in facts],
        "model": queries.model(),
        "crumbs": frame.crumbs(LIST, (found.name, "")),
    }
    return pages.show(request, "cases/agency.html", context)


@require_safe
def agencies_json(request: Request) -> JsonResponse:
    """代理机构执业评价 as data."""
    try:
        actor = _reader(request)
    except Forbidden as refused:
        return JsonResponse({"message": refused.message}, status=403)
    rows = [_told(one) for one in queries.practices(actor.region, request.at)]
    model = queries.model()
    return JsonResponse(
        {"source": model.source, "months": model.months, "lots_min": model.lots_min, "agencies": rows}
    )


@require_safe
def agency_json(request: Request, code: str) -> JsonResponse:
    """一家代理机构的执业评价 as data, with the facts that count."""
    try:
        actor = _reader(request)
        found, facts = queries.practice(actor.region, _parsed(code), request.at)
    except Forbidden as refused:
        return JsonResponse({"message": refused.message}, status=403)
    except Missing as missing:
        return JsonResponse({"message": missing.message}, status=404)
    return JsonResponse({**_told(found), "facts": [kernel_events.body(one) for one in facts]})


def _reader(request: Request) -> Actor:
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.CASE_READ)
    return actor


def _parsed(code: str) -> CreditCode:
    try:
        return CreditCode.parse(code)
    except ValueError:
        raise Missing(queries.NO_AGENCY) from None


def _told(found: Practice) -> dict[str, Any]:
    return {
        "agency": str(found.agency), "name": found.name, "lots": found.lots,
        "points": None if found.points is None else str(found.points),
        "lines": [
            {
                "item": line.item.code, "name": line.item.name, "lots": line.tally.lots, "times": line.tally.times,
                "share_percent": None if line.share is None else str(line.share), "lost": str(line.lost),
            }
            for line in found.lines
        ],
    }  # fmt: skip
