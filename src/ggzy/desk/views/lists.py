"""清单: what one person holds: bids, sittings, shares, and the day of the centre."""

from datetime import timedelta

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from ggzy.desk import queries
from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Forbidden
from ggzy.kernel.instants import local_date, start_of_day
from ggzy.kernel.roles import Permission
from ggzy.service.portal import queries as portal
from ggzy.trading.tendering.values import BidState

BID_WORDS = {
    BidState.SUBMITTED: "已递交",
    BidState.REPLACED: "已作废",
    BidState.WITHDRAWN: "已撤回",
    BidState.OPENED: "已解密",
    BidState.REVOKED: "解密失败",
    BidState.LAPSED: "已撤回",
    BidState.RETURNED: "已退还",
}


def _holding(request: Request, permission: Permission) -> Actor:
    actor = pages.signed_in(request)
    if not actor.has(permission):
        raise Forbidden()
    return actor


@require_safe
def bids(request: Request) -> HttpResponse:
    """我的投标: every lot this organisation has bid on, with the state of its file."""
    actor = _holding(request, Permission.BID_SUBMIT)
    held = queries.my_bids(actor)
    still = portal.still_among(lot for lot, _ in held)
    rows = [
        {
            "lot": lot,
            "bid": bid,
            "word": portal.word(lot, request.at, is_still=lot.lot in still),
            "state": BID_WORDS[bid.state],
            "runs": lot.deadline is not None and lot.deadline > request.at and lot.lot not in still,
        }
        for lot, bid in held
    ]
    return pages.show(request, "desk/bids.html", {"rows": rows, "now": request.at})


@require_safe
def sittings(request: Request) -> HttpResponse:
    """评标任务: invitations and sittings of this person."""
    actor = _holding(request, Permission.MEMBER_ANSWER)
    rows = [
        {"lot": lot, "title": title, "what": what, "word": portal.word(lot, request.at)}
        for lot, title, what in queries.my_sittings(actor)
    ]
    return pages.show(request, "desk/sittings.html", {"rows": rows})


@require_safe
def shares(request: Request) -> HttpResponse:
    """开标密钥: what this custodian has to do."""
    actor = _holding(request, Permission.SHARE_RELEASE)
    return pages.show(
        request, "desk/shares.html", {"todo": queries.custody_todo(actor, request.at), "now": request.at}
    )


@require_safe
def day(request: Request) -> HttpResponse:
    """开标安排 of this week for the centre, each leading to its workbench."""
    _holding(request, Permission.OPENING_CONDUCT)
    start = start_of_day(local_date(request.at))
    lots = portal.openings(start, start + timedelta(days=7))
    context = {"rows": portal.lot_rows(lots, request.at, base="/desk/lots/"), "now": request.at}
    return pages.show(request, "desk/day.html", context)
