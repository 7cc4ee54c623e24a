"""竞价大厅: what is contested now, what begins soon, what has ended."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from ggzy.foundation.ui import pages
from ggzy.foundation.ui.pages import Request
from ggzy.kernel.codes import RegionCode
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.auctions import queries
from ggzy.trading.auctions.queries import showing
from ggzy.trading.auctions.rules import captions
from ggzy.trading.auctions.values import RoomPhase
from ggzy.trading.auctions.values.showing import HallRow, Turn

NAMES = {Turn.LIVE: "正在竞价", Turn.SOON: "即将开始", Turn.ENDED: "已结束"}
EMPTY = {
    Turn.LIVE: "此刻没有正在进行的竞价。",
    Turn.SOON: "没有已公告、尚未开始的竞价。",
    Turn.ENDED: "还没有结束的竞价。",
}


@require_safe
def hall(request: Request) -> HttpResponse:
    """竞价大厅."""
    columns = [(turn, showing.hall(turn, request.at)) for turn in Turn]
    regions = _regions(row.region for _, rows in columns for row in rows)
    context = {
        "columns": [
            (turn.value, NAMES[turn], EMPTY[turn], [_row(row, regions, request.at) for row in rows])
            for turn, rows in columns
        ],
        "tabs": [(NAMES[turn], f"#{turn.value}", len(rows)) for turn, rows in columns],
        "now": request.at,
    }
    return pages.show(request, "auctions/hall.html", context)


def _row(row: HallRow, regions: Mapping[RegionCode, str], at: datetime) -> dict[str, object]:
    format = queries.formats()[row.format]
    return {
        "url": f"/auctions/{row.lot}/",
        "title": row.title,
        "region": regions[row.region],
        "format": format.name,
        "round": row.round,
        "start": f"{row.start}{f'／{row.per}' if row.per else ''}",
        "price": row.price,
        "leader": row.leader,
        "offers": row.offers,
        "word": captions.word(format, row.state, row.phase, row.starts_at, at),
        "starts_at": row.starts_at if row.phase in (None, RoomPhase.WAITING) else None,
        "ends_at": None if row.is_paused else row.ends_at,
        "closed_at": row.closed_at,
    }


def _regions(codes: Iterable[RegionCode]) -> dict[RegionCode, str]:
    return {
        code: catalog.region(code).full_name if catalog.is_region(code) else str(code) for code in set(codes)
    }
