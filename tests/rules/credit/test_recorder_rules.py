"""谁认定谁修复: the authority of the entry decides, and where it works here its own people enter it."""

from datetime import date

import pytest

from ggzy.registers.credit import rules
from ggzy.registers.credit.values import Decision

ENTRY = Decision("江州市住房和城乡建设局", "江建罚〔2026〕1号", "招标投标法 §53", date(2026, 6, 1))
OWN = Decision("江州市住房和城乡建设局", "江建修〔2026〕1号", "信用修复管理办法", date(2026, 12, 1))
OTHER = Decision("澜川市水务局", "澜水修〔2026〕1号", "信用修复管理办法", date(2026, 12, 1))


@pytest.mark.parametrize(
    "decision, settler, is_here, expected",
    [
        (OWN, "江州市住房和城乡建设局", True, []),
        (None, "江州市住房和城乡建设局", True, []),
        (OTHER, "江州市住房和城乡建设局", True, ["other_authority"]),
        (OWN, "澜川市水务局", True, ["not_recorder"]),
        (OTHER, "澜川市水务局", True, ["other_authority", "not_recorder"]),
        (
            OWN,
            "澜川市水务局",
            False,
            [],
        ),  # the authority is not on this platform: its decision is entered for it
        (OTHER, "澜川市水务局", False, ["other_authority"]),
    ],
)
def test_who_recorded_it_repairs_it(decision, settler, is_here, expected):
    found = rules.by_recorder(ENTRY, decision, settler, is_here=is_here)
    assert [reason.code for reason in found.reasons] == expected
