"""重放: one fact after another to the room. The only place where a room changes.

A format decides by telling facts and these make the room, so a room replayed from its facts is the room
that was.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from ggzy.trading.auctions import events
from ggzy.trading.auctions.values import (
    PRESSES_KEPT,
    Paddle,
    Pause,
    Proxy,
    Room,
    RoomPhase,
    Sealed,
    Standing,
)

MICROSECOND = timedelta(microseconds=1)


@dataclass
class Sheet:
    """演算纸: a room and the facts told so far. Used within one decision, never handed out."""

    room: Room
    facts: list[Any] = field(default_factory=list)

    def tell(self, fact: object) -> None:
        """The room after one more fact."""
        self.room = apply(self.room, fact)
        self.facts.append(fact)


def replay(facts: Iterable[Any]) -> Room:
    """重放一间竞价室 from the facts of its stream, in order. Refusals pass by: they change nothing."""
    told = iter(facts)
    first = next(told)
    assert isinstance(first, events.RoomPrepared), "a room's stream begins with its terms"
    room = prepared(first)
    for fact in told:
        room = apply(room, fact)
    return room


def prepared(fact: events.RoomPrepared) -> Room:
    """The room as it waits for its start."""
    return Room(
        lot=fact.lot, round=fact.round, format=fact.format, terms=fact.terms,
        end=fact.terms.timing.starts_at, at=fact.at,
    )  # fmt: skip


def apply(room: Room, fact: Any) -> Room:
    """The room after this fact."""
    step = APPLY.get(type(fact))
    return room if step is None else step(room, fact)


def _with(room: Room, **changes: object) -> Room:
    """What `replace` does, without running the constructor over twenty fields for every offer."""
    changed = object.__new__(Room)
    changed.__dict__.update(room.__dict__)
    changed.__dict__.update(changes)
    return changed


def _pressed(room: Room, press: str) -> tuple[str, ...]:
    return (*room.presses[1 - PRESSES_KEPT :], press) if press else room.presses


def _paddle(room: Room, number: int) -> Paddle:
    paddle = room.roster.find(number)
    assert paddle is not None, f"no paddle {number}"
    return paddle


def _given(room: Room, fact: events.PaddleGiven) -> Room:
    return _with(room, at=fact.at, roster=room.roster.put(Paddle(fact.paddle, fact.priority)))


def _barred(room: Room, fact: events.PaddleBarred) -> Room:
    paddle = replace(_paddle(room, fact.paddle), bar=fact.bar, note=fact.reason)
    left = tuple(proxy for proxy in room.proxies if proxy.paddle != fact.paddle)
    return _with(room, at=fact.at, roster=room.roster.put(paddle), proxies=left)


def _cleared(room: Room, fact: events.PaddleCleared) -> Room:
    paddle = replace(_paddle(room, fact.paddle), bar=None, note="")
    return _with(room, at=fact.at, roster=room.roster.put(paddle))


def _began(room: Room, fact: events.PhaseBegan) -> Room:
    changes: dict[str, object] = {"at": fact.at, "phase": fact.phase, "end": fact.end}
    if fact.phase is RoomPhase.SECOND:
        changes["leader"] = None
    if fact.entrants or fact.phase is RoomPhase.ENTERING:
        changes["entrants"] = fact.entrants
    if room.phase is RoomPhase.ASKING and fact.phase is RoomPhase.TIMED and room.leader:
        # Who leads need not say that it goes on: it may answer whoever does.
        leading = replace(_paddle(room, room.leader.paddle), has_joined=True)
        changes["roster"] = room.roster.put(leading)
    if room.phase is RoomPhase.UNSEALING and fact.phase is RoomPhase.TIMED:
        changes.update(sealed=(), turn=room.turn + 1)
    return _with(room, **changes)


def _made(room: Room, fact: events.OfferMade) -> Room:
    paddle = _paddle(room, fact.paddle)
    counted = fact.amount if fact.score is None else fact.score
    leader = Standing(
        fact.paddle, fact.seq, fact.at, fact.amount, room.scale.gain(counted), fact.items, fact.score,
        paddle.priority,
    )  # fmt: skip
    changes: dict[str, object] = {"at": fact.at, "seq": fact.seq, "leader": leader}
    if fact.press:
        changes["presses"] = _pressed(room, fact.press)
    if not paddle.has_offered:
        changes["roster"] = room.roster.put(replace(paddle, has_offered=True))
    return _with(room, **changes)


def _proxy_set(room: Room, fact: events.ProxySet) -> Room:
    gain = room.scale.gain(fact.limit)
    others = [proxy for proxy in room.proxies if proxy.paddle != fact.paddle]
    proxies = sorted(
        [*others, Proxy(fact.paddle, gain, room.orders + 1)], key=lambda proxy: (-proxy.gain, proxy.order)
    )
    return _with(
        room,
        at=fact.at,
        orders=room.orders + 1,
        proxies=tuple(proxies),
        presses=_pressed(room, fact.press),
    )


def _proxy_withdrawn(room: Room, fact: events.ProxyWithdrawn) -> Room:
    left = tuple(proxy for proxy in room.proxies if proxy.paddle != fact.paddle)
    return _with(room, at=fact.at, proxies=left, presses=_pressed(room, fact.press))


def _joined(room: Room, fact: events.ContestJoined) -> Room:
    changes: dict[str, object] = {"at": fact.at, "presses": _pressed(room, fact.press)}
    if room.phase is RoomPhase.ENTERING:
        changes["entrants"] = (*room.entrants, fact.paddle)
    else:
        changes["roster"] = room.roster.put(replace(_paddle(room, fact.paddle), has_joined=True))
    return _with(room, **changes)


def _waived(room: Room, fact: events.PriorityWaived) -> Room:
    paddle = replace(_paddle(room, fact.paddle), has_waived=True)
    return _with(room, at=fact.at, roster=room.roster.put(paddle), presses=_pressed(room, fact.press))


def _sealed(room: Room, fact: events.OfferSealed) -> Room:
    received = Sealed(fact.paddle, fact.order, fact.digest)
    return _with(
        room,
        at=fact.at,
        orders=fact.order,
        sealed=(*room.sealed, received),
        presses=_pressed(room, fact.press),
    )


def _unsealed(room: Room, fact: events.OfferUnsealed) -> Room:
    if fact.reasons or fact.amount is None:
        return _with(room, at=fact.at)
    gain = room.scale.gain(fact.amount)
    order = next(sealed.order for sealed in room.sealed if sealed.paddle == fact.paddle)
    paddle = _paddle(room, fact.paddle)
    standing = Standing(fact.paddle, order, fact.at, fact.amount, gain, priority=paddle.priority)
    leader, entrants = room.leader, room.entrants
    if leader is None or gain > leader.gain:
        return _with(room, at=fact.at, leader=standing, entrants=(fact.paddle,))
    if gain == leader.gain:
        return _with(
            room,
            at=fact.at,
            leader=standing if order < leader.seq else leader,
            entrants=(*entrants, fact.paddle),
        )
    return _with(room, at=fact.at)


def _extended(room: Room, fact: events.AuctionExtended) -> Room:
    return _with(room, at=fact.at, end=fact.after, extensions=room.extensions + 1)


def _capped(room: Room, fact: events.CeilingReached) -> Room:
    return _with(room, at=fact.at, capped=room.leader)


def _paused(room: Room, fact: events.AuctionPaused) -> Room:
    left = None if room.end is None else (room.end - fact.since) // MICROSECOND
    return _with(room, at=fact.at, pause=Pause(fact.since, left))


def _resumed(room: Room, fact: events.AuctionResumed) -> Room:
    assert room.pause is not None, "only a paused room resumes"
    stood = (fact.at - room.pause.since) // MICROSECOND
    return _with(room, at=fact.at, pause=None, end=fact.end, stood_us=room.stood_us + stood)


def _drawn(room: Room, fact: events.LotsDrawn) -> Room:
    drawn = room.capped or room.leader
    assert drawn is not None, "lots are drawn among offers"
    priority = _paddle(room, fact.winner).priority
    leader = replace(drawn, paddle=fact.winner, priority=priority)
    return _with(room, at=fact.at, leader=leader, capped=leader if room.capped else None)


def _closed(room: Room, fact: events.AuctionClosed) -> Room:
    return _with(room, at=fact.at, phase=RoomPhase.CLOSED, end=fact.at, outcome=fact.outcome, pause=None)


APPLY: dict[type, Callable[[Room, Any], Room]] = {
    events.PaddleGiven: _given,
    events.PaddleBarred: _barred,
    events.PaddleCleared: _cleared,
    events.PhaseBegan: _began,
    events.OfferMade: _made,
    events.ProxySet: _proxy_set,
    events.ProxyWithdrawn: _proxy_withdrawn,
    events.ContestJoined: _joined,
    events.PriorityWaived: _waived,
    events.OfferSealed: _sealed,
    events.OfferUnsealed: _unsealed,
    events.AuctionExtended: _extended,
    events.CeilingReached: _capped,
    events.AuctionPaused: _paused,
    events.AuctionResumed: _resumed,
    events.LotsDrawn: _drawn,
    events.AuctionClosed: _closed,
}
