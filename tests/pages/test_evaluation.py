"""评标的页面: a whole evaluation through the browser's door, and what each page says on the way."""

import itertools
import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.identity import services as people
from ggzy.foundation.identity.values import Method
from ggzy.foundation.identity.views import COOKIE
from ggzy.foundation.journal import queries as journal
from ggzy.foundation.sealing.content import PartFile
from ggzy.kernel import draw as lottery
from ggzy.kernel.actor import Actor
from ggzy.registers.parties.models import Party
from ggzy.trading.dossier import services as dossiers
from ggzy.trading.evaluation import queries
from ggzy.trading.evaluation.forms import again
from ggzy.trading.evaluation.values import TURNS, EvaluationState, MemberState, Purpose
from tests.pages import markup
from tests.services.evaluation import room as rooms
from tests.services.tendering import hall as halls

_requests = itertools.count(1)
PAPERS = (PartFile("图纸.pdf", b"%PDF-1.7 drawing"), PartFile("伪装.pdf", b"<script>alert(1)</script>"))


@pytest.fixture(scope="module")
def opened(django_db_setup: None, django_db_blocker: Any) -> Iterator[rooms.Room]:
    with rooms.stage(django_db_blocker):
        room = rooms.opened(rooms.COMPREHENSIVE, papers=PAPERS)
        dossiers.refresh(room.code)
        yield room


@pytest.fixture
def room(opened: rooms.Room, db: None) -> Iterator[rooms.Room]:
    with opened.clock():
        yield opened


def browser(actor: Actor) -> Client:
    """A browser that has signed in as this actor's person, in its first membership."""
    token, now = people.new_token(), datetime.now(UTC)
    held = identity.memberships(actor.person)[0]
    act = replace(actor, request=f"sign-in-{next(_requests)}")
    people.sign_in(act, held.id, token, Method.PASSWORD, seen_at=now, at=now)
    client = Client()
    client.cookies[COOKIE] = token
    return client


def see(client: Client, room: rooms.Room, path: str) -> str:
    """The page, which must be well made."""
    answer = client.get(f"/desk/lots/{room.code}/{path}")
    text = answer.content.decode()
    assert answer.status_code == 200, f"{path}: {answer.status_code} {text[-800:]}"
    assert markup.faults(text) == [], path
    return text


def send(client: Client, room: rooms.Room, path: str, **data: Any) -> None:
    """Sends a form that must be accepted."""
    answer = client.post(f"/desk/lots/{room.code}/{path}", data)
    assert answer.status_code == 303, f"{path}: {answer.status_code} {reasons(answer)}"


def reasons(answer: Any) -> str:
    text: str = answer.content.decode()
    start = text.find("error-summary")
    return text[start : start + 900]


def member(room: rooms.Room, seat: int) -> Client:
    return browser(room.member(seat))


def test_committee_is_drawn_called_and_seated_by_hand(room: rooms.Room) -> None:
    agency, operator = browser(room.agency()), browser(room.operator())
    supervisor, owner = browser(room.supervisor()), browser(room.owner())
    assert "还没有抽取" in see(agency, room, "draw/")
    see(agency, room, "draw/request/")
    send(
        agency, room, "draw/request/", region=halls.REGION, owner_seats="1",
        specialty1="a0801", count1="3", specialty2="A0802", count2="1",
    )  # fmt: skip
    draw = room.draw_id()
    nonces = commit_all(room, draw, {"centre": operator, "owner": agency, "supervisor": supervisor})
    page = see(operator, room, "draw/")
    assert "与投标人同一单位 1 人" in page and not any(f"专家{n:02d}" in page for n in range(16))
    send(operator, room, f"draw/{draw}/close/")
    assert "还不能办理" in see(operator, room, "draw/")
    for party, client in (("centre", operator), ("owner", agency), ("supervisor", supervisor)):
        see(client, room, f"draw/{draw}/reveal/")
        send(client, room, f"draw/{draw}/reveal/", nonce=nonces[party][0].hex())
    send(operator, room, f"draw/{draw}/run/")
    see(owner, room, "representative/")
    send(owner, room, "representative/", person=room.people.owner.actor.person)
    assert "评委1" in see(operator, room, "draw/")
    see(operator, room, "draw/seats/1/unreached/")
    for seat in room.seats():
        client = member(room, seat)
        invited = see(client, room, "invitation/")
        assert "江州一中" not in invited
        if seat <= 4:
            send(client, room, "invitation/", accepts="yes")
        assert client.get(f"/desk/lots/{room.code}/evaluation/").status_code == 404
        send(client, room, "invitation/", declared="on")
    now = queries.sitting(room.code)
    assert now is not None and {m.state for m in now.members} == {MemberState.SEATED}


