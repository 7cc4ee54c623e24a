"""投诉举报台的页面: the tip without a sign-in, the call taken down, the complaint through its machine; bad input."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import LotCode
from ggzy.kernel.instants import local_date
from ggzy.oversight.cases.queries import complaints as desk
from ggzy.oversight.powers import queries as listed
from ggzy.trading.dossier import services as dossiers
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Phase
from tests.pages.markup import faults
from tests.world import CITY, START, World, browser


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, f"{path} answers {answer.status_code}"
    shown = answer.content.decode()
    assert faults(shown) == [], path
    return shown


def contested(world: World) -> str:
    lot = world.lot()
    projects.advance(lot, Phase.CONTESTED, START)
    dossiers.refresh(lot)
    return lot


def told(**changes: str) -> dict[str, str]:
    known = {
        "matter": "award",
        "respondent": "江州市城市建设管理处",
        "known_on": (local_date(journal.now()) - timedelta(days=1)).isoformat(),
        "text": "定标违反规定",
        "request_text": "认定定标无效",
    }
    return known | changes


def test_citizen_reports_without_a_name_and_follows_it_by_the_code(world: World):
    citizen = Client()
    assert "不记录您的网络地址" in page(citizen, "/complaints/write/")
    file = SimpleUploadedFile("录音.zip", b"PK\x05\x06" + b"\0" * 18)
    answer = citizen.post("/complaints/write/", {"category": "report", "text": "评委收受好处", "file": file})
    shown = answer.content.decode()
    assert answer.status_code == 200 and faults(shown) == []
    found = re.search(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){3}", shown)
    assert found is not None and "匿名，作为线索受理" in shown
    supervisor = browser(world.supervisor)
    (tip,) = desk.petitions(CITY, journal.now())
    assert tip.code in page(supervisor, "/desk/petitions/")
    base = f"/desk/petitions/{tip.code}/"
    assert "评委收受好处" in page(supervisor, base)
    path = f"{base}files/{tip.new.files[0]}/"
    assert b"".join(supervisor.get(path)).startswith(b"PK")
    page(supervisor, base + "route/")
    assert supervisor.post(base + "route/", {"to": "clue", "note": "核查"}).status_code == 303
    assert supervisor.post(base + "answer/", {"text": "已立案查处"}).status_code == 303
    page(citizen, "/complaints/follow/")
    followed = citizen.post("/complaints/follow/", {"key": found.group().lower()}).content.decode()
    assert (
        faults(followed) == []
        and "已立案查处" in followed
        and "作为线索核查" in followed
        and "履行职责" in followed
    )
    wrong = citizen.post("/complaints/follow/", {"key": "AAAA-BBBB"})
    assert wrong.status_code == 422 and "查询码不正确" in wrong.content.decode()
    for stranger in (world.owner, world.bidders[0], world.operator):
        assert browser(stranger).get(base).status_code == 403
        assert browser(stranger).get(path).status_code == 403
    assert browser(world.other_supervisor).get(base).status_code == 200  # of no region


def test_discipline_reads_a_tip_about_supervisors_says_why_and_its_author_sees_it(world: World):
    citizen = Client()
    told = {"category": "report", "text": "监督人员收受好处"}
    shown = citizen.post("/complaints/write/", told).content.decode()
    found = re.search(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){3}", shown)
    (tip,) = desk.petitions(CITY, journal.now())
    base = f"/desk/petitions/{tip.code}/"
    assert found is not None
    for watcher in (world.inspector, world.auditor):
        watching = browser(watcher)
        assert tip.code in page(watching, "/desk/petitions/")
        before = page(watching, base)
        assert "查阅事由" in before and "收受好处" not in before
        assert watching.post(base, {"reason": f"核查 {watcher.name}"}).status_code == 303
        after = page(watching, base)
        assert "收受好处" in after and base + "answer/" not in after
        for step in ("answer/", "route/"):
            assert watching.get(base + step).status_code == 403
        assert watching.get("/desk/petitions/record/").status_code == 403
        followed = citizen.post("/complaints/follow/", {"key": found.group()}).content.decode()
        assert f"核查 {watcher.name}" in followed


def test_operator_takes_a_call_down_and_cannot_open_it_again(world: World):
    client = browser(world.operator)
    page(client, "/desk/petitions/record/")
    call = {"channel": "hotline", "category": "consult", "text": "怎样交保证金", "name": "张三"}
    assert client.post("/desk/petitions/record/", call).status_code == 303
    shown = page(client, "/desk/petitions/")
    (one,) = desk.petitions(CITY, journal.now())
    assert one.code not in shown and "怎样交保证金" not in shown and one.new.region == CITY


def test_bidder_complains_and_the_supervisor_leads_it_to_the_published_decision(world: World):
    lot = contested(world)
    bidder, supervisor, owner = browser(world.bidders[0]), browser(world.supervisor), browser(world.owner)
    shown = page(bidder, f"/desk/lots/{lot}/complain/")
    assert "没有先提出的，不予受理" in shown and "3个工作日内决定是否受理" in shown
    assert bidder.post(f"/desk/lots/{lot}/complain/", told()).status_code == 303
    (one,) = desk.complaints(CITY)
    base = f"/desk/complaints/{one.code}/"
    assert "待受理" in page(bidder, "/desk/complaints/") and "撤回投诉" in page(bidder, base)
    assert owner.get(base).status_code == 404
    assert world.bidders[0].organisation_name in page(supervisor, "/desk/complaints/")
    page(supervisor, base)
    for step, data in (
        ("accept", {"sure": "on"}),
        ("copy", {"sure": "on"}),
        ("stay", {"workdays": "5", "reason": "专家评审"}),
    ):
        page(supervisor, f"{base}{step}/")
        assert supervisor.post(f"{base}{step}/", data).status_code == 303, step
    assert "定标违反规定" in page(owner, base)
    page(owner, base + "reply/")
    assert owner.post(base + "reply/", {"text": "定标合法"}).status_code == 303
    decision = {"outcome": "upheld", "document": "江建投诉〔2026〕1号", "text": "定标无效，责令重新定标"}
    assert "S-01" in page(supervisor, base + "decide/")
    assert supervisor.post(base + "decide/", decision).status_code == 303
    public = page(Client(), "/complaints/")
    assert "江建投诉〔2026〕1号" in public and world.bidders[0].organisation_name not in public
    data = Client().get("/api/oversight/complaints").json()
    assert (
        data["rows"][0]["HANDLE_RESULT"] == "定标无效，责令重新定标" and data["statistics"][0]["count"] == 1
    )
    assert "定标合法" in page(bidder, base) and "履行职责" in page(bidder, base)
    dossiers.refresh(LotCode(lot))
    assert "投诉处理决定" in page(Client(), f"/lots/{lot}/record/")


def test_complaint_on_the_result_is_not_accepted_without_an_objection(world: World):
    lot = contested(world)
    browser(world.bidders[0]).post(f"/desk/lots/{lot}/complain/", told(matter="result"))
    (one,) = desk.complaints(CITY)
    supervisor = browser(world.supervisor)
    base = f"/desk/complaints/{one.code}/"
    assert "没有查到先行的异议" in page(supervisor, base)
    assert "没有查到先行的异议" in page(supervisor, base + "accept/")
    page(supervisor, base + "refuse/")
    assert supervisor.post(base + "refuse/", {"grounds": [], "text": "x"}).status_code == 422
    refused = {"grounds": ["not_objected"], "text": "未先提出异议"}
    assert supervisor.post(base + "refuse/", refused).status_code == 303
    assert "应先提出异议" in page(browser(world.bidders[0]), base)


@pytest.mark.parametrize("step", ["accept/", "refuse/"])
def test_no_step_of_a_complaint_is_shown_before_the_reading_is_written(world: World, step: str):
    lot = contested(world)
    browser(world.bidders[0]).post(f"/desk/lots/{lot}/complain/", told())
    (one,) = desk.complaints(CITY)
    page(browser(world.supervisor), f"/desk/complaints/{one.code}/{step}")
    assert len(listed.readings(one.code)) == 1
    page(browser(world.bidders[0]), f"/desk/complaints/{one.code}/withdraw/")
    assert len(listed.readings(one.code)) == 1


def test_who_sees_a_complaint(world: World):
    lot = contested(world)
    client = browser(world.bidders[0])
    client.post(f"/desk/lots/{lot}/complain/", told())
    (one,) = desk.complaints(CITY)
    base = f"/desk/complaints/{one.code}/"
    for stranger, status in (
        (world.bidders[1], 404), (world.owner, 404), (world.other_supervisor, 404), (world.operator, 403),
        (world.experts[0], 403),
    ):  # fmt: skip
        assert browser(stranger).get(base).status_code == status, stranger.name
    auditor = browser(world.auditor)
    assert "查阅事由" in page(auditor, base) and "定标违反规定" not in page(auditor, base)
    assert auditor.post(base, {"reason": "审计 8 号"}).status_code == 303
    assert "定标违反规定" in page(auditor, base) and "审计 8 号" in page(client, base)
    assert (
        auditor.get(base + "accept/").status_code == 403 and client.get(base + "approve/").status_code == 404
    )
    page(client, base + "withdraw/")
    assert client.post(base + "withdraw/", {"sure": "on"}).status_code == 303


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"matter": "weather"}, "请在所列各项中选择"),
        ({"known_on": "2099-01-01"}, "知道的日期不能晚于今天"),
        ({"known_on": "昨天"}, "日期请写成"),
        ({"text": ""}, "请填写本项"),
        ({"text": "因" * 5001}, "5001"),
    ],
)
def test_bad_complaints_are_answered_in_words(world: World, changes, words):
    lot = contested(world)
    answer = browser(world.bidders[0]).post(f"/desk/lots/{lot}/complain/", told(**changes))
    assert answer.status_code == 422 and words in answer.content.decode() and desk.complaints(CITY) == ()


@pytest.mark.parametrize(
    "data, words",
    [
        ({}, "请填写本项"),
        ({"category": "bribe", "text": "x"}, "请在所列各项中选择"),
        ({"category": "report", "text": "x", "lot": "1"}, "标段"),
        ({"category": "report", "text": "因" * 5001}, "5001"),
        ({"category": "report", "text": "<script>alert(1)</script>", "name": "名" * 201}, "201"),
    ],
)
def test_bad_tips_are_answered_in_words_and_kept_nowhere(world: World, data, words):
    answer = Client().post("/complaints/write/", data)
    shown = answer.content.decode()
    assert answer.status_code == 422 and words in shown and faults(shown) == []
    assert "<script>alert" not in shown and desk.petitions(CITY, journal.now()) == ()
