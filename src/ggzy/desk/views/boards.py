"""工作台首页、我的标段、可投标段."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from ggzy.desk import queries
from ggzy.desk.values import Board
from ggzy.foundation.journal import queries as journal
from ggzy.foundation.ui import forms, pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.errors import Forbidden
from ggzy.kernel.plugins import discover
from ggzy.kernel.roles import Permission, Role
from ggzy.service.portal import queries as portal
from ggzy.trading.dossier import queries as dossiers
from ggzy.trading.dossier.queries import Wanted
from ggzy.trading.dossier.values import Stage
from ggzy.trading.projects import queries as projects

PAGE = 20
ENTRIES = 50
BOARDS: dict[Role, Board] = {
    role: board for board in discover("ggzy.desk.boards", "BOARD").values() for role in board.roles
}


@require_safe
def board(request: Request) -> HttpResponse:
    """工作台: what must I do, by when."""
    actor = pages.signed_in(request)
    found = BOARDS.get(actor.role)
    if found is None:
        raise Forbidden()
    context = {"board": found, "view": found.build(actor, request.at), "now": request.at}
    return pages.show(request, "desk/board.html", context)


@require_safe
def lots(request: Request) -> HttpResponse:
    """我的标段: those this membership may work on or read."""
    actor = pages.signed_in(request)
    text = request.GET.get("q", "").strip()[:100]
    page = forms.whole_number(request.GET.get("page", ""), 1, 1, 10_000)
    total = projects.count_seen(actor, text=text)
    seen = projects.lots_seen(actor, text=text, offset=(page - 1) * PAGE, limit=PAGE)
    order = {lot.code: index for index, lot in enumerate(seen)}
    found = dossiers.summaries(Wanted(lots=tuple(order)), limit=PAGE) if order else ()
    context = {
        "rows": portal.lot_rows(
            sorted(found, key=lambda lot: order[lot.lot]), request.at, base="/desk/lots/"
        ),
        "text": text,
        "page": page,
        "pages": max(1, -(-total // PAGE)),
        "total": total,
        "current": {"q": text} if text else {},
        "may_register": actor.has(Permission.LOT_REGISTER),
        "now": request.at,
    }
    return pages.show(request, "desk/lots.html", context)


@require_safe
def follow(request: Request) -> HttpResponse:
    """可投标段: lots that take bids now, the nearest deadline first."""
    pages.signed_in(request)
    text = request.GET.get("q", "").strip()[:100]
    page = forms.whole_number(request.GET.get("page", ""), 1, 1, 10_000)
    wanted = Wanted(stages=(Stage.ANNOUNCED,), words=text, deadline_from=request.at, is_suspended=False)
    total = dossiers.count(wanted)
    found = dossiers.summaries(wanted, order="deadline", offset=(page - 1) * PAGE, limit=PAGE)
    context = {
        "rows": portal.lot_rows(found, request.at, base="/desk/lots/"),
        "text": text,
        "page": page,
        "pages": max(1, -(-total // PAGE)),
        "total": total,
        "current": {"q": text} if text else {},
        "now": request.at,
    }
    return pages.show(request, "desk/follow.html", context)


@require_safe
def log(request: Request) -> HttpResponse:
    """存证日志: the newest entries and the head; the bodies stay behind their audience."""
    actor = pages.signed_in(request)
    if not actor.has(Permission.JOURNAL_READ):
        raise Forbidden()
    head = journal.head()
    last = forms.whole_number(request.GET.get("until", ""), head, 1, max(head, 1))
    context = {
        "entries": queries.entries(max(0, last - ENTRIES), last),
        "head": head,
        "last": last,
        "older": last - ENTRIES,
        "checkpoint": journal.checkpoint(),
        "subject_name": portal.subject_name,
    }
    return pages.show(request, "desk/journal.html", context)
