"""异常报价提示: each pattern, just enough of it and just not; what only looks like one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ggzy.kernel.events import Audience, declared
from ggzy.trading.auctions.rules.alarming import DUEL_OFFERS, LEAP_STEPS, alarms
from ggzy.trading.auctions.values import Steps
from tests.rules.auctions.auction_setting import END, START, TERMS, Hall

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
FLOOR, STEP = 2_590_000, 10_000
FREE = replace(TERMS, steps=Steps(step=10_000_00, is_exact=False))


def played(*offers: tuple[int, int], terms=FREE) -> Hall:
    """A room with these offers, (paddle, yuan), a minute apart."""
    hall = Hall(terms)
    for number, (paddle, amount) in enumerate(offers):
        assert not hasattr(hall.offer(paddle, amount, START + MINUTE * (number + 1)), "reasons")
    return hall


def codes(hall: Hall) -> list[tuple[str, tuple[int, ...]]]:
    """What is alarming in what the public may see."""
    public = [fact for fact in hall.facts if declared(fact).audience is Audience.PUBLIC]
    return [(alarm.code, alarm.seqs) for alarm in alarms(public)]


@pytest.mark.parametrize(
    ("second", "found"),
    [
        (FLOOR + STEP, []),
        (FLOOR + STEP * LEAP_STEPS, []),
        (FLOOR + STEP * (LEAP_STEPS + 1) - 1, []),
        (FLOOR + STEP * (LEAP_STEPS + 1), [("leap", (2,))]),
    ],
)
def test_a_leap_is_counted_in_steps_beyond_the_least(second, found):
    assert codes(played((1001, FLOOR), (1002, second))) == found


def test_the_first_offer_and_an_automatic_one_leap_over_nothing():
    assert codes(played((1001, FLOOR + 50 * STEP))) == []
    hall = Hall(TERMS)
    hall.offer(1003, FLOOR, START + MINUTE)
    hall.proxy(1001, FLOOR + 40 * STEP, START + 2 * MINUTE)
    hall.proxy(1002, FLOOR + 60 * STEP, START + 3 * MINUTE)
    assert codes(hall) == []


@pytest.mark.parametrize("length", [DUEL_OFFERS - 1, DUEL_OFFERS, DUEL_OFFERS + 5])
def test_two_paddles_in_turn_are_told_once(length):
    hall = played(*((1001 + number % 2, FLOOR + number * STEP) for number in range(length)))
    found = [("duel", tuple(range(1, DUEL_OFFERS + 1)))] if length >= DUEL_OFFERS else []
    assert codes(hall) == found


def test_a_third_paddle_breaks_the_row():
    turns = [(1001 + number % 2, FLOOR + number * STEP) for number in range(DUEL_OFFERS)]
    turns[5] = (1003, turns[5][1])
    assert codes(played(*turns)) == []


def last_second(hall: Hall, times: int, before: timedelta) -> None:
    """Paddle 1001 offers so long before each end, 1002 at once after it."""
    gain = 0
    for _ in range(times):
        hall.offer(1001, FLOOR + gain * STEP, hall.room.end - before)
        hall.offer(1002, FLOOR + (gain + 1) * STEP, hall.room.at + SECOND)
        gain += 2


@pytest.mark.parametrize(
    ("times", "before", "found"),
    [
        (2, SECOND, []),
        (3, SECOND, [("last", (1, 3, 5))]),
        (4, SECOND, [("last", (1, 3, 5))]),
        (3, 3 * SECOND, [("last", (1, 3, 5))]),
        (3, 4 * SECOND, []),
    ],
)
def test_offers_in_the_last_seconds_are_told_the_third_time(times, before, found):
    hall = Hall(replace(TERMS, timing=replace(TERMS.timing, ends_at=END)))
    hall.offer(1003, FLOOR - STEP, START + MINUTE)
    last_second(hall, times, before)
    assert codes(hall) == found


def test_nothing_is_alarming_where_nothing_was_told():
    assert alarms([]) == () and codes(Hall(TERMS)) == []


def test_an_alarm_gives_its_facts_and_what_would_explain_it():
    hall = played((1001, FLOOR), (1002, FLOOR + 20 * STEP))
    (alarm,) = alarms([fact for fact in hall.facts if declared(fact).audience is Audience.PUBLIC])
    assert "1002 号牌第 2 次报价 2,790,000.00 元，比最低可报数额多 19 个幅度" in alarm.text
    assert alarm.innocent and alarm.at == START + 2 * MINUTE
