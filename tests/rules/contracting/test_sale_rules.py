"""成交合同的规则: one row per reason; the instalments and what is owed."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.kernel.instants import BEIJING
from ggzy.kernel.money import Money, Rate
from ggzy.trading.auctions.values import Payment
from ggzy.trading.contracting import rules
from ggzy.trading.contracting.values import (
    AwardFacts,
    AwardState,
    ContractFacts,
    ContractForm,
    Runner,
    Sale,
    Step,
    StepKind,
)
from ggzy.trading.tendering.values import Bidder, Price

REGION = RegionCode("980102")
CENTRE, WINNER, OTHER = (CreditCode.make(region=REGION, serial=serial) for serial in (1, 2, 3))
LOT = LotCode.make(category="B01", platform=CENTRE, on=date(2026, 5, 20), serial=1)
CLOSED = datetime(2026, 6, 22, 11, tzinfo=BEIJING)
UNTIL, SIGNED_ON = CLOSED + timedelta(days=10), date(2026, 7, 6)
AMOUNT = Money.yuan(1_000)
PRICE = Price("amount", amount=AMOUNT)
SALE = Sale(UNTIL + timedelta(days=10), Payment(first=Rate("0.5"), first_days=30, all_days=365), False)
FORM = ContractForm("YL-2026-001", PRICE, AMOUNT, Money.zero, "", "", "sha256:" + "1" * 64)
NOTIFIED = AwardFacts(
    lot=LOT,
    round=1,
    state=AwardState.NOTIFIED,
    runners=(Runner(1, "1001", Bidder(WINNER, "云岭路桥建设有限公司"), PRICE, Decimal(1000)),),
    publicised_at=CLOSED,
    publicity_until=UNTIL,
    is_late=False,
    notice="",
    rank=1,
    sale=SALE,
)
INSTALMENTS = rules.instalments(SALE, AMOUNT, SIGNED_ON)
CONTRACT = ContractFacts(FORM, CLOSED, CLOSED, SALE.sign_by, None, INSTALMENTS)
SIGNED = replace(NOTIFIED, state=AwardState.SIGNED, contract=CONTRACT)
BOUGHT = replace(SIGNED, sale=replace(SALE, is_bought=True))


def codes(verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


def paid(yuan: int) -> Step:
    return Step(StepKind.PAYMENT, "价款", SIGNED_ON, Money.yuan(yuan))


def step(kind: StepKind) -> Step:
    return Step(kind, "情况", SIGNED_ON, Money.yuan(1))


@pytest.mark.parametrize(
    ("award", "is_confirmed", "reasons"),
    [(None, True, []), (None, False, ["not_confirmed"]), (NOTIFIED, True, ["received"])],
)
def test_a_sale_is_received_once_it_is_confirmed(award, is_confirmed, reasons):
    assert codes(rules.may_receive(award, is_confirmed=is_confirmed)) == reasons


@pytest.mark.parametrize(
    ("award", "objections", "at", "reasons"),
    [
        (NOTIFIED, 0, UNTIL, []),
        (NOTIFIED, 0, UNTIL - timedelta(microseconds=1), ["publicity_runs"]),
        (NOTIFIED, 2, UNTIL, ["objection_open"]),
        (replace(NOTIFIED, sale=None), 2, CLOSED, []),
    ],
)
def test_a_contract_waits_for_the_publicity_of_the_sale(award, objections, at, reasons):
    assert codes(rules.may_sign_now(award, objections, at)) == reasons


@pytest.mark.parametrize(
    ("first", "days"),
    [
        ("0.5", [(date(2026, 8, 5), 500), (date(2027, 7, 6), 1000)]),
        ("1", [(date(2026, 8, 5), 1000)]),
        ("0.3333", [(date(2026, 8, 5), Decimal("333.3")), (date(2027, 7, 6), 1000)]),
    ],
)
def test_the_instalments(first, days):
    sale = replace(SALE, payment=replace(SALE.payment, first=Rate(first)))
    found = [(one.due_on, one.total) for one in rules.instalments(sale, AMOUNT, SIGNED_ON)]
    assert found == [(on, Money.yuan(yuan)) for on, yuan in days]


@pytest.mark.parametrize(
    ("deposit", "steps", "owing", "due"),
    [
        (0, (), 1000, date(2026, 8, 5)),
        (200, (paid(299),), 501, date(2026, 8, 5)),
        (200, (paid(300),), 500, date(2027, 7, 6)),
        (200, (paid(300), paid(500)), 0, None),
        (200, (paid(900),), 0, None),
    ],
)
def test_what_is_owed_and_when(deposit, steps, owing, due):
    award = replace(SIGNED, sale=replace(SALE, deposit=Money.yuan(deposit)), steps=steps)
    assert rules.owing(award) == Money.yuan(owing)
    assert rules.due_on(award, StepKind.PAYMENT) == due
    assert rules.due_on(award, StepKind.REPORT) is None


def test_who_sells_is_owed_nothing_by_the_platforms_count():
    assert rules.owing(BOUGHT) == Money.zero and rules.due_on(BOUGHT, StepKind.PAYMENT) is None
    assert rules.owing(NOTIFIED) == Money.zero


@pytest.mark.parametrize(
    ("award", "kind", "by_owner", "reasons"),
    [
        (SIGNED, StepKind.PAYMENT, True, []),
        (SIGNED, StepKind.PAYMENT, False, ["owner_only"]),
        (SIGNED, StepKind.TRANSFER, True, []),
        (SIGNED, StepKind.TRANSFER, False, ["owner_only"]),
        (SIGNED, StepKind.ACCEPTANCE, True, ["kind"]),
        (SIGNED, StepKind.REPORT, False, []),
        (BOUGHT, StepKind.ACCEPTANCE, True, []),
        (BOUGHT, StepKind.PAYMENT, False, []),
        (BOUGHT, StepKind.TRANSFER, True, ["kind"]),
    ],
)
def test_what_is_recorded_of_a_sale_and_by_whom(award, kind, by_owner, reasons):
    assert codes(rules.may_record_step(award, step(kind), SIGNED_ON, by_owner=by_owner)) == reasons


@pytest.mark.parametrize(
    ("award", "owing", "reasons"),
    [
        (replace(SIGNED, steps=(step(StepKind.TRANSFER),)), 0, []),
        (replace(SIGNED, steps=(step(StepKind.TRANSFER),)), 1, ["not_paid"]),
        (SIGNED, 0, ["not_accepted"]),
        (replace(BOUGHT, steps=(step(StepKind.ACCEPTANCE),)), 0, []),
        (replace(BOUGHT, steps=(step(StepKind.TRANSFER),)), 0, ["not_accepted"]),
    ],
)
def test_a_sale_is_complete_when_it_is_paid_and_handed_over(award, owing, reasons):
    assert codes(rules.may_complete(award, Money.yuan(owing))) == reasons


@pytest.mark.parametrize(
    ("award", "is_defaulted", "reasons"),
    [
        (NOTIFIED, True, []),
        (SIGNED, True, []),
        (SIGNED, False, ["not_defaulted"]),
        (None, True, ["not_breakable"]),
        (replace(SIGNED, sale=None), True, ["not_breakable"]),
        (replace(SIGNED, state=AwardState.COMPLETED), True, ["not_breakable"]),
    ],
)
def test_a_default_ends_the_contract(award, is_defaulted, reasons):
    assert codes(rules.may_break(award, is_defaulted=is_defaulted)) == reasons


def test_a_sale_is_neither_refused_nor_reported_as_a_tender_is():
    assert codes(rules.may_refuse(NOTIFIED, WINNER, "不想要了")) == ["is_sale"]
    awarded = replace(NOTIFIED, awarded_at=CLOSED)
    assert codes(rules.may_report(awarded, "情况")) == ["is_sale"]
    assert NOTIFIED.label == "成交已确认" and replace(NOTIFIED, sale=None).label == "已发中标通知书"
