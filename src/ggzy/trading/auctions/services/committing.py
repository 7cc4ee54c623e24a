"""受理的落库: what was judged in some rooms, written down in one durable commit.

Facts first, then the rows that repeat them, the fence last: a room whose writer has changed takes nothing.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection

from ggzy.foundation.arrays import columns, unnested
from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel import canon
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.verdict import Reason
from ggzy.trading.auctions import events
from ggzy.trading.auctions.models import Auction, OfferRow
from ggzy.trading.auctions.rules import folding, pressing
from ggzy.trading.auctions.values import Amount, AuctionState, RoomPhase

if TYPE_CHECKING:
    from ggzy.trading.auctions.services.seats import Seat

MOVING = (events.PhaseBegan, events.AuctionPaused, events.AuctionResumed, events.AuctionClosed)
SNAPSHOT_EVERY = 256
"""快照间隔, in facts: what a new writer replays at most, and what each snapshot costs, weighed; for each 64 paddles."""
Key = tuple[int, str]
"""操作的身份: the paddle and its press."""


@dataclass
class Change:
    """一间竞价室的变化: what was judged, `presses` answered with what they said, the epoch it must still have."""

    seat: "Seat"
    batch: pressing.Batch
    epoch: int
    presses: Sequence[tuple[Key, str]] = ()
    receipts: list[Receipt] = field(default_factory=list)

    @property
    def is_snapshot_due(self) -> bool:
        seat, room = self.seat, self.batch.room
        has_closed = room.phase is RoomPhase.CLOSED and seat.room.phase is not RoomPhase.CLOSED
        every = SNAPSHOT_EVERY * max(1, len(room.roster.paddles) // 64)
        return seat.head == 0 or has_closed or seat.unsaved + len(self.batch.facts) >= every


def record(changes: Sequence[Change], actor: Actor | None = None) -> bool:
    """落库, inside the transaction that holds the rooms. Whether every fence still stood; else roll back."""
    told = [change for change in changes if change.batch.facts]
    if not told:
        return True
    facts = [fact for change in told for fact in change.batch.facts]
    at = max(change.batch.now for change in told)
    who = actor or Actor.system(f"offers-{secrets.token_hex(12)}")
    for change in told:
        _move_auction(change)
    unsealed = {change.seat.auction: _unsealed(change) for change in told}
    moved = connection.cursor()

    def repeat(receipts: Sequence[Receipt]) -> None:
        given = iter(receipts)
        for change in told:
            change.receipts = [next(given) for _ in change.batch.facts]
        offers = [row for change in told for row in _offers(change, unsealed[change.seat.auction])]
        if offers:
            with connection.cursor() as cursor:
                cursor.execute(OFFERS, columns(OFFER, offers))
        moved.execute(ROOMS, columns(ROOM, [_room(change) for change in told]))

    with moved:
        journal.record_each(facts, actor=who, at=at, beside=repeat)
        return moved.rowcount == len(told)


OFFER = {
    "auction_id": "bigint", "paddle": "integer", "press": "text", "said": "text", "height": "bigint",
    "reasons": "text", "seq": "integer", "measure": "text", "units": "bigint", "at": "timestamptz",
    "is_automatic": "boolean", "is_unsealed": "boolean",
}  # fmt: skip
OFFERS = f"""
    INSERT INTO auctions_offerrow ({", ".join(OFFER)})
    SELECT {", ".join(f"u.{name}::jsonb" if name == "reasons" else f"u.{name}" for name in OFFER)}
    FROM {unnested(OFFER)}
