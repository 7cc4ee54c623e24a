"""Files of auctions: what they say, and how little a bad line breaks."""

import gzip
from pathlib import Path

import pytest

from screens import Auction
from screens.reading import LINE_MAX, Reader

GOOD = '{"auction": "a", "dataset": "m", "bids": [1, 2.5], "collusive": 1}\n'


def read(path: Path, content: str | bytes) -> tuple[list[Auction], list[str]]:
    data = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    reader = Reader()
    return list(reader.read(path)), [str(trouble) for trouble in reader.troubles]


BAD_LINES = [
    ("{broken", "JSON"),
    ("[1, 2]", "不是一个竞价对象"),
    ('"text"', "不是一个竞价对象"),
    ('{"auction": "b"}', "没有报价列表"),
    ('{"bids": 3}', "没有竞价编号"),
    ("[" * 100_000, "JSON"),
    ("9" * 5000, "JSON"),
    ("x" * (LINE_MAX + 5), "超过"),
]


@pytest.mark.parametrize(("line", "reason"), BAD_LINES, ids=[line[:20] for line, _ in BAD_LINES])
def test_a_bad_line_is_named_and_the_rest_goes_on(tmp_path: Path, line: str, reason: str) -> None:
    found, troubles = read(tmp_path / "a.jsonl", f"{line}\n\n{GOOD}")
    assert [auction.key for auction in found] == ["a"]
    assert found[0].place == "a.jsonl:3"
    assert len(troubles) == 1
    assert troubles[0].startswith("a.jsonl:1: ")
    assert reason in troubles[0]


BIDS = [
    ('["1,234.50", "¥ 2,000元", {"amount": 3000}]', (1234.5, 2000.0, 3000.0), []),
    ('["a", null, true, [1], 5, 6]', (5.0, 6.0), ["不是数", "为空", "不是数", "不是数"]),
    ("[-5, 0, 5, 6]", (-5.0, 0.0, 5.0, 6.0), ["不是正数"] * 2),
    ("[1e999, 5, 6]", (float("inf"), 5.0, 6.0), ["不是正数"]),
    ("[1" + "0" * 400 + ", 5, 6]", (5.0, 6.0), ["不是数"]),
    ("[5, 6, 70000]", (5.0, 6.0, 70000.0), ["单位"]),
]


@pytest.mark.parametrize(("told", "bids", "reasons"), BIDS)
def test_a_bid_that_cannot_count_is_named(
    tmp_path: Path, told: str, bids: tuple[float, ...], reasons: list[str]
) -> None:
    found, troubles = read(tmp_path / "a.jsonl", f'{{"id": 7, "bids": {told}}}\n')
    assert found == [Auction("7", "", bids, None, "a.jsonl:1")]
    assert len(troubles) == len(reasons)
    assert all(reason in trouble for reason, trouble in zip(reasons, troubles, strict=True))


def test_rows_of_bids_are_gathered_and_one_collusive_bid_tells_of_the_auction(tmp_path: Path) -> None:
    table = "Tender,Bid_value,Collusive_competitor\n1,10,0\n2,5,0\n1,11,1\n,9,0\n2,x,0\n2\n"
    found, troubles = read(tmp_path / "b.csv.gz", table)
    assert found == [
        Auction("1", "", (10.0, 11.0), True, "b.csv.gz:2"),
        Auction("2", "", (5.0,), False, "b.csv.gz:3"),
    ]
    assert sorted(trouble.split(": ")[0] for trouble in troubles) == [
        "b.csv.gz:5",
        "b.csv.gz:6",
        "b.csv.gz:7",
    ]


def test_a_table_without_prices_is_named(tmp_path: Path) -> None:
    found, troubles = read(tmp_path / "c.csv", "项目名称,投标单位数量\n甲,3\n")
    assert found == []
    assert "报价列" in troubles[0]


def test_a_cut_archive_is_read_up_to_the_cut(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl.gz"
    lines = "".join(GOOD.replace('"a"', f'"{number:05}-{hash(str(number))}"') for number in range(5000))
    path.write_bytes(gzip.compress(lines.encode())[:20_000])
    reader = Reader()
    assert len(list(reader.read(path))) > 100
    assert any("压缩文件不完整" in str(trouble) for trouble in reader.troubles)


@pytest.mark.parametrize(
    ("label", "expected"), [("1", True), ("false", False), ('"是"', True), ("null", None), ("7", None)]
)
def test_a_label_is_yes_or_no_or_nothing(tmp_path: Path, label: str, expected: bool | None) -> None:
    found, troubles = read(tmp_path / "e.jsonl", f'{{"bids": [1, 2], "collusive": {label}}}\n')
    assert found[0].collusive is expected
    assert bool(troubles) == (label == "7")
