"""平台中断的读取: whether offers can be taken now, and the rooms an outage bears on."""

from datetime import datetime

from ggzy.kernel.codes import LotCode
from ggzy.kernel.instants import Period
from ggzy.trading.auctions.models import Outage, Pulse, RoomRow
from ggzy.trading.auctions.queries.rooms import SERVED
from ggzy.trading.auctions.rules import outages
from ggzy.trading.auctions.values import RoomPhase


def is_reachable(at: datetime) -> bool:
    """此刻能否受理报价, by the last beat. True where nobody has ever said so: then the clock alone decides."""
    last = Pulse.objects.values_list("at", flat=True).first()
    return last is None or not outages((last, max(at, last)))


def run_through(outage: Period) -> tuple[LotCode, ...]:
    """中断时在计时的竞价室: their clock had time left when it began."""
    rows = RoomRow.objects.filter(SERVED, is_paused=False, ends_at__gt=outage.start)
    rows = rows.exclude(phase=RoomPhase.CLOSED).order_by("ends_at")
    return tuple(LotCode(lot) for lot in rows.values_list("auction__lot_id", flat=True))


def outage_over(moment: datetime) -> Period | None:
    """此刻所在的中断; None where offers could be taken then."""
    row = Outage.objects.filter(since__lte=moment, until__gt=moment).first()
    return Period(row.since, row.until) if row else None


def outages_left() -> tuple[Period, ...]:
    """尚未逐室停表的中断: whoever noted them did not come to the end."""
    return tuple(
        Period(row.since, row.until) for row in Outage.objects.filter(is_done=False).order_by("since")
    )
