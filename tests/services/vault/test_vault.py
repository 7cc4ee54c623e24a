"""Bytes go in once and come out unchanged, to those who may have them; what does not fit is refused."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest
from django.test import RequestFactory

from ggzy.foundation.vault import queries, services, views
from ggzy.foundation.vault.rules import AS_IS
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.digest import digest
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import Refused

REGION = RegionCode("110108")
OWNER, RIVAL = (CreditCode.make(region=REGION, serial=serial) for serial in (1, 2))
AT = datetime(2026, 2, 10, 1, 30, tzinfo=UTC)
PDF = b"%PDF-1.7\n" + b"content" * 100
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def vault(settings, tmp_path: Path) -> Path:
    settings.VAULT_DIR = tmp_path / "vault"
    return tmp_path / "vault"


@pytest.fixture
def readers() -> Iterator[dict]:
    kept = dict(queries.READERS)
    yield queries.READERS
    queries.READERS.clear()
    queries.READERS.update(kept)


def someone(organisation: CreditCode, role: Role = Role.BIDDER) -> Actor:
    return Actor(person=f"p{organisation}", organisation=organisation, role=role, region=REGION, request="r")


def put(data: services.Data = PDF, name: str = "标书.pdf", **named) -> str:
    return services.put(data, name=name, owner=named.pop("owner", OWNER), **named)


def reason(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.reasons[0].code


def left_over(vault: Path) -> list[Path]:
    return list((vault / "incoming").iterdir())


def test_bytes_come_back_by_their_digest(vault: Path) -> None:
    kept = put()
    assert kept == digest(PDF)
    with queries.open_file(kept) as file:
        assert file.read() == PDF
    facts = queries.meta(kept)
    assert (facts.name, facts.media_type, facts.size, facts.owner) == (
        "标书.pdf",
        "application/pdf",
        len(PDF),
        OWNER,
    )
    assert queries.exists(kept) and queries.is_whole(kept) and not left_over(vault)


def test_the_same_bytes_are_kept_once(vault: Path) -> None:
    assert put() == put(io.BytesIO(PDF), name="another.pdf", owner=RIVAL)
    assert queries.meta(digest(PDF)).name == "标书.pdf"
    assert len([path for path in vault.rglob("*") if path.is_file()]) == 1
    assert all(queries.may_read(someone(party), digest(PDF), AT) for party in (OWNER, RIVAL))


def test_what_was_damaged_on_the_disk_is_found() -> None:
    kept = put()
    queries.path_of(kept).write_bytes(PDF[:-1] + b"!")
    assert not queries.is_whole(kept)
    queries.path_of(kept).unlink()
    assert not queries.is_whole(kept)
    with pytest.raises(Missing):
        queries.open_file(kept)


class Endless(io.RawIOBase):
    """An upload that never ends."""

    def __init__(self) -> None:
        self.given = 0

    def seek(self, *place: int) -> int:
        return 0

    def read(self, size: int = -1) -> bytes:
        self.given += size
        return b"%PDF-" + bytes(size - 5)


def test_an_oversized_upload_is_cut_off_while_it_arrives(vault: Path) -> None:
    upload = Endless()
    with pytest.raises(Refused) as refused:
        put(cast(BinaryIO, upload), cap=5 * 1024**2)
    assert reason(refused) == "too_large"
    assert upload.given <= 6 * 1024**2
    assert not left_over(vault)


@pytest.mark.parametrize(
    "data, name, code",
    [
        (b"", "a.pdf", "empty"),
        (PDF, "", "name_empty"),
        (PDF, "长" * 256 + ".pdf", "name_long"),
        (PDF, "a.exe", "kind_unknown"),
        (PDF, "a", "kind_unknown"),
        (b"MZ\x90\x00", "a.pdf", "kind_differs"),
        (PDF, "a.docx", "kind_differs"),
        (PDF, "a.png", "kind_differs"),
        (b"text\x00text", "a.txt", "kind_differs"),
        (b"PK\x03\x04 not really", "a.zip", "archive_broken"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(vault: Path, data: bytes, name: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        put(data, name)
    assert reason(refused) == code
    assert not (vault / "incoming").exists() or not left_over(vault)
    assert not queries.exists(digest(data))


def test_the_browsers_word_about_the_type_counts_for_nothing() -> None:
    assert queries.meta(put(media_type="text/html")).media_type == "application/pdf"
    with pytest.raises(Refused):
        put(b"<script>", "a.html", media_type="text/html")


def test_evidence_is_kept_as_it_is() -> None:
    kept = put(b"<script>", "../../奇怪的.html", media_type=AS_IS)
    assert queries.meta(kept).media_type == AS_IS


@pytest.mark.parametrize("name", ["说明.txt", "清单.csv"])
def test_chinese_text_of_either_encoding_is_text(name: str) -> None:
    put("名称,数量\r\n水泥,3\r\n".encode(), name)
    put("名称,数量\r\n钢材,4\r\n".encode("gb18030"), name)


def archive(*members: tuple[str, bytes], link: str = "") -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)
        if link:
            info = zipfile.ZipInfo(link)
            info.external_attr = 0o120777 << 16
            made.writestr(info, "/etc/passwd")
    return data.getvalue()


def test_a_plain_archive_is_kept() -> None:
    put(archive(("图纸/一层.pdf", PDF), ("图纸/二层.pdf", PDF)), "图纸.zip")


@pytest.mark.parametrize(
    "data, code",
    [
        (archive(("../../etc/passwd", b"1")), "archive_paths"),
        (archive(("/etc/passwd", b"1")), "archive_paths"),
        (archive(("..\\up", b"1")), "archive_paths"),
        (archive(("C:\\windows", b"1")), "archive_paths"),
        (archive(("a.pdf", PDF), link="link"), "archive_links"),
        (archive(("inner.ZIP", b"1")), "archive_nested"),
        (archive(("zeros", bytes(50 * 1024**2))), "archive_expands"),
        (archive(*((str(number), b"") for number in range(2001))), "archive_members"),
    ],
)
def test_a_dangerous_archive_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        put(data, "a.zip")
    assert reason(refused) == code


def test_only_a_digest_names_a_file(vault: Path) -> None:
    for name in ("../../etc/passwd", "sha256:../../etc/passwd", "md5:" + "0" * 64, "", "sha256:" + "A" * 64):
        with pytest.raises(Missing):
            queries.open_file(name)


# Who may read


def test_a_document_belongs_to_its_owner_until_it_is_shared() -> None:
    kept = put()
    assert queries.may_read(someone(OWNER), kept, AT)
    assert not queries.may_read(someone(RIVAL), kept, AT)
    assert not queries.may_read(None, kept, AT)
    services.share([kept], [RIVAL])
    services.share([kept], [RIVAL])
    assert queries.may_read(someone(RIVAL), kept, AT)


def test_a_document_becomes_public_at_its_moment() -> None:
    kept = put(public_from=AT)
    assert not queries.may_read(None, kept, AT - timedelta(microseconds=1))
    assert queries.may_read(None, kept, AT)
    services.publish([kept], at=AT + timedelta(days=1))
    assert queries.may_read(None, kept, AT)
    services.publish([kept], at=AT - timedelta(days=1))
    assert queries.may_read(None, kept, AT - timedelta(days=1))


def test_a_rule_from_above_may_open_a_document(readers: dict) -> None:
    kept = put()
    services.let_read("test", lambda actor, digest, at: actor.role is Role.SUPERVISOR and at >= AT)
    assert queries.may_read(someone(RIVAL, Role.SUPERVISOR), kept, AT)
    assert not queries.may_read(someone(RIVAL, Role.SUPERVISOR), kept, AT - timedelta(days=1))
    assert not queries.may_read(someone(RIVAL), kept, AT)
    assert not queries.may_read(someone(RIVAL, Role.SUPERVISOR), digest(b"unknown"), AT)


# The download


def downloaded(kept: str, actor: Actor | None):
    request: Any = RequestFactory().get("/")
    request.actor, request.at = actor, AT
    return views.download(request, kept)


def test_a_download_is_an_attachment_nobody_sniffs() -> None:
    kept = put(name='标书 "终稿".pdf')
    answer = downloaded(kept, someone(OWNER))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E6%A0%87%E4%B9%A6%20%22%E7%BB%88%E7%A8%BF%22.pdf"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Length"] == str(len(PDF))
    answer.close()


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        'a"; filename="b.html',
        "a\r\nSet-Cookie: x=1",
        "\u202efdp.exe",
        "a\x00b",
        "\ud800",
        "🏗️.bin",
    ],
)
def test_a_hostile_name_is_only_a_name(name: str, vault: Path) -> None:
    kept = put(b"evidence", name, media_type=AS_IS)
    header = downloaded(kept, someone(OWNER))["Content-Disposition"]
    assert header.isascii() and header.isprintable()
    assert header.startswith("attachment")
    stored = [path for path in vault.rglob("*") if path.is_file()]
    assert [path.name for path in stored] == [kept.partition(":")[2]]


def test_a_stranger_cannot_tell_a_forbidden_document_from_a_missing_one() -> None:
    kept = put()
    words = []
    for wanted in (kept, digest(b"unknown"), "nonsense"):
        with pytest.raises(Missing) as missing:
            downloaded(wanted, someone(RIVAL))
        words.append(missing.value.message)
    assert len(set(words)) == 1


def test_a_public_document_is_served_to_anyone(client) -> None:
    kept = put(public_from=datetime(2020, 1, 1, tzinfo=UTC))
    answer = client.get(f"/files/{kept}/")
    assert answer.status_code == 200 and b"".join(answer.streaming_content) == PDF


def test_a_request_that_announces_too_much_is_not_read() -> None:
    cap = views.UploadCap(lambda request: pytest.fail("the body was about to be read"))
    request = RequestFactory().post("/", CONTENT_LENGTH=str(views.REQUEST_BYTES_MAX + 1))
    assert cap(request).status_code == 413


def test_the_site_answers_too_large_a_request_with_a_page(client) -> None:
    answer = client.post("/sign-in/", {"a": "b"}, CONTENT_LENGTH=str(views.REQUEST_BYTES_MAX + 1))
    assert answer.status_code == 413
    assert "文件太大" in answer.content.decode()
