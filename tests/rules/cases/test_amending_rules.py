"""撤回和补正的规则: by leave once accepted, for tenders; sent back once, for purchases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ggzy.oversight.cases.rules import amending as rules
from ggzy.oversight.cases.values.complaints import ComplaintState, Correction, Withdrawal
from tests.rules.cases.complaining import (
    AT,
    DAY,
    FIRM,
    MONDAY,
    PURCHASE,
    WEEKDAYS,
    accepted,
    codes,
    complaint,
)

ASKED = Withdrawal("双方已经和解", AT)
UNTIL = MONDAY + timedelta(days=7)
TOLD = Correction("没有写明投诉请求", AT, UNTIL)
MADE = replace(TOLD, text="请求认定无效", made_at=AT + 2 * DAY)
BOUGHT = complaint("result", PURCHASE)


@pytest.mark.parametrize(
    "verdict, expected",
    [
        (rules.may_withdraw(complaint(), FIRM, ""), []),
        (rules.may_withdraw(accepted(), FIRM, "双方已经和解"), []),
        (rules.may_withdraw(accepted(), FIRM, " "), ["reason_missing"]),
        (rules.may_withdraw(replace(BOUGHT, state=ComplaintState.ACCEPTED), FIRM, ""), []),
        (rules.may_withdraw(accepted(withdrawal=ASKED), FIRM, "再说一次"), ["asked"]),
        (rules.may_withdraw(accepted(withdrawal=replace(ASKED, is_granted=False)), FIRM, "再说一次"), []),
        (rules.may_withdraw(complaint(state=ComplaintState.DECIDED), FIRM, ""), ["over"]),
        (rules.may_withdraw(complaint(), None, ""), ["not_mine"]),
        (rules.may_withdraw(complaint(), FIRM, "因" * 5001), ["reason_too_long"]),
        (rules.may_settle(accepted(withdrawal=ASKED), "不损害他人"), []),
        (rules.may_settle(accepted(withdrawal=ASKED), ""), ["text_missing"]),
        (rules.may_settle(accepted(), "不损害他人"), ["not_asked"]),
        (rules.may_settle(accepted(withdrawal=replace(ASKED, is_granted=False)), "再议"), ["not_asked"]),
    ],
)
def test_a_complaint_is_withdrawn_by_leave_once_it_was_accepted(verdict, expected):
    assert codes(verdict) == expected


@pytest.mark.parametrize(
    "verdict, expected",
    [
        (rules.may_ask(BOUGHT, "没有请求", UNTIL, AT), []),
        (rules.may_ask(complaint(), "没有请求", UNTIL, AT), ["no_correction"]),
        (rules.may_ask(replace(BOUGHT, correction=TOLD), "还缺一样", UNTIL, AT), ["once"]),
        (rules.may_ask(replace(BOUGHT, state=ComplaintState.ACCEPTED), "没有请求", UNTIL, AT), ["state"]),
        (rules.may_ask(BOUGHT, "", UNTIL, AT), ["notice_missing"]),
        (rules.may_ask(BOUGHT, "没有请求", MONDAY, AT), ["until_out_of_range"]),
        (rules.may_ask(BOUGHT, "没有请求", MONDAY + timedelta(days=30), AT), []),
        (rules.may_ask(BOUGHT, "没有请求", MONDAY + timedelta(days=31), AT), ["until_out_of_range"]),
        (rules.may_correct(replace(BOUGHT, correction=TOLD), "请求认定无效", AT), []),
        (rules.may_correct(replace(BOUGHT, correction=TOLD), "", AT), ["text_missing"]),
        (rules.may_correct(replace(BOUGHT, correction=TOLD), "请求", AT + 7 * DAY), []),
        (rules.may_correct(replace(BOUGHT, correction=TOLD), "请求", AT + 8 * DAY), ["too_late"]),
        (rules.may_correct(replace(BOUGHT, correction=MADE), "请求", AT), ["made"]),
        (rules.may_correct(BOUGHT, "请求", AT), ["not_asked"]),
    ],
)
def test_a_defective_complaint_is_sent_back_once(verdict, expected):
    assert codes(verdict) == expected


def test_refusal_for_defects_waits_for_the_correction():
    told = replace(BOUGHT, correction=TOLD)
    assert not rules.is_uncorrected(BOUGHT, AT) and not rules.is_uncorrected(told, AT + 7 * DAY)
    assert rules.is_uncorrected(told, AT + 8 * DAY)
    assert rules.is_uncorrected(replace(BOUGHT, correction=MADE), AT + 2 * DAY)
    assert rules.is_uncorrected(complaint(), AT)


def test_workdays_of_the_correction_do_not_count():
    assert rules.not_counted(BOUGHT, WEEKDAYS) == 0
    assert rules.not_counted(replace(BOUGHT, correction=MADE), WEEKDAYS) == 2
    assert rules.not_counted(replace(BOUGHT, correction=TOLD), WEEKDAYS) == 5
    assert TOLD.until == date(2026, 6, 8)
