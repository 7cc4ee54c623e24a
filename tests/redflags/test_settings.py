"""The settings file: what it may say, and what is refused by name."""

import pytest

from redflags import settings, settings_file

REFUSED = [
    ("[R099]\n", "不认识的设置节 [R099]"),
    ("[R038]\nthresholds = 1\n", "不认识的设置项 thresholds"),
    ("[R038]\nthreshold = abc\n", "R038.threshold 应为小数"),
    ("[R038]\nthreshold =\n", "R038.threshold 应为小数"),
    ("[R003]\nthreshold = 1.5\n", "R003.threshold 应为整数"),
    ("[R035]\nthreshold = -1\n", "R035.threshold 不得为负数"),
    ("[R003.procurement_method_details]\n紧急 = 快\n", "R003.procurement_method_details.紧急 应为整数"),
    ("[output]\ninfo_currency_mismatches = 也许\n", "应为 true 或 false"),
    ("colour = red\n", "不认识的设置项 colour"),
    ("[R038\n", "第 1 行：设置节没有以 ] 结束"),
    ("[R038]\nthreshold\n", "第 2 行：没有等号"),
    ('currency = "USD\n', "第 1 行：引号没有结束"),
]


@pytest.mark.parametrize(("text", "words"), REFUSED)
def test_what_is_not_known_is_refused_by_name(text: str, words: str) -> None:
    with pytest.raises(settings.Unusable) as refused:
        settings_file.parsed(text)
    assert words in str(refused.value)


def test_only_the_flags_with_a_section_are_asked_for() -> None:
    told = settings_file.parsed(
        "; all the others\n# stay away\n[R035]\nthreshold = 3\n[R028]\n[codelists.bid_status]\n合格 = valid\n"
    )
    assert told.flags == {"R028": {}, "R035": {"threshold": 3}}


def test_without_a_file_all_are_asked_for() -> None:
    assert tuple(settings.Settings().flags) == settings.CODES


def test_values_are_trimmed_unquoted_and_listed() -> None:
    told = settings_file.parsed(
        "currency = 'CNY' \nprice_comparison_procurement_methods: 竞价|询价|\n"
        '[exclusions]\nprocurement_method_details = "随机\\x62bd选"\n[R003]\nthreshold = on\n'
    )
    assert told.currency == "CNY"
    assert told.price_methods == {"竞价", "询价"}
    assert told.excluded == {"随机抽选"}
    assert told.flags == {"R003": {"threshold": 1}}
