"""The catalogue, the regions and the calendar as they are shipped."""

from datetime import date

import pytest

from ggzy.kernel.codes import RegionCode
from ggzy.kernel.errors import Missing
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.catalog.values import Side

FAMILIES = 30


def test_every_method_and_scoring_of_the_catalogue_has_a_name():
    for category in catalog.categories():
        assert set(category.methods) <= set(catalog.methods()), category.key
        assert set(category.scoring) <= set(catalog.scorings()), category.key
        assert category.scope in {"threshold", "amount", "always", "listed"}
        assert category.authority and category.basis and category.status in {"found", "memory"}
    assert catalog.method_name("open_tender") == "公开招标"
    assert catalog.scoring_name("lowest_price") == "经评审的最低投标价法"
    assert catalog.method_name("unheard_of") == "unheard_of"


def test_a_code_belongs_to_one_category_and_every_open_one_has_a_rulebook():
    codes = [code.code for category in catalog.categories() for code in category.codes]
    assert len(codes) == len(set(codes))
    for category in catalog.categories():
        if category.is_open:
            assert catalog.rulebook(category.rulebook, RegionCode("420500"), date(2026, 6, 1)).limits
    assert catalog.find_category("A03") == catalog.find_category("construction")
    assert catalog.code_name("A03") == "公路"
    assert len(catalog.categories()) == FAMILIES


def test_what_is_sold_goes_by_tender_within_numbers_or_says_why_not():
    for category in catalog.categories():
        if not category.is_open or category.side is not Side.SELL:
            continue
        is_tendered = any(catalog.is_scored(code) for code in category.methods)
        assert is_tendered == bool(category.scoring) != (category.no_tender is not None), category.key
        book = catalog.rulebook(category.rulebook, RegionCode("420500"), date(2026, 6, 1))
        wanted = (
            "tender.bidding_days_min",
            "tender.bidders_min",
            "tender.contract_days_max",
            "committee.members_min",
        )
        assert all(bool(book.get(name)) == is_tendered for name in wanted), category.key
        assert category.no_tender is None or category.no_tender.article, category.key


@pytest.mark.parametrize(
    "code, name, full_name",
    [
        ("110101", "东城区", "北京市东城区"),
        ("420583", "枝江市", "湖北省宜昌市枝江市"),
        ("429004", "仙桃市", "湖北省仙桃市"),
        ("330000", "浙江省", "浙江省"),
        ("980102", "望江区", "云岭省江州市望江区"),
    ],
)
def test_a_region_is_called_by_its_full_name(code, name, full_name):
    facts = catalog.region(RegionCode(code))
    assert (facts.name, facts.full_name) == (name, full_name)


def test_the_table_holds_the_whole_country_and_one_invented_province():
    provinces = catalog.regions()
    assert len(provinces) == 35
    assert [facts.name for facts in provinces if facts.is_invented] == ["云岭省"]
    counties = [
        county for city in catalog.regions(RegionCode("980000")) for county in catalog.regions(city.code)
    ]
    assert len(counties) == 11


def test_a_real_installation_does_not_offer_invented_regions(settings):
    settings.REAL = True
    assert not any(facts.is_invented for facts in catalog.regions())


def test_an_unknown_region_is_missing():
    assert not catalog.is_region(RegionCode("999999"))
    with pytest.raises(Missing, match="不在区划表中"):
        catalog.region(RegionCode("999999"))


@pytest.mark.parametrize(
    "day, is_workday",
    [
        (date(2009, 10, 8), False),
        (date(2020, 1, 31), False),  # 春节 extended
        (date(2024, 2, 9), True),  # 除夕 was a working day in 2024
        (date(2024, 2, 18), True),  # a Sunday made up
        (date(2025, 1, 28), False),
        (date(2026, 2, 14), True),
        (date(2026, 10, 7), False),
        (date(2026, 10, 10), True),
        (date(2027, 2, 8), False),  # named by the law itself
        (date(2027, 10, 4), True),  # not published: an ordinary Monday
    ],
)
def test_days_off_and_made_up_are_those_of_the_yearly_arrangements(day, is_workday):
    assert catalog.calendar().is_workday(day) is is_workday


def test_the_calendar_says_which_years_it_knows():
    assert catalog.calendar().known_years == frozenset(range(2004, 2027))
