"""坏的投标与评分: codes, consortia, files, points; what a bidder or a member mistypes is named and kept."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.sealing import package as packages
from ggzy.kernel.digest import digest
from ggzy.trading.evaluation import queries as evaluation
from ggzy.trading.tendering import queries
from tests.flows.door import accepted, enter, refused
from tests.services.evaluation import room as rooms
from tests.services.tendering import hall as stage
from tests.services.tendering.hall import BIDDING, DEADLINE, clock

LONG_NAME = "云岭建设集团与江州设计院联合体" * 66 + "云岭建设集团与江州设计"


@pytest.fixture
def hall(db: None) -> stage.Hall:
    """A tender that takes bids."""
    return stage.announced()


def _kept(hall: stage.Hall, number: int = 0) -> str:
    """A sealed file of that firm, already with the platform."""
    return stage.seal(hall, hall.people.firms[number])


def _submit(hall: stage.Hall) -> str:
    return f"/desk/lots/{hall.code}/bid/submit/"


def _bytes(hall: stage.Hall) -> bytes:
    firm = hall.people.firms[0]
    stage.seal(hall, firm)
    file = io.BytesIO()
    packages.write_package(hall.sealed[firm.code], file)
    return file.getvalue()


@pytest.mark.parametrize(
    "members, words",
    [
        ("不是代码", ("不是代码：统一社会信用代码应为18位，您填写的是4位",)),
        ("91980100000001019X", ("校验位不正确",)),
        ("91980100 0000\n91980100000001019X", ("您填写的是8位", "您填写的是4位", "校验位不正确")),
    ],
)
def test_every_wrong_code_of_a_consortium_is_named(hall: stage.Hall, members: str, words: tuple[str, ...]):
    with clock(BIDDING):
        client = enter(hall.people.firms[0].anew())
        refused(client, _submit(hall), {"package": _kept(hall), "members": members}, *words)


def test_a_member_who_is_not_registered_and_one_who_bids_alone_are_both_named(hall: stage.Hall):
    one, two = hall.people.firms[0], hall.people.firms[1]
    stage.submit(hall, two)
    stranger = stage.CreditCode.make(region=stage.REGION, serial=4711)
    with clock(BIDDING):
        form = {"package": _kept(hall), "members": f"{two.code}\n{stranger}", "name": "联合体"}
        words = ("联合体成员未在主体库登记", "已单独或在另一联合体中投标")
        refused(enter(one.anew()), _submit(hall), form, *words)


def test_a_consortium_may_have_a_name_of_a_thousand_characters(hall: stage.Hall):
    assert len(LONG_NAME) == 1001
    with clock(BIDDING):
        client, two = enter(hall.people.firms[0].anew()), hall.people.firms[1]
        form = {"package": _kept(hall), "members": str(two.code), "name": LONG_NAME[:1000]}
        accepted(client, _submit(hall), form)
        shown = client.get(f"/desk/lots/{hall.code}/bid/receipt/").content.decode()
    assert LONG_NAME[:1000] in shown
    assert stage.mine(hall, hall.people.firms[0]).bidder.name == LONG_NAME[:1000]


def test_a_name_of_more_than_two_thousand_characters_is_too_long(hall: stage.Hall):
    with clock(BIDDING):
        client = enter(hall.people.firms[0].anew())
        form = {"package": _kept(hall), "name": "云" * 2001}
        refused(client, _submit(hall), form, "联合体名称：", "2000", "2001")


@pytest.mark.parametrize(
    "package", ["", "sha256:" + "0" * 64, "sha256:zz", "x" * 80, "../../etc/passwd", "sm3:" + "0" * 64]
)
def test_a_file_that_never_arrived_is_not_submitted(hall: stage.Hall, package: str):
    with clock(BIDDING):
        client, head = enter(hall.people.firms[0].anew()), journal.head()
        answer = client.post(_submit(hall), {"package": package})
    assert answer.status_code in (404, 422)
    assert journal.head() == head
    assert queries.my_bid(hall.code, hall.people.firms[0].code) is None


def test_a_file_of_somebody_else_is_not_submitted(hall: stage.Hall):
    with clock(BIDDING):
        client = enter(hall.people.firms[0].anew())
        answer = client.post(_submit(hall), {"package": _kept(hall, 1)})
    assert answer.status_code in (404, 422)
    assert queries.my_bid(hall.code, hall.people.firms[0].code) is None


@pytest.mark.parametrize(
    "spoil, words",
    [
        (lambda data: b"%PDF-1.7", "内容与扩展名不符"),
        (lambda data: data[: len(data) // 2], "投标文件"),
        (lambda data: data + b"\0" * 100, "投标文件"),
        (lambda data: b"", "文件是空的"),
    ],
    ids=["plain", "half", "a tail", "empty"],
)
def test_a_spoilt_file_is_refused_on_arrival(hall: stage.Hall, spoil: Any, words: str):
    with clock(BIDDING):
        client = enter(hall.people.firms[0].anew())
        file = SimpleUploadedFile("投标文件.sbe", spoil(_bytes(hall)))
        refused(client, f"/desk/lots/{hall.code}/bid/upload/", {"package": file}, words)


@pytest.mark.parametrize("place", [0.5, 0.9, 1.0])
def test_one_bit_that_changed_on_the_way_is_found_before_the_bid_counts(hall: stage.Hall, place: float):
    data, firm = bytearray(_bytes(hall)), hall.people.firms[0]
    data[int((len(data) - 1) * place)] ^= 1
    with clock(BIDDING):
        client = enter(firm.anew())
        file = SimpleUploadedFile("投标文件.sbe", bytes(data))
        client.post(f"/desk/lots/{hall.code}/bid/upload/", {"package": file})
        kept = digest(bytes(data))
        refused(client, _submit(hall), {"package": kept}, "投标文件")
    assert queries.my_bid(hall.code, firm.code) is None


def test_a_late_bid_is_named_late_even_with_other_mistakes(hall: stage.Hall):
    for firm in hall.people.firms[1:4]:
        stage.submit(hall, firm)
    kept = _kept(hall)
    with clock(DEADLINE):
        answer = enter(hall.people.firms[0].anew()).post(_submit(hall), {"package": kept})
    assert answer.status_code == 422
    assert "截止" in answer.content.decode()
    assert queries.my_bid(hall.code, hall.people.firms[0].code) is None


@pytest.fixture(scope="module")
def opened(django_db_setup: None, django_db_blocker: Any) -> Iterator[rooms.Room]:
    with rooms.stage(django_db_blocker):
        room = rooms.opened(rooms.COMPREHENSIVE)
        with room.clock():
            room.pass_review()
        yield room


@pytest.fixture
def room(opened: rooms.Room, db: None) -> Iterator[rooms.Room]:
    with opened.clock():
        yield opened


POINTS = "evaluation/bids/1/?criterion=technical"


@pytest.mark.parametrize(
    "points, words",
    [
        ("", "分值：请填写本项"),
        ("八十", "请填写数字"),
        ("NaN", "请填写数字"),
        ("Infinity", "请填写数字"),
        ("1e2", "请填写数字"),
        ("1e999999999", "请填写数字"),
        ("8_0", "请填写数字"),
        ("80,5", "请填写数字"),
        ("0x50", "请填写数字"),
        ("-0.5", "分值应在 0 至 100 分之间"),
        ("100.5", "分值应在 0 至 100 分之间"),
        ("80.3", "整数倍"),
        ("9" * 25, "分值："),
    ],
)
def test_points_that_do_not_count_are_named_and_kept(room: rooms.Room, points: str, words: str):
    path = f"/desk/lots/{room.code}/{POINTS}"
    refused(enter(room.member(2)), path, {"points": points, "note": "说明"}, words)


@pytest.mark.parametrize("points", ["80.5", "８０．５", " 80.50 ", "+80.5"])
def test_points_may_be_typed_in_full_width(room: rooms.Room, points: str):
    accepted(enter(room.member(2)), f"/desk/lots/{room.code}/{POINTS}", {"points": points})
    drafts = evaluation.drafts(room.code, room.member(2).person)
    assert any(content.rstrip("0") == "80.5" for content, _ in drafts.values())


def test_scores_with_gaps_name_every_gap(room: rooms.Room):
    path = f"/desk/lots/{room.code}/evaluation/scores/"
    refused(enter(room.member(2)), path, {"reason": ""}, "评分")


@pytest.mark.parametrize("number", ["0", "9", "999999999999"])
def test_a_bid_that_is_not_on_the_table_is_not_found(room: rooms.Room, number: str):
    answer = enter(room.member(2)).post(
        f"/desk/lots/{room.code}/evaluation/bids/{number}/?criterion=technical", {"points": "80"}
    )
    assert answer.status_code == 404
