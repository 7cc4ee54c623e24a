"""首页."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.service.portal import queries
from ggzy.trading.dossier import queries as dossiers
from ggzy.trading.notices import queries as notices
from ggzy.trading.notices.values import Wanted

GROUPS = (("公告", "newest-notice"), ("公示", "newest-publicity"), ("记录", "newest-record"))


@require_safe
def home(request: Request) -> HttpResponse:
    """首页: what closes, what opens, what is new, and the head of the journal."""
    at = request.at
    newest = [
        (name, anchor, queries.notice_rows(notices.search(Wanted(group=name), size=5, counts=False).rows, at))
        for name, anchor in GROUPS
    ]
    shown = [group for group in newest if group[2]]
    context = {
        "now": at,
        "live": queries.live(at),
        "deadlines": queries.next_deadlines(at),
        "newest": shown,
        "newest_tabs": [(name, f"#{anchor}") for name, anchor, _ in shown],
        "standings": queries.standings(),
        "lots": dossiers.count(),
        "regions": _regions(),
        "checkpoint": journal.checkpoint(),
    }
    return pages.show(request, "portal/home.html", context)


def _regions() -> list[tuple[str, str, int]]:
    """公告最多的地区 as (name, address, number)."""
    found = sorted(notices.search(Wanted(), size=1).by_region, key=lambda pair: -pair[1])[:8]
    names = queries.region_names([code for code, _ in found])
    return [(names[code], f"/notices/?region={code}", number) for code, number in found]