def commit_all(room: rooms.Room, draw: str, givers: dict[str, Client]) -> dict[str, tuple[bytes, ...]]:
    """Every giver's commitments through its page; the nonces stay here."""
    found = {}
    for party, client in givers.items():
        nonces = tuple(secrets.token_bytes(32) for _ in range(TURNS))
        lines = [lottery.commitment(draw, party, turn, nonce).hex() for turn, nonce in enumerate(nonces)]
        assert draw in see(client, room, f"draw/{draw}/commit/")
        send(client, room, f"draw/{draw}/commit/", commitments="\n".join(lines))
        found[party] = nonces
    return found


def test_bids_are_reviewed_scored_and_signed_by_hand(room: rooms.Room) -> None:
    room.seat()
    clients = {seat: member(room, seat) for seat in room.seats()}
    assert "开始评标" in see(clients[2], room, "evaluation/")
    send(clients[2], room, "evaluation/begin/", chair="1")
    assert "还有 4 份没有看" in see(clients[2], room, "evaluation/")
    see(clients[1], room, "evaluation/bids/1/")
    send(
        clients[1], room, "evaluation/bids/1/", verdict="reject", grounds="unqualified", text="资质证书过期",
    )  # fmt: skip
    send(clients[1], room, "evaluation/bids/2/", verdict="pass")
    assert "资质证书过期" in see(clients[1], room, "evaluation/review/")
    for client in clients.values():
        send(client, room, "evaluation/review/")
    see(clients[1], room, "evaluation/finish-review/")
    send(clients[1], room, "evaluation/finish-review/", decision="go_on")
    assert "尚未提交评分" in see(clients[1], room, "evaluation/conclude/")
    assert "还没有打完任何一份投标" in see(clients[1], room, "evaluation/scores/")
    for client in clients.values():
        for number in range(1, 5):
            page = see(client, room, f"evaluation/bids/{number}/")
            assert "施工组织设计" in page
            send(client, room, f"evaluation/bids/{number}/?criterion=technical", points=str(80 + number))
            send(client, room, f"evaluation/bids/{number}/?criterion=record", points="70")
        assert "核对并提交评分" in see(client, room, "evaluation/")
        see(client, room, "evaluation/scores/")
        send(client, room, "evaluation/scores/")
    see(clients[1], room, "evaluation/conclude/")
    send(clients[1], room, "evaluation/conclude/")
    see(clients[1], room, "evaluation/reopen/")
    agency, supervisor = browser(room.agency()), browser(room.supervisor())
    assert agency.get(f"/desk/lots/{room.code}/report/").status_code == 404
    assert "中标候选人" in see(supervisor, room, "report/")
    for client in clients.values():
        see(client, room, "evaluation/sign/")
        send(client, room, "evaluation/sign/", dissent="")
    assert "中标候选人" in see(agency, room, "report/")
    found = queries.report(room.code)
    assert found is not None and found.state is EvaluationState.REPORTED


def test_a_member_is_told_of_namesakes_before_the_work_begins(room: rooms.Room) -> None:
    """Its own name is told to that member alone; one of the owner's side to everybody who judges."""
    room.seat()
    me = room.member(1)
    first, second, *_ = (bid.bidder.parties[0] for bid in queries.table(room.code).bids)
    mine = identity.person(me.person).name
    Party.objects.filter(pk=first).update(representative=mine)
    Party.objects.filter(pk=second).update(representative=f"{room.people.owner.name}经办人")
    page, other = see(browser(me), room, "evaluation/"), see(member(room, 2), room, "evaluation/")
    assert "开始评标" in page and f"法定代表人{mine}与您本人同名" in page and "办理回避" in page
    assert "您本人" not in other and f"与{room.people.owner.name}的工作人员同名" in other


