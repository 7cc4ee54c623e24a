"""暂停、恢复与平台中断: the clock stands still and runs on with the time left; one row per reason."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ggzy.kernel.instants import Period
from ggzy.trading.auctions import events, rules
from ggzy.trading.auctions.values import Accepted, Refusal
from tests.rules.auctions.auction_setting import END, START, TERMS, Hall, codes, running

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
AT = END - 2 * SECOND


def led(**change) -> Hall:
    hall = running(**change)
    hall.offer(1001, 2_590_000, START)
    return hall


def paused() -> Hall:
    hall = led()
    hall.take(rules.pause(hall.room, "系统维护", AT))
    return hall


def closed() -> Hall:
    hall = led()
    hall.close(END)
    return hall


@pytest.mark.parametrize(
    "hall, change, reason",
    [
        (Hall, {}, "not_started"),
        (led, {"at": END}, "ended"),
        (closed, {"at": END}, "ended"),
        (paused, {}, "paused"),
        (led, {"reason": " "}, "no_reason"),
    ],
)
def test_a_room_is_not_paused(hall, change, reason):
    given = {"reason": "系统维护", "at": AT} | change
    assert codes(rules.may_pause(hall().room, given["reason"], given["at"])) == [reason]


def test_a_paused_room_runs_on_with_the_time_that_was_left():
    hall = paused()
    assert hall.offer(1002, 2_600_000, AT + MINUTE).codes == ("paused",)
    back = AT + 90 * MINUTE
    (resumed,) = hall.take(rules.resume(hall.room, back)).facts
    assert resumed.end == back + 2 * SECOND
    assert isinstance(hall.offer(1002, 2_600_000, back + SECOND), Accepted)


def test_the_notice_may_promise_a_full_countdown_after_a_pause():
    """Two seconds were left and the room resumes with five minutes."""
    hall = led(terms=replace(TERMS, timing=replace(TERMS.timing, resume_min_s=300)))
    hall.take(rules.pause(hall.room, "系统维护", AT))
    hall.take(rules.resume(hall.room, AT + MINUTE))
    assert hall.room.end == AT + MINUTE + timedelta(minutes=5)


def test_what_is_not_paused_does_not_resume():
    assert codes(rules.may_resume(led().room)) == ["not_paused"]


@pytest.mark.parametrize(
    ("seconds", "gaps"),
    [
        ((), ()),
        ((0,), ()),
        ((0, 1, 2, 3), ()),
        ((0, 1, "3.999999"), ()),
        ((0, 1, 4), ((1, 4),)),
        ((0, 60, 61, 62, 90), ((0, 60), (62, 90))),
    ],
)
def test_an_outage_is_a_gap_between_beats(seconds, gaps):
    beats = [AT + timedelta(seconds=float(second)) for second in seconds]
    found = [Period(AT + start * SECOND, AT + end * SECOND) for start, end in gaps]
    assert list(rules.outages(beats)) == found


def outage(start, end) -> Period:
    return Period(start, end)


@pytest.mark.parametrize(
    "hall, period, reason",
    [
        (Hall, outage(AT, AT + MINUTE), "not_started"),
        (closed, outage(AT, AT + MINUTE), "ended"),
        (paused, outage(AT, AT + MINUTE), "paused"),
        (led, outage(AT, AT + 90 * MINUTE), "not_over"),
        (led, outage(AT, AT + SECOND), "too_short"),
        (led, outage(END, END + MINUTE), "after_end"),
    ],
)
def test_an_outage_does_not_stop_the_clock(hall, period, reason):
    assert codes(rules.may_stand_still(hall().room, period, AT + 60 * MINUTE)) == [reason]


def test_an_outage_that_ran_past_the_end_leaves_the_time_that_was_left_when_it_began():
    hall = led()
    found_out = END + 30 * MINUTE
    (told,) = hall.take(rules.stand_still(hall.room, outage(AT, found_out - SECOND), found_out)).facts
    assert (told.cause, told.since, told.at) == ("outage", AT, found_out)
    hall.take(rules.resume(hall.room, found_out + SECOND))
    assert hall.room.end == found_out + 3 * SECOND
    assert rules.audit(hall.format, hall.facts) == ()


def test_an_outage_counts_from_the_last_offer_that_was_still_recorded():
    hall = led()
    hall.offer(1002, 2_600_000, AT - SECOND)
    end = hall.room.end
    hall.take(rules.stand_still(hall.room, outage(AT - MINUTE, AT + MINUTE), AT + 2 * MINUTE))
    assert hall.facts[-1].since == AT - SECOND
    hall.take(rules.resume(hall.room, AT + 2 * MINUTE))
    assert hall.room.end - (AT + 2 * MINUTE) == end - (AT - SECOND)


def test_a_proxy_is_kept_through_a_pause():
    hall = running()
    hall.proxy(1001, 2_690_000, START)
    hall.take(rules.pause(hall.room, "系统维护", AT))
    hall.take(rules.resume(hall.room, AT + MINUTE))
    hall.offer(1002, 2_600_000, AT + MINUTE)
    assert hall.room.leader.paddle == 1001


def test_a_refused_pause_changes_nothing():
    hall = closed()
    outcome = rules.pause(hall.room, "系统维护", END)
    assert isinstance(outcome, Refusal) and outcome.room is hall.room and outcome.facts == ()
    assert events.AuctionPaused not in hall.kinds()
