"""主持竞价: the room made ready, paddles stopped, the clock stopped, sealed offers opened.

A command takes the seat for the length of its transaction; the writer before it is fenced and takes it again.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.instants import Period
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Refused
from ggzy.trading.auctions import access, events, queries, rules
from ggzy.trading.auctions.models import RoomRow
from ggzy.trading.auctions.rules import pressing
from ggzy.trading.auctions.rules.replaying import MICROSECOND
from ggzy.trading.auctions.services.lapsing import lapse
from ggzy.trading.auctions.services.lottery import promise
from ggzy.trading.auctions.services.seats import Seat
from ggzy.trading.auctions.values import (
    Accepted,
    Bar,
    Opened,
    Refusal,
    Room,
    RoomPhase,
)

Act = Callable[[Room, datetime], Accepted | Refusal]


@command
def prepare_room(actor: Actor, lot: LotCode) -> Receipt:
    """准备竞价室: the terms it runs by, and the paddles given so far, by number. Late, it is as just in time."""
    grip = access.auction_to_run(actor, lot, Permission.AUCTION_CONDUCT)
    undecided = queries.claims_waiting(grip.row)
    rules.may_prepare(grip.facts, grip.at, len(undecided)).require()
    lapsed = lapse(undecided, grip.row)
    assert grip.facts.terms is not None, "announced"
    terms = grip.facts.terms.format
    at = min(grip.at, terms.timing.starts_at - MICROSECOND)
    first = events.RoomPrepared(lot=lot, round=grip.row.round, format=grip.row.format, terms=terms, at=at)
    room = rules.prepared(first)
    RoomRow.objects.create(auction=grip.row, snapshot=kernel_events.body(room))
    seat = Seat.of(grip.row)
    batch = pressing.Batch(grip.format, room, at, now=grip.at, facts=[first])
    for paddle in queries.paddles(grip.row):
        outcome = rules.give(
            batch.room,
            paddle.number,
            at,
            priority=paddle.priority,
            is_joined_late=grip.format.is_joined_late,
        )
        assert isinstance(outcome, Accepted), "every admitted bidder has a paddle of its own"
        batch.take(outcome)
    _open_after_outage(batch, terms.timing.starts_at, grip.at)
    beside = [*lapsed, *promise(grip.row)]
    if beside:
        journal.record_all(beside, actor=actor, at=grip.at)
    return seat.tell(batch, actor)


def _open_after_outage(batch: pressing.Batch, due: datetime, at: datetime) -> None:
    """推迟开始: nobody could make the room ready, for the platform was away; it runs on with all its time."""
    outage = queries.outage_over(due)
    if outage is None or at < outage.end:
        return
    batch.at = at
    batch.take(batch.format.close(batch.room, due))
    batch.take(rules.stand_still(batch.room, outage, at))
    if batch.room.pause is not None:
        batch.take(rules.resume(batch.room, at))


@command
def bar_paddle(actor: Actor, lot: LotCode, paddle: int, ground: Bar, reason: str) -> Receipt:
    """停用号牌: it offers no more; what it has offered stands."""
    return _conduct(actor, lot, lambda room, at: rules.bar(room, paddle, ground, reason, at))


@command
def clear_paddle(actor: Actor, lot: LotCode, paddle: int, reason: str) -> Receipt:
    """恢复号牌."""
    return _conduct(actor, lot, lambda room, at: rules.clear(room, paddle, reason, at))


@command
def pause(actor: Actor, lot: LotCode, reason: str) -> Receipt:
    """暂停竞价: the clock stands still until it is resumed."""
    return _conduct(actor, lot, lambda room, at: rules.pause(room, reason, at))


@command
def resume(actor: Actor, lot: LotCode) -> Receipt:
    """恢复竞价, with the time that was left."""
    return _conduct(actor, lot, rules.resume)


@command
def stand_still(actor: Actor, lot: LotCode, outage: Period) -> Receipt:
    """平台中断停表: from the moment the platform's record shows, before the clock does anything else."""
    grip = access.auction_to_run(actor, lot, Permission.AUCTION_CONDUCT)
    seat = Seat.of(grip.row)
    return seat.tell(stands(seat, outage), actor)


def stands(seat: Seat, outage: Period) -> pressing.Batch:
    """The room as it stands for an outage; one that was due to open then opens first. Raises Refused."""
    batch = seat.batch()
    due = batch.room.end
    if batch.room.phase is RoomPhase.WAITING and due is not None and due in outage:
        batch.take(batch.format.close(batch.room, due))
    _take(batch, rules.stand_still(batch.room, outage, batch.at))
    return batch


@command
def unseal(actor: Actor, lot: LotCode, opened: Sequence[Opened]) -> Receipt:
    """开启密封报价: all that were received, at once."""
    return _conduct(actor, lot, lambda room, at: rules.unseal(room, opened, at))


def _conduct(actor: Actor, lot: LotCode, act: Act) -> Receipt:
    """One act in the room, after what the clock owed it. Raises Refused with every reason."""
    grip = access.auction_to_run(actor, lot, Permission.AUCTION_CONDUCT)
    seat = Seat.of(grip.row)
    batch = seat.batch()
    batch.advance()
    _take(batch, act(batch.room, batch.at))
    return seat.tell(batch, actor)


def _take(batch: pressing.Batch, outcome: Accepted | Refusal) -> None:
    if isinstance(outcome, Refusal):
        raise Refused(outcome.reasons)
    batch.take(outcome)
