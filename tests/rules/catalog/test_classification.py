"""应进必进: what must enter, what may, what is outside."""

from datetime import date
from typing import Any

import pytest

from ggzy.kernel.codes import RegionCode
from ggzy.kernel.money import Money, Rate
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.catalog.values import Entry, Funding, Subject

REGION = RegionCode("980102")
TODAY = date(2026, 6, 1)
WORKS: dict[str, Any] = {
    "category": "A01",
    "nature": "works",
    "estimate": Money.yuan(4_000_000),
    "region": REGION,
    "funding": Funding.STATE,
}


def answer(on=TODAY, **change):
    return catalog.classify(Subject(**(WORKS | change)), on)


@pytest.mark.parametrize(
    "nature, yuan, kind",
    [
        ("works", "4000000", Entry.MUST),
        ("works", "3999999.99", Entry.MAY),
        ("goods", "2000000", Entry.MUST),
        ("goods", "1999999.99", Entry.MAY),
        ("services", "1000000", Entry.MUST),
        ("services", "999999.99", Entry.MAY),
    ],
)
def test_a_public_contract_must_enter_from_the_threshold_on(nature, yuan, kind):
    found = answer(nature=nature, estimate=Money.yuan(yuan))
    assert (found.kind, found.must_tender) == (kind, kind is Entry.MUST)
    assert found.category == "construction" and found.national == "A01"
    assert found.methods == ("open_tender", "invited_tender")
    assert found.scoring == ("comprehensive", "lowest_price")
    assert found.authority == "住房城乡建设部门"
    assert all(reason.article for reason in found.reasons)


@pytest.mark.parametrize(
    "change, kind, codes",
    [
        ({}, Entry.MUST, ["state_funds", "threshold_reached"]),
        ({"funding": Funding.ENTERPRISE}, Entry.MUST, ["state_enterprise", "threshold_reached"]),
        ({"funding": Funding.AID}, Entry.MUST, ["aid", "threshold_reached"]),
        ({"funding": Funding.UNSTATED}, Entry.MUST, ["funding_unstated", "threshold_reached"]),
        ({"funding": Funding.PRIVATE}, Entry.MAY, ["private_funds"]),
        ({"funding": Funding.PRIVATE, "is_utility": True}, Entry.MUST, ["utility", "threshold_reached"]),
        ({"budget": Money.yuan(1_999_999)}, Entry.MAY, ["private_funds"]),
        ({"budget": Money.yuan(2_000_000)}, Entry.MUST, ["state_funds", "threshold_reached"]),
        ({"budget_share": Rate("0.0999")}, Entry.MAY, ["private_funds"]),
        ({"budget_share": Rate("0.1")}, Entry.MUST, ["state_funds", "threshold_reached"]),
        ({"exemption": "patent"}, Entry.MAY, ["state_funds", "threshold_reached", "exempt"]),
    ],
)
def test_the_ground_decides_with_its_reasons_in_order(change, kind, codes):
    found = answer(**change)
    assert found.kind is kind
    assert [reason.code for reason in found.reasons] == codes


def test_what_could_be_bought_together_is_counted_together():
    parts = {"estimate": Money.yuan(2_000_000), "together": (Money.yuan(1_500_000), Money.yuan(500_000))}
    assert answer(**parts).kind is Entry.MUST
    assert [reason.code for reason in answer(**parts).reasons] == ["state_funds", "together_reached"]
    separate = answer(**parts, combinable=False)
    assert separate.kind is Entry.MAY
    assert [reason.code for reason in separate.reasons] == ["state_funds", "below_threshold", "splitting"]
    fewer = answer(estimate=Money.yuan(2_000_000), together=(Money.yuan(1_500_000),))
    assert [reason.code for reason in fewer.reasons] == ["state_funds", "below_threshold"]


def test_the_thresholds_of_the_day_apply():
    small = {"estimate": Money.yuan(2_000_000)}
    assert answer(on=date(2018, 5, 31), **small).kind is Entry.MUST
    assert answer(on=date(2018, 6, 1), **small).kind is Entry.MAY
    assert answer(on=date(1999, 1, 1), **small).threshold == Money.yuan(2_000_000)
    large = answer(on=date(2010, 1, 1), estimate=Money.yuan(1_000_000), investment=Money.yuan(30_000_000))
    assert large.reasons[-1].code == "investment_reached"


@pytest.mark.parametrize(
    "category, yuan, kind, code",
    [
        ("D01", "500000", Entry.MUST, "threshold_reached"),
        ("D01", "499999", Entry.MAY, "below_threshold"),
        ("B01", "1", Entry.MUST, "listed"),
        ("rural", "1", Entry.MAY, "local_list"),
        ("Q77", "99999999", Entry.OUTSIDE, "outside"),
    ],
)
def test_other_categories_are_judged_by_their_own_scope(category, yuan, kind, code):
    found = answer(category=category, estimate=Money.yuan(yuan))
    assert (found.kind, found.reasons[0].code) == (kind, code)
    assert not found.must_tender


@pytest.mark.parametrize(
    "text, kind",
    [
        ("财政资金", Funding.STATE),
        ("中央预算内投资及地方配套", Funding.STATE),
        ("专项债券", Funding.STATE),
        ("亚洲开发银行贷款", Funding.AID),
        ("外国政府贷款", Funding.AID),
        ("国有企业自有资金", Funding.ENTERPRISE),
        ("社会资本", Funding.PRIVATE),
        ("非国有资金", Funding.PRIVATE),
        ("企业自筹", Funding.UNSTATED),
        ("", Funding.UNSTATED),
    ],
)
def test_the_source_of_funds_is_read_from_words(text, kind):
    assert catalog.funding_kind(text) is kind
