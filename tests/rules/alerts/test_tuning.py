"""调整参数的规则: what a parameter may be, so that no value of a supervisor's stops a model."""

import pytest

from ggzy.oversight.alerts import rules
from ggzy.oversight.alerts.indicators import models

WHY = "本市的开标记录如此"


@pytest.mark.parametrize(
    "indicator, name, text, expected",
    [
        ("B05", "minutes", "60", []),
        ("B05", "minutes", "9e99", ["bad_value"]),
        ("B05", "minutes", "9e9999999", ["bad_value"]),
        ("B05", "minutes", "525601", ["beyond_range"]),
        ("N01", "days", "3660", []),
        ("N01", "days", "3661", ["beyond_range"]),
        ("N02", "months", "25", ["beyond_range"]),
        ("B25", "night_from", "25", ["beyond_range"]),
        ("B10", "similarity", "1", []),
        ("B10", "similarity", "1.01", ["beyond_range"]),
        ("B20", "special_from", "1000000000000", []),
        ("B17", "others_min", "10001", ["beyond_range"]),
        ("B01", "onsite", "10.1.0.0/16, 2001:db8::/32", []),
        ("B01", "onsite", "10.1.0.0/16, 交易中心", ["beyond_range"]),
        ("B01", "onsite", "<script>", ["beyond_range"]),
        ("B01", "colour", "red", ["unknown_parameter"]),
    ],
)
def test_a_value_beyond_its_range_is_refused(indicator, name, text, expected):
    found = rules.may_tune(models()[indicator].indicator, name, text, "", WHY)
    assert [reason.code for reason in found.reasons] == expected


def test_networks_once_set_can_be_taken_away_again():
    one = models()["B01"].indicator
    assert rules.may_tune(one, "onsite", "无", "10.1.0.0/16", WHY).ok
    assert rules.parsed("", "无") == ""


def test_every_default_lies_within_its_range():
    for model in models().values():
        for param in model.indicator.params:
            assert rules.out_of_range(param, param.value) == "", (model.code, param.name)
