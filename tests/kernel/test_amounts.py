"""Amounts as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ggzy.kernel.money import Money

FEN = st.integers(min_value=0, max_value=10**18 - 1)


@pytest.mark.parametrize(
    "text, fen",
    [
        ("198万", 198_000_000),
        ("198 万元", 198_000_000),
        ("198（万元）", 198_000_000),
        ("1.98亿元", 19_800_000_000),
        ("1亿2000万元", 12_000_000_000),
        ("1,980,000", 198_000_000),
        ("１９８００００", 198_000_000),
        ("￥1980000.00", 198_000_000),
        ("小写：¥1,000", 100_000),
        ("1980000.000元", 198_000_000),
        ("2仟万元", 2_000_000_000),
        ("12.5元", 1250),
        ("12元5角", 1250),
        ("0", 0),
        ("壹佰玖拾捌万元整", 198_000_000),
        ("人民币 壹佰万圆正", 100_000_000),
        ("人民币叁佰玖拾万零伍仟壹佰壹拾元", 390_511_000),
        ("（大写）壹仟肆佰零玖元伍角", 140_950),
        ("壹拾万零柒仟元伍角叁分", 10_700_053),
        ("壹拾万柒仟元零伍角叁分", 10_700_053),
        ("壹仟陆佰捌拾元零叁角贰分", 168_032),
        ("一百九十八万元", 198_000_000),
        ("两千零二十万", 2_020_000_000),
        ("十二万", 12_000_000),
        ("一点二亿", 12_000_000_000),
        ("一九八〇〇〇〇", 198_000_000),
        ("一万零五", 1_000_500),
        ("壹万亿元", 10**14),
        ("三角五分", 35),
        ("伍分", 5),
        ("七百四十六元〇六分", 74_606),
        ("零元整", 0),
    ],
)
def test_an_amount_is_read_in_every_chinese_form(text, fen):
    assert Money.parse(text).fen == fen


@pytest.mark.parametrize(
    "text, words",
    [
        ("", "请填写金额"),
        ("　 ", "请填写金额"),
        ("元", "无法识别"),
        ("-5", "负数"),
        ("−5", "负数"),
        ("负五元", "负数"),
        ("(5)", "负数"),
        ("NaN", "无法识别"),
        ("Infinity", "无法识别"),
        ("1e5", "无法识别"),
        ("0x10", "无法识别"),
        ("1.234", "最多精确到分"),
        ("1.00000000000000000000000000000000001", "最多精确到分"),
        ("0.0000001万元", "最多精确到分"),
        ("1,98,0", "无法识别"),
        ("12.", "无法识别"),
        (".5", "无法识别"),
        ("1..2", "无法识别"),
        ("198万-200万", "无法识别"),
        ("约198万", "无法识别"),
        ("百分之五", "无法识别"),
        ("100美元", "不是人民币"),
        ("$100", "不是人民币"),
        ("1.5亿2000万", "无法识别"),
        ("1亿2亿", "无法识别"),
        ("2万12345万", "无法识别"),
        ("1万5", "无法识别"),
        ("一百九", "无法识别"),
        ("三万五", "无法识别"),
        ("壹佰98万", "无法识别"),
        ("一百零", "无法识别"),
        ("零零五", "无法识别"),
        ("五万万", "无法识别"),
        ("十十万", "无法识别"),
        ("万", "无法识别"),
        ("角", "无法识别"),
        ("12元五", "无法识别"),
        ("10000000000000000", "过大"),
        ("9" * 5000, "无法识别"),
        ("万" * 5000, "无法识别"),
    ],
)
def test_an_unreadable_amount_is_refused_in_chinese(text, words):
    with pytest.raises(ValueError, match=words):
        Money.parse(text)


@pytest.mark.parametrize(
    "yuan, words",
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.35", "叁角伍分"),
        ("10", "壹拾元整"),
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("1980000", "壹佰玖拾捌万元整"),
        ("100010000", "壹亿零壹万元整"),
        ("100000001", "壹亿零壹元整"),
        ("1000000000000", "壹万亿元整"),
        ("1000200000000", "壹万零贰亿元整"),
        ("1001000000000", "壹万零壹拾亿元整"),
        ("9999999999999999.99", "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_an_amount_is_written_in_formal_characters(yuan, words):
    assert Money.yuan(yuan).characters() == words


@given(FEN)
def test_characters_and_figures_read_back_as_the_same_amount(fen):
    amount = Money(fen)
    assert Money.parse(amount.characters()) == amount
    assert Money.parse(amount.figures()) == amount
    assert Money.parse(f"人民币{amount.characters()}") == amount


@given(FEN)
def test_a_zero_never_stands_twice_and_never_before_a_unit(fen):
    words = Money(fen).characters()
    assert "零零" not in words
    assert not any(f"零{unit}" in words for unit in "拾佰仟万亿") and (fen == 0 or "零元" not in words)


@given(st.text(alphabet="0123456789.,零一二两十百千万亿元角分整壹贰拾佰仟点-负% ¥", max_size=14))
def test_any_text_is_read_exactly_or_refused(text):
    try:
        amount = Money.parse(text)
    except ValueError as refusal:
        assert any("一" <= sign <= "鿿" for sign in str(refusal))
    else:
        assert amount >= Money.zero
        assert Money.parse(amount.characters()) == amount
