"""A row holds kernel values, and nothing is rounded or mangled on the way."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from ggzy.foundation.fields import CanonField, CreditCodeField, LotCodeField, MoneyField, RateField
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.money import Money, Rate


@given(st.integers(min_value=-(2**63), max_value=2**63 - 1))
def test_money_is_kept_as_whole_fen(fen):
    field = MoneyField()
    assert field.get_prep_value(Money(fen)) == fen
    assert field.from_db_value(fen, None, None) == field.from_db_value(Decimal(fen), None, None) == Money(fen)


def test_a_column_of_money_says_that_it_counts_fen():
    field = MoneyField()
    field.set_attributes_from_name("estimate")
    assert field.get_attname_column() == ("estimate", "estimate_fen")


@given(st.decimals(min_value=-100, max_value=100, places=10))
def test_a_rate_is_kept_exactly(value):
    field = RateField()
    assert field.from_db_value(field.get_prep_value(Rate(value)), None, None) == Rate(value)


def test_a_rate_with_more_decimals_than_the_column_is_refused_and_not_rounded():
    with pytest.raises(ValueError, match="小数位数"):
        RateField().get_prep_value(Rate("0.12345678901"))


def test_nothing_stays_nothing():
    for field in (MoneyField(), RateField(), CreditCodeField()):
        assert field.get_prep_value(None) is None
        assert field.from_db_value(None, None, None) is None


@pytest.mark.parametrize("field", [MoneyField(), RateField()])
def test_what_is_no_number_is_no_value(field):
    with pytest.raises(ValidationError):
        field.to_python("很多")


def test_a_code_comes_back_as_its_type_and_knows_its_length():
    code = CreditCodeField().from_db_value("91350100M000100Y43", None, None)
    assert isinstance(code, CreditCode)
    assert (CreditCodeField().max_length, LotCodeField().max_length) == (18, 40)
    assert "max_length" not in LotCodeField().deconstruct()[3]


def test_a_value_without_canonical_form_is_refused_before_it_is_written():
    field = CanonField()
    with pytest.raises(ValueError):
        field.get_db_prep_value({"rate": 0.5}, connection)
    with pytest.raises(ValueError):
        field.get_db_prep_value({"Not Canonical": 1}, connection)
