"""定标、合同的规则: one row per reason, in the order the reasons are listed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.kernel.money import Money
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.contracting import rules
from ggzy.trading.contracting.values import (
    AwardFacts,
    AwardState,
    ContractForm,
    Passed,
    Passing,
    Runner,
    Step,
    StepKind,
)
from ggzy.trading.tendering.values import Bidder, Price

REGION = RegionCode("980100")
START = datetime(2026, 6, 10, 9, tzinfo=UTC)
UNTIL = datetime(2026, 6, 15, 16, tzinfo=UTC)
AFTER = datetime(2026, 6, 16, 2, tzinfo=UTC)


def _runner(rank: int) -> Runner:
    code = CreditCode.make(region=REGION, serial=rank)
    price = Price("amount", Money.yuan(f"{rank}000000"), None, f"{rank},000,000.00 元")
    return Runner(
        rank, f"b{rank}", Bidder(code, f"云岭{rank}号公司"), price, Decimal(90 - rank), "365日", "合格"
    )


AWARD = AwardFacts(
    lot=LotCode("L"),
    round=1,
    state=AwardState.PUBLICISED,
    runners=(_runner(1), _runner(2), _runner(3)),
    publicised_at=START,
    publicity_until=UNTIL,
    is_late=False,
    notice="N",
)
WON = replace(AWARD, state=AwardState.NOTIFIED, rank=1, awarded_at=AFTER)
GAVE_UP = Passed(1, Passing.GAVE_UP, "书面放弃")


def _codes(verdict: Any) -> list[str]:
    return [reason.code for reason in verdict.reasons]


@pytest.mark.parametrize(
    "since, until, whole",
    [
        (datetime(2026, 6, 10, 1, tzinfo=UTC), datetime(2026, 6, 15, 16, tzinfo=UTC), True),
        (datetime(2026, 6, 9, 10, tzinfo=UTC), datetime(2026, 6, 12, 10, tzinfo=UTC), True),
        (datetime(2026, 6, 9, 10, tzinfo=UTC), datetime(2026, 6, 12, 9, tzinfo=UTC), False),
        (datetime(2026, 6, 10, 1, tzinfo=UTC), datetime(2026, 6, 13, 10, tzinfo=UTC), False),
    ],
    ids=["to the end of Monday", "seventy-two hours", "an hour short", "ends on a Saturday"],
)
def test_publicity_is_three_whole_days_into_its_last_lawful_day(since, until, whole):
    book = catalog.rulebook(catalog.categories()[0].rulebook, REGION, date(2026, 6, 1))
    assert rules.is_whole(book, catalog.calendar(), since, until) is whole


@pytest.mark.parametrize(
    "change, given, reason",
    [
        ({"state": AwardState.SIGNED}, {}, "not_awardable"),
        ({}, {"at": UNTIL}, "publicity_runs"),
        ({}, {"open_objections": 1}, "objection_open"),
        (
            {},
            {"rank": 4, "passed": (GAVE_UP, replace(GAVE_UP, rank=2), replace(GAVE_UP, rank=3))},
            "no_candidate",
        ),
        ({}, {"rank": 2}, "rank_skipped"),
        ({"passed": (GAVE_UP,)}, {"rank": 1}, "passed_over"),
        ({}, {"rank": 2, "passed": (replace(GAVE_UP, reason=" "),)}, "reason_missing"),
    ],
)
def test_an_award_is_refused(change, given, reason):
    asked: dict[str, Any] = {"rank": 1, "passed": (), "open_objections": 0, "at": AFTER, **given}
    assert _codes(rules.may_award(replace(AWARD, **change), is_ranked=True, **asked)) == [reason]


def test_the_first_candidate_is_awarded_and_the_second_with_a_ground():
    assert rules.may_award(AWARD, 1, (), 0, AFTER, is_ranked=True).ok
    assert rules.may_award(AWARD, 2, (GAVE_UP,), 0, AFTER, is_ranked=True).ok


@pytest.mark.parametrize(
    "change, on, reason",
    [
        ({"state": AwardState.PUBLICISED}, date(2026, 9, 1), "not_awarded"),
        ({"state": AwardState.AWARDED}, date(2026, 6, 1), "validity_over"),
    ],
)
def test_a_letter_is_refused(change, on, reason):
    assert _codes(rules.may_issue_letter(replace(AWARD, **change), on, AFTER)) == [reason]


@pytest.mark.parametrize(
    "change, party, words, reason",
    [
        ({}, 2, "无力履行", "not_winner"),
        ({"state": AwardState.SIGNED}, 1, "无力履行", "not_declinable"),
        ({}, 1, " ", "reason_missing"),
    ],
)
def test_a_refusal_is_refused(change, party, words, reason):
    code = CreditCode.make(region=REGION, serial=party)
    assert _codes(rules.may_refuse(replace(WON, **change), code, words)) == [reason]


FORM = ContractForm(
    number="YL-1",
    price=AWARD.runners[0].price or Price("text"),
    amount=Money.yuan("1000000"),
    security=Money.yuan("100000"),
    period="365日",
    quality="合格",
    file="sha256:1",
)


@pytest.mark.parametrize(
    "award, change, reasons",
    [
        (AWARD, {}, ["not_notified"]),
        (WON, {"number": " "}, ["number_missing"]),
        (WON, {"file": ""}, ["file_missing"]),
        (WON, {"price": Price("amount", Money.yuan("999999"))}, ["price_differs"]),
        (WON, {"amount": Money.yuan("1000001")}, ["amount_differs"]),
        (WON, {"period": "400日"}, ["period_differs"]),
        (WON, {"quality": "优良"}, ["quality_differs"]),
        (WON, {"security": Money.yuan("100000.01")}, ["security_high"]),
    ],
)
def test_a_contract_that_departs_from_the_bid_is_refused(award, change, reasons):
    book = catalog.rulebook(catalog.categories()[0].rulebook, REGION, date(2026, 6, 1))
    cap = book.number("tender.security_rate_max")
    found = [c for c in _codes(rules.may_draft(award, replace(FORM, **change), cap)) if c in reasons]
    assert found == reasons
    assert rules.may_draft(WON, FORM, cap).ok


@pytest.mark.parametrize(
    "change, step, reason",
    [
        ({"state": AwardState.COMPLETED}, {}, "not_signed"),
        ({}, {"text": " "}, "text_missing"),
        ({}, {"on": date(2026, 7, 2)}, "in_future"),
        ({}, {"kind": StepKind.PAYMENT}, "amount_missing"),
    ],
)
def test_a_step_of_performance_is_refused(change, step, reason):
    given = replace(Step(StepKind.REPORT, "按期", date(2026, 7, 1)), **step)
    signed = replace(WON, **{"state": AwardState.SIGNED, **change})
    assert _codes(rules.may_record_step(signed, given, date(2026, 7, 1))) == [reason]


def test_a_contract_is_complete_only_once_accepted():
    signed = replace(WON, state=AwardState.SIGNED)
    assert _codes(rules.may_complete(signed)) == ["not_accepted"]
    accepted = replace(signed, steps=(Step(StepKind.ACCEPTANCE, "合格", date(2026, 7, 1)),))
    assert rules.may_complete(accepted).ok


def test_a_midnight_is_written_as_the_end_of_its_day():
    assert rules.moment_text(UNTIL) == "2026年06月15日 24:00"