@pytest.mark.parametrize(
    "data, words",
    [
        ({"points": "101"}, "分值应在 0 至 100 分之间"),
        ({"points": "80.3"}, "整数倍"),
        ({"points": "八十"}, "请填写数字"),
        ({"points": ""}, "请填写本项"),
    ],
)
def test_wrong_points_are_answered_in_words_and_kept(
    room: rooms.Room, data: dict[str, str], words: str
) -> None:
    room.pass_review()
    answer = member(room, 2).post(f"/desk/lots/{room.code}/evaluation/bids/1/?criterion=technical", data)
    text = answer.content.decode()
    assert answer.status_code == 422 and words in text and markup.faults(text) == []
    assert data["points"] in text


def test_points_for_a_criterion_the_scheme_does_not_have_are_not_taken(room: rooms.Room) -> None:
    room.pass_review()
    path = f"/desk/lots/{room.code}/evaluation/bids/1/?criterion=unknown"
    assert member(room, 2).get(path).status_code == 404
    assert member(room, 2).post(path, {"points": "80"}).status_code == 404


def test_bidder_answers_the_committee_by_hand(room: rooms.Room) -> None:
    room.begin()
    chair, bidder = member(room, 1), browser(room.bidder(0))
    assert "没有向本单位提出" in see(bidder, room, "explanations/")
    see(chair, room, "evaluation/bids/1/question/")
    send(chair, room, "evaluation/bids/1/question/", text="请说明报价构成", is_about_price="on")
    assert "请说明报价构成" in see(bidder, room, "explanations/")
    send(bidder, room, "explanations/", text="附成本分析")
    see(chair, room, "evaluation/bids/1/correction/")
    send(chair, room, "evaluation/bids/1/correction/", amount="1890万", reason="分项合计有误")
    assert "18,900,000.00元" in see(bidder, room, "explanations/")
    send(bidder, room, "explanations/", accepts="yes")
    assert browser(room.bidder(1)).get(f"/desk/lots/{room.code}/evaluation/").status_code == 404


def test_supervisor_sees_names_only_after_giving_a_reason(room: rooms.Room) -> None:
    room.seat()
    supervisor = browser(room.supervisor())
    assert "专家0" not in see(supervisor, room, "committee/")
    answer = supervisor.post(
        f"/desk/lots/{room.code}/committee/", {"reason": "核查举报线索", "case": "线索〔2026〕3号"}
    )
    assert answer.status_code == 303
    page = supervisor.get(answer.headers["Location"]).content.decode()
    assert page.count("评标专家") >= 4 and markup.faults(page) == []
    assert browser(room.operator()).get(f"/desk/lots/{room.code}/committee/").status_code == 404


def test_member_downloads_a_file_of_a_bid(room: rooms.Room) -> None:
    room.begin()
    answer = member(room, 3).get(f"/desk/lots/{room.code}/evaluation/bids/1/files/1/")
    assert answer.status_code == 200 and answer.headers["X-Content-Type-Options"] == "nosniff"
    words = answer.getvalue().decode()
    assert words.endswith("的商务标") and words in see(member(room, 3), room, "evaluation/bids/1/")
    outsider = next(
        a for p, a in room.experts.items() if p not in {room.member(s).person for s in (1, 2, 3, 4)}
    )
    assert browser(outsider).get(f"/desk/lots/{room.code}/evaluation/bids/1/files/1/").status_code == 404


def test_a_pdf_is_seen_beside_the_form_and_nothing_else_is(room: rooms.Room) -> None:
    room.begin()
    expert, files = member(room, 3), f"/desk/lots/{room.code}/evaluation/bids/1/files"
    answer = expert.get(f"/desk/lots/{room.code}/evaluation/bids/1/")
    page = answer.content.decode()
    assert f'<iframe src="{files}/2/view/"' in page and page.count("<iframe") == 1
    assert "frame-src 'self'" in answer["Content-Security-Policy"] and not markup.faults(page)
    shown = expert.get(f"{files}/2/view/")
    assert shown.getvalue() == PAPERS[0].data
    assert shown["Content-Type"] == "application/pdf" and shown["X-Content-Type-Options"] == "nosniff"
    assert shown["X-Frame-Options"] == "SAMEORIGIN" and shown["Cache-Control"] == "private, no-store"
    assert shown["Content-Security-Policy"].startswith("default-src 'none'; frame-ancestors 'self'")
    for index in (1, 3, 9):
        assert expert.get(f"{files}/{index}/view/").status_code == 404, "a text, a disguise, nothing"
    assert expert.get(f"{files}/3/")["Content-Type"] == "application/octet-stream"
    assert browser(room.bidder(0)).get(f"{files}/2/view/").status_code == 404


