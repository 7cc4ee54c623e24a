"""坏的公告: unlawful dates, sums and files are named all at once; nothing typed or uploaded is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ggzy.trading.tendering import forms, queries
from ggzy.trading.tendering.values import TenderState
from tests.flows.door import accepted, enter, refused, summary
from tests.services.tendering import hall as stage
from tests.services.tendering.announcement import documents, typed
from tests.services.tendering.hall import ANNOUNCED, clock


@pytest.fixture
def hall(db: None) -> stage.Hall:
    """A lot whose custodians have given their keys."""
    people = stage.cast()
    return stage.prepared(people, stage.lot(people))


def _form(**changes: Any) -> dict[str, Any]:
    usual = typed(documents=documents(), request="form-announce", step="publish")
    return {name: value for name, value in (usual | changes).items() if value != ""}


def _sent(hall: stage.Hall, act: Callable[..., Any], form: dict[str, Any], *words: str) -> None:
    with clock(ANNOUNCED):
        act(enter(hall.people.agency.anew()), f"/desk/lots/{hall.code}/announce/", form, *words)


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"deadline": "明天上午"}, ("时间请写成 2026-03-26 09:30 的样子",)),
        ({"deadline": "2026-02-30T09:30"}, ("时间请写成",)),
        ({"deadline": "2026-06-23T25:30"}, ("时间请写成",)),
        ({"deadline": "20260623"}, ("时间请写成",)),
        ({"deadline": "99999-06-23T09:30"}, ("时间请写成",)),
        (
            {"sale_start": "", "sale_end": "", "deadline": ""},
            ("获取开始时间：请填写本项", "（开标时间）：请填写本项"),
        ),
        ({"deadline": "2026-06-10T09:30"}, ("不足 20 日",)),
        ({"deadline": "2026-06-27T09:30"}, ("不是工作日",)),
        ({"deadline": "2026-10-01T09:30"}, ("不是工作日",)),
        ({"deadline": "2020-06-23T09:30"}, ("不足 20 日",)),
        ({"sale_end": "2026-06-03T17:00"}, ("5 日",)),
        ({"sale_end": "2026-05-01T17:00"}, ("5 日",)),
        ({"deposit": "很多"}, ("无法识别金额“很多”",)),
        ({"deposit": "500万"}, ("2%",)),
        ({"ceiling": "-1"}, ("为负数",)),
        ({"validity_days": "0"}, ("投标有效期（日）：",)),
        ({"validity_days": "九十"}, ("请填写整数",)),
        ({"validity_days": "90.5"}, ("请填写整数",)),
        ({"validity_days": "9999999999"}, ("投标有效期（日）",)),
        (
            {"bidder_minutes": "5", "custodian_minutes": "1000"},
            ("投标人解密时间（分钟）：", "保管人释放份额时间（分钟）："),
        ),
        ({"venue": "长" * 201}, ("开标地点：",)),
        ({"qualification": "长" * 5001}, ("5000", "5001")),
        ({"base_price": "1000万"}, ("标底栏应填写承诺值，不能填写标底本身",)),
        ({"base_price": "sha256:12"}, ("标底栏应填写承诺值",)),
        ({"deadline": "9999-12-31T09:30"}, ("时间请写成",)),
        ({"sale_start": "9999-12-30T09:30"}, ("时间请写成",)),
        ({"deadline": "2026-06-23T09:30Z"}, ("时间请写成",)),
        ({"deadline": "2026-06-23T01:30:00+00:00"}, ("时间请写成",)),
        ({"remedy": "hope", "consortium": "maybe"}, ("请在所列各项中选择",)),
        (
            {"deadline": "2026-06-13T09:30", "sale_end": "2026-06-03T17:00", "deposit": "500万"},
            ("不足 20 日", "5 日", "2%"),
        ),
    ],
)
def test_a_tender_is_not_announced_with(hall: stage.Hall, changes: dict[str, str], words: tuple[str, ...]):
    _sent(hall, refused, _form(**changes), *words)
    assert queries.tender(hall.code).state is TenderState.DRAFTED


def test_a_tender_without_its_documents_is_not_announced(hall: stage.Hall):
    form = _form()
    del form["documents"]
    _sent(hall, refused, form, "招标文件")


@pytest.mark.parametrize(
    "name, content, words",
    [
        ("招标文件.exe", b"MZ", "平台不接收这种类型的文件"),
        ("招标文件.pdf", b"MZ\x90\x00", "内容与扩展名不符"),
        ("招标文件.txt", b"", "文件是空的"),
        ("招标文件.pdf.exe", b"%PDF-1.7", "平台不接收这种类型的文件"),
        ("无扩展名", b"text", "平台不接收这种类型的文件"),
    ],
)
def test_a_file_that_is_no_document_is_refused(hall: stage.Hall, name: str, content: bytes, words: str):
    _sent(hall, refused, _form(documents=SimpleUploadedFile(name, content)), words)


def test_a_file_above_the_cap_is_refused_with_the_cap(hall: stage.Hall, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(forms, "DOCUMENT_BYTES_MAX", 2 * 1024 * 1024)
    big = SimpleUploadedFile("招标文件.txt", b"x" * (3 * 1024 * 1024))
    _sent(hall, refused, _form(documents=big), "文件超过上限 2 MB")


def test_a_request_that_announces_too_much_is_answered_before_it_is_read(hall: stage.Hall):
    with clock(ANNOUNCED):
        client = enter(hall.people.agency.anew())
        answer = client.post(
            f"/desk/lots/{hall.code}/announce/", _form(), headers={"Content-Length": str(3 * 1024**3)}
        )
    assert answer.status_code == 413
    assert "文件太大" in answer.content.decode()


@pytest.mark.parametrize("deposit", ["400000", "40万", "４０万元", "肆拾万元整", "人民币四十万元"])
@pytest.mark.parametrize(
    "deadline", ["2026-06-23T09:30", "２０２６-０６-２３ ０９：３０", "2026年06月23日 09:30"]
)
def test_sums_and_days_may_be_written_as_people_write_them(hall: stage.Hall, deposit: str, deadline: str):
    _sent(hall, accepted, _form(deposit=deposit, deadline=deadline))
    tender = queries.tender(hall.code)
    assert tender.terms is not None and tender.deadline == stage.DEADLINE
    assert tender.terms.deposit.figures() == "400,000.00"


def test_documents_that_arrived_are_carried_over_a_mistake(hall: stage.Hall):
    def twice(client: Client, path: str, form: dict[str, Any]) -> None:
        first = client.post(path, form)
        assert first.status_code == 422
        page = first.content.decode()
        carried = page.split('name="carried" value="')[1].split('"')[0]
        assert "招标文件.txt" in page, summary(page)
        accepted(client, path, _form(carried=carried, documents=""))

    _sent(hall, twice, _form(deadline="2026-06-10T09:30"))


def test_forged_carried_documents_are_not_believed(hall: stage.Hall):
    _sent(hall, refused, _form(documents="", carried="eyJmYWtlIjoxfQ:1abc:forged"), "招标文件")
