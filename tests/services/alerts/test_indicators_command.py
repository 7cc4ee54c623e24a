"""The command over files: a table, JSON, and the line of whatever is bad."""

import gzip
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

DEAR = {
    "ocid": "ocds-made-1",
    "buyer": {"id": "owner"},
    "tender": {"procurementMethod": "open"},
    "awards": [
        {
            "id": 1,
            "suppliers": [{"id": "A", "name": "望江\u001b[31m公司"}],
            "value": {"amount": 100, "currency": "EUR"},
        }
    ],
    "contracts": [{"id": 1, "awardID": 1, "value": {"amount": 130, "currency": "EUR"}}],
}


def asked(*names: Path, **options: Any) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("indicators", *map(str, names), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def lines(path: Path, *values: object) -> Path:
    path.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in values))
    return path


def test_a_table_says_what_was_found_and_what_cannot_be_asked(tmp_path: Path) -> None:
    out, err = asked(lines(tmp_path / "a.jsonl", DEAR))
    assert "P12\t严重\tocds-made-1\t合同金额 130.00 EUR，中标价 100.00 EUR，相差 30.00%。" in out
    assert "B01\t同一设备编制\t不可计算\t0\t0\t所需事实在 OCDS 中没有对应字段" in out
    assert not err


def test_json_says_the_same(tmp_path: Path) -> None:
    told = json.loads(asked(lines(tmp_path / "a.jsonl", DEAR), format="json")[0])
    assert [(one["indicator"], one["about"]) for one in told["findings"]] == [
        ("B29", "ocds-made-1"),
        ("P12", "ocds-made-1"),
    ]
    by_code = {one["indicator"]: one for one in told["indicators"]}
    assert by_code["P12"]["computable"] is True
    assert by_code["B01"]["computable"] is False


def test_bad_lines_are_told_and_the_rest_is_read(tmp_path: Path) -> None:
    deep = "[" * 200 + "]" * 200
    out, err = asked(lines(tmp_path / "a.jsonl", DEAR, "{", "", '{"no": 1}', deep, {"ocid": "ocds-made-2"}))
    assert "采购过程 2 个" in out
    assert "第 2 行：不是有效的 JSON" in err
    assert "第 4 行：没有 ocid" in err
    assert "第 5 行：嵌套超过" in err
    assert "第 6 行：没有采购人" in err


@pytest.mark.parametrize(
    "whole",
    [
        {"releases": [DEAR]},
        {"records": [{"ocid": "ocds-made-1", "compiledRelease": DEAR}]},
        {"records": [{"ocid": "ocds-made-1", "releases": [DEAR]}]},
        [DEAR],
    ],
)
def test_a_package_is_read_also_compressed(tmp_path: Path, whole: object) -> None:
    path = tmp_path / "a.json.gz"
    path.write_bytes(gzip.compress(json.dumps(whole, indent=1).encode()))
    assert "P12\t严重" in asked(path)[0]


def test_hostile_text_cannot_move_the_cursor(tmp_path: Path) -> None:
    out, err = asked(lines(tmp_path / "a.jsonl", DEAR | {"ocid": "\u001b[2Jocds\t\n"}))
    assert "\u001b" not in out + err


def test_a_file_that_cannot_be_read_keeps_no_other_out(tmp_path: Path) -> None:
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError, match="1 个文件不能读取"):
        call_command(
            "indicators",
            str(tmp_path / "none"),
            str(lines(tmp_path / "a.jsonl", DEAR)),
            stdout=out,
            stderr=err,
        )
    assert "P12\t严重" in out.getvalue()
    assert "不能读取" in err.getvalue()


def test_rules_that_nobody_wrote_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="还没有可适用的交易规则"):
        asked(lines(tmp_path / "a.jsonl", DEAR), rules="nothing")
