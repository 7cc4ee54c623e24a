"""导入文件的读法: every fault with the number of its line; a line that is wrong stops no other."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.registers.credit import queries, rules
from ggzy.registers.credit.values import Gravity, RecordKind

PARTY = CreditCode.make(region=RegionCode("980100"), serial=1)
TODAY = date(2026, 6, 10)
HEAD = ",".join((*rules.HEAD, *rules.MORE))


def line(**change):
    usual = {
        "party": PARTY, "name": "江州某公司", "kind": "失信被执行人名单", "authority": "江州市中级人民法院",
        "document": "（2026）云执1号", "article": "民事诉讼法 §266", "day": "2026-06-01", "text": "有履行能力而拒不履行",
        "gravity": "", "end": "",
    }  # fmt: skip
    return ",".join(str(cell) for cell in (usual | change).values())


def read(*lines, head=HEAD):
    return rules.read("\n".join((head, *lines)), queries.blacklists(), TODAY)


def test_an_entry_of_a_list_is_read():
    (row,) = read(line()).ready
    assert (row.line, row.party, row.list, row.end) == (2, PARTY, "judgment", date(2031, 6, 1))
    assert row.decision.document == "（2026）云执1号" and row.kind is None


def test_a_penalty_is_read_with_its_gravity():
    (row,) = read(line(kind="行政处罚", gravity="一般")).ready
    assert (row.kind, row.gravity, row.list) == (RecordKind.PENALTY, Gravity.GENERAL, "")


@pytest.mark.parametrize(
    "change, said",
    [
        ({"party": "123"}, "应为18位"),
        ({"party": ""}, "没有填写统一社会信用代码"),
        ({"document": ""}, "没有填写决定文号"),
        ({"kind": "别的名单"}, "不是已知的名单"),
        ({"day": "昨天"}, "不是日期"),
        ({"day": "0001-01-01"}, "不是日期"),
        ({"day": "2026-06-11"}, "不能晚于今天"),
        ({"kind": "行政处罚"}, "应当写明严重程度"),
        ({"end": "2026-06-09"}, "已过"),
        ({"end": "2031-06-02"}, "最长期限"),
        ({"text": "长" * 5001}, "超过5000个字"),
        ({"day": "2021-06-01"}, "已过"),
    ],
)
def test_a_wrong_line_is_named_and_the_others_are_read(change, said):
    found = read(line(**change), line(document="（2026）云执2号"))
    assert [row.line for row in found.ready] == [3]
    (fault,) = found.faults
    assert fault.line == 2 and any(said in reason for reason in fault.reasons)


def test_every_reason_of_a_line_is_given():
    (fault,) = read(line(party="123", day="昨天", kind="别的")).faults
    assert len(fault.reasons) == 3


def test_a_line_that_repeats_another_is_known_already():
    found = read(line(), line(text="换一种说法"))
    assert [row.line for row in found.ready] == [2] and found.known == (3,)


def test_columns_are_counted_and_empty_lines_are_not():
    found = read("", "只有一栏", line(), "  ")
    assert [(fault.line, fault.reasons) for fault in found.faults] == [(3, ("有1栏，表头有10栏",))]
    assert [row.line for row in found.ready] == [4]


def test_a_head_must_name_every_column():
    found = read(line(), head="统一社会信用代码,主体名称")
    assert found.ready == () and "表头缺少：类别" in found.faults[0].reasons[0]
    assert rules.read("", queries.blacklists(), TODAY).ready == ()


def test_a_quoted_cell_may_hold_a_comma_and_a_line():
    (row,) = read(line(text='"甲，乙,\n丙"')).ready
    assert row.text == "甲，乙,\n丙"


def test_too_many_lines_end_the_reading():
    found = read(*(line(document=f"（2026）云执{number}号") for number in range(5_001)))
    assert len(found.ready) == 5_000 and "分开导入" in found.faults[-1].reasons[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_spreadsheets_of_both_kinds_are_read(encoding):
    text = HEAD + "\n" + line()
    assert rules.decoded(text.encode(encoding)) == text


@pytest.mark.parametrize("data", [b"\xff\xff\xff\xff", b"a" * (rules.BYTES_MAX + 1)])
def test_what_is_no_text_is_refused(data):
    with pytest.raises(ValueError, match="文件"):
        rules.decoded(data)


@given(st.text())
def test_no_text_breaks_the_reading(text):
    found = rules.read(HEAD + "\n" + text, queries.blacklists(), TODAY)
    assert found.ready == ()
