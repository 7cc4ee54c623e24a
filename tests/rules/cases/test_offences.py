"""违法情形: what the file lets follow is what the articles let follow."""

import re

import pytest

from ggzy.oversight.cases.queries import casework
from ggzy.oversight.cases.values.casework import MeasureKind
from ggzy.registers.credit import queries as credit

OFFENCES = casework.offences()
# The articles that speak of 警告, and the last article of each law.
WARNED = ("招标投标法 §52", "招标投标法 §55", "招标投标法 §56", "政府采购法 §71")
LAST = {"招标投标法": 68, "招标投标法实施条例": 84, "政府采购法": 88, "政府采购法实施条例": 79}


@pytest.mark.parametrize("code", OFFENCES)
def test_offence_cites_articles_that_exist(code):
    for part in OFFENCES[code].article.split("；"):
        law, *numbers = re.split(r"[ 、]", part)
        assert numbers and all(1 <= int(one.strip("§")) <= LAST[law] for one in numbers), part


@pytest.mark.parametrize("code", OFFENCES)
def test_warning_fine_and_ban_stand_only_where_an_article_gives_them(code):
    one = OFFENCES[code]
    has_range = one.yuan is not None or one.per_mille is not None
    assert (MeasureKind.FINE in one.measures) is has_range
    assert (MeasureKind.BAN in one.measures) is (one.ban in credit.grounds())
    assert MeasureKind.WARN not in one.measures or one.article.startswith(WARNED)
    low, high = one.yuan or one.per_mille or (0, 1)
    assert 0 <= low < high


@pytest.mark.parametrize(
    "code, least, most",
    [
        ("collusion", 12, 24),
        ("false_bid", 12, 36),
        ("agency_misconduct", 12, 24),
        ("breach_of_contract", 24, 60),
        ("procurement_misconduct", 12, 36),
        ("procurement_agency", 12, 36),
        ("false_complaint", 12, 36),
    ],
)
def test_ban_lasts_as_long_as_the_article_says(code, least, most):
    months = casework.months(OFFENCES[code])
    assert months is not None and (months.least, months.most) == (least, most)
