"""Files of every shape give the same; what is broken in them is told with its line and stops nothing."""

import bz2
import gzip
import json
import lzma
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from redflags import bulk, documents, doubts, reading, releases, result, settings
from redflags.reckoning import Reckoning
from tests.redflags.made import award, bid, lines, reckoned, release
from tests.redflags.odd import Odd

ONE = release("甲一", tender={"procurementMethod": "open", "numberOfTenderers": 1}, buyer={"id": "采购人"})
TWO = release("乙二", tender={"procurementMethod": "open", "numberOfTenderers": 1}, buyer={"id": "采购人"})


def flagged(path: Path, workers: int = 1) -> list[str]:
    return list(reckon(path, workers).conclude()["R018"].values["OCID"])


def reckon(path: Path, workers: int = 1) -> Reckoning:
    with reading.opened(str(path)) as sources:
        (source,) = sources
        return bulk.reckon(source, settings.Settings(), None, workers)


def told(reckoning: Reckoning) -> list[str]:
    reckoning.doubts.find_repeated()
    return reckoning.doubts.told()


def printed(reckoning: Reckoning) -> Any:
    pieces = result.cardinal(reckoning.conclude(), {}, with_meta=True, with_maps=True)
    return json.loads("".join(pieces))


SHAPES: dict[str, str] = {
    "lines": lines([ONE, TWO]),
    "lines without a last end": lines([ONE, TWO]).rstrip(),
    "lines of Windows": lines([ONE, TWO]).replace("\n", "\r\n"),
    "a byte order mark": "\ufeff" + lines([ONE, TWO]),
    "blank lines": "\n \n" + lines([ONE]) + "\n" + lines([TWO]),
    "a list": json.dumps([ONE, TWO]),
    "a list over lines": json.dumps([ONE, TWO], indent=2),
    "a package in a line": json.dumps({"uri": "x", "releases": [ONE, TWO]}),
    "a package over lines": json.dumps({"uri": "x", "releases": [ONE, TWO], "license": {"a": [1]}}, indent=1),
    "records": json.dumps({"records": [{"ocid": "x", "compiledRelease": ONE}, {"ocid": "y", "compiledRelease": TWO}]}, indent=1),
    "records over lines": lines([{"ocid": "甲一", "compiledRelease": ONE}, {"ocid": "乙二", "releases": [TWO]}]),
    "documents one after another": json.dumps(ONE, indent=1) + "\n" + json.dumps(TWO, indent=1),
    "packages as lines": lines([{"releases": [ONE]}, {"releases": [TWO]}]),
}  # fmt: skip
PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes, "gzip": gzip.compress, "bzip2": bz2.compress, "xz": lzma.compress
}  # fmt: skip


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_gives_its_releases(shape: str, packing: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(PACKINGS[packing](SHAPES[shape].encode()))
    reckoning = reckon(path)
    assert list(reckoning.conclude()["R018"].values["OCID"]) == ["甲一", "乙二"]
    assert told(reckoning) == []


def test_an_archive_gives_each_of_its_files(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("one.jsonl", lines([ONE]))
        archive.writestr("readme.txt", "no")
        archive.writestr("two.json", json.dumps({"releases": [TWO]}, indent=1))
    with reading.opened(str(tmp_path / "a.zip")) as sources:
        names = [
            list(bulk.reckon(source, settings.Settings(), None, 1).conclude()["R018"].values["OCID"])
            for source in sources
        ]
    assert names == [["甲一"], ["乙二"]]


@pytest.mark.parametrize("shape", ["a package over lines", "a list over lines"])
def test_a_large_document_is_taken_apart(shape: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "WHOLE_MAX", 64)
    monkeypatch.setattr(documents, "BLOCK", 16)
    path = tmp_path / "file"
    path.write_text(SHAPES[shape])
    assert flagged(path) == ["甲一", "乙二"]


THREE = json.dumps([ONE, {"ocid": "bad"}, TWO], indent=1)
SPOILED = {
    "a comma too many in one": (THREE.replace('"bad"', '"bad",'), ["第 1 行", "第 12 行", "（第 21 字节）"]),
    "a comma at the end of the list": (THREE[:-2] + ",]", ["第 1 行", "不是有效的 JSON（第 "]),
    "one that is no JSON value": (THREE.replace('"bad"', "NaN"), ["第 1 行", "第 12 行", "（第 13 字节）"]),
    "one that is no release": (THREE.replace('"bad"', "5"), ["第 1 行", "没有 ocid"]),
    "some that are no objects": (THREE.replace("[\n", "[5, null,\n"), ["第 1 行", "不是 JSON 对象"]),
    "a package cut off": ('{"releases": ' + THREE + ', "uri": ', ["第 1 行", "文件没有完，括号未闭合"]),
    "packages in a list, one broken": (
        f'[{json.dumps({"releases": [ONE]})}, {json.dumps({"releases": [ONE, 5, TWO]}).replace(" 5", " NaN")}]',
        ["第 1 行", "不是有效的 JSON"],
    ),
    "a release cut off": (THREE[:-1] + ',{"ocid": "c"', ["第 1 行", "文件没有完，括号未闭合"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "words"), SPOILED.values(), ids=SPOILED)
def test_what_is_whole_in_a_document_that_is_not_counts(text: str, words: list[str], tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text(text)
    reckoning = reckon(path)
    assert list(reckoning.conclude()["R018"].values["OCID"]) == ["甲一", "乙二"]
    said = "；".join(line for line in told(reckoning) if "无法读取" in line)
    assert all(word in said for word in words), said


def test_a_document_that_breaks_off_is_told(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text(json.dumps(ONE, indent=1) + "\n" + json.dumps(TWO, indent=1)[:-20])
    reckoning = reckon(path)
    assert list(reckoning.conclude()["R018"].values["OCID"]) == ["甲一"]
    assert told(reckoning) == ["第 11 行：无法读取（文件没有完，括号未闭合）"]


@pytest.mark.parametrize("repeated", [0, 0.2])
def test_parts_give_what_the_whole_gives(
    repeated: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "ALONE_MAX", 0)
    monkeypatch.setattr(bulk, "AHEAD", 0)
    monkeypatch.setattr(reading, "BLOCK", 500)
    path = tmp_path / "file"
    path.write_text("\n".join(Odd(11, 0.02, 5, repeated).lines(80)) + "\n")
    whole = reckoned(path.read_bytes())
    parts = reckon(path, workers=3)
    assert printed(parts) == printed(whole)
    assert (parts.lines, parts.processes) == (80, whole.processes)
    assert told(parts) == told(whole)


def test_a_currency_settled_late_holds_for_all_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "ALONE_MAX", 0)
    monkeypatch.setattr(bulk, "AHEAD", 0)
    monkeypatch.setattr(reading, "BLOCK", 300)
    quiet = [release(f"q{n}", buyer={"id": "采购人"}) for n in range(40)]
    low = [bid("甲", 9), bid("乙", 8, "disqualified")]
    dollars = [{**one, "value": {"amount": one["value"]["amount"], "currency": "USD"}} for one in low]
    path = tmp_path / "file"
    path.write_text(
        lines([*quiet, release("元", bids=low, awards=[award("甲")]), *quiet])
        + lines([release(f"美元{n}", bids=dollars, awards=[award("甲")]) for n in range(40)])
    )
    for workers in (1, 2, 3):
        assert list(reckon(path, workers).conclude()["R036"].values["OCID"]) == ["元"]


def test_broken_lines_are_told_and_the_rest_counts() -> None:
    text = (
        b'{"ocid": "a", "tender": {"numberOfTenderers": 1, "procurementMethod": "open"}}\n'
        b'{"ocid": "b", \n[]\nnull\n{"tender": {}}\n{"ocid": 7}\n{"ocid": "\xff"}\n{"ocid": "\\ud800"}\n'
        + b"[" * 5000 + b"]" * 5000 + b'\n{"ocid": "c", "tender": {"numberOfTenderers": 1, "procurementMethod": "open"}}\n'
    )  # fmt: skip
    reckoning = reckoned(text)
    assert list(reckoning.conclude()["R018"].values["OCID"]) == ["a", "c"]
    unread = [line.split("（")[0] for line in told(reckoning) if "无法读取" in line]
    assert unread == [f"第 {line} 行：无法读取" for line in (2, 4, 5, 6, 7, 8, 9)]


GOOD = '{"ocid": "a", "x": [{}]}'
ASKANCE: dict[str, str] = {
    "as many releases as lines, but one over two and two in one": '{"ocid": "b",\n"x": 1}\n' + GOOD + " " + GOOD,
    "the same, parted where an object ends": '{"ocid": "b", "x": [{}\n,{}]}\n' + GOOD + " " + GOOD,
    "an empty first line and two in one": "\n" + GOOD + " " + GOOD,
    "two in the last line": GOOD + "\n" + GOOD + GOOD,
    "a blank line": GOOD + "\n\n" + GOOD,
    "too deep": GOOD + '\n{"ocid": "b", "x": ' + "[" * 127 + "]" * 127 + "}",
    "too deep beside brackets in a text": '{"ocid": "b", "y": "\\\\]]\\"]", "x": ' + "[" * 127 + '"]"' + "]" * 127 + "}\n" + GOOD,
}  # fmt: skip


@pytest.mark.parametrize("text", ASKANCE.values(), ids=ASKANCE)
def test_lines_that_are_not_one_release_each_are_looked_at_one_by_one(text: str) -> None:
    assert releases.typed_lines(text.encode()) is None


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_of_one_release_each_are_read_at_once(end: str) -> None:
    deep = '{"ocid": "b", "y": "' + "[" * 300 + '", "x": ' + "[" * 126 + "]" * 126 + "}"
    read = releases.typed_lines(end.join([GOOD, deep, GOOD]).encode())
    assert read is not None
    assert [release.ocid for release in read] == ["a", "b", "a"]


@pytest.mark.parametrize("text", ["", "]", '"]', "\\", '\\"[', "a\\\\", "{}", '"', "\n["])
@pytest.mark.parametrize("deep", [126, 127])
def test_brackets_in_texts_are_no_depth(text: str, deep: int) -> None:
    nested: Any = {text: text}
    for _ in range(deep - 1):
        nested = [nested, text]
    line = json.dumps({"ocid": "a", "x": nested}).encode()
    assert (releases.typed_lines(line) is None) == (deep == 127)


def test_odd_data_is_told_with_its_line() -> None:
    no_one = {"tenderers": [], "status": "valid"}
    dear = bid("乙", 5) | {"value": {"amount": 1, "currency": "USD"}}
    reckoning = reckoned(
        lines(
            [
                release("a", buyer={"id": "采购人"}, bids=[bid("甲", -5), no_one]),
                release("b", bids=[bid("甲", 5), dear], awards=[award("甲")]),
                release("a", buyer={"id": "采购人"}),
            ]
        ).encode()
    )  # fmt: skip
    assert told(reckoning) == [
        "第 1 行：金额为负（a：-5）",
        "第 1 行：投标没有投标人（a）",
        "第 2 行：没有采购人（b）",
        "第 2 行：币种与主要币种不同，未参与比价（b）",
        "第 3 行：ocid 重复（与第 1 行相同）",
    ]


def test_many_faults_are_counted_and_not_all_shown() -> None:
    said = told(reckoned(b"{\n" * (doubts.SHOWN + 5)))
    assert len(said) == doubts.SHOWN + 1
    assert said[-1] == "……“无法读取”共 25 处，以上为前 20 处"


def test_a_line_too_long_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LINE_MAX", 4000)
    monkeypatch.setattr(reading, "BLOCK", 1000)
    monkeypatch.setattr(bulk, "ALONE_MAX", 0)
    monkeypatch.setattr(bulk, "AHEAD", 0)
    path = tmp_path / "file"
    path.write_text(lines([ONE]) + '{"ocid": "' + "长" * 20_000 + '"}\n' + lines([TWO]))
    for workers in (1, 2, 5):
        reckoning = reckon(path, workers)
        assert list(reckoning.conclude()["R018"].values["OCID"]) == ["甲一", "乙二"]
        assert told(reckoning) == ["第 2 行：无法读取（一行超过 64 MiB，已略过）"]


@pytest.mark.parametrize(
    "bytes_", [b"", b"\n\n", b"<html>", b"\x1f\x8bno", b"PK\x03\x04no", b"\x28\xb5\x2f\xfdno"]
)
def test_a_file_of_nothing_or_damaged_is_no_crash(bytes_: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(bytes_)
    try:
        assert reckon(path).processes == 0
    except releases.Unreadable as error:
        assert str(error)


def test_what_comes_before_the_damage_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SAMPLE", 2000)
    monkeypatch.setattr(reading, "BLOCK", 100)
    path = tmp_path / "file.gz"
    path.write_bytes(gzip.compress(lines([ONE] + [TWO] * 200).encode())[:-30])
    reckoning = reckon(path)
    assert next(iter(reckoning.conclude()["R018"].values["OCID"])) == "甲一"
    assert any("文件已损坏" in words for words in told(reckoning))


def test_later_releases_of_a_record_say_over_the_earlier() -> None:
    first = release("r", date="2025-01-01", tender={"procurementMethod": "open", "numberOfTenderers": 3})
    then = release("r", date="2025-02-01", tender={"numberOfTenderers": 1})
    record = {"ocid": "r", "releases": [then, first]}
    assert list(reckoned(lines([record]).encode()).conclude()["R018"].values["OCID"]) == ["r"]


@pytest.mark.parametrize(
    "line",
    [
        b'{"ocid": "a", "x": "\x01"}', b'{"ocid": "a", "x": 01}', b'{"ocid": "a"} x', b'{"ocid": "a", "x": NaN}',
        b'{"ocid": "a", "x": ' + b"[" * 127 + b"]" * 127 + b"}",
    ],
)  # fmt: skip
def test_both_ways_of_reading_refuse_the_same(line: bytes) -> None:
    assert releases.typed(line) is None
    with pytest.raises(releases.Malformed):
        releases.tree(line)


def test_wrong_types_are_absent_and_the_length_of_a_list_stays() -> None:
    value = {"ocid": "a", "awards": [None, {"status": "active", "suppliers": ["x", {"id": 5}]}], "tender": []}
    read = releases.release_of(value)
    assert read.tender is None
    assert read.awards is not None and read.awards[0].status is None
    assert read.awards[1].suppliers == [releases.Reference(), releases.Reference()]
