"""监督数据的页面: what was traded in the region, by category, area and month, and how it went."""

from datetime import timedelta

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.codes import RegionCode
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
    actor = pages.signed_in(request)
    identity.permit(actor, Permission.ALERT_READ)
    names = {one.key: one.name for one in catalog.categories()}
    asked = request.GET.get("period", ""), request.GET.get("category", "")
    period = asked[0] if asked[0] in PERIODS else USUAL
    category = asked[1] if asked[1] in names else ""
    since = request.at - MONTH * int(period)
    rows = queries.outcomes(actor.region, since, request.at, category=category)
    context = {
        "periods": PERIODS,
        "categories": names,
        "period": period,
        "category": category,
        "whole": rules.figures(rows),
        "is_cut": len(rows) == queries.LOTS_MAX,
        "lots_max": queries.LOTS_MAX,
        "groups": [
            ("交易分类", rules.grouped(rows, lambda row: names.get(row.category, row.category))),
            ("行政区划", rules.grouped(rows, lambda row: _area(row.region))),
            ("月份", rules.grouped(rows, lambda row: f"{row.at.astimezone(BEIJING):%Y-%m}")),
        ],
        "winners": rules.winners(rows)[:WINNERS],
        "alerts": alerts.closed(actor.region, since, request.at, category=category),
        "agencies": agencies.practices(actor.region, request.at)[:AGENCIES],
        "crumbs": frame.crumbs(("监督数据", "")),
    }
    return pages.show(request, "cases/figures.html", context)


def _area(code: RegionCode) -> str:
    """行政区划 by its name; a county's lots under the county, a city's own under the city."""
    return catalog.region(code).name if catalog.is_region(code) else code