"""
ROOM = {
    "auction": "bigint", "held": "integer", "known": "bigint", "epoch": "integer", "head": "bigint",
    "seq": "integer", "phase": "text", "ends_at": "timestamptz", "is_paused": "boolean", "leader": "integer",
    "price": "text", "extensions": "integer", "refused": "integer", "snapshot": "text", "height": "bigint",
}  # fmt: skip
ROOMS = f"""
    UPDATE auctions_roomrow AS r
    SET epoch = u.epoch, head = u.head, seq = u.seq, phase = u.phase, ends_at = u.ends_at,
        is_paused = u.is_paused, leader = u.leader, price = u.price::jsonb, extensions = u.extensions,
        refused = r.refused + u.refused, snapshot = coalesce(u.snapshot::jsonb, r.snapshot),
        height = coalesce(u.height, r.height)
    FROM {unnested(ROOM)}
    WHERE r.auction_id = u.auction AND r.epoch = u.held AND r.head = u.known
"""


def _room(change: Change) -> tuple[Any, ...]:
    """A row of ROOM; a null keeps the snapshot that is there."""
    seat, room, head = change.seat, change.batch.room, change.receipts[-1].height
    leading = room.leader or room.capped
    refused = sum(isinstance(fact, events.OfferRefused) for fact in change.batch.facts)
    snapshot = _text(kernel_events.body(room)) if change.is_snapshot_due else None
    return (
        seat.auction, change.epoch, seat.head, seat.epoch, head, room.seq, room.phase.value, room.end,
        room.pause is not None, leading.paddle if leading else None,
        _text(kernel_events.body(room.price)) if room.price else None, room.extensions, refused, snapshot,
        head if snapshot else None,
    )  # fmt: skip


def _unsealed(change: Change) -> int:
    """How many offers were unsealed before."""
    if not any(isinstance(fact, events.OfferUnsealed) for fact in change.batch.facts):
        return 0
    return OfferRow.objects.filter(auction_id=change.seat.auction, is_unsealed=True).count()


def _offers(change: Change, unsealed: int) -> list[tuple[Any, ...]]:
    """Rows of OFFER: one for each press that was answered, and one for what the room told by itself."""
    auction, batch = change.seat.auction, change.batch
    answered = dict(zip(batch.places, zip(change.presses, batch.reasons, strict=True), strict=True))
    rows: list[tuple[Any, ...]] = []
    for place, fact in enumerate(batch.facts):
        ((paddle, press), said), reasons = answered.get(place, (((0, ""), ""), ()))
        height, why = change.receipts[place].height, _reasons(reasons)
        if isinstance(fact, events.OfferMade):
            told = (fact.seq, *_units(fact.amount), fact.at, fact.is_automatic, False)
            rows.append((auction, fact.paddle, press, said, height, why, *told))
        elif isinstance(fact, events.OfferUnsealed):
            unsealed += 1
            told = (unsealed, *_units(fact.amount), fact.at, False, True)
            rows.append((auction, fact.paddle, "", "", height, why, *told))
        elif press:
            rows.append((auction, paddle, press, said, height, why, None, "", None, fact.at, False, False))
    return rows


def _units(amount: Amount | None) -> tuple[str, int | None]:
    return ("", None) if amount is None else (amount.measure.value, amount.units)


def _reasons(reasons: Sequence[Reason]) -> str:
    return _text([kernel_events.body(one) for one in reasons]) if reasons else "[]"


def _text(value: object) -> str:
    return canon.dumps(value).decode()


def _move_auction(change: Change) -> None:
    """The auction follows its room: opened, paused, closed. Most batches move nothing."""
    moving = [fact for fact in change.batch.facts if isinstance(fact, MOVING)]
    if not moving:
        return
    row = Auction.objects.get(pk=change.seat.auction)
    for fact in moving:
        row.state = folding.moved_by(AuctionState(row.state), fact)
        if isinstance(fact, events.AuctionClosed):
            row.outcome, row.closed_at, row.paddle = fact.outcome, fact.at, fact.paddle
            row.price = kernel_events.body(fact.price) if fact.price else None
            row.second = kernel_events.body(fact.second) if fact.second else None
    row.save(update_fields=["state", "outcome", "closed_at", "paddle", "price", "second"])
