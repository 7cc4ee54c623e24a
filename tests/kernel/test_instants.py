"""Calendar laws, and the worked examples of the domain notes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ggzy.kernel.instants import (
    BEIJING,
    Calendar,
    Period,
    end_of_day,
    local_date,
    parse_instant,
    start_of_day,
)

PLAIN = Calendar(frozenset(), frozenset(), frozenset({2026}))
# 国庆 2024: seven days off, two make-up days.
AUTUMN = Calendar(
    holidays=frozenset(date(2024, 10, day) for day in range(1, 8)),
    workdays=frozenset({date(2024, 9, 29), date(2024, 10, 12)}),
    known_years=frozenset({2024}),
)
DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2025, 12, 31))
COUNTS = st.integers(min_value=0, max_value=60)


def test_twenty_days_from_the_first_of_june_end_on_a_sunday_and_the_next_working_day_is_offered():
    assert PLAIN.earliest(date(2026, 6, 1), 20) == date(2026, 6, 22)
    assert PLAIN.at_least_days_before(date(2026, 6, 1), date(2026, 6, 21), 20)
    assert not PLAIN.at_least_days_before(date(2026, 6, 1), date(2026, 6, 20), 20)
    assert not PLAIN.at_least_days_before(date(2026, 6, 1), date(2026, 6, 21), 20, strict=True)


def test_three_days_of_publicity_ending_on_a_saturday_run_to_the_end_of_monday():
    assert PLAIN.period_end(date(2026, 6, 10), 3) == date(2026, 6, 15)


def test_one_working_day_of_notice_and_seven_of_challenge_end_on_the_seventeenth():
    noticed = PLAIN.add_workdays(date(2026, 6, 5), 1)
    assert noticed == date(2026, 6, 8)
    assert PLAIN.add_workdays(noticed, 7) == date(2026, 6, 17)


def test_holidays_are_off_and_make_up_days_are_working_days():
    assert not AUTUMN.is_workday(date(2024, 10, 7))
    assert AUTUMN.is_workday(date(2024, 10, 12))
    assert AUTUMN.add_workdays(date(2024, 9, 30), 1) == date(2024, 10, 8)
    assert AUTUMN.period_end(date(2024, 9, 30), 3) == date(2024, 10, 8)


def test_a_year_without_published_holidays_is_counted_by_weekdays_and_said_to_be_unknown():
    assert AUTUMN.is_workday(date(2031, 10, 1))
    assert AUTUMN.knows(date(2024, 1, 1), date(2024, 12, 31))
    assert not AUTUMN.knows(date(2024, 12, 30), date(2025, 1, 2))


@given(DAYS, COUNTS)
def test_working_days_added_are_working_days_counted(day, count):
    reached = AUTUMN.add_workdays(day, count)
    assert AUTUMN.workdays_between(day, reached) == count
    assert count == 0 or AUTUMN.is_workday(reached)


@given(DAYS, COUNTS, COUNTS)
def test_working_days_add_in_any_steps(day, one, other):
    assert AUTUMN.add_workdays(AUTUMN.add_workdays(day, one), other) == AUTUMN.add_workdays(day, one + other)


@given(DAYS, COUNTS, st.booleans())
def test_the_earliest_day_is_lawful_and_no_earlier_working_day_is(event, days, strict):
    earliest = AUTUMN.earliest(event, days, strict=strict)
    assert AUTUMN.is_workday(earliest)
    assert AUTUMN.at_least_days_before(event, earliest, days, strict=strict)
    before = earliest - timedelta(days=1)
    lawful = AUTUMN.at_least_days_before(event, before, days, strict=strict)
    assert not lawful or not AUTUMN.is_workday(before)


@given(DAYS, COUNTS, st.booleans())
def test_the_latest_day_is_the_last_lawful_one(deadline, days, strict):
    latest = AUTUMN.latest(deadline, days, strict=strict)
    assert AUTUMN.at_least_days_before(latest, deadline, days, strict=strict)
    assert not AUTUMN.at_least_days_before(latest + timedelta(days=1), deadline, days, strict=strict)


@given(DAYS)
def test_a_day_in_beijing_has_twenty_four_hours_and_no_more(day):
    assert local_date(start_of_day(day)) == day
    assert local_date(end_of_day(day) - timedelta(microseconds=1)) == day
    assert local_date(end_of_day(day)) == day + timedelta(days=1)
    assert end_of_day(day).tzinfo is UTC


@pytest.mark.parametrize(
    "text", ["2026-06-01T09:30:00+08:00", "2026-06-01T01:30:00Z", "20260601T093000+0800"]
)
def test_an_instant_with_a_zone_is_read(text):
    assert parse_instant(text) == datetime(2026, 6, 1, 9, 30, tzinfo=BEIJING)


@pytest.mark.parametrize(
    "text, words",
    [("2026-06-01T09:30:00", "没有写明时区"), ("2026-06-31T09:30:00Z", "不是有效"), ("明天", "不是有效")],
)
def test_a_naive_or_impossible_instant_is_refused_in_chinese(text, words):
    with pytest.raises(ValueError, match=words):
        parse_instant(text)


def test_a_period_contains_its_start_and_not_its_end():
    start = datetime(2026, 6, 1, tzinfo=UTC)
    period = Period(start, start + timedelta(days=3))
    assert start in period
    assert period.end not in period
    assert period.overlap(Period(start + timedelta(days=2), start + timedelta(days=9))) == timedelta(days=1)
    assert period.overlap(Period(period.end, period.end)) == timedelta(0)


def test_a_period_runs_forward_and_knows_its_zone():
    start = datetime(2026, 6, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="不能早于"):
        Period(start, start - timedelta(seconds=1))
    with pytest.raises(ValueError, match="时区"):
        Period(start.replace(tzinfo=None), start)
