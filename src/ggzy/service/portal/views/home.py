"""首页."""

from datetime import datetime
from itertools import islice

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.service.portal import queries
from ggzy.service.portal.values import Row
from ggzy.trading.dossier import queries as dossiers
from ggzy.trading.notices import queries as notices
from ggzy.trading.notices.values import Wanted

NEWEST = 5
GROUPS = (("公告", "newest-notice"), ("公示", "newest-publicity"), ("记录", "newest-record"))


@require_safe
def home(request: Request) -> HttpResponse:
    """首页: what closes, what opens, what is new, and the head of the journal."""
    at = request.at
    shown = [group for group in _newest(at) if group[2]]
    context = {
        "now": at,
        "live": queries.live(at),
        "deadlines": queries.next_deadlines(at),
        "newest": shown,
        "newest_tabs": [(name, f"#{anchor}") for name, anchor, _ in shown],
        "standings": queries.standings(),
        "savings": queries.savings(),
        "lots": dossiers.count(),
        "regions": _regions(),
        "checkpoint": journal.checkpoint(),
    }
    return pages.show(request, "portal/home.html", context)


def _newest(at: datetime) -> list[tuple[str, str, tuple[Row, ...]]]:
    """最新公告 of each group, as (name, anchor, rows); what the rows need is read once for all."""
    found = [
        (name, anchor, notices.search(Wanted(group=name), size=NEWEST, counts=False).rows)
        for name, anchor in GROUPS
    ]
    rows = iter(queries.notice_rows([row for _, _, some in found for row in some], at))
    return [(name, anchor, tuple(islice(rows, len(some)))) for name, anchor, some in found]


def _regions() -> list[tuple[str, str, int]]:
    """公告最多的地区 as (name, address, number)."""
    found = sorted(notices.search(Wanted(), size=1).by_region, key=lambda pair: -pair[1])[:8]
    names = queries.region_names([code for code, _ in found])
    return [(names[code], f"/notices/?region={code}", number) for code, number in found]
