"""标的情况: what a category asks to be described, and for how many years it may be sold or let."""

from datetime import date

import pytest

from ggzy.kernel.codes import RegionCode
from ggzy.registers.catalog import queries as catalog

REGION = RegionCode("980102")
TODAY = date(2026, 6, 1)
LAND = {"location": "望江区滨江路北侧", "area": "32917.91", "use": "城镇住宅用地", "years": "70"}
OPEN = [category for category in catalog.categories() if category.is_open]


def codes(key: str, given: dict[str, str]) -> list[str]:
    verdict = catalog.judge_particulars(key, catalog.particulars(key, given), REGION, TODAY)
    return [reason.code for reason in verdict.reasons]


@pytest.mark.parametrize(
    "change, expected",
    [
        ({}, []),
        ({"location": " "}, ["trait_missing"]),
        ({"use": "住宅" * 251}, ["trait_too_long"]),
        ({"area": "很大"}, ["trait_number"]),
        ({"area": "0"}, ["trait_number"]),
        ({"area": "-5"}, ["trait_number"]),
        ({"area": "1e9"}, ["trait_number"]),
        ({"area": "３２"}, ["trait_number"]),
        ({"years": "永久"}, ["term_unreadable"]),
        ({"years": "0年"}, ["term_unreadable"]),
        ({"years": "71"}, ["term_too_long"]),
        ({"years": "住宅70年、商业40年"}, []),
        ({"years": "商业41年、住宅70年"}, ["term_too_long"]),
        ({"use": "工业/一类工业", "years": "50"}, []),
        ({"use": "工业用地", "years": "51年"}, ["term_too_long"]),
        ({"use": "综合用地", "years": "51年"}, ["term_too_long"]),
        ({"location": "", "area": "x", "years": "99"}, ["trait_missing", "trait_number", "term_too_long"]),
    ],
)
def test_a_parcel_is_described_or_every_gap_is_named(change, expected):
    assert codes("land", LAND | change) == expected


@pytest.mark.parametrize("category", [one for one in OPEN if one.traits], ids=lambda one: one.key)
def test_the_examples_of_a_category_describe_a_lot_and_nothing_does_not(category):
    examples = {trait.code: trait.example for trait in category.traits}
    assert codes(category.key, examples) == []
    assert codes(category.key, {}) == ["trait_missing"] * sum(trait.is_required for trait in category.traits)


@pytest.mark.parametrize("category", OPEN, ids=lambda one: one.key)
def test_an_open_category_has_codes_a_method_and_words_of_its_own(category):
    assert category.codes and category.methods and category.owner_word and category.lot_word
    assert all(term.limit in {limit.name for limit in _limits(category)} for term in category.terms)


def test_a_term_that_is_only_local_practice_stops_nobody():
    given = {"location": "公园路8号", "area": "286.5", "use": "商业", "years": "20年"}
    assert codes("soe_lease", given) == []


def _limits(category):
    return catalog.rulebook(category.rulebook, REGION, TODAY).limits
