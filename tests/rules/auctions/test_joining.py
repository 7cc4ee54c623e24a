"""报名的规则: one row per reason, in the order of the reasons."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ggzy.kernel.money import Money
from ggzy.trading.auctions import rules
from ggzy.trading.auctions.values import ApplicantFacts, ApplicationState, AuctionState
from tests.rules.auctions.auction_setting import ANNOUNCED, DRAFTED, NOTICE, NOW, codes, moment

AT = moment("2026-06-10T09:00")
APPLICANT = ApplicantFacts()
FILED = ApplicantFacts(state=ApplicationState.FILED, is_secured=True, secured_at=AT)


def test_whoever_the_notice_does_not_shut_out_may_apply():
    assert rules.may_apply(ANNOUNCED, APPLICANT, AT).ok
    assert rules.may_apply(replace(ANNOUNCED, state=AuctionState.OPEN), APPLICANT, AT).ok


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"auction": replace(ANNOUNCED, state=AuctionState.CLOSED)}, "not_announced"),
        ({"at": NOW - timedelta(seconds=1)}, "not_begun"),
        ({"at": NOTICE.apply_until}, "over"),
        ({"applicant": replace(APPLICANT, state=ApplicationState.FILED)}, "applied"),
        ({"applicant": replace(APPLICANT, state=ApplicationState.ADMITTED)}, "applied"),
        ({"applicant": replace(APPLICANT, is_owner_side=True)}, "owner_side"),
        ({"applicant": replace(APPLICANT, tie="法定代表人相同")}, "insider"),
        ({"applicant": replace(APPLICANT, is_registered=False)}, "not_registered"),
        ({"applicant": replace(APPLICANT, ban="2026年1月1日起三年")}, "banned"),
        ({"applicant": replace(APPLICANT, clashes=("望江建设有限公司",))}, "one_application"),
    ],
)
def test_an_application_is_refused(change, reason):
    given = {"auction": ANNOUNCED, "applicant": APPLICANT, "at": AT} | change
    assert codes(rules.may_apply(**given)) == [reason]


def test_nothing_is_announced_without_terms():
    assert codes(rules.may_apply(DRAFTED, APPLICANT, AT)) == ["not_announced"]


@pytest.mark.parametrize("state", [ApplicationState.DECLINED, ApplicationState.WITHDRAWN])
def test_what_was_declined_or_withdrawn_may_be_applied_for_again(state):
    assert rules.may_apply(ANNOUNCED, replace(APPLICANT, state=state), AT).ok


def test_an_applicant_against_whom_nothing_stands_must_be_admitted():
    assert rules.may_admit(ANNOUNCED, FILED, AT).ok


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"state": None}, "no_application"),
        ({"state": ApplicationState.ADMITTED}, "no_application"),
        ({"is_owner_side": True}, "owner_side"),
        ({"tie": "持股 30%"}, "insider"),
        ({"ban": "2026年1月1日起三年"}, "banned"),
        ({"missing": ("授权委托书",)}, "materials"),
        ({"is_secured": False, "secured_at": None}, "deposit_missing"),
        ({"secured_at": NOTICE.deposit_until}, "deposit_late"),
    ],
)
def test_an_applicant_is_not_admitted(change, reason):
    assert codes(rules.may_admit(ANNOUNCED, replace(FILED, **change), AT)) == [reason]


def test_the_missing_deposit_says_how_much():
    (reason,) = rules.may_admit(ANNOUNCED, replace(FILED, is_secured=False), AT).reasons
    assert reason.text == "竞买保证金未到账（应缴 518,000.00 元）"


def test_where_no_deposit_is_asked_for_none_is_missed():
    free = replace(ANNOUNCED, terms=replace(NOTICE, deposit=Money.zero))
    assert rules.may_admit(free, replace(FILED, is_secured=False, secured_at=None), AT).ok


@pytest.mark.parametrize(
    "applicant, reasons, reason",
    [
        (APPLICANT, ("不具备房地产开发资质",), "no_application"),
        (FILED, (), "no_reason"),
        (FILED, ("不具备房地产开发资质", " "), "no_reason"),
    ],
)
def test_an_applicant_is_not_declined(applicant, reasons, reason):
    assert codes(rules.may_decline(ANNOUNCED, applicant, reasons)) == [reason]


def test_an_applicant_is_declined_condition_by_condition():
    assert rules.may_decline(ANNOUNCED, FILED, ("不具备房地产开发资质",)).ok


@pytest.mark.parametrize(
    "applicant, at, reason",
    [
        (APPLICANT, AT, "not_withdrawable"),
        (replace(FILED, state=ApplicationState.ADMITTED), AT, "not_withdrawable"),
        (FILED, NOTICE.apply_until, "over"),
    ],
)
def test_an_application_is_not_withdrawn(applicant, at, reason):
    assert codes(rules.may_withdraw(ANNOUNCED, applicant, at)) == [reason]


VIEWING = NOTICE.viewings[0].start


@pytest.mark.parametrize(
    "auction, on, at, reason",
    [
        (DRAFTED, VIEWING, NOW, "not_announced"),
        (ANNOUNCED, moment("2026-06-11T09:00"), NOW, "no_viewing"),
        (ANNOUNCED, VIEWING, VIEWING, "gone_by"),
    ],
)
def test_a_viewing_is_not_booked(auction, on, at, reason):
    assert reason in codes(rules.may_book_viewing(auction, on, at))


def test_a_viewing_is_booked_within_the_times_of_the_notice():
    assert rules.may_book_viewing(ANNOUNCED, VIEWING + timedelta(hours=1), NOW).ok
