"""平台中断: the platform's own record of when nobody could press, and what the rooms make of it.

Whoever takes offers calls `pulse()` once a second, and before anything else when it starts: a gap in the
record is an outage, a fact, and every room that ran then stands still for it and runs on with the time left.
While nobody pulses, nobody lets a room come to its end (`queries.is_reachable`).
"""

from datetime import datetime

from django.db import transaction

from ggzy.foundation.journal import queries as clock
from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.events import instant_text
from ggzy.kernel.instants import Period
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Refused
from ggzy.trading.auctions import access, events, queries, rules
from ggzy.trading.auctions.models import Outage, Pulse
from ggzy.trading.auctions.services.conducting import stands
from ggzy.trading.auctions.services.seats import Seat

ONE = 1
"""The row of the pulse."""


def pulse() -> Period | None:
    """心跳, by the database's clock: the outage that ends with this beat, noted and outlasted; None in time.

    For the live processes: one call a second each, the first before any room is claimed.
    """
    with transaction.atomic():
        Pulse.objects.get_or_create(pk=ONE, defaults={"at": clock.now()})
        row = Pulse.objects.select_for_update().get(pk=ONE)
        now = max(clock.now(), row.at)
        found = rules.outages((row.at, now))
        Pulse.objects.filter(pk=ONE).update(at=now)
        for outage in found:
            note_outage(_platform(outage, "note"), outage, at=now)
    for outage in found:
        outlast(outage)
    return found[0] if found else None


@command
def note_outage(actor: Actor, outage: Period, *, at: datetime) -> Receipt:
    """登记平台中断: a period in which no offer could be taken. `outlast` then makes the rooms stand still."""
    Outage.objects.create(since=outage.start, until=outage.end)
    return journal.record(events.OutageNoted(since=outage.start, until=outage.end), actor=actor, at=at)


def outlast(outage: Period) -> tuple[LotCode, ...]:
    """逐室停表, each room in a command of its own; the rooms that stood. Safe to repeat and to interrupt."""
    stood = []
    for lot in queries.run_through(outage):
        try:
            stand_through(_platform(outage, lot), lot, outage)
        except Refused:
            continue  # its time was over before, it stood anyway, or it has stood for this already
        stood.append(lot)
    Outage.objects.filter(since=outage.start).update(is_done=True)
    return tuple(stood)


@command
def stand_through(actor: Actor, lot: LotCode, outage: Period) -> Receipt:
    """停表并继续: the room stood from the beginning of the outage and runs on now with the time left."""
    grip = access.auction_to_run(actor, lot, Permission.AUCTION_CONDUCT)
    seat = Seat.of(grip.row)
    batch = stands(seat, outage)
    batch.take(rules.resume(batch.room, batch.at))
    return seat.tell(batch, actor)


def _platform(outage: Period, what: str) -> Actor:
    return Actor.system(f"outage/{instant_text(outage.start)}/{what}")
