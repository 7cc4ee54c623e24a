"""Tables as strangers write them: names, letters, marks for decimals, a bid a row or an auction a row."""

import bz2
import json
from pathlib import Path

import pytest

from screens.columns import columns
from screens.numbers import listed, number
from screens.opening import Unusable
from screens.program import main
from screens.reading import Reader

Read = dict[str, tuple[tuple[float, ...], bool | None]]


def read(path: Path, content: str, encoding: str = "utf-8", **told: list[str]) -> tuple[Read, list[str]]:
    path.write_bytes(content.encode(encoding))
    reader = Reader(told)
    return {one.key: (one.bids, one.collusive) for one in reader.read(path)}, [
        str(one) for one in reader.troubles
    ]


TABLES = {
    "German, with decimal commas": (
        "Ausschreibung;Angebot (CHF);Kartell\n1;1.234,50;ja\n1;1'300.00;ja\n2;2.300;nein\n2;2.100,10;nein\n", "utf-8",
        {"1": ((1234.5, 1300), True), "2": ((2300, 2100.1), False)},
    ),
    "Italian of Windows": (
        "ID gara;Importo offerto;Collusivo\n1;100.000,00;sì\n1;120.000;sì\n", "cp1252", {"1": ((100_000, 120_000), True)},
    ),
    "French with a mark of its letters": (
        "Appel d'offres;Montant offre €;Entente\nA1;1\u202f234,50;oui\n", "utf-8-sig", {"A1": ((1234.5,), True)},
    ),
    "Portuguese of Windows": (
        'licitação,valor da proposta,conluio\n1,"1.234,50",não\n', "cp1252", {"1": ((1234.5,), False)},
    ),
    "Spanish, thousands by points": (
        "Licitación;Oferta\n1;1.234\n1;1.290,5\n", "utf-8", {"1": ((1234, 1290.5), None)},
    ),
    "Japanese": (
        '案件番号,入札者,入札金額（円）,談合\n1,ア社,"1,230,000",0\n1,イ社,125万円,1\n', "cp932",
        {"1": ((1_230_000, 1_250_000), True)},
    ),
    "Chinese": (
        "标段编号,投标人,投标报价（元）,是否串标\nA,甲,１２３４.５,否\nA,乙,1300元整,否\nB,丙,12.5万元,是\n", "gb18030",
        {"A": ((1234.5, 1300), False), "B": ((125_000,), True)},
    ),
    "of tabs in two bytes a letter": ("tender\tbid\r\n1\t100\r\n", "utf-16", {"1": ((100,), None)}),
    "in quotes": ('"Tender","Bid value"\n"1","1,234"\n"1","1,300"\n', "utf-8", {"1": ((1234, 1300), None)}),
    "an auction a row": (
        "tender,bid_1,bid_2,bid_3,collusive\n1,100,110,,1\n2,90,95,120,False\n3,,,,\n", "utf-8",
        {"1": ((100, 110), True), "2": ((90, 95, 120), False), "3": ((), None)},
    ),
    "an auction a row without a name": (
        "Bidder 1 bid,Bidder 2 bid\n100,110\n100,110\n", "utf-8",
        {"table.csv:2": ((100, 110), None), "table.csv:3": ((100, 110), None)},
    ),
    "one name for all columns": ("lot,bid,bid\n1,2,3\n", "utf-8", {"1": ((2, 3), None)}),
    "bids in one place": (
        'tender,bids\n1,"[100, 110]"\n2,100;110\n3,100|110|120\n', "utf-8",
        {"1": ((100, 110), None), "2": ((100, 110), None), "3": ((100, 110, 120), None)},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "encoding", "expected"), TABLES.values(), ids=TABLES)
def test_a_table_is_read_as_it_is(content: str, encoding: str, expected: Read, tmp_path: Path) -> None:
    assert read(tmp_path / "table.csv", content, encoding) == (expected, [])


DOCUMENTS = {
    "a list over lines": '[\n {"auction": 1, "bids": [1, 2]},\n {"auction": 2, "bids": [3]}\n]\n',
    "a list in a line": '[{"auction": 1, "bids": [1, 2]}, {"auction": 2, "bids": [3]}]',
    "an object around them": '{"auctions":\n[{"id": 1, "bids": [1, 2]}, {"id": 2, "bids": [3]}]}',
    "objects over lines": '{"auction": 1, "bids": [1, 2]},\n{"auction": 2, "bids": [3]},\n',
    "a bid each": '{"auction": 1, "bid": 1}\n{"auction": 2, "bid": 3}\n{"auction": 1, "bid": "2"}\n',
    "bids of their own names": '{"auction": 1, "bid1": 1, "bid2": 2, "bid3": null}\n{"auction": 2, "bids": ["3"]}\n',
    "bids as objects": '{"auction": 1, "bids": [{"amount": 1}, {"value": 2}]}\n{"auction": 2, "bids": [{"price": "3"}]}\n',
}  # fmt: skip


