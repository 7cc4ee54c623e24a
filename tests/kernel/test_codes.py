"""Codes check themselves."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ggzy.kernel.codes import CreditCode, ExpertCode, LotCode, ProjectCode, RegionCode

REAL_FORMS = ["91350100M000100Y43", "12320200466372674G", "12320000466011756J"]
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
REGIONS = st.from_regex(r"[1-9][0-9]{5}", fullmatch=True).map(RegionCode)


@pytest.mark.parametrize("code", REAL_FORMS)
def test_a_real_credit_code_is_accepted(code):
    assert CreditCode.parse(code) == code
    assert CreditCode(code).is_organisation_consistent


@pytest.mark.parametrize(
    "text",
    ["91350100m000100y43", " 9135 0100 M000 100Y 43 ", "９１３５０１００M000100Y43", "91350100-M000100Y-4-3"],
)
def test_a_credit_code_is_cleaned_of_spaces_case_and_width(text):
    assert CreditCode.parse(text) == "91350100M000100Y43"


@pytest.mark.parametrize(
    "text, words",
    [
        ("", "请填写统一社会信用代码"),
        ("91350100M000100Y4", "应为18位，您填写的是17位"),
        ("91350100M000100O43", "不允许的字符“O”"),
        ("91350100M000100Y44", "校验位不正确"),
        ("中国移动通信集团有限公司某某分公司部", "不允许的字符"),
    ],
)
def test_a_wrong_credit_code_is_refused_in_chinese(text, words):
    with pytest.raises(ValueError, match=words):
        CreditCode.parse(text)


@given(REGIONS, st.integers(min_value=0, max_value=99_999_999), st.sampled_from(["91", "12", "X1"]))
def test_a_made_credit_code_checks(region, serial, authority):
    code = CreditCode.make(authority=authority, region=region, serial=serial)
    assert CreditCode.parse(code) == code
    assert (code.authority, code.region) == (authority, region)
    assert code.is_organisation_consistent


@given(
    st.sampled_from(REAL_FORMS),
    st.integers(min_value=0, max_value=17),
    st.sampled_from(ALPHABET),
)
def test_one_wrong_character_is_always_noticed(code, place, character):
    changed = code[:place] + character + code[place + 1 :]
    if changed != code:
        with pytest.raises(ValueError):
            CreditCode.parse(changed)


PLATFORM = CreditCode("12320200466372674G")


def test_a_lot_code_is_made_as_the_specification_says():
    code = LotCode.make(category="B01", platform=PLATFORM, on=date(2026, 11, 22), serial=1)
    assert code == "B01-12320200466372674G-20261122-000001-Q"
    assert len(code) == 40
    assert code.is_ours
    assert (code.category, code.platform, code.on, code.serial) == ("B01", PLATFORM, date(2026, 11, 22), 1)


@pytest.mark.parametrize(
    "text",
    [
        "D01-12350100MB02709751-20190627-527731-5",
        "A99-91359128593462349A-20170601-002267-T",
    ],
)
def test_a_lot_code_from_elsewhere_is_accepted_and_not_ours(text):
    assert LotCode.parse(text) == text
    assert not LotCode.parse(text).is_ours


def test_a_lot_code_is_cleaned_and_given_its_hyphens():
    ours = "B01-12320200466372674G-20261122-000001-Q"
    assert LotCode.parse(ours.replace("-", "").lower()) == ours
    assert LotCode.parse(ours.replace("-", "—") + " ") == ours


@pytest.mark.parametrize(
    "text, words",
    [
        ("", "请填写统一交易标识码"),
        ("B01-123", "格式不正确"),
        ("B01-12320200466372674G-20261322-000001-Q", "日期“20261322”不存在"),
        ("B01-1232020046637267IG-20261122-000001-Q", "格式不正确"),
    ],
)
def test_a_wrong_lot_code_is_refused_in_chinese(text, words):
    with pytest.raises(ValueError, match=words):
        LotCode.parse(text)


@given(st.integers(min_value=1, max_value=999_999), st.dates(min_value=date(2000, 1, 1)))
def test_a_made_lot_code_is_ours(serial, on):
    code = LotCode.make(category="A01", platform=PLATFORM, on=on, serial=serial)
    assert LotCode.parse(code) == code
    assert code.is_ours


@pytest.mark.parametrize("serial", [0, 1_000_000])
def test_a_serial_out_of_range_makes_no_lot_code(serial):
    with pytest.raises(ValueError, match="用完"):
        LotCode.make(category="A01", platform=PLATFORM, on=date(2026, 1, 1), serial=serial)


@pytest.mark.parametrize(
    "text, code, level, parent",
    [
        ("11", "110000", "province", "000000"),
        ("3205", "320500", "city", "320000"),
        ("320583", "320583", "county", "320500"),
        ("00", "000000", "country", None),
    ],
)
def test_a_region_code_is_padded_and_knows_its_place(text, code, level, parent):
    region = RegionCode.parse(text)
    assert (region, region.level, region.parent) == (code, level, parent)


@pytest.mark.parametrize("text", ["1", "123", "12345", "1234567", "江苏"])
def test_a_wrong_region_code_is_refused(text):
    with pytest.raises(ValueError, match="2位、4位或6位"):
        RegionCode.parse(text)


@given(REGIONS, REGIONS)
def test_a_region_contains_itself_and_its_parent_contains_it(one, other):
    assert one.contains(one)
    assert one.parent is not None and one.parent.contains(one)
    assert RegionCode.COUNTRY.contains(one)
    if one.contains(other) and other.contains(one):
        assert one == other


def test_a_project_code_has_seventeen_characters():
    code = ProjectCode.make(region=RegionCode("980101"), year=2026, serial=12)
    assert code == "E9801012026000012"
    assert ProjectCode.parse(code.lower()) == code
    assert code.region == "980101"
    with pytest.raises(ValueError, match="17个字符"):
        ProjectCode.parse("E98010120260000")


@given(REGIONS, st.integers(min_value=1, max_value=99_999_999))
def test_an_expert_code_checks_itself(region, serial):
    code = ExpertCode.make(region=region, serial=serial)
    assert ExpertCode.parse(code) == code
    assert code.region == region
    swapped = code[:7] + code[8] + code[7] + code[9:]
    if swapped != code:
        with pytest.raises(ValueError, match="校验位"):
            ExpertCode.parse(swapped)
