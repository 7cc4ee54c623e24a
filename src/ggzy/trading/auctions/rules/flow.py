"""阶段推进: what the end of a phase brings. The clock's facts bear the moment that was due, not the moment
at which somebody looked, so that a late tick changes nothing.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from ggzy.trading.auctions import events
from ggzy.trading.auctions.rules.replaying import Sheet
from ggzy.trading.auctions.values import AtCeiling, Entry, Outcome, PriorityMode, Room, RoomPhase

Turn = Callable[[Room, datetime], Any]
Turns = Mapping[RoomPhase, Turn]
"""By phase, the one fact that the end of the phase tells."""


def advance(room: Room, at: datetime, turns: Turns) -> Sheet:
    """到点推进: every phase whose end has come by `at`. A paused room stands still."""
    sheet = Sheet(room)
    while sheet.room.end is not None and at >= sheet.room.end and sheet.room.phase in turns:
        if sheet.room.pause is not None:
            break
        sheet.tell(turns[sheet.room.phase](sheet.room, sheet.room.end))
    return sheet


def began(
    room: Room, phase: RoomPhase, at: datetime, seconds: int | None, entrants: tuple[int, ...] = ()
) -> events.PhaseBegan:
    """A phase of that many seconds; None where it waits for people."""
    end = None if seconds is None else at + timedelta(seconds=seconds)
    return events.PhaseBegan(lot=room.lot, round=room.round, phase=phase, at=at, end=end, entrants=entrants)


def closed(room: Room, at: datetime, outcome: Outcome | None = None) -> events.AuctionClosed:
    """竞价结束: the leading offer as it stands."""
    standing = room.leader or room.capped
    second = room.leader.amount if room.phase is RoomPhase.SECOND and room.leader else None
    return events.AuctionClosed(
        lot=room.lot, round=room.round,
        outcome=outcome or (Outcome.LED if standing else Outcome.NO_OFFER),
        paddle=standing.paddle if standing else None,
        price=room.price, second=second, seq=room.seq, extensions=room.extensions, at=at,
    )  # fmt: skip


def open_room(room: Room, at: datetime) -> Any:
    """开始竞价, where the bidders are known beforehand: too few of them and the room never opens."""
    if room.roster.free < room.terms.bidders_min:
        return closed(room, at, Outcome.TOO_FEW)
    return open_listing(room, at)


def open_listing(room: Room, at: datetime) -> events.PhaseBegan:
    """开始挂牌、自由报价: bidders may still come."""
    timing = room.terms.timing
    phase = RoomPhase.FREE if timing.timed_s else RoomPhase.TIMED
    return events.PhaseBegan(lot=room.lot, round=room.round, phase=phase, at=at, end=timing.ends_at)


def after_free(room: Room, at: datetime) -> Any:
    """自由报价期满: the timed contest follows; at the ceiling price, what the notice says."""
    if room.roster.free < room.terms.bidders_min:
        return closed(room, at, Outcome.TOO_FEW)
    if room.capped:
        return after_ceiling(room, at)
    return began(room, RoomPhase.TIMED, at, room.terms.timing.timed_s)


def after_listing(room: Room, at: datetime) -> Any:
    """挂牌期满. Without an offer there is no deal; else it is asked who goes on (39号令 §19)."""
    if room.leader is None:
        return closed(room, at)
    if room.capped is None and room.terms.entry is Entry.JOINED:
        return began(room, RoomPhase.ASKING, at, room.terms.timing.asking_s)
    return after_free(room, at)


def after_asking(room: Room, at: datetime) -> Any:
    """询问期满: a timed contest if anybody but the leader wants one."""
    leader = room.leader.paddle if room.leader else None
    if any(
        paddle.has_joined and paddle.bar is None and paddle.number != leader for paddle in room.roster.paddles
    ):
        return began(room, RoomPhase.TIMED, at, room.terms.timing.timed_s)
    return finish(room, at)


def after_ceiling(room: Room, at: datetime) -> Any:
    """达到最高限价之后: done, another quantity, or lots among those who take the price."""
    ceiling = room.terms.ceiling
    assert ceiling is not None and room.capped is not None, "no ceiling was reached"
    if ceiling.rule is AtCeiling.CONTEST:
        assert ceiling.second is not None, "no second contest was announced"
        return began(room, RoomPhase.SECOND, at, ceiling.second.timed_s)
    if ceiling.rule is AtCeiling.DRAW:
        return began(room, RoomPhase.ENTERING, at, ceiling.entering_s, (room.capped.paddle,))
    return finish(room, at)


def after_entering(room: Room, at: datetime) -> Any:
    """摇号报名期满: nothing to draw where only one took the price."""
    return closed(room, at) if len(room.entrants) == 1 else began(room, RoomPhase.DRAWING, at, None)


def after_sealed(room: Room, at: datetime) -> Any:
    """密封报价截止: what arrived is opened, unless it is too little; an unanswered second turn is drawn."""
    if room.turn > 1 and not room.sealed:
        return began(room, RoomPhase.DRAWING, at, None)
    if room.turn == 1 and 0 < len(room.sealed) < room.terms.bidders_min:
        return closed(room, at, Outcome.TOO_FEW)
    return began(room, RoomPhase.UNSEALING, at, None) if room.sealed else closed(room, at)


def finish(room: Room, at: datetime) -> Any:
    """竞价期满: holders of a right of pre-emption are asked, then the room is over."""
    priority = room.terms.priority
    if priority is not None and priority.mode is PriorityMode.AFTER and has_better(room):
        return began(room, RoomPhase.PRIORITY, at, priority.asking_s)
    return closed(room, at)


def last(room: Room, at: datetime) -> events.AuctionClosed:
    """最后阶段期满."""
    return closed(room, at)


def is_answered(room: Room) -> bool:
    """询问是否已有结果: by the notice, once nobody with a better right than the leader's may still take the price."""
    priority = room.terms.priority
    ends = priority is not None and priority.ends_when_answered
    return ends and room.phase is RoomPhase.PRIORITY and not has_better(room)


def has_better(room: Room) -> bool:
    """Whether a paddle with a better right than the leader's may still take the price."""
    leader = room.leader
    return leader is not None and any(
        paddle.bar is None
        and not paddle.has_waived
        and paddle.priority is not None
        and paddle.number != leader.paddle
        and (leader.priority is None or paddle.priority < leader.priority)
        for paddle in room.roster.paddles
    )


CONTEST: Turns = {
    RoomPhase.WAITING: open_room,
    RoomPhase.FREE: after_free,
    RoomPhase.TIMED: finish,
    RoomPhase.SECOND: last,
    RoomPhase.ENTERING: after_entering,
    RoomPhase.PRIORITY: last,
}
"""The way of a contest whose bidders are known before it opens."""
