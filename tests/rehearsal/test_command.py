"""演练命令: a bad record is listed with its line, the good one is walked, and the figures add up."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

GOOD = {
    "date": "2025-06-13",
    "title": "江州市第一小学教学楼工程",
    "candidates": [{"bidder": "云岭甲建设有限公司", "price_text": "1799255.53"}],
}


def _rehearsed(path: Path, *more: str) -> tuple[int, list[dict[str, Any]]]:
    """The exit code, and what was said, line by line."""
    said, code = io.StringIO(), 0
    try:
        call_command("rehearse", str(path), "--json", "--jobs", "1", *more, stdout=said, stderr=io.StringIO())
    except SystemExit as ended:
        code = int(str(ended.code))
    return code, [json.loads(line) for line in said.getvalue().splitlines()]


def _file(folder: Path, *records: str) -> Path:
    path = folder / "published.jsonl"
    path.write_text("\n".join(records), encoding="utf-8")
    return path


def test_one_good_record_among_bad_ones_is_walked_to_its_archive(db: None, tmp_path: Path):
    good = json.dumps(GOOD, ensure_ascii=False)
    code, said = _rehearsed(_file(tmp_path, '{"broken": ', good, '{"title": "无正文"}'))
    *bad, lot, figures = said
    assert [(one["source"], one["line"]) for one in bad] == [("published.jsonl", 1), ("published.jsonl", 3)]
    assert all(one["unreadable"] for one in bad)
    assert (lot["line"], lot["problems"]) == (2, [])
    assert "虚构投标人 2 家及其报价" in lot["said"]
    assert (figures["lots"], figures["archived"], figures["unreadable"]) == (1, 1, 2)
    assert figures["verified"] is True
    assert code == 0


def test_a_file_without_any_lot_is_no_success(db: None, tmp_path: Path):
    code, said = _rehearsed(_file(tmp_path, "{}", "[]"))
    assert code == 1
    assert [one["line"] for one in said[:-1]] == [1, 2]
    assert said[-1]["lots"] == 0


def test_a_limit_walks_no_more_lots_and_still_lists_every_bad_record(db: None, tmp_path: Path):
    good = json.dumps(GOOD, ensure_ascii=False)
    _, said = _rehearsed(_file(tmp_path, good, good, "null"), "--limit", "1")
    assert [one.get("line") for one in said] == [3, 1, None]
    assert (said[-1]["lots"], said[-1]["unreadable"]) == (1, 1)


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(CommandError, match=r"没有这个文件：/nowhere/a\.jsonl"):
        call_command("rehearse", "/nowhere/a.jsonl")
