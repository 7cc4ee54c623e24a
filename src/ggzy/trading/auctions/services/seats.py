"""席位: the one writer of a room at any moment.

A seat is taken under a new epoch; whoever held it before is fenced and stops. Offers are judged in the
order they came, in memory; all facts of a batch are committed together, of many rooms at once; nobody is
answered before that. The database is the only truth: a seat that is lost, with its process or without,
loses nothing that was answered, for the next one restores the room from the snapshot and the facts after it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from ggzy.foundation.arrays import columns, unnested
from ggzy.foundation.journal import queries as clock
from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Conflict
from ggzy.kernel.verdict import Reason
from ggzy.trading.auctions import access, queries
from ggzy.trading.auctions.models import Auction, OfferRow, RoomRow
from ggzy.trading.auctions.rules import pausing, pressing
from ggzy.trading.auctions.rules.replaying import MICROSECOND
from ggzy.trading.auctions.services.committing import Change, Key, record
from ggzy.trading.auctions.values import UNITS_MAX, Answer, Format, Offer, Room, RoomPhase
from ggzy.trading.projects import queries as project_queries
from ggzy.trading.projects import services as projects

Sent = tuple[Key, str, Offer]
SEAT = {"auction": "bigint", "epoch": "integer", "head": "bigint"}
HELD = f"""
    SELECT r.auction_id FROM auctions_roomrow r JOIN {unnested(SEAT)}
        ON r.auction_id = u.auction AND r.epoch = u.epoch AND r.head = u.head
    ORDER BY r.auction_id FOR UPDATE OF r