@pytest.mark.parametrize("name", ["auctions.json", "auctions"])
@pytest.mark.parametrize("content", DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_document_is_read_as_it_is(content: str, name: str, tmp_path: Path) -> None:
    assert read(tmp_path / name, content) == ({"1": ((1, 2), None), "2": ((3,), None)}, [])


def test_a_hostile_name_cannot_move_the_cursor(tmp_path: Path) -> None:
    _, troubles = read(tmp_path / "table.csv", "tender,bid\n\x1b[2J,1\n\x1b[2J,1000\n")
    assert troubles == ["table.csv:2: \ufffd[2J：2 个报价的单位与其余不同（相差五十倍以上），不计入"]


def test_columns_may_be_told_by_name_or_pattern(tmp_path: Path) -> None:
    table = "Nr,O.a,O.b,Urteil,Ort\n1,5,6,1,x\n"
    found, troubles = read(tmp_path / "table.csv", table)
    assert not found
    assert "请用 --auction、--bid 指明；列名有：Nr、O.a、O.b、Urteil、Ort" in troubles[0]
    told = {"key": ["Nr"], "bid": ["O.*"], "label": ["Urteil"]}
    assert read(tmp_path / "table.csv", table, "utf-8", **told) == ({"1": ((5, 6), True)}, [])


@pytest.mark.parametrize(
    ("header", "bids"),
    [
        (["tender", "Bid_value", "Winner", "Number_bids", "Pre-Tender Estimate (PTE)"], ("Bid_value",)),
        (["auction", "reserveprice", "minprice", "bidder", "bid", "winner", "num_bidders"], ("bid",)),
        (["lot", "amount", "offer"], ("offer",)),
        (["lot", "price2020", "bidders"], ()),
    ],
)
def test_the_bids_are_told_from_other_figures(header: list[str], bids: tuple[str, ...]) -> None:
    assert columns(header, {}).bids == bids


NUMBERS = [
    ("1,234.5", 1234.5), ("1.234,5", 1234.5), ("1,234", 1234), ("1.234", 1.234), ("12,5", 12.5), ("1.234.567", 1_234_567),
    ("1,23,456", 123_456), ("1 234,5 €", 1234.5), ("R$ 1.000,00", 1000), ("CHF 1'000.-", None), ("98.5%", 98.5),
    ("１,２３４円", 1234), ("1.2亿", 1.2e8), ("1e3", 1000), ("-5", -5), ("1,2,3", None), ("12 abc", None), ("", None),
    (True, None),
]  # fmt: skip


@pytest.mark.parametrize(("told", "value"), NUMBERS)
def test_a_number_is_read_as_it_is_written(told: object, value: float | None) -> None:
    assert number(told) == value


def test_in_a_column_of_decimal_commas_a_point_parts_thousands() -> None:
    assert number("1.234", comma=True) == 1234
    assert number("1,234", comma=True) == 1.234


@pytest.mark.parametrize(("told", "many"), [("[]", []), ([], []), ("1", None), ("1,5", None), (3, None)])
def test_a_single_amount_is_no_list(told: object, many: list[object] | None) -> None:
    assert listed(told) == many


@pytest.mark.parametrize(
    ("magic", "words"),
    [
        (b"PK\x03\x04", "Excel"),
        (b"PAR1", "Parquet"),
        (b"\x28\xb5\x2f\xfd", "zstd"),
        (b"\xd0\xcf\x11\xe0", "Excel"),
    ],
)
def test_a_file_of_another_kind_is_refused_by_its_name(magic: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(magic + b"..")
    with pytest.raises(Unusable, match=words):
        list(Reader().read(path))


def test_nothing_is_left_half_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad, out = tmp_path / "good.jsonl", tmp_path / "bad.xlsx", tmp_path / "out.jsonl"
    good.write_text('{"bids": [1, 2, 3]}\n')
    bad.write_bytes(b"PK\x03\x04")
    out.write_text("before")
    assert main(["predict", str(good), str(bad), "--out", str(out)]) == 2
    assert main(["predict", str(good), str(tmp_path / "missing"), "--out", str(out)]) == 2
    assert "missing 打不开" in capsys.readouterr().err
    assert out.read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.xlsx", "good.jsonl", "out.jsonl"]
    assert main(["predict", str(good), "--out", str(out), "--base-rate", "0.1"]) == 0
    assert json.loads(out.read_text())["base_rate"] == 0.1


def test_whoever_reads_nothing_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "empty.csv.bz2"
    empty.write_bytes(bz2.compress(b""))
    assert main(["predict", str(empty)]) == 1
    assert "没有读到一次竞价" in capsys.readouterr().err
    assert main(["predict", str(empty), "--encoding", "klingon"]) == 2
    assert "没有名为 klingon 的编码" in capsys.readouterr().err


def test_too_few_say_how_many_there_were(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "few.csv"
    path.write_text("tender,bid1,bid2,cartel\n1,5,6,yes\n2,5,7,no\n3,5,8,\n")
    assert main(["fit", str(path), "--out", str(tmp_path / "m.json")]) == 2
    assert "读到串标 1 次、正常 1 次，另有 1 次没有标记" in capsys.readouterr().err
    assert not (tmp_path / "m.json").exists()
