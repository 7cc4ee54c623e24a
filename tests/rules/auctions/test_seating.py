"""号牌: who gets one and when, and that a number tells nothing."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ggzy.trading.auctions import rules
from ggzy.trading.auctions.rules import seating
from ggzy.trading.auctions.values import Accepted, Bar
from tests.rules.auctions.auction_setting import END, LISTING, NOW, START, Hall, codes, party, running

SECRET = bytes(range(32))


@pytest.mark.parametrize(
    "hall, change, reason",
    [
        (running, {}, "started"),
        (Hall, {"number": 1001}, "taken"),
        (Hall, {"number": 999}, "number"),
        (Hall, {"priority": 0}, "priority"),
    ],
)
def test_a_paddle_is_not_given(hall, change, reason):
    given_ = {"number": 1009, "priority": None} | change
    assert codes(rules.may_give(hall().room, **given_, is_joined_late=False)) == [reason]


def test_a_paddle_is_given_before_the_room_opens_and_in_a_listing_while_it_runs():
    assert rules.may_give(Hall().room, 1009, 1, is_joined_late=False).ok
    assert rules.may_give(running(terms=LISTING, code="listing").room, 1009, None, is_joined_late=True).ok


def closed() -> Hall:
    hall = running()
    hall.close(END)
    return hall


@pytest.mark.parametrize(
    "hall, number, why, reason",
    [(closed, 1001, "来函", "ended"), (running, 9, "来函", "no_paddle"), (running, 1001, " ", "no_reason")],
)
def test_a_paddle_is_not_barred(hall, number, why, reason):
    assert codes(rules.may_bar(hall().room, number, why)) == [reason]


@pytest.mark.parametrize(
    "hall, number, why, reason",
    [
        (closed, 1001, "已补足", "ended"),
        (running, 1001, "已补足", "not_barred"),
        (running, 9, "已补足", "not_barred"),
    ],
)
def test_a_paddle_is_not_cleared(hall, number, why, reason):
    assert reason in codes(rules.may_clear(hall().room, number, why))


def test_a_barred_paddle_offers_again_once_it_is_cleared_and_its_offers_stand():
    hall = running()
    hall.offer(1001, 2_590_000, START)
    hall.take(rules.bar(hall.room, 1001, Bar.DEPOSIT, "保证金冲正", START))
    assert hall.room.leader.paddle == 1001
    hall.offer(1002, 2_600_000, START)
    assert hall.offer(1001, 2_610_000, START).codes == ("deposit",)
    hall.take(rules.clear(hall.room, 1001, "已补足", START))
    assert isinstance(hall.offer(1001, 2_610_000, START), Accepted)


def test_paddles_change_in_the_phase_the_clock_is_in():
    with pytest.raises(AssertionError, match="advance"):
        rules.give(Hall().room, 1009, START + timedelta(seconds=1))
    assert isinstance(rules.give(Hall().room, 1009, NOW), Accepted)


def test_a_number_is_derived_from_the_secret_and_gives_way_when_taken():
    number = rules.number_for(SECRET, party(11), ())
    assert rules.number_for(SECRET, party(11), ()) == number == 2576
    assert rules.number_for(SECRET, party(11), {number}) == number + 1
    assert rules.number_for(bytes(32), party(11), ()) != number


@given(st.binary(min_size=32, max_size=32), st.integers(1, 30))
def test_numbers_are_distinct_and_in_range(secret, count):
    taken: set[int] = set()
    for serial in range(count):
        taken.add(rules.number_for(secret, party(100 + serial), taken))
    assert len(taken) == count
    assert all(seating.FIRST <= number <= seating.LAST for number in taken)


def test_the_last_number_is_followed_by_the_first():
    everything_else = set(range(seating.FIRST, seating.LAST + 1)) - {seating.FIRST}
    assert rules.number_for(SECRET, party(11), everything_else) == seating.FIRST
