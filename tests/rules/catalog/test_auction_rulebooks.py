"""The numbers that bind what is sold or bought by open price, as the domain's table of limits has them."""

from datetime import date
from decimal import Decimal

import pytest

from ggzy.kernel.codes import RegionCode
from ggzy.kernel.plugins import discover
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.catalog.values import Rulebook

REGION = RegionCode("420500")
TODAY = date(2026, 6, 1)
FORMATS = discover("ggzy.trading.auctions.formats", "FORMAT")
METHODS_OF_TENDERING = {
    "open_tender", "invited_tender", "competitive_negotiation", "competitive_consultation", "quotation",
    "single_source", "framework_agreement",
}  # fmt: skip

ROWS = [
    ("land", "LAN-01", "20", "d", "min"),
    ("land", "LAN-02", "10", "d", "min"),
    ("land", "LAN-03", "0.2", "ratio", "min"),
    ("land", "LAN-04", "3", "count", "min"),
    ("land", "LAN-05", "10", "wd", "max"),
    ("land", "LAN-06", "10", "wd", "max"),
    ("land", "LAN-07", "5", "wd", "max"),
    ("land", "LAN-08", "365", "d", "max"),
    ("mining", "MIN-01", "20", "wd", "min"),
    ("mining", "MIN-02", "10", "wd", "min"),
    ("mining", "MIN-03", "3", "count", "min"),
    ("mining", "MIN-04", "3", "wd", "max"),
    ("mining", "MIN-05", "5", "wd", "max"),
    ("mining", "MIN-06", "10", "wd", "min"),
    ("soe_equity", "SOE-01", "20", "wd", "min"),
    ("soe_equity", "SOE-02", "20", "wd", "min"),
    ("soe_equity", "SOE-03", "10", "wd", "max"),
    ("soe_equity", "SOE-04", "0.9", "ratio", "min"),
    ("soe_equity", "SOE-05", "12", "month", "max"),
    ("soe_equity", "SOE-06", "5", "wd", "min"),
    ("soe_equity", "SOE-07", "0.3", "ratio", "min"),
    ("soe_equity", "SOE-08", "365", "d", "max"),
    ("soe_equity", "SOE-09", "5", "wd", "min"),
    ("soe_equity", "SOE-10", "40", "wd", "min"),
    ("soe_asset", "SOE-11", "10", "wd", "min"),
    ("soe_asset", "SOE-12", "20", "wd", "min"),
    ("judicial_sale", "JUD-01", "0.7", "ratio", "min"),
    ("judicial_sale", "JUD-02", "15", "d", "min"),
    ("judicial_sale", "JUD-03", "30", "d", "min"),
    ("judicial_sale", "JUD-04", "24", "h", "min"),
    ("judicial_sale", "JUD-05", "5", "min", "eq"),
    ("judicial_sale", "JUD-06", "0.2", "ratio", "max"),
    ("public_asset", "AUC-01", "7", "d", "min"),
    ("public_asset", "AUC-02", "2", "d", "min"),
    ("public_asset", "AUC-03", "0.05", "ratio", "max"),
]


def rulebook_of(category: str) -> Rulebook:
    found = catalog.find_category(category)
    assert found is not None
    return catalog.rulebook(found.rulebook, REGION, TODAY)


@pytest.mark.parametrize("category, row, value, unit, op", ROWS)
def test_every_limit_of_the_table_is_in_its_rulebook(category, row, value, unit, op):
    rulebook = rulebook_of(category)
    (limit,) = [limit for limit in rulebook.limits if limit.row == row]
    assert (limit.value, limit.unit, limit.op) == (Decimal(value), unit, op)
    assert limit.article and limit.text


@pytest.mark.parametrize("category", [entry.key for entry in catalog.categories() if entry.rulebook])
def test_every_named_rulebook_is_there_and_every_number_says_where_it_stands(category):
    limits = rulebook_of(category).limits
    assert limits
    assert all(limit.article and limit.text for limit in limits)


def test_every_method_of_the_catalogue_is_a_method_of_tendering_or_a_format():
    named = {method for category in catalog.categories() for method in category.methods}
    assert named - METHODS_OF_TENDERING == set(FORMATS)


def test_the_deposit_of_land_is_asked_for_from_the_day_it_was_ordered():
    before = catalog.rulebook("land", REGION, date(2010, 9, 20))
    after = catalog.rulebook("land", REGION, date(2010, 9, 21))
    assert not before.has("deposit.rate_min")
    assert {limit.name for limit in before.limits} < {limit.name for limit in after.limits}
