"""投标、撤回、截止的规则: one row per reason."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ggzy.trading.tendering import queries, rules
from ggzy.trading.tendering.rules.bidding import Sealing
from ggzy.trading.tendering.values import BidState, TenderState
from tests.rules.tendering.tender_setting import (
    BIDDER,
    CALENDAR,
    CLOSED,
    DEADLINE,
    DRAFT,
    LOT,
    NOW,
    TENDER,
    TERMS,
    codes,
    moment,
)

OPEN, INVITED = queries.method("open_tender"), queries.method("invited_tender")
JUST_BEFORE = DEADLINE - timedelta(microseconds=1)
SEALING = Sealing(
    bid="b1",
    gen=2,
    prev="sha256:" + "4" * 64,
    plan=TENDER.plan_digest,
    documents=TENDER.documents_digest,
    is_consortium=False,
    expected_bid="b1",
    expected_gen=2,
    expected_prev="sha256:" + "4" * 64,
)


def may_submit(tender=TENDER, method=OPEN, at=JUST_BEFORE, sealing=SEALING, previous=None, **bidder):
    return rules.may_submit(tender, replace(BIDDER, **bidder), method, at, sealing=sealing, previous=previous)


def test_a_bid_in_the_last_microsecond_counts():
    assert may_submit().ok


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"tender": DRAFT, "sealing": None}, "not_announced"),
        ({"at": DEADLINE}, "deadline_passed"),
        ({"tender": CLOSED}, "deadline_passed"),
        ({"is_owner_side": True}, "owner_side"),
        ({"is_registered": False}, "not_registered"),
        ({"unregistered_members": ("某某",)}, "member_not_registered"),
        ({"ban": "串通投标，禁止投标一年"}, "banned"),
        ({"banned_members": ("某某",)}, "member_banned"),
        ({"clashes": ("某某",)}, "one_bid_only"),
        ({"is_secured": False}, "deposit_missing"),
        ({"method": INVITED, "is_invited": False}, "not_invited"),
        ({"sealing": replace(SEALING, plan="sha256:" + "9" * 64)}, "plan_differs"),
        ({"sealing": replace(SEALING, documents="sha256:" + "9" * 64)}, "documents_outdated"),
        (
            {
                "tender": replace(TENDER, terms=replace(TERMS, is_consortium_allowed=False)),
                "sealing": replace(SEALING, is_consortium=True),
            },
            "no_consortium",
        ),
        ({"sealing": replace(SEALING, gen=1, prev=None)}, "generation"),
        ({"sealing": replace(SEALING, bid="b2")}, "generation"),
    ],
)
def test_a_bid_is_refused(change, reason):
    assert codes(may_submit(**change)) == [reason]


def test_every_reason_is_told_at_once():
    verdict = may_submit(at=DEADLINE, ban="…", is_secured=False, sealing=None)
    assert codes(verdict) == ["deadline_passed", "banned", "deposit_missing"]


def test_a_late_bid_is_answered_with_both_moments_and_the_earlier_bid_that_stays_valid():
    late = DEADLINE + timedelta(milliseconds=412)
    (reason,) = may_submit(at=late, previous=moment("2026-06-23T09:12:44")).reasons
    assert reason.text == (
        "您的请求于 09:30:00.412 到达，截止时间为 09:30:00。投标文件未被接收；此前 09:12:44 递交的文件有效。"
    )
    (reason,) = may_submit(at=late).reasons
    assert reason.text.endswith("投标文件未被接收。")


def test_no_deposit_is_asked_where_none_was_announced():
    free = replace(TENDER, terms=replace(TERMS, deposit=type(TERMS.deposit)(0)))
    assert may_submit(tender=free, is_secured=False).ok


@pytest.mark.parametrize(
    "tender, state, at, reasons",
    [
        (TENDER, BidState.SUBMITTED, JUST_BEFORE, []),
        (TENDER, BidState.WITHDRAWN, JUST_BEFORE, ["no_bid"]),
        (TENDER, None, JUST_BEFORE, ["no_bid"]),
        (TENDER, BidState.SUBMITTED, DEADLINE, ["deadline_passed"]),
        (CLOSED, BidState.SUBMITTED, JUST_BEFORE, ["deadline_passed"]),
    ],
)
def test_a_bid_is_withdrawn_before_the_deadline_only(tender, state, at, reasons):
    assert codes(rules.may_withdraw(tender, state, at)) == reasons


def test_a_withdrawn_deposit_goes_back_within_five_days_ending_on_a_working_day():
    # Five days after Monday 15 June is Saturday 20 June: it runs to the end of Monday the 22nd.
    until = rules.refund_by(LOT.rulebook, CALENDAR, moment("2026-06-15T10:00"))
    assert until == moment("2026-06-23T00:00")


@pytest.mark.parametrize(
    "tender, at, reasons",
    [
        (TENDER, DEADLINE, []),
        (TENDER, JUST_BEFORE, ["too_early"]),
        (CLOSED, DEADLINE, ["not_announced"]),
    ],
)
def test_the_clock_closes_at_the_deadline_and_once(tender, at, reasons):
    assert codes(rules.may_close(tender, at)) == reasons


def test_two_bids_are_not_opened():
    assert not rules.is_enough(2, LOT.rulebook) and rules.is_enough(3, LOT.rulebook)


def test_a_new_round_needs_a_failed_one():
    assert rules.may_retender(replace(CLOSED, state=TenderState.FAILED)).ok
    assert codes(rules.may_retender(TENDER)) == ["not_failed"]
    assert rules.may_retender(CLOSED, is_ordered=True).ok
    assert (
        codes(rules.may_retender(CLOSED))
        == codes(rules.may_retender(TENDER, is_ordered=True))
        == ["not_failed"]
    )
    assert NOW < DEADLINE
