"""Contracts of another register: read with line-numbered faults, recognised by code or by title."""

from datetime import date
from decimal import Decimal

import pytest

from ggzy.oversight.alerts.indicators import off_platform, split_by_time
from ggzy.oversight.alerts.rules import register, titles
from ggzy.oversight.alerts.values.register import Entry, Slip, Traded
from tests.indicators.lines import HEADS, line
from tests.indicators.market import OWNER, REGION, lot, yuan


def read(*lines: str) -> tuple[tuple[Entry, ...], tuple[Slip, ...]]:
    return register.table("\n".join((HEADS, *lines)))


def test_a_line_becomes_a_contract():
    ((entry,), slips) = read(line(amount='"5,000,000.50"', lot=str(lot(1))))
    assert not slips
    assert (entry.line, entry.owner, entry.amount) == (2, OWNER, yuan("5000000.50"))
    assert (entry.signed_on, entry.nature, entry.lot) == (date(2026, 3, 2), "works", str(lot(1)))


@pytest.mark.parametrize(
    "said, words",
    [
        ({"owner": "123"}, "业主代码"),
        ({"amount": "很多"}, "金额"),
        ({"amount": "-5"}, "负数"),
        ({"amount": "0"}, "应大于零"),
        ({"on": "2026-02-30"}, "签订日期"),
        ({"nature": "其他"}, "性质"),
        ({"region": "九九"}, "行政区划"),
        ({"number": ""}, "“合同编号”未填写"),
        ({"title": "长" * 301}, "过长"),
        ({"owner": "x", "amount": "y"}, "；"),
    ],
)
def test_a_line_that_cannot_be_read_says_why_and_keeps_no_other_out(said, words):
    entries, (slip,) = read(line(number="A"), line(**said), line(number="B"))
    assert [entry.number for entry in entries] == ["A", "B"]
    assert slip.line == 3 and words in slip.text


def test_lines_are_counted_as_in_the_file():
    entries, slips = read(
        line(number="A", title='"两行的\n名称"'), "", "太少,列", line(number="B"), line(number="A")
    )
    assert [(entry.number, entry.line) for entry in entries] == [("A", 2), ("B", 6)]
    assert [(slip.line, slip.text[:4]) for slip in slips] == [(5, "应有 1"), (7, "合同编号")]


@pytest.mark.parametrize("text", ["", "合同编号,金额", "\ufeff", "x" * 1_000_000, "\x00,\x00\n\x00"])
def test_what_is_no_table_is_one_slip(text):
    entries, slips = register.table(text)
    assert entries == () and [slip.line for slip in slips] == [1] and "表头缺少" in slips[0].text


def test_a_line_without_end_spoils_only_itself():
    entries, slips = read(line(number="A"), line(title="长" * 1_000_000), line(number="B"))
    assert [entry.number for entry in entries] == ["A", "B"] and [slip.line for slip in slips] == [3]


def test_the_last_column_may_be_left_out_and_a_mark_stands_before_the_heads():
    (entry,), slips = register.table(
        "\ufeff" + HEADS.removesuffix(",标识码") + "\n" + line().removesuffix(",")
    )
    assert not slips and entry.lot == ""


def entry(title: str = "望江路改造工程", amount: int = 5_000_000, code: str = "") -> Entry:
    return Entry(
        line=2, number="HT-1", owner=OWNER, title=title, amount=yuan(amount), signed_on=date(2026, 3, 2),
        supplier="望江第1建设公司", category="construction", nature="works", region=REGION, lot=code,
    )  # fmt: skip


TRADED = (
    Traded(lot=lot(1), title="望江路改造工程 一标段", amount=yuan(5_000_000)),
    Traded(lot=lot(2), title="江州市第三小学 教学楼", amount=yuan(9_000_000)),
)


@pytest.mark.parametrize(
    "of, lots, found",
    [
        (entry(), TRADED, False),  # by its title
        (entry(code=str(lot(2)), title="别的名称"), TRADED, False),  # by its code
        (entry(title="滨河公园绿化养护"), TRADED, True),
        (entry(code=str(lot(9)), title="滨河公园绿化养护"), TRADED, True),
        (entry(amount=6_500_000), TRADED, False),  # thirty per cent more is the boundary
        (entry(amount=6_500_001), TRADED, True),
        (entry(), (), True),
    ],
)
def test_contract_the_platform_knows_nothing_of(of, lots, found):
    result = off_platform.compare(of, lots, off_platform.INDICATOR.defaults())
    assert (result is not None) == found
    if result:
        assert result.parties == (OWNER,) and "应当进场" in result.sentence


@pytest.mark.parametrize(
    "one, other, alike",
    [
        ("学校课桌椅采购项目（一期）", "2026年学校课桌椅采购（二期）", True),
        ("望江路改造工程一标段", "望江路改造工程第2标段", True),
        ("学校课桌椅采购", "医院心电监护仪采购", False),
        ("", "学校课桌椅采购", False),
        ("项目", "工程", False),
    ],
)
def test_titles_that_say_the_same(one, other, alike):
    assert (titles.likeness(one, other) >= split_by_time.INDICATOR.defaults()["alike_min"]) == alike
    assert titles.likeness(one, other) <= Decimal(1)