"""


class Fenced(Conflict):
    """席位已失效: another has taken the room, or this writer no longer knows what was committed."""

    def __init__(self) -> None:
        super().__init__("竞价室已由另一进程接管，请重新提交")


def take(lot: LotCode) -> "Seat":
    """取得席位, under a new epoch: the room as its facts make it. Raises Missing before it is prepared."""
    _, auction = access.current(lot)
    with transaction.atomic():
        seat = Seat.of(auction)
        RoomRow.objects.filter(pk=auction.pk).update(epoch=seat.epoch)
    return seat


@dataclass
class Seat:
    """席位. `head` is the height of the last fact it knows, `unsaved` the facts since the snapshot."""

    auction: int
    lot: LotCode
    format: Format
    room: Room
    epoch: int
    head: int
    unsaved: int

    @classmethod
    def of(cls, auction: Auction) -> "Seat":
        """The room restored under its lock, with the next epoch; inside a transaction."""
        row = access.room_of(auction)
        lot = LotCode(auction.lot_id)
        room, unsaved, _ = queries.restored(row, lot, auction.round)
        return cls(auction.pk, lot, queries.formats()[auction.format], room, row.epoch + 1, row.head, unsaved)

    def press(self, offers: Sequence[Offer]) -> tuple[Answer, ...]:
        """受理一批操作 of this room alone: see `press`. Raises Fenced, and then none of them was taken."""
        (done,) = press([(self, offers)])
        if done is None:
            raise Fenced
        return done.answers

    def serve(self) -> bool:
        """到点处理: whether the clock, or the brake, brought anything about."""
        before = self.head
        self.press(())
        return self.head != before

    def tell(self, batch: pressing.Batch, actor: Actor) -> Receipt:
        """记录其他事实, within a command that took the seat: the receipt of the last."""
        change = Change(self, batch, self.epoch - 1)
        if not record([change], actor):
            raise Fenced
        return change.receipts[-1]

    def batch(self, now: datetime | None = None) -> pressing.Batch:
        """The room at this moment, for what is to be done in it; under its lock."""
        at = self.moment(now or clock.now())
        batch = pressing.Batch(self.format, self.room, at, now=at)
        if self.room.phase is RoomPhase.WAITING:
            self._await_start(batch)
        return batch

    def _await_start(self, batch: pressing.Batch) -> None:
        """A start that fell into a standstill of the lot comes as much later: nobody loses what was left before it."""
        due = self.room.end
        if due is None or batch.at < due:
            return
        start = project_queries.after_standstill(self.lot, due, self.room.at or due, batch.at)
        if batch.at < start:
            batch.at = due - MICROSECOND
        elif start > due:
            batch.open_late(due)

    def moment(self, at: datetime) -> datetime:
        """受理时刻: of one room, time never runs backwards."""
        return at if self.room.at is None else max(at, self.room.at)

    def follow(self, change: Change) -> None:
        """What was committed is what the seat knows."""
        if change.receipts:
            self.unsaved = 0 if change.is_snapshot_due else self.unsaved + len(change.receipts)
            self.room, self.head = change.batch.room, change.receipts[-1].height


@dataclass(frozen=True)
class Done:
    """一间竞价室受理完毕: an answer to every press, in order, and the facts that were told."""

    answers: tuple[Answer, ...]
    facts: tuple[Any, ...]
    receipts: tuple[Receipt, ...]


@dataclass
class _Turn:
    """One room's part of a commit. `fresh` are the presses that have no answer yet, the first of each.

    What came under the name of another press is `renamed`, by that name and what it said.
    """

    seat: Seat
    sent: list[Sent]
    known: Mapping[Key, OfferRow] = field(default_factory=dict)
    fresh: dict[Key, tuple[str, Offer]] = field(default_factory=dict)
    renamed: dict[tuple[Key, str], Key] = field(default_factory=dict)
    change: Change | None = None

    def judge(self, known: Mapping[Key, OfferRow], stopped: datetime | None, now: datetime) -> Change:
        """In order, at one moment; a stopped lot makes the room stand. Without presses only the clock is served."""
        self.known = known
        others = []
        for key, said, offer in self.sent:
            first = known[key].said if key in known else self.fresh.setdefault(key, (said, offer))[0]
            if first != said:
                others.append((key, said, pressing.reused(offer, said)))
        if others:
            self._rename(others)
        batch = self.seat.batch(now)
        if stopped is not None:
            batch.take(pausing.brake(batch.room, stopped, batch.at))
        for _, offer in self.fresh.values():
            batch.press(offer)
        if not self.fresh:
            batch.advance()
        pressed = [(key, said) for key, (said, _) in self.fresh.items()]
        self.change = Change(self.seat, batch, self.seat.epoch, pressed)
        return self.change

    def _rename(self, others: Sequence[Sent]) -> None:
        """Each under its own name, unless it was answered under that before."""
        self.renamed = {(key, said): (other.paddle, other.press) for key, said, other in others}
        found = queries.answered([(self.seat.auction, *name) for name in set(self.renamed.values())])()
        self.known = {**self.known, **{(row.paddle, row.press): row for row in found}}
        for _, said, other in others:
            if (other.paddle, other.press) not in self.known:
                self.fresh.setdefault((other.paddle, other.press), (said, other))

    def done(self) -> Done | None:
        """None where the seat was lost before anything was judged."""
        if self.change is None:
            return None
        batch, receipts = self.change.batch, self.change.receipts
        given = {key: _again(row) for key, row in self.known.items()}
        for key, reasons, place in zip(self.fresh, batch.reasons, batch.places, strict=True):
            given[key] = Answer(*key, reasons, receipts[place])
        answers = tuple(
            replace(given[self.renamed[key, said]], press=key[1])
            if (key, said) in self.renamed
            else given[key]
            for key, said, _ in self.sent
        )
        return Done(answers, tuple(batch.facts), tuple(receipts))


def press(work: Sequence[tuple[Seat, Sequence[Offer]]]) -> list[Done | None]:
    """受理多间竞价室的操作: judged in order at one moment of the database's clock, committed, then answered.

    A press already answered gets the same answer again. None for a room whose seat was lost: nothing of it
    was taken. Raises Fenced where a seat was lost in between, and then nothing at all was taken.
    """
    turns = [_Turn(seat, [_sent(offer) for offer in offers]) for seat, offers in work]
    with transaction.atomic():
        stopped, held, known, now = _asked(turns)
        mine = [turn for turn in turns if turn.seat.auction in held]
        changes = [
            turn.judge(known.get(turn.seat.auction, {}), stopped.get(turn.seat.lot), now) for turn in mine
        ]
        if not record(changes):
            raise Fenced
    for change in changes:
        change.seat.follow(change)
    return [turn.done() for turn in turns]


def _sent(offer: Offer) -> Sent:
    assert offer.amount is None or abs(offer.amount.units) <= UNITS_MAX, "offers are read at the door"
    return (offer.paddle, offer.press), pressing.said(offer), offer


def _asked(
    turns: Sequence[_Turn],
) -> tuple[dict[LotCode, datetime], set[int], dict[int, dict[Key, OfferRow]], datetime]:
    """The locks in their order, what was answered before, then the clock: asked in one go, answered in one wait."""
    seats = [turn.seat for turn in turns]
    told = columns(SEAT, [(seat.auction, seat.epoch, seat.head) for seat in seats])
    presses = [(turn.seat.auction, *key) for turn in turns for key, _, _ in turn.sent]
    with journal.together(), connection.cursor() as held:
        stopped = projects.stopped_among([seat.lot for seat in seats])
        held.execute(HELD, told)
        answered = queries.answered(presses)
        now = clock.asked_now()
        mine = {auction for (auction,) in held.fetchall()}
        known: dict[int, dict[Key, OfferRow]] = {}
        for row in answered():
            known.setdefault(row.auction_id, {})[row.paddle, row.press] = row
        return stopped(), mine, known, now()


def _again(row: OfferRow) -> Answer:
    """The answer that was given, without the signature that may come with it."""
    given = clock.receipt_at(row.height).receipt
    reasons = tuple(kernel_events.restore(Reason, one) for one in row.reasons)
    return Answer(row.paddle, row.press, reasons, replace(given, signature=""), is_repeated=True)
