"""倒查的页面: the reading is journalled and shown to everybody who took part, then the whole chain stands here."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.oversight.cases import access
from ggzy.oversight.cases.queries import tracing
from ggzy.oversight.cases.views import frame
from ggzy.trading.dossier import queries as dossiers


@require_http_methods(["GET", "HEAD", "POST"])
def trace(request: Request, code: str) -> HttpResponse:
    """倒查 of a lot: every fact, person, device and document behind its result."""
    actor = pages.signed_in(request)
    lot = access.lot_to_trace(actor, code)
    bidders = [bid.code for bid in dossiers.opened_prices(lot.code)]
    concerned = [party for party in (lot.owner, lot.agency, *bidders) if party]
    stopped = frame.unread(
        request, str(lot.code), f"倒查：{lot.title}", concerned, request.at, back=f"/desk/lots/{lot.code}/"
    )
    if stopped is not None:
        return stopped
    context = {
        "lot": lot,
        "summary": dossiers.summary(lot.code),
        "track": tracing.track(lot.code, request.at),
        "crumbs": frame.crumbs(("标段", "/desk/lots/"), (lot.title, f"/desk/lots/{lot.code}/"), ("倒查", "")),
    }
    return pages.show(request, "cases/trace.html", context)
