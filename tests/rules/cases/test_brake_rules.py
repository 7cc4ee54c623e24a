"""The rules of the brake's review."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ggzy.kernel.instants import end_of_day
from ggzy.oversight.cases import rules

AT = datetime(2026, 6, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "in_force, reason, review_on, expected",
    [
        (True, "仍在核查", date(2026, 6, 2), []),
        (True, "仍在核查", date(2026, 8, 30), []),
        (False, "仍在核查", date(2026, 6, 2), ["no_brake"]),
        (True, " ", date(2026, 6, 2), ["reason_missing"]),
        (True, "仍在核查", date(2026, 6, 1), ["review_out_of_range"]),
        (True, "仍在核查", date(2026, 8, 31), ["review_out_of_range"]),
        (False, "", date(2026, 1, 1), ["no_brake", "reason_missing", "review_out_of_range"]),
    ],
)
def test_review_needs_a_brake_a_reason_and_a_next_day(in_force, reason, review_on, expected):
    verdict = rules.may_review(in_force, reason, review_on, AT)
    assert [one.code for one in verdict.reasons] == expected


def test_review_is_overdue_when_its_day_has_ended_and_the_brake_is_still_on():
    day = date(2026, 6, 10)
    assert not rules.is_overdue(day, None, end_of_day(day) - timedelta(seconds=1))
    assert rules.is_overdue(day, None, end_of_day(day))
    assert not rules.is_overdue(day, AT, end_of_day(day))
