"""席位: the one writer of a room at any moment.

A seat is taken under a new epoch; whoever held it before is fenced and stops. Offers are judged in the
order they came, in memory; all facts of a batch are committed together; nobody is answered before that.
The database is the only truth: a seat that is lost, with its process or without, loses nothing that was
answered, for the next one restores the room from the snapshot and the facts after it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from ggzy.foundation.journal import queries as clock
from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Conflict
from ggzy.kernel.verdict import Reason
from ggzy.trading.auctions import access, events, queries
from ggzy.trading.auctions.models import Auction, OfferRow, Press, RoomRow
from ggzy.trading.auctions.rules import folding, pausing, pressing
from ggzy.trading.auctions.rules.replaying import MICROSECOND
from ggzy.trading.auctions.values import UNITS_MAX, Answer, AuctionState, Format, Offer, Room, RoomPhase
from ggzy.trading.projects import queries as project_queries
from ggzy.trading.projects import services as projects

SNAPSHOT_EVERY = 256
"""快照间隔, in facts: what a new writer replays at most, and what each snapshot costs, weighed."""

Key = tuple[int, str]
"""操作的身份: the paddle and its press."""
Sent = tuple[Key, str, Offer]


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
    batches: int = 0

    @classmethod
    def of(cls, auction: Auction) -> "Seat":
        """The room restored under its lock, with the next epoch; inside a transaction."""
        row = access.room_of(auction)
        lot = LotCode(auction.lot_id)
        room, unsaved = queries.restored(row, lot, auction.round)
        return cls(auction.pk, lot, queries.formats()[auction.format], room, row.epoch + 1, row.head, unsaved)

    def press(self, offers: Sequence[Offer]) -> tuple[Answer, ...]:
        """受理一批操作: judged in order at one moment of the database's clock, committed, then answered.

        A press already answered gets the same answer again. Without offers only the clock is served.
        Raises Fenced, and then none of them was taken by this seat.
        """
        assert all(_fits(offer) for offer in offers), "offers are read at the door"
        sent = [((offer.paddle, offer.press), pressing.said(offer), offer) for offer in offers]
        with transaction.atomic():
            batch = self._begun()
            known = queries.answered(self.auction, [key for key, _, _ in sent])
            fresh = _first_of_each(sent, known)
            for _, offer in fresh.values():
                batch.press(offer)
            if not fresh:
                batch.advance()
            presses = [_pressed(self.auction, key, said) for key, (said, _) in fresh.items()]
            receipts = self._write(batch, presses) if batch.facts else []
        self._committed(batch, receipts)
        given = {key: (row.said, _again(row)) for key, row in known.items()}
        for (key, (said, _)), reasons, place in zip(fresh.items(), batch.reasons, batch.places, strict=True):
            given[key] = (said, Answer(*key, reasons, receipts[place]))
        return tuple(
            given[key][1] if given[key][0] == said else Answer(*key, (pressing.REUSED,), None)
            for key, said, _ in sent
        )

    def serve(self) -> bool:
        """到点处理: whether the clock, or the brake, brought anything about."""
        before = self.head
        self.press(())
        return self.head != before

    def tell(self, batch: pressing.Batch, actor: Actor) -> Receipt:
        """记录其他事实, within a command that took the seat: the receipt of the last."""
        return self._write(batch, [], actor)[-1]

    def _begun(self) -> pressing.Batch:
        """The locks in their order, the fence, then the clock; a stopped lot makes the room stand."""
        stopped = projects.stopped_since(self.lot)
        held = RoomRow.objects.select_for_update().filter(pk=self.auction, epoch=self.epoch, head=self.head)
        if not held.values_list("pk").first():
            raise Fenced
        batch = self.batch()
        if stopped is not None:
            batch.take(pausing.brake(batch.room, stopped, batch.at))
        return batch

    def batch(self) -> pressing.Batch:
        """The room at this moment, for what is to be done in it; under its lock."""
        at = self.moment(clock.now())
        batch = pressing.Batch(self.format, self.room, at, now=at)
        if self.room.phase is RoomPhase.WAITING:
            self._await_start(batch)
        return batch

    def _await_start(self, batch: pressing.Batch) -> None:
        """A start that fell into a standstill of the lot comes as much later: no bidder loses the time."""
        due = self.room.end
        if due is None or batch.at < due:
            return
        start = project_queries.effective(self.lot, due, self.room.at or due, batch.at)
        if batch.at < start:
            batch.at = due - MICROSECOND
        elif start > due:
            batch.open_late(due)

    def moment(self, at: datetime) -> datetime:
        """受理时刻: of one room, time never runs backwards."""
        return at if self.room.at is None else max(at, self.room.at)

    def _write(
        self, batch: pressing.Batch, presses: list[Press], actor: Actor | None = None
    ) -> list[Receipt]:
        """Rows of this app, then the facts, then the fence: exactly one row must still be ours."""
        OfferRow.objects.bulk_create(self._offers(batch.facts))
        self._move_auction(batch)
        request = f"{self.lot}/{self.room.round}/room/{self.epoch}/{self.batches + 1}"
        receipts = journal.record_each(batch.facts, actor=actor or Actor.system(request), at=batch.now)
        for press, place, reasons in zip(presses, batch.places, batch.reasons, strict=True):
            press.height, press.reasons = receipts[place].height, [kernel_events.body(one) for one in reasons]
        Press.objects.bulk_create(presses)
        mine = RoomRow.objects.filter(pk=self.auction, head=self.head)
        mine = mine.filter(epoch=self.epoch if actor is None else self.epoch - 1)
        if mine.update(**self._columns(batch, receipts[-1].height)) != 1:
            raise Fenced
        return receipts

    def _columns(self, batch: pressing.Batch, head: int) -> dict[str, Any]:
        room = batch.room
        leading = room.leader or room.capped
        refused = sum(isinstance(fact, events.OfferRefused) for fact in batch.facts)
        columns = {
            "epoch": self.epoch,
            "head": head,
            "seq": room.seq,
            "phase": room.phase,
            "ends_at": room.end,
            "is_paused": room.pause is not None,
            "leader": leading.paddle if leading else None,
            "price": kernel_events.body(room.price) if room.price else None,
            "extensions": room.extensions,
        }
        if refused:
            columns["refused"] = F("refused") + refused
        if self._is_snapshot_due(batch):
            columns |= {"snapshot": kernel_events.body(room), "height": head}
        return columns

    def _is_snapshot_due(self, batch: pressing.Batch) -> bool:
        has_closed = batch.room.phase is RoomPhase.CLOSED and self.room.phase is not RoomPhase.CLOSED
        return self.head == 0 or has_closed or self.unsaved + len(batch.facts) >= SNAPSHOT_EVERY

    def _move_auction(self, batch: pressing.Batch) -> None:
        """The auction follows its room: opened, paused, closed. Most batches move nothing."""
        moving = [fact for fact in batch.facts if isinstance(fact, MOVING)]
        if not moving:
            return
        row = Auction.objects.get(pk=self.auction)
        for fact in moving:
            row.state = folding.moved_by(AuctionState(row.state), fact)
            if isinstance(fact, events.AuctionClosed):
                row.outcome, row.closed_at, row.paddle = fact.outcome, fact.at, fact.paddle
                row.price = kernel_events.body(fact.price) if fact.price else None
                row.second = kernel_events.body(fact.second) if fact.second else None
        row.save(update_fields=["state", "outcome", "closed_at", "paddle", "price", "second"])

    def _offers(self, facts: Sequence[Any]) -> list[OfferRow]:
        made = [fact for fact in facts if isinstance(fact, events.OfferMade)]
        opened = [fact for fact in facts if isinstance(fact, events.OfferUnsealed)]
        before = OfferRow.objects.filter(auction_id=self.auction).count() if opened else 0
        return [
            *(_offer(self.auction, fact, fact.seq, is_automatic=fact.is_automatic) for fact in made),
            *(
                _offer(self.auction, fact, before + place, is_unsealed=True)
                for place, fact in enumerate(opened, start=1)
            ),
        ]

    def _committed(self, batch: pressing.Batch, receipts: list[Receipt]) -> None:
        if not receipts:
            return
        self.unsaved = 0 if self._is_snapshot_due(batch) else self.unsaved + len(receipts)
        self.room, self.head = batch.room, receipts[-1].height
        self.batches += 1


MOVING = (events.PhaseBegan, events.AuctionPaused, events.AuctionResumed, events.AuctionClosed)


def _fits(offer: Offer) -> bool:
    return offer.amount is None or abs(offer.amount.units) <= UNITS_MAX


def _first_of_each(sent: Sequence[Sent], known: Mapping[Key, Press]) -> dict[Key, tuple[str, Offer]]:
    """The presses that have no answer yet, the first of each, in the order they came."""
    fresh: dict[Key, tuple[str, Offer]] = {}
    for key, said, offer in sent:
        if key not in known:
            fresh.setdefault(key, (said, offer))
    return fresh


def _pressed(auction: int, key: Key, said: str) -> Press:
    return Press(auction_id=auction, paddle=key[0], press=key[1], said=said)


def _again(row: Press) -> Answer:
    """The answer that was given, without the signature that may come with it."""
    given = clock.receipt_at(row.height).receipt
    reasons = tuple(kernel_events.restore(Reason, one) for one in row.reasons)
    return Answer(row.paddle, row.press, reasons, replace(given, signature=""))


def _offer(auction: int, fact: Any, seq: int, **how: bool) -> OfferRow:
    amount = fact.amount
    return OfferRow(
        auction_id=auction, seq=seq, paddle=fact.paddle, at=fact.at,
        measure=amount.measure if amount else "", units=amount.units if amount else None, **how,
    )  # fmt: skip
