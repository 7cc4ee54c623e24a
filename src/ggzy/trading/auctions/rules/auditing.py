"""核验: every act of a room judged anew, and what the rules say held against what was told.

`replay` believes the facts; this does not. It is what an outsider does with the exported stream: the same
winner, price and end must come out, nothing may stand that the rules refuse, and nothing may have been
refused that they allow.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from ggzy.kernel import draw
from ggzy.trading.auctions import events
from ggzy.trading.auctions.rules import flow, pausing, seating
from ggzy.trading.auctions.rules.pressing import judge
from ggzy.trading.auctions.rules.replaying import apply, prepared
from ggzy.trading.auctions.rules.unsealing import unseal
from ggzy.trading.auctions.values import Accepted, Format, Offer, OfferKind, Opened, Refusal, Room

Told = Sequence[Any]


@dataclass(frozen=True)
class Flaw:
    """核验发现: the place of the fact in the stream, from 0, what was told and what the rules make of it."""

    place: int
    told: Any
    expected: Any


def audit(format: Format, facts: Told) -> tuple[Flaw, ...]:
    """核验一间竞价室. Empty when every fact follows from those before it; else the first that does not."""
    assert isinstance(facts[0], events.RoomPrepared), "a room's stream begins with its terms"
    if facts[0].format != format.code:
        return (Flaw(0, facts[0].format, format.code),)
    room, place = prepared(facts[0]), 1
    while place < len(facts):
        for expected in _expected(format, room, facts[place:]):
            told = facts[place] if place < len(facts) else None
            if told != expected:
                return (Flaw(place, told, expected),)
            room, place = apply(room, expected), place + 1
    return ()


def _expected(format: Format, room: Room, facts: Told) -> Told:
    """What the rules make of the act that the next fact tells of, with all that follows from it."""
    fact = facts[0]
    judge = ACTS.get(type(fact))
    if judge is not None:
        due = format.close(room, fact.at) if isinstance(fact, SEATING) else None
        return _facts(due if isinstance(due, Accepted) else judge(format, room, facts))
    offer = _offer(fact)
    assert offer is not None, f"{type(fact).__name__} is no fact of a room"
    return _facts(format.offer(room, offer, fact.at))


def _facts(outcome: Accepted | Refusal) -> Told:
    return outcome.facts if isinstance(outcome, Accepted) else (*outcome.facts, outcome.codes)


def _offer(fact: Any) -> Offer | None:
    """The press behind a fact; automatic offers follow from other presses and never come first."""
    match fact:
        case events.OfferMade():
            return Offer(fact.paddle, fact.press, fact.amount, items=fact.items)
        case events.ProxySet():
            return Offer(fact.paddle, fact.press, fact.limit, OfferKind.PROXY)
        case events.ProxyWithdrawn():
            return Offer(fact.paddle, fact.press, kind=OfferKind.UNPROXY)
        case events.ContestJoined():
            return Offer(fact.paddle, fact.press, kind=OfferKind.JOIN)
        case events.PriorityWaived():
            return Offer(fact.paddle, fact.press, kind=OfferKind.WAIVE)
        case events.OfferSealed():
            return Offer(fact.paddle, fact.press, kind=OfferKind.SEALED, digest=fact.digest)
    return None


def _clock(format: Format, room: Room, facts: Told) -> Accepted | Refusal:
    return format.close(room, facts[0].at)


def _refused(format: Format, room: Room, facts: Told) -> Accepted | Refusal:
    """A refusal stands where the rules refuse for the very same reasons."""
    fact = facts[0]
    offer = Offer(fact.paddle, fact.press, fact.amount, fact.kind, fact.items, fact.digest, fact.raw)
    outcome = judge(format, room, offer, fact.at)
    if isinstance(outcome, Refusal) and outcome.codes == fact.reasons and not outcome.facts:
        return Accepted(room, (fact,))
    return outcome


def _unsealed(format: Format, room: Room, facts: Told) -> Accepted | Refusal:
    series = takewhile(lambda fact: isinstance(fact, events.OfferUnsealed), facts)
    opened = [Opened(fact.paddle, fact.amount) for fact in series]
    return unseal(room, opened, facts[0].at)


def _given(format: Format, room: Room, facts: Told) -> Accepted | Refusal:
    fact = facts[0]
    return seating.give(
        room, fact.paddle, fact.at, priority=fact.priority, is_joined_late=format.is_joined_late
    )


def _barred(format: Format, room: Room, facts: Told) -> Accepted | Refusal:
    fact = facts[0]
    return seating.bar(room, fact.paddle, fact.bar, fact.reason, fact.at)


def _cleared(format: Format, room: Room, facts: Told) -> Accepted | Refusal:
    return seating.clear(room, facts[0].paddle, facts[0].reason, facts[0].at)


def _paused(format: Format, room: Room, facts: Told) -> Accepted | Refusal:
    """The record of the outage or of the order lies outside the room; that the clock then stood from `since` lies within."""
    fact = facts[0]
    if fact.cause != "operator":
        is_sound = (
            fact.since <= fact.at and (room.end is None or fact.since < room.end) and room.pause is None
        )
        return Accepted(room, (fact,)) if is_sound else pausing.pause(room, "", fact.at)
    return pausing.pause(room, fact.reason, fact.at, fact.cause)


def _resumed(format: Format, room: Room, facts: Told) -> Accepted | Refusal:
    return pausing.resume(room, facts[0].at)


def _lots(format: Format, room: Room, facts: Told) -> Accepted | Refusal:
    """The lots drawn again from the seed and the published leaves."""
    fact = facts[0]
    is_whole = len(set(fact.leaves)) == len(fact.leaves) == len(fact.paddles)
    if not is_whole or fact.paddles != tuple(sorted(room.entrants)):
        return Refusal(room, ())
    (drawn,) = draw.draw(fact.leaves, 1, fact.seed)
    if fact.paddles[fact.leaves.index(drawn)] != fact.winner:
        return Refusal(room, ())
    return Accepted(room, (fact, flow.closed(apply(room, fact), fact.at)))


SEATING = (events.PaddleGiven, events.PaddleBarred, events.PaddleCleared)
"""Acts that take the room as it is: the clock's facts stand before them."""

ACTS: dict[type, Callable[[Format, Room, Told], Accepted | Refusal]] = {
    events.PhaseBegan: _clock,
    events.AuctionClosed: _clock,
    events.OfferRefused: _refused,
    events.OfferUnsealed: _unsealed,
    events.PaddleGiven: _given,
    events.PaddleBarred: _barred,
    events.PaddleCleared: _cleared,
    events.AuctionPaused: _paused,
    events.AuctionResumed: _resumed,
    events.LotsDrawn: _lots,
}
