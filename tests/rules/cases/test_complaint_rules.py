"""投诉和来件的规则: both statutory machines, one table a rule."""

from dataclasses import replace
from datetime import date

import pytest

from ggzy.oversight.cases.rules import complaints as rules
from ggzy.oversight.cases.rules import petitions
from ggzy.oversight.cases.values.complaints import (
    Category,
    Channel,
    ComplaintState,
    NewPetition,
    PetitionState,
)
from tests.rules.cases.complaining import (
    ANSWERED,
    AT,
    CITY,
    DAY,
    MONDAY,
    NEW,
    PURCHASE,
    SILENT,
    TENDER,
    WEEKDAYS,
    accepted,
    codes,
    complaint,
)


@pytest.mark.parametrize(
    "new, expected",
    [
        (NEW, []),
        (replace(NEW, matter="weather"), ["matter_unknown"]),
        (replace(NEW, respondent=""), ["respondent_missing"]),
        (replace(NEW, known_on=date(2026, 6, 2)), ["known_in_future"]),
        (replace(NEW, known_on=date(2026, 5, 31)), ["known_too_early"]),
        (replace(NEW, text=" "), ["text_missing"]),
        (replace(NEW, text="因" * 5001), ["text_too_long"]),
        (replace(NEW, request=""), ["request_missing"]),
    ],
)
def test_complaint_says_what_the_law_wants(new, expected):
    assert codes(rules.may_file(new, TENDER, MONDAY, AT)) == expected


@pytest.mark.parametrize(
    "found, raised, expected",
    [
        (complaint(), (), []),
        (complaint(filed_at=AT + 10 * DAY), (), []),  # the tenth day, 11 June
        (complaint(filed_at=AT + 11 * DAY), (), ["too_late"]),
        (complaint("result"), (), ["not_objected"]),
        (complaint("document"), (), ["not_objected"]),
        (complaint("opening"), (), ["not_objected"]),
        (complaint("result", filed_at=AT + 3 * DAY), (ANSWERED,), []),
        (complaint("result", filed_at=AT + 2 * DAY), (ANSWERED,), ["answer_pending"]),
        (complaint("result", filed_at=AT + 4 * DAY), (SILENT,), ["answer_pending"]),
        (complaint("result", filed_at=AT + 5 * DAY), (SILENT,), []),
        # The two days of the answer do not count: 11 June becomes 13 June, a Saturday, so Monday the 15th.
        (complaint("result", filed_at=AT + 14 * DAY), (ANSWERED,), []),
        (complaint("result", filed_at=AT + 15 * DAY), (ANSWERED,), ["too_late"]),
        (complaint("result", PURCHASE), (), ["not_objected"]),
        # Fifteen working days from the answer of 4 June end on 25 June.
        (complaint("result", PURCHASE, filed_at=AT + 24 * DAY), (ANSWERED,), []),
        (complaint("result", PURCHASE, filed_at=AT + 25 * DAY), (ANSWERED,), ["too_late"]),
        # No answer by 5 June: fifteen working days from the day on which it was due, 26 June.
        (complaint("result", PURCHASE, filed_at=AT + 25 * DAY), (SILENT,), []),
    ],
)
def test_complaint_comes_in_time_and_after_the_objection(found, raised, expected):
    assert codes(rules.flaws(found, raised, WEEKDAYS)) == expected


@pytest.mark.parametrize(
    "regime, accept, copies, decide",
    [
        (TENDER, date(2026, 6, 4), None, date(2026, 7, 15)),
        (PURCHASE, date(2026, 6, 8), date(2026, 6, 11), date(2026, 7, 13)),
    ],
)
def test_days_of_both_machines(regime, accept, copies, decide):
    assert rules.accept_by(regime, MONDAY, WEEKDAYS) == accept
    assert rules.copy_by(regime, MONDAY, WEEKDAYS) == copies
    assert rules.decide_by(regime, MONDAY, date(2026, 6, 3), WEEKDAYS) == decide


def test_numbers_are_those_of_the_law():
    assert (TENDER.window, TENDER.window_unit, TENDER.accept_workdays, TENDER.decide_workdays) == (
        10,
        "d",
        3,
        30,
    )
    assert (PURCHASE.window, PURCHASE.window_unit, PURCHASE.accept_workdays, PURCHASE.decide_workdays) == (
        15,
        "wd",
        5,
        30,
    )
    assert (PURCHASE.copy_workdays, PURCHASE.reply_workdays, PURCHASE.suspend_days) == (8, 5, 30)
    assert rules.longest_stop(PURCHASE, AT) == date(2026, 7, 1)
    assert rules.longest_stop(TENDER, AT) is None


