"""监督数据的页面: what was traded in the region, by category, area and month, and how it went."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import RegionCode
from ggzy.kernel.errors import Forbidden
from ggzy.kernel.instants import BEIJING
from ggzy.kernel.roles import Permission
from ggzy.oversight.alerts import queries as alerts
from ggzy.oversight.cases.queries import agencies
from ggzy.oversight.cases.queries import figures as queries
from ggzy.oversight.cases.rules import figures as rules
from ggzy.oversight.cases.views import frame
from ggzy.registers.catalog import queries as catalog

PERIODS = {"3": "近 3 个月", "12": "近 12 个月", "24": "近 24 个月", "60": "近 5 年"}
USUAL = "12"
MONTH = timedelta(days=365) / 12
WINNERS, AGENCIES = 10, 5


@require_safe
def figures(request: Request) -> HttpResponse:
    """监督数据 of the region, by period and category."""
    actor = _reader(request)
    asked = _asked(request)
    context = {
        "periods": PERIODS,
        "categories": _names(),
        "period": asked.period,
        "category": asked.category,
        **_counted(actor, asked),
        "lots_max": queries.LOTS_MAX,
        "agencies": agencies.practices(actor.region, request.at)[:AGENCIES],
        "crumbs": frame.crumbs(("监督数据", "")),
    }
    return pages.show(request, "cases/figures.html", context)


@require_safe
def figures_json(request: Request) -> JsonResponse:
    """监督数据 as data: the same figures, by the same period and category."""
    try:
        actor = _reader(request)
    except Forbidden as refused:
        return JsonResponse({"message": refused.message}, status=403)
    asked = _asked(request)
    found = _counted(actor, asked)
    return JsonResponse(
        {
            "months": int(asked.period),
            "category": asked.category,
            "is_cut": found["is_cut"],
            "whole": kernel_events.body(found["whole"]),
            "groups": [
                {"by": name, "rows": [{"name": key, **kernel_events.body(one)} for key, one in rows]}
                for name, rows in found["groups"]
            ],
            "winners": [
                kernel_events.body(replace(one, share=round(one.share, 1))) for one in found["winners"]
            ],
            "alerts": kernel_events.body(found["alerts"]),
        }
    )


@dataclass(frozen=True)
class _Asked:
    """Which lots: of so many months until now, of one category or of all."""

    period: str
    category: str
    since: datetime
    until: datetime


def _asked(request: Request) -> _Asked:
    period, category = request.GET.get("period", ""), request.GET.get("category", "")
    period = period if period in PERIODS else USUAL
    known = category if category in _names() else ""
    return _Asked(period, known, request.at - MONTH * int(period), request.at)


def _counted(actor: Actor, asked: _Asked) -> dict[str, Any]:
    names = _names()
    rows = queries.outcomes(actor.region, asked.since, asked.until, category=asked.category)
    return {
        "whole": rules.figures(rows),
        "is_cut": len(rows) == queries.LOTS_MAX,
        "groups": [
            ("交易分类", rules.grouped(rows, lambda row: names.get(row.category, row.category))),
            ("行政区划", rules.grouped(rows, lambda row: _area(row.region))),
            ("月份", rules.grouped(rows, lambda row: f"{row.at.astimezone(BEIJING):%Y-%m}")),
        ],
        "winners": rules.winners(rows)[:WINNERS],
        "alerts": alerts.closed(actor.region, asked.since, asked.until, category=asked.category),
    }


def _reader(request: Request) -> Actor:
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.ALERT_READ)
    return actor


def _names() -> dict[str, str]:
    return {one.key: one.name for one in catalog.categories()}


def _area(code: RegionCode) -> str:
    """行政区划 by its name; a county's lots under the county, a city's own under the city."""
    return catalog.region(code).name if catalog.is_region(code) else code
