"""竞价室的读取: the room as its facts make it, what is shown of it, and what was pressed."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q

from ggzy.foundation.arrays import columns, unnested
from ggzy.foundation.journal import queries as journal
from ggzy.kernel import events
from ggzy.kernel.codes import LotCode
from ggzy.trading.auctions.models import OfferRow, RoomRow
from ggzy.trading.auctions.queries.auctions import row_of
from ggzy.trading.auctions.rules import replaying
from ggzy.trading.auctions.values import OfferLine, Room, RoomPhase
from ggzy.trading.projects import queries as projects

PRESS = {"auction": "bigint", "paddle": "integer", "press": "text"}
ANSWERED = f"""
    SELECT o.auction_id, o.paddle, o.press, o.said, o.height, o.reasons::text FROM {unnested(PRESS)},
    LATERAL (
        SELECT * FROM auctions_offerrow o
        WHERE o.auction_id = u.auction AND o.press = u.press AND o.paddle = u.paddle AND o.press <> ''
        LIMIT 1
    ) o
"""
"""One look into the index for each press: what has no name is not in it, so that is said too."""
GRACE = timedelta(seconds=3)
"""宽限: a living keeper serves its rooms to the moment; only if it does not, another clock does."""
SERVED = Q(auction__lot__suspended=False, auction__lot__terminated_at__isnull=True)


def stream(lot: LotCode, round: int) -> str:
    """竞价室的流."""
    return f"lot/{lot}/{round}/offers"


def room_row(lot: LotCode, round: int) -> RoomRow | None:
    """The row, for this app's own use."""
    return RoomRow.objects.filter(auction__lot_id=lot, auction__round=round).first()


def restored(row: RoomRow, lot: LotCode, round: int) -> tuple[Room, int, int]:
    """复原竞价室: the snapshot and the facts after it; with their number and the height of the last."""
    room: Room = events.restore(Room, row.snapshot)
    count, height = 0, row.height
    for fact in journal.facts(subject=stream(lot, round), after=row.height):
        room = replaying.apply(room, fact.event)
        count, height = count + 1, fact.height
    return room, count, height


def room(lot: LotCode) -> Room | None:
    """竞价室 of the current round as it is now, without a lock; None before it is prepared."""
    round = projects.lot(lot).round
    row = room_row(lot, round)
    return None if row is None else restored(row, lot, round)[0]


def offers(lot: LotCode, round: int, *, after: int = 0, limit: int = 500) -> tuple[OfferLine, ...]:
    """报价记录 by paddle, in order. Sealed offers are among them once they were opened."""
    row = row_of(lot, round)
    rows = OfferRow.objects.filter(auction=row, seq__isnull=False, pk__gt=after).order_by("pk")[:limit]
    return tuple(
        OfferLine(one.pk, one.seq or 0, one.paddle, one.amount, one.at, one.is_automatic) for one in rows
    )


def answered(presses: Sequence[tuple[int, int, str]]) -> Callable[[], list[OfferRow]]:
    """已受理的操作 among these, by auction, paddle and press; for this app's own use. Asks at once, reads when called."""
    cursor = connection.cursor()
    cursor.execute(ANSWERED, columns(PRESS, presses))

    def read() -> list[OfferRow]:
        with cursor:
            rows = cursor.fetchall()
        names = ("auction_id", "paddle", "press", "said", "height", "reasons")
        return [OfferRow(**dict(zip(names, (*row[:5], json.loads(row[5])), strict=True))) for row in rows]

    return read


def due_rooms(at: datetime) -> tuple[LotCode, ...]:
    """到点的竞价室, the longest waiting first. Not those whose lot stands still, nor those a keeper serves."""
    rows = RoomRow.objects.filter(~Q(phase=RoomPhase.CLOSED), SERVED, is_paused=False, ends_at__lte=at)
    rows = rows.exclude(keeper__beat_at__gte=at - GRACE, ends_at__gt=at - GRACE)
    return tuple(LotCode(lot) for lot in rows.order_by("ends_at").values_list("auction__lot_id", flat=True))


def to_brake() -> tuple[LotCode, ...]:
    """应停表的竞价室: they run, and their lot was stopped or ended."""
    rows = RoomRow.objects.exclude(phase__in=[RoomPhase.WAITING, RoomPhase.CLOSED]).exclude(SERVED)
    return tuple(
        LotCode(lot) for lot in rows.filter(is_paused=False).values_list("auction__lot_id", flat=True)
    )