@pytest.mark.parametrize(
    "found, grounds, text, expected",
    [
        (complaint(), ["too_late"], "超过十日", []),
        (complaint(), [], "超过十日", ["grounds_missing"]),
        (complaint(), ["annoying"], "烦", ["ground_unknown"]),
        (complaint(), ["too_late"], "", ["text_missing"]),
        (accepted(), ["too_late"], "超过十日", ["state"]),
    ],
)
def test_refusal_rests_on_a_legal_ground(found, grounds, text, expected):
    assert codes(rules.may_refuse(found, grounds, text)) == expected


@pytest.mark.parametrize(
    "verdict, expected",
    [
        (rules.may_stay(accepted(), 10, "检测"), []),
        (rules.may_stay(accepted(), 0, "检测"), ["span"]),
        (rules.may_stay(accepted(), 181, "检测"), ["span"]),
        (rules.may_stay(accepted(), 10, ""), ["reason_missing"]),
        (rules.may_stay(complaint(), 10, "检测"), ["state"]),
        (rules.may_copy(accepted()), []),
        (rules.may_copy(accepted(copied_at=AT)), ["copied"]),
        (rules.may_reply(accepted(copied_at=AT), "说明"), []),
        (rules.may_reply(accepted(), "说明"), ["not_copied"]),
        (rules.may_reply(complaint(state=ComplaintState.DECIDED, copied_at=AT), "说明"), ["over"]),
        (
            rules.may_refuse(complaint("result", PURCHASE), ["not_specific"], "不具体", False),
            ["not_corrected"],
        ),
        (rules.may_refuse(complaint("result", PURCHASE), ["too_late"], "已过期", False), []),
        (rules.may_decide(accepted(), "upheld", "1号", "属实"), []),
        (rules.may_decide(accepted(), "maybe", "1号", "属实"), ["outcome_unknown"]),
        (rules.may_decide(accepted(), "upheld", "", ""), ["document_missing", "text_missing"]),
        (rules.may_decide(complaint(), "upheld", "1号", "属实"), ["state"]),
    ],
)
def test_steps_of_the_machine(verdict, expected):
    assert codes(verdict) == expected


@pytest.mark.parametrize(
    "found, days, expected",
    [
        (complaint(), 3, False),
        (complaint(), 4, True),
        (accepted(), 42, False),
        (accepted(), 43, True),
        (complaint(state=ComplaintState.DECIDED, decide_by=MONDAY), 90, False),
    ],
)
def test_what_is_overdue(found, days, expected):
    assert rules.is_overdue(found, AT + days * DAY) is expected


TIP = NewPetition(Category.REPORT, Channel.WEB, "评委收钱", CITY)


@pytest.mark.parametrize(
    "new, expected",
    [
        (TIP, []),
        (replace(TIP, text=""), ["text_missing"]),
        (replace(TIP, text="因" * 5001), ["text_too_long"]),
        (replace(TIP, name="名" * 201), ["name_too_long"]),
        (replace(TIP, contact="1" * 201), ["contact_too_long"]),
        (replace(TIP, category=Category.COMPLAINT), ["complaint_unnamed"]),
        (replace(TIP, category=Category.COMPLAINT, name="张三"), []),
    ],
)
def test_anybody_may_report_without_a_name_but_a_complaint_wants_one(new, expected):
    assert codes(petitions.may_file(new)) == expected


@pytest.mark.parametrize(
    "what, expected",
    [
        (petitions.answer_by(Category.CONSULT, MONDAY, WEEKDAYS), date(2026, 6, 4)),
        (petitions.answer_by(Category.REPORT, MONDAY, WEEKDAYS), date(2026, 6, 16)),
        (codes(petitions.may_answer(PetitionState.ROUTED, "已核查")), []),
        (codes(petitions.may_answer(PetitionState.ANSWERED, "已核查")), ["answered"]),
        (codes(petitions.may_route(PetitionState.NEW, "clue", "核查")), []),
        (codes(petitions.may_route(PetitionState.ROUTED, "clue", "核查")), ["routed"]),
        (codes(petitions.may_route(PetitionState.NEW, "bin", "")), ["route_unknown", "note_missing"]),
        (petitions.is_overdue(PetitionState.NEW, MONDAY, AT + DAY), True),
        (petitions.is_overdue(PetitionState.ANSWERED, MONDAY, AT + DAY), False),
    ],
)
def test_petitions_are_answered_in_time(what, expected):
    assert what == expected