def test_scheme_is_published_by_hand(room: rooms.Room) -> None:
    code = rooms.lot(room.people, "comprehensive", rooms.PriceForm.AMOUNT)
    room = replace(room, code=code, at=halls.ANNOUNCED)
    with halls.clock(halls.ANNOUNCED):
        agency = browser(room.agency())
        see(agency, room, "scheme/")
        data = {
            "price_weight": "60", "entering": "passed", "trim": "one", "mean": "arithmetic",
            "shape": "deviation", "above": "2", "below": "1", "unit": "1", "steps": "linear",
            "k": "0.95，0.96 0.97", "rate_reading": "discount",
            "c1_name": "施工组织设计", "c1_kind": "subjective", "c1_weight": "30",
            **{f"c{n}_part": "technical" for n in range(1, 11)},
        }  # fmt: skip
        answer = agency.post(f"/desk/lots/{code}/scheme/", data)
        assert answer.status_code == 422 and "权重合计应为 100，现为 90" in answer.content.decode()
        send(agency, room, "scheme/", **(data | {"c1_weight": "40"}))
        assert "施工组织设计" in see(agency, room, "scheme/")
    scheme = queries.scheme(code)
    assert scheme is not None and [str(v) for v in scheme.coefficients[0].values] == ["0.95", "0.96", "0.97"]
    with halls.clock(halls.ANNOUNCED):  # what was published stands in the form, to be changed by one figure
        typed = {f"c{n}_part": "technical" for n in range(1, 11)} | again.typed(scheme)
        assert 'value="0.95, 0.96, 0.97"' in see(agency, room, "scheme/")
        send(agency, room, "scheme/", **typed)
    assert queries.scheme(code) == scheme


def test_lowest_price_scheme_is_published_by_hand(room: rooms.Room) -> None:
    code = rooms.lot(room.people, "lowest_price", rooms.PriceForm.AMOUNT)
    room = replace(room, code=code, at=halls.ANNOUNCED)
    with halls.clock(halls.ANNOUNCED):
        agency = browser(room.agency())
        see(agency, room, "scheme/")
        send(
            agency, room, "scheme/", rate_reading="discount", a1_name="工期", a1_unit="天",
            a1_threshold="360", a1_per="1", a1_amount="20000", a1_units_max="60",
        )  # fmt: skip
        assert "工期" in see(agency, room, "scheme/")


def test_every_role_is_led_to_its_pages(room: rooms.Room) -> None:
    room.pass_review()
    asked: list[tuple[Callable[[], Actor], list[str]]] = [
        (room.agency, ["scheme/", "draw/", "report/"]),
        (
            room.owner,
            ["scheme/", "draw/", "representative/", "report/", "evaluation/", "clues/", "evaluation/sign/"],
        ),
        (room.operator, ["draw/"]),
        (room.supervisor, ["draw/", "report/", "committee/"]),
        (lambda: room.member(1), ["evaluation/", "clues/", "evaluation/sign/"]),
        (lambda: room.bidder(0), ["explanations/"]),
    ]
    for actor, paths in asked:
        offers = queries.offers(actor(), room.code, room.at)
        assert [offer.path.removeprefix(f"/desk/lots/{room.code}/") for offer in offers] == paths
    found = queries.draw(room.code, Purpose.COMMITTEE)
    assert found is not None and timedelta(0) <= room.at - found.requested_at


def test_a_member_reads_the_clues_and_that_is_written_first(room: rooms.Room) -> None:
    room.pass_review()
    member, path = browser(room.member(1)), f"/desk/lots/{room.code}/clues/"
    assert "不是结论" in see(member, room, "clues/")
    assert not list(journal.facts(prefix=f"lot/{room.code}", kinds=["clues.read"]))
    shown = member.post(path, {"request": "clues-1"})
    assert shown.status_code == 200 and markup.faults(shown.content.decode()) == []
    assert "没有线索不等于没有串通" in shown.content.decode()
    (fact,) = journal.facts(prefix=f"lot/{room.code}", kinds=["clues.read"])
    assert (fact.audience, fact.actor.person, fact.event.seat) == ("restricted", room.member(1).person, 1)
    for stranger in (room.bidder(0), room.agency(), room.operator()):
        assert browser(stranger).post(path, {"request": "x"}).status_code == 404
