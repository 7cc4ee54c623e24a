"""模拟竞买人的性情: how far each goes, when it offers, and how much. The same room, the same play.

Chance is a digest of what stands in the room, so that a play can be read again.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from ggzy.kernel.digest import digest
from ggzy.trading.auctions.values import Entry, Offer, OfferKind, Paddle, Room, RoomPhase

BRISK_S = 120
LEAST_STEPS, MOST_STEPS = 18, 46
OFFERS = (RoomPhase.FREE, RoomPhase.TIMED)


def move(room: Room, paddles: Sequence[int], now: datetime) -> Offer | None:
    """此刻的操作 of one of these paddles; None while they wait, or have had enough."""
    if room.pause is not None or room.end is None or now >= room.end:
        return None
    if room.phase is RoomPhase.ASKING:
        return _join(room, paddles, now)
    if room.phase not in OFFERS or now < _since(room) + pace(room):
        return None
    willing = [number for number in paddles if _is_willing(room, number)]
    if not willing:
        return None
    chosen = willing[_chance(room, "who") % len(willing)]
    return Offer(chosen, _name(room, chosen), room.scale.amount(_gain(room, chosen)))


def limit(room: Room, paddle: int) -> int:
    """心理价位, as a gain: what this paddle goes to and no further."""
    steps = LEAST_STEPS + _number(f"{room.lot}/{room.round}/{paddle}") % (MOST_STEPS - LEAST_STEPS)
    most = steps * room.terms.steps.step
    return most if room.scale.cap is None else min(most, room.scale.cap)


def pace(room: Room) -> timedelta:
    """等多久 after the last offer: seconds in a brisk room, more where the phase lasts days.

    Now and then somebody waits until the clock has almost run out.
    """
    chance, timed = _chance(room, "when"), room.terms.timing.timed_s
    if room.phase is RoomPhase.FREE and timed > BRISK_S:
        return timedelta(minutes=20 + chance % 90)
    if room.phase is RoomPhase.TIMED and chance % 6 == 0:
        return timedelta(seconds=timed - 14 + chance % 7)
    return timedelta(seconds=7 + chance % 29)


def _since(room: Room) -> datetime:
    return room.leader.at if room.leader else room.terms.timing.starts_at


def _is_willing(room: Room, number: int) -> bool:
    paddle = room.roster.find(number)
    if paddle is None or paddle.bar is not None or (room.leader and room.leader.paddle == number):
        return False
    return _may_enter(room, paddle) and room.least <= limit(room, number)


def _may_enter(room: Room, paddle: Paddle) -> bool:
    if room.phase is not RoomPhase.TIMED:
        return True
    entry = room.terms.entry
    return entry is Entry.ANYONE or (paddle.has_joined if entry is Entry.JOINED else paddle.has_offered)


def _join(room: Room, paddles: Sequence[int], now: datetime) -> Offer | None:
    """表示继续竞价: who goes on says so, one after another."""
    assert room.end is not None, "the phase runs"
    if now < room.end - timedelta(seconds=room.terms.timing.asking_s * 2 // 3):
        return None
    for number in paddles:
        paddle = room.roster.find(number)
        if paddle and not paddle.has_joined and _is_willing(room, number):
            return Offer(number, f"join-{room.lot[-8:]}-{room.round}-{number}", kind=OfferKind.JOIN)
    return None


def _gain(room: Room, paddle: int) -> int:
    """One step mostly, two or three now and then, never beyond one's limit."""
    more = {0: 2, 1: 1}.get(_chance(room, "leap") % 8, 0) * room.terms.steps.step
    asked = room.least + more
    return asked if asked <= limit(room, paddle) and room.scale.is_rung(asked) else room.least


def _name(room: Room, paddle: int) -> str:
    return f"robot-{room.lot[-8:]}-{room.round}-{room.seq + 1}-{paddle}"


def _chance(room: Room, about: str) -> int:
    return _number(f"{room.lot}/{room.round}/{room.seq}/{room.phase.value}/{about}")


def _number(text: str) -> int:
    return int(digest(text.encode()).removeprefix("sha256:")[:12], 16)
