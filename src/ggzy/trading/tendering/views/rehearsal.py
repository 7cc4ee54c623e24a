"""开标前自检: can my key file open my bid? Tried in the bidder's browser; the key goes nowhere."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.ui import pages, show
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import Verdict
from ggzy.trading.projects import queries as projects
from ggzy.trading.tendering import queries
from ggzy.trading.tendering.rules import rehearsing
from ggzy.trading.tendering.values import BidState, TenderState
from ggzy.trading.tendering.views import place

CHECKS = (
    ("已递交投标文件", "no_bid"),
    ("响应的是现行招标文件", "documents_stale"),
    ("数字证书在开标时有效", "certificate_ends"),
)


@require_safe
def rehearse(request: Request, code: str) -> HttpResponse:
    """自检. From the opening on the hall itself takes the key."""
    actor = place.actor(request)
    if actor.role is not Role.BIDDER or actor.organisation is None:
        raise Forbidden()
    lot = projects.seen(actor, place.code(code))
    tender = queries.tender(lot.code, at=request.at)
    if tender.state is not TenderState.ANNOUNCED or tender.deadline is None:
        raise Missing()
    own = queries.own_bid(queries.row_of(lot.code, lot.round), actor.organisation)
    held = identity.certificates(request.at, party=actor.organisation)
    verdict = rehearsing.is_ready(
        BidState(own.state) if own else None,
        own is not None and own.documents == tender.documents_digest,
        [one.valid_to for one in held],
        tender.deadline,
    )
    context = {
        "lot": lot,
        "tender": tender,
        "own": own.facts() if own and own.state == BidState.SUBMITTED else None,
        "rows": _rows(verdict),
        "certificates": [(one.holder, one.tail, show.instant(one.valid_to)) for one in held],
        "now": request.at,
        "crumbs": place.crumbs(lot, "开标前自检"),
    }
    return pages.show(request, "tendering/rehearse.html", context)


def _rows(verdict: Verdict) -> list[dict[str, object]]:
    against = {reason.code: reason for reason in verdict.reasons}
    return [
        {
            "condition": name,
            "ours": against[code].text if code in against else "",
            "ok": code not in against,
            "remedy": against[code].remedy if code in against else "",
        }
        for name, code in CHECKS
    ]
