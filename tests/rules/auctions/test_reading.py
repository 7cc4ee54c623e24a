"""报价的读数: everything that is no amount is refused with its own reason."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ggzy.kernel.money import Money, Rate
from ggzy.kernel.verdict import Refused
from ggzy.trading.auctions import rules
from ggzy.trading.auctions.values import UNITS_MAX, Amount, Measure


def refusal(read, *given_) -> str:
    with pytest.raises(Refused) as refused:
        read(*given_)
    (reason,) = refused.value.reasons
    assert reason.text
    return reason.code


@pytest.mark.parametrize(
    "value, reason",
    [
        (True, "boolean"),
        (False, "boolean"),
        (float("nan"), "not_finite"),
        (float("inf"), "not_finite"),
        (1e-9, "fraction"),
        (259.0, "fraction"),
        ("２５９", "full_width"),
        ("259", "text"),
        ("", "text"),
        (None, "missing"),
        ([259], "missing"),
        ({"fen": 259}, "missing"),
        (0, "not_positive"),
        (-259, "not_positive"),
        (UNITS_MAX + 1, "enormous"),
        (10**400, "enormous"),
    ],
)
def test_what_is_no_amount_is_refused_at_the_door(value: Any, reason: str):
    assert refusal(rules.from_number, value) == reason


@given(st.integers(1, UNITS_MAX))
def test_a_whole_number_of_units_is_an_amount(units):
    assert rules.from_number(units) == Amount(Measure.MONEY, units)


@pytest.mark.parametrize(
    "text, measure, amount",
    [
        ("259万元", Measure.MONEY, Amount(Measure.MONEY, 259_000_000)),
        ("２，５９０，０００．００", Measure.MONEY, Amount(Measure.MONEY, 259_000_000)),
        ("12.5%", Measure.RATE, Amount(Measure.RATE, 1_250_000_000)),
        ("300.25㎡", Measure.AREA, Amount(Measure.AREA, 30_025)),
    ],
)
def test_a_person_may_write_an_amount_as_people_do(text, measure, amount):
    assert rules.from_text(text, measure) == amount


@pytest.mark.parametrize(
    "text, measure, reason",
    [
        ("", Measure.MONEY, "unreadable"),
        ("-1", Measure.MONEY, "unreadable"),
        ("NaN", Measure.MONEY, "unreadable"),
        ("NaN", Measure.AREA, "unreadable"),
        ("1e-9", Measure.AREA, "unreadable"),
        ("十二", Measure.AREA, "unreadable"),
        ("12.5", Measure.RATE, "unreadable"),
        ("0", Measure.MONEY, "not_positive"),
        ("-3%", Measure.RATE, "not_positive"),
        ("99万亿", Measure.MONEY, "enormous"),
    ],
)
def test_what_nobody_can_read_is_refused(text, measure, reason):
    assert refusal(rules.from_text, text, measure) == reason


@pytest.mark.parametrize(
    "value", [None, "", "short", "x" * 65, 12345678, "按下按下按下按下", "a\nb\nc\nd\ne"]
)
def test_a_press_without_a_proper_identity_is_refused(value):
    assert refusal(rules.press_of, value) == "press"
    assert rules.press_of("0198c1f0-aaaa") == "0198c1f0-aaaa"


@pytest.mark.parametrize("value", [None, "1001", True, 1001.0, 0, -1001, 10_000, 10**30])
def test_a_paddle_is_a_whole_number(value):
    assert refusal(rules.paddle_of, value) == "paddle"
    assert rules.paddle_of(1001) == 1001


@pytest.mark.parametrize(
    "amount, text",
    [
        (Amount(Measure.MONEY, 259_000_000), "2,590,000.00 元"),
        (Amount(Measure.RATE, 1_250_000_000), "12.5%"),
        (Amount(Measure.AREA, 123_450), "1,234.50 ㎡"),
        (Amount(Measure.POINTS, 91_250_000), "91.250000 分"),
    ],
)
def test_an_amount_says_its_unit(amount, text):
    assert str(amount) == text
    assert amount.measure.label


def test_an_amount_is_exact():
    assert Amount.of_money(Money(259)).money == Money(259)
    assert Amount.of(Measure.RATE, Decimal("0.0123456789")).rate == Rate("0.0123456789")
    with pytest.raises(ValueError, match="最多精确到"):
        Amount.of(Measure.AREA, Decimal("1.234"))
    with pytest.raises(AssertionError):
        Amount(Measure.MONEY, True)
    with pytest.raises(AssertionError):
        _ = Amount(Measure.AREA, 5).money
