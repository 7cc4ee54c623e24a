"""Money adds up."""

from decimal import ROUND_DOWN, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ggzy.kernel.money import Money, Rate, apportion

FEN = st.integers(min_value=-(10**17), max_value=10**17)


@given(st.lists(FEN))
def test_a_total_is_the_sum_of_its_parts(parts):
    assert Money.total(Money(part) for part in parts).fen == sum(parts)


@given(FEN, FEN)
def test_what_is_added_can_be_taken_away(one, other):
    assert Money(one) + Money(other) - Money(other) == Money(one)
    assert (Money(one) < Money(other)) == (one < other)


@given(FEN)
def test_yuan_are_exact(fen):
    assert Money.yuan(Money(fen).to_yuan()) == Money(fen)


@given(
    st.integers(min_value=-(10**17), max_value=10**17),
    st.lists(st.integers(min_value=0, max_value=10**9), min_size=1).filter(any),
)
def test_apportioned_parts_add_up_and_are_at_most_one_fen_off(fen, shares):
    parts = apportion(Money(fen), shares)
    assert Money.total(parts) == Money(fen)
    for part, share in zip(parts, shares, strict=True):
        assert abs(part.fen * sum(shares) - fen * share) < sum(shares)


def test_the_last_fen_goes_to_the_largest_remainder_and_then_to_the_earlier_share():
    assert apportion(Money(100), [1, 1, 1]) == (Money(34), Money(33), Money(33))
    assert apportion(Money(10), [1, 2, 4]) == (Money(1), Money(3), Money(6))


@pytest.mark.parametrize("text", ["1.234", "NaN", "Infinity", "abc", ""])
def test_yuan_refuses_what_is_no_whole_number_of_fen(text):
    with pytest.raises(ValueError):
        Money.yuan(text)


@pytest.mark.parametrize("make", [Money.yuan, Money, Rate])
def test_floats_are_a_programming_mistake(make: Any) -> None:
    with pytest.raises(AssertionError):
        make(1.0)


def test_a_share_is_rounded_as_named():
    assert Money.yuan("1980000").times(Rate.percent("2")) == Money.yuan("39600")
    assert Money(25).times(Rate("0.5")) == Money(13)
    assert Money(25).times(Rate("0.5"), ROUND_DOWN) == Money(12)


@pytest.mark.parametrize(
    "text, value, percent",
    [
        ("20.5%", "0.205", "20.5%"),
        ("２０．５％", "0.205", "20.5%"),
        ("0.205", "0.205", "20.5%"),
        ("百分之二十点五", "0.205", "20.5%"),
        ("5‰", "0.005", "0.5%"),
        ("-3.2%", "-0.032", "-3.2%"),
        ("101.5%", "1.015", "101.5%"),
        ("1", "1", "100%"),
        ("0%", "0", "0%"),
    ],
)
def test_a_rate_is_read_and_written(text, value, percent):
    rate = Rate.parse(text)
    assert (str(rate), rate.percent_text()) == (value, percent)
    assert rate == Rate(Decimal(value))


@pytest.mark.parametrize(
    "text, words",
    [
        ("", "请填写费率"),
        ("20.5", "百分号"),
        ("1e-3", "无法识别"),
        ("NaN", "无法识别"),
        ("20.123456789%", "小数位数过多"),
        ("下浮20%", "无法识别"),
    ],
)
def test_an_unreadable_rate_is_refused_in_chinese(text, words):
    with pytest.raises(ValueError, match=words):
        Rate.parse(text)


@given(st.decimals(min_value=-10, max_value=10, places=6))
def test_a_rate_reads_back_from_its_percentage(value):
    assert Rate.parse(Rate(value).percent_text()) == Rate(value)


def test_a_share_of_a_whole_is_a_rate():
    assert Rate.of(Money.yuan(198), Money.yuan(200)) == Rate("0.99")
