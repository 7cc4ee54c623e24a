"""竞价室的值守与实况: who keeps a room now, and what it tells whoever watches."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.trading.auctions.models import Application, OfferRow, RoomRow
from ggzy.trading.auctions.queries.rooms import restored, room_row
from ggzy.trading.auctions.rules import telling
from ggzy.trading.auctions.values import OfferLine, RoomPhase
from ggzy.trading.projects import queries as projects

KEEPER_LEASE = timedelta(seconds=3)
"""值守租期: a process that has not said for so long that it lives keeps nothing any more."""
LINGERING = timedelta(minutes=10)
"""闭室留守: how long a closed room still answers those who come too late."""
LINES = 50


@dataclass(frozen=True)
class Kept:
    """值守的竞价室: where its writing stands in the database."""

    lot: LotCode
    auction: int
    epoch: int
    head: int


def kept_by(keeper: UUID, now: datetime) -> tuple[Kept, ...]:
    """一个进程值守的竞价室."""
    rows = RoomRow.objects.filter(not_over(now), keeper=keeper, auction__round=F("auction__lot__round"))
    return tuple(
        Kept(LotCode(lot), auction, epoch, head)
        for lot, auction, epoch, head in rows.values_list("auction__lot_id", "pk", "epoch", "head")
    )


def not_over(now: datetime) -> Q:
    """未结束或刚结束的竞价室."""
    return ~Q(phase=RoomPhase.CLOSED) | Q(ends_at__gte=now - LINGERING)


def door(lot: LotCode, host: str = "localhost", *, is_secure: bool = False) -> str:
    """竞价室的门: the address of the live process that keeps the room, for a page of this host; "" when none does."""
    now = journal.now()
    rows = RoomRow.objects.filter(
        not_over(now), auction__lot_id=lot, auction__round=F("auction__lot__round"),
        keeper__beat_at__gte=now - KEEPER_LEASE,
    )  # fmt: skip
    found = rows.values_list("keeper__door", flat=True).first()
    return telling.address(found, host, is_secure=is_secure) if found else ""


def current_paddle(lot: LotCode, party: CreditCode) -> int:
    """本单位在本轮的号牌; 0 where none was given, for an unknown lot too."""
    rows = Application.objects.filter(
        auction__lot_id=lot, auction__round=F("auction__lot__round"), party=party, paddle__isnull=False
    )
    return rows.values_list("paddle", flat=True).first() or 0


def tick(lot: LotCode) -> dict[str, Any] | None:
    """实况 of the current round as of now, with the last offers; None before the room is prepared."""
    round = projects.lot(lot).round
    row = room_row(lot, round)
    if row is None:
        return None
    room, _, head = restored(row, lot, round)
    last = OfferRow.objects.filter(auction_id=row.pk, seq__isnull=False, height__lte=head).order_by("-pk")[
        :LINES
    ]
    lines = [
        telling.line(OfferLine(one.pk, one.seq or 0, one.paddle, one.amount, one.at, one.is_automatic))
        for one in reversed(last)
    ]
    return telling.tick(room, head, journal.entry(head).chain, journal.now(), lines)
