"""模拟竞买人的性情: robots wait, stop at their limit, and never outbid themselves."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from ggzy.desk.management.demo import temper
from ggzy.trading.auctions import rules
from ggzy.trading.auctions.values import Accepted, Bar, Direction, Entry, OfferKind, RoomPhase, Timing
from tests.rules.auctions.auction_setting import END, START, TERMS, Hall

BRISK = replace(
    TERMS,
    timing=Timing(
        starts_at=START, ends_at=START + timedelta(minutes=3), timed_s=120, window_s=120, length_s=120
    ),
    bidders_min=1,
)
PADDLES = (1001, 1002, 1003)


def played(hall: Hall, limit: int = 2000) -> Hall:
    """The robots alone, looked at every second."""
    at = START
    for _ in range(limit):
        hall.close(at)
        if hall.room.phase is RoomPhase.CLOSED:
            return hall
        offer = temper.move(hall.room, PADDLES, at)
        if offer is not None:
            assert isinstance(hall.do(offer, at), Accepted)
        at += timedelta(seconds=1)
    raise AssertionError("the room never ended")


@pytest.mark.parametrize("terms", [BRISK, replace(BRISK, direction=Direction.DOWN)], ids=["up", "down"])
def test_robots_play_a_room_to_its_end_within_their_limits(terms):
    hall = played(Hall(terms=terms, code="reverse" if terms.direction is Direction.DOWN else "ascending"))
    gains = [(paddle, abs(int((value - terms.start.value) * 100))) for paddle, value in hall.ladder]
    assert len(gains) >= 10 and hall.room.extensions >= 5
    assert all(gain <= temper.limit(hall.room, paddle) for paddle, gain in gains)
    assert all(one[0] != other[0] for one, other in pairwise(gains))


def test_robots_wait_between_two_offers():
    hall = played(Hall(terms=BRISK))
    moments = [fact.at for fact in hall.facts if type(fact).__name__ == "OfferMade"]
    assert all(timedelta(seconds=7) <= b - a for a, b in pairwise(moments))


def test_robots_stand_back_from_a_bidder_who_goes_beyond_them():
    hall = Hall(terms=BRISK, paddles=(*PADDLES, 1004))
    hall.close(START)
    most = max(temper.limit(hall.room, paddle) for paddle in PADDLES)
    beyond = hall.terms.start.value + most // 100 + hall.terms.steps.step // 100
    assert isinstance(hall.offer(1004, beyond, START + timedelta(seconds=5)), Accepted)
    later = START + timedelta(minutes=2)
    assert temper.move(hall.room, PADDLES, later) is None


@pytest.mark.parametrize("stop", ["paused", "ended", "barred"])
def test_robots_know_when_nobody_may_offer(stop):
    hall = Hall(terms=BRISK)
    hall.close(START)
    later = START + timedelta(minutes=1)
    assert temper.move(hall.room, PADDLES, later) is not None
    if stop == "barred":
        bar = [replace(one, bar=Bar.FROZEN) for one in hall.room.roster.paddles]
        room = replace(hall.room, roster=type(hall.room.roster)(tuple(bar)))
        assert temper.move(room, PADDLES, later) is None
    elif stop == "ended":
        assert temper.move(hall.room, PADDLES, END) is None
    else:
        assert temper.move(rules.pause(hall.room, "设备检修", later).room, PADDLES, later) is None


def test_robots_say_that_they_go_on_when_they_are_asked():
    timing = replace(BRISK.timing, asking_s=300, timed_s=300, window_s=300, length_s=300)
    hall = Hall(terms=replace(BRISK, timing=timing, entry=Entry.JOINED), code="listing")
    hall.close(START)
    hall.offer(1001, hall.terms.start, START + timedelta(seconds=1))
    ends = timing.ends_at
    hall.close(ends)
    assert hall.room.phase is RoomPhase.ASKING
    assert temper.move(hall.room, PADDLES, ends + timedelta(seconds=50)) is None
    joined = temper.move(hall.room, PADDLES, ends + timedelta(seconds=150))
    assert joined is not None and joined.kind is OfferKind.JOIN and joined.paddle != 1001
