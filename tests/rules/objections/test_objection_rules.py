"""The rules of objections: standing, time, answer."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.kernel.instants import Calendar, end_of_day
from ggzy.trading.objections import rules
from ggzy.trading.objections.values import ObjectionFacts, ObjectionState, Stage, WindowFacts

REGION = RegionCode("990102")
BIDDER = CreditCode.make(region=REGION, serial=1)
STRANGER = CreditCode.make(region=REGION, serial=2)
LOT = LotCode.make(category="A02", platform=BIDDER, on=date(2026, 6, 1), serial=1)
# Half past nine in Beijing on 26 June; the last day to object to the document is the 16th.
DEADLINE = datetime(2026, 6, 26, 1, 30, tzinfo=UTC)
OPENS = datetime(2026, 6, 1, 1, tzinfo=UTC)
AT = datetime(2026, 6, 10, 4, tzinfo=UTC)
DOCUMENT = WindowFacts(LOT, 1, Stage.DOCUMENT, OPENS, DEADLINE, None)
OPENING = replace(DOCUMENT, stage=Stage.OPENING, parties=frozenset({BIDDER}))
RESULT = replace(OPENING, stage=Stage.RESULT)
LAST_MOMENT = end_of_day(date(2026, 6, 16))


def codes(verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


@pytest.mark.parametrize(
    "window, party, text, at, expected",
    [
        (DOCUMENT, STRANGER, "资格条件过高", AT, []),
        (None, BIDDER, "资格条件过高", AT, ["not_open"]),
        (DOCUMENT, BIDDER, "资格条件过高", OPENS - timedelta(seconds=1), ["too_early"]),
        (DOCUMENT, BIDDER, "资格条件过高", LAST_MOMENT - timedelta(microseconds=1), []),
        (DOCUMENT, BIDDER, "资格条件过高", LAST_MOMENT, ["too_late"]),
        (OPENING, BIDDER, "密封", DEADLINE - timedelta(seconds=1), []),
        (OPENING, BIDDER, "密封", DEADLINE, ["too_late"]),
        (RESULT, BIDDER, "业绩", DEADLINE - timedelta(seconds=1), []),
        (RESULT, BIDDER, "业绩", DEADLINE, ["too_late"]),
        (RESULT, STRANGER, "业绩", AT, ["no_standing"]),
        (DOCUMENT, BIDDER, " ", AT, ["text_missing"]),
        (DOCUMENT, BIDDER, "长" * 5001, AT, ["text_too_long"]),
        (RESULT, STRANGER, "", DEADLINE, ["too_late", "no_standing", "text_missing"]),
    ],
)
def test_objection_is_received_or_every_reason_is_named(window, party, text, at, expected):
    stage = window.stage if window else Stage.DOCUMENT
    assert codes(rules.may_raise(stage, window, party, text, 10, at)) == expected


@pytest.mark.parametrize("stage", list(Stage))
def test_every_refusal_names_the_article_of_its_stage(stage):
    (reason,) = rules.may_raise(stage, None, BIDDER, "文字", 10, AT).reasons
    assert reason.article == stage.article


@pytest.mark.parametrize(
    "state, text, expected",
    [
        (ObjectionState.PENDING, "维持原条件", []),
        (ObjectionState.ANSWERED, "维持原条件", ["not_pending"]),
        (ObjectionState.WITHDRAWN, "维持原条件", ["not_pending"]),
        (ObjectionState.PENDING, "", ["text_missing"]),
        (ObjectionState.PENDING, "长" * 5001, ["text_too_long"]),
    ],
)
def test_answer_is_given_once_and_in_words(state, text, expected):
    objection = ObjectionFacts(
        "x", 1, LOT, 1, Stage.DOCUMENT, BIDDER, AT, "t", (), date(2026, 6, 13), state, "", None, None, False
    )
    assert codes(rules.may_answer(objection, text)) == expected


@pytest.mark.parametrize(
    "stage, raised, due",
    [
        (Stage.DOCUMENT, date(2026, 6, 8), date(2026, 6, 11)),
        # The third day is a Saturday: the Monday after it.
        (Stage.RESULT, date(2026, 6, 10), date(2026, 6, 15)),
        (Stage.OPENING, date(2026, 6, 10), date(2026, 6, 10)),
    ],
)
def test_answer_is_due_within_three_days_or_on_the_spot(stage, raised, due):
    moment = end_of_day(raised) - timedelta(hours=6)
    assert rules.answer_due(stage, moment, 3, Calendar(frozenset(), frozenset())) == due


def test_answer_is_late_once_its_last_day_has_ended():
    due = date(2026, 6, 11)
    assert not rules.is_late(due, end_of_day(due) - timedelta(microseconds=1))
    assert rules.is_late(due, end_of_day(due))


def test_only_a_question_on_the_document_stops_the_clock():
    assert [stage for stage in Stage if rules.stops_clock(stage)] == [Stage.DOCUMENT]
