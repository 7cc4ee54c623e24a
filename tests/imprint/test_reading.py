"""What files say of their making, and that no file can say more than it should or stop the others."""

from pathlib import Path

import pytest

from imprint.reading import FILE_BYTES_MAX, read
from imprint.values import Imprint, Place
from tests.imprint import files

PRICES = {f"0101{n:05}": f"{n + 10}.50" for n in range(30)}


def found(data: bytes, name: str, tmp_path: Path, *, before: bytes = b"") -> Imprint:
    path = tmp_path / "payload"
    path.write_bytes(before + data + b"what follows")
    return read(Place(path, len(before), len(data), name))


def test_a_word_document_tells_who_made_it(tmp_path: Path) -> None:
    one = found(files.docx("施工组织设计", "质量保证措施"), "技术标.docx", tmp_path, before=b"index")
    assert (one.kind, one.author, one.changed_by, one.company) == ("docx", "王工", "李工", "云岭造价")
    assert (one.template, one.ids, one.created) == (
        "投标模板.dotm",
        ["rsidRoot:00A1"],
        "2026-06-20T02:11:00Z",
    )
    assert one.text == "施工组织设计\n质量保证措施"


def test_a_pdf_tells_who_made_it(tmp_path: Path) -> None:
    one = found(files.pdf(), "技术标.pdf", tmp_path)
    assert (one.kind, one.author, one.tool, one.ids) == ("pdf", "wang", "WPS", ["pdf:0011"])
    assert one.text.strip() == "cement 3 tons"


@pytest.mark.parametrize(
    "data", [files.docx("a", root="00172A27"), files.docx("a", root="00000000"), files.pdf(identifier="0000")]
)
def test_a_mark_that_all_files_of_a_program_carry_is_none(tmp_path: Path, data: bytes) -> None:
    assert found(data, "x", tmp_path).ids == []


def test_an_ofd_tells_who_made_it(tmp_path: Path) -> None:
    one = found(files.ofd(), "x.ofd", tmp_path)
    assert (one.kind, one.author, one.ids, one.text) == ("ofd", "王工", ["ofd:d0c1"], "水泥三吨")


def test_a_priced_file_tells_its_lock_its_machine_and_its_prices(tmp_path: Path) -> None:
    one = found(files.priced(PRICES), "计价.xml", tmp_path)
    assert one.locks == ["GL-77123"]
    assert one.machines == ["mac:3497F65A001C", "disk:WD1"]
    assert one.ids == ["guid:{A1}"]
    assert one.items == PRICES


def test_a_sheet_is_read_below_its_head(tmp_path: Path) -> None:
    rows = [
        ["工程量清单"],
        ["序号", "项目编码", "综合单价(元)"],
        ["1", "010101", "12.50"],
        ["2", "合计", "x"],
    ]
    one = found(files.xlsx(rows), "清单.xlsx", tmp_path)
    assert (one.kind, one.items) == ("xlsx", {"010101": "12.50"})


def test_a_code_of_two_buildings_is_told_twice(tmp_path: Path) -> None:
    text = '<?xml version="1.0"?><a><i code="1" price="2"/><i code="1" price="3"/><i code="1" price="0"/></a>'
    assert found(text.encode(), "x.xml", tmp_path).items == {"1": "2", "1#2": "3"}


@pytest.mark.parametrize(("text", "encoding"), [("水泥", "utf-8"), ("水泥", "gb18030")])
def test_plain_text_is_read(tmp_path: Path, text: str, encoding: str) -> None:
    assert found(text.encode(encoding), "x.txt", tmp_path).text == text


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (files.bomb(), "x.docx", "解压后过大"),
        (b"PK\x03\x04 nothing", "x.docx", "压缩结构损坏"),
        (files.zipped({"a/b.txt": "1"}), "x.zip", "压缩包"),
        (files.zipped({f"word/{n}": "" for n in range(4_001)}), "x.docx", "超过"),
        (files.docx("a")[:400], "x.docx", "损坏"),
        (b"%PDF-1.4 nothing at all", "x.pdf", "PDF 无法识别"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "x.doc", "旧版 Office"),
        (b"<?xml version='1.0'?><a>", "x.xml", "XML 无法识别"),
        (b"\xff\xff\xff", "x.txt", "编码无法识别"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, data: bytes, name: str, words: str) -> None:
    assert words in found(data, name, tmp_path).unread


@pytest.mark.parametrize("data", [files.entities(), files.fetching()])
def test_no_entity_is_resolved(tmp_path: Path, data: bytes) -> None:
    text = found(data, "x.xml", tmp_path).text
    assert "haha" not in text and "root" not in text


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    assert "未读取" in read(Place(tmp_path / "none", 0, FILE_BYTES_MAX + 1, "x.pdf")).unread


def test_a_mark_is_kept_short_and_printable(tmp_path: Path) -> None:
    one = found(files.docx("a", author="王\u202e工" + "长" * 500), "x.docx", tmp_path)
    assert one.author.startswith("王工长") and len(one.author) == 120
