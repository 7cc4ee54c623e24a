"""Who may enter the register of experts."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ggzy.kernel.codes import RegionCode
from ggzy.registers.experts import queries, rules
from ggzy.registers.experts.values import NewExpert

ON = date(2026, 3, 2)
GOOD = NewExpert(
    person="p-1",
    specialties=("A080101",),
    employer="某设计院有限公司",
    region=RegionCode("420500"),
    title="副高级",
    years=12,
    term_until=date(2029, 3, 1),
)


def test_complete_form_is_accepted() -> None:
    assert rules.may_register(GOOD, queries.specialties().keys(), False, ON).ok


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"specialties": ()}, "specialty_count"),
        ({"specialties": ("A0801",)}, "specialty_unknown"),
        ({"specialties": ("A080101", "A080101")}, "specialty_twice"),
        ({"employer": " "}, "employer_missing"),
        ({"years": 7}, "years"),
        ({"title": "中级"}, "title"),
        ({"term_until": ON}, "term"),
    ],
)
def test_incomplete_form_is_refused(change: dict[str, Any], reason: str) -> None:
    verdict = rules.may_register(replace(GOOD, **change), queries.specialties().keys(), False, ON)
    assert [r.code for r in verdict.reasons] == [reason]


def test_nobody_is_registered_twice() -> None:
    verdict = rules.may_register(GOOD, queries.specialties().keys(), True, ON)
    assert [r.code for r in verdict.reasons] == ["registered"]


def test_specialty_table_is_whole() -> None:
    table = queries.specialties()
    assert sum(item.level == 3 for item in table.values()) == 1452
    assert all(code[:-2] in table for code, item in table.items() if item.level > 0)
    assert table["A080101"].name == queries.specialty_name("A080101")
