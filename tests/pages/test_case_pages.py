"""案件的页面: the whole case by hand · the party's own page · who may see what · bad input."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.journal import services as journal_services
from ggzy.kernel.instants import local_date
from ggzy.oversight.cases import queries
from ggzy.oversight.cases.queries import deciding
from ggzy.oversight.powers import queries as listed
from ggzy.registers.credit import queries as credit
from tests.authority import staffed
from tests.pages.markup import faults
from tests.world import CITY, World, browser

FINE = {
    "text": "投标文件的制作设备相同，构成串通投标",
    "measures": ["fine", "ban", "retender"],
    "base": "1000万",
    "amount": "6万",
    "months": "12",
}


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, f"{path} answers {answer.status_code}"
    shown = answer.content.decode()
    assert faults(shown) == [], path
    return shown


def opened(world: World, client: Client) -> str:
    lot = world.lot()
    assert "S-04" in page(client, f"/desk/cases/open/?lot={lot}&source=alert&ref=Y-1")
    parties = "\n".join(player.organisation for player in world.bidders[:2])
    told = {"title": "串通投标案", "offence": "collusion", "parties": parties, "text": "设备相同"}
    answer = client.post(f"/desk/cases/open/?lot={lot}&source=alert&ref=Y-1", told)
    assert answer.status_code == 303
    return answer.headers["Location"]


def kept(client: Client, base: str) -> None:
    page(client, base + "evidence/")
    file = SimpleUploadedFile("比对.pdf", b"%PDF-1.4 evidence")
    assert client.post(base + "evidence/", {"title": "设备比对报告", "file": file}).status_code == 303


def test_supervisor_leads_a_case_from_the_alert_to_the_ban(world: World):
    authority = staffed(world)
    client = browser(world.supervisor)
    base = opened(world, client)
    shown = page(client, base)
    assert "监管预警 Y-1" in shown and "最迟作出决定" in shown and "履行职责" in shown
    kept(client, base)
    second = browser(authority.second)
    assert "（不足）" in page(second, base) and "参加办案" in page(second, base)
    page(second, base + "join/")
    assert second.post(base + "join/", {"sure": "on"}).status_code == 303
    digest = queries.cases(CITY, journal.now())[0].evidence[0].digest
    answer = client.get(f"{base}evidence/{digest}/")
    assert b"".join(answer) == b"%PDF-1.4 evidence"
    assert answer.headers["Content-Disposition"].startswith(
        "attachment; filename*=utf-8''%E6%AF%94%E5%AF%B9.pdf"
    )
    assert "千分之5至千分之10" in page(client, base + "notify/")
    assert client.post(base + "notify/", FINE).status_code == 303
    bidder = browser(world.bidders[0])
    code = base.split("/")[3]
    heard = page(bidder, f"/desk/heard/{code}/")
    assert "60,000.00" in heard and "市场禁入 12 个月" in heard and "最后一日" in heard
    assert bidder.post(f"/desk/heard/{code}/", {"text": "设备是租用的"}).status_code == 303
    assert browser(world.bidders[1]).post(f"/desk/heard/{code}/", {"text": "没有串通"}).status_code == 303
    assert "设备是租用的" in page(client, base)
    assert "法制审核的情形" in page(client, base + "propose/")
    assert client.post(base + "propose/", {**FINE, "grounds": ["complex"]}).status_code == 303
    told = {"document": "江建罚决〔2026〕1号", "sure": "on"}
    assert "承办人不能审核" in client.post(base + "decide/", told).content.decode()
    yes = {"agreed": "yes", "text": "事实清楚"}
    for player, step in ((authority.reviewer, "review"), *((head, "voice") for head in authority.heads)):
        judging = browser(player)
        assert base + step in page(judging, base)
        assert "60,000.00" in page(judging, f"{base}{step}/")
        assert judging.post(f"{base}{step}/", yes).status_code == 303
    judging = browser(authority.head)
    assert "3 人已发表意见，至少 2 人" in page(judging, base + "decide/")
    assert judging.post(base + "decide/", told).status_code == 303
    assert credit.is_banned(world.bidders[0].organisation, journal.now()) is not None
    page(client, base + "publish/")
    assert client.post(base + "publish/", {"sure": "on"}).status_code == 303
    assert "江建罚决〔2026〕1号" in page(Client(), "/penalties/")
    listed = Client().get("/api/oversight/penalties").json()["decisions"]
    assert [one["document"] for one in listed] == ["江建罚决〔2026〕1号"]
    (order,) = queries.cases(CITY, journal.now())[0].orders
    page(client, f"{base}orders/{order.code}/")
    assert client.post(f"{base}orders/{order.code}/", {"note": "已重新招标"}).status_code == 303
    page(client, base + "close/")
    assert client.post(base + "close/", {"reason": "罚款已缴纳"}).status_code == 303
    assert "已结案" in page(client, "/desk/cases/")


def test_who_read_the_file_is_shown_to_the_party_once_it_is_told_and_not_before(world: World):
    authority = staffed(world)
    client, second = browser(world.supervisor), browser(authority.second)
    base = opened(world, client)
    page(client, base)
    auditor, party, stranger = (browser(one) for one in (world.auditor, *world.bidders[1:3]))
    assert auditor.post(base, {"reason": "审计项目 2026-08"}).status_code == 303
    code = base.split("/")[3]
    before = page(party, "/desk/heard/")
    assert code not in before and "审计项目 2026-08" not in before and "履行职责" not in before
    kept(client, base)
    second.post(base + "join/", {"sure": "on"})
    assert client.post(base + "notify/", FINE).status_code == 303
    after = page(party, "/desk/heard/")
    assert code in after and "审计项目 2026-08" in after and "履行职责" in after
    assert "审计项目 2026-08" not in page(stranger, "/desk/heard/")


def test_a_party_reads_its_own_measures_with_their_range_before_those_of_others(world: World):
    authority = staffed(world)
    client, second = browser(world.supervisor), browser(authority.second)
    base = opened(world, client)
    kept(client, base)
    second.post(base + "join/", {"sure": "on"})
    assert client.post(base + "notify/", FINE).status_code == 303
    heard = page(browser(world.bidders[1]), f"/desk/heard/{base.split('/')[3]}/")
    told = [
        "（本单位）",
        "60,000.00",
        "法定 50,000.00 元至 100,000.00 元",
        "市场禁入 12 个月",
        "12 至 24 个月",
    ]
    places = [heard.index(words) for words in told]
    assert places == sorted(places) and places[-1] < heard.index("拟作出的处理（标段）")
    assert heard.index("拟作出的处理（标段）") < heard.index(
        f"拟作出的处理（{world.bidders[0].organisation_name}"
    )


def test_auditor_says_why_before_a_byte_leaves(world: World):
    client = browser(world.supervisor)
    base = opened(world, client)
    for reader in (world.auditor, world.inspector):
        watching = browser(reader)
        before = page(watching, base)
        assert "查阅事由" in before and "设备相同" not in before
        assert watching.post(base, {"reason": ""}).status_code == 422
        assert watching.post(base, {"reason": "审计项目 2026-08"}).status_code == 303
        assert "设备相同" in page(watching, base)
        steps = (
            "evidence",
            "join",
            "notify",
            "propose",
            "review",
            "voice",
            "return",
            "decide",
            "publish",
            "drop",
        )
        for step in (*(f"{one}/" for one in steps), "transfer/", "close/"):
            assert watching.get(base + step).status_code == 403


def test_no_page_of_a_case_shows_anything_before_the_reading_is_written(world: World):
    base = opened(world, browser(world.supervisor))
    code = base.split("/")[3]
    assert listed.readings(code) == ()
    page(browser(world.supervisor), base + "notify/")
    (reading,) = listed.readings(code)
    assert reading.reason == "履行职责，办理本件"


def test_evidence_leaves_only_after_the_reading_is_written(world: World):
    client = browser(world.supervisor)
    base = opened(world, client)
    page(client, base)
    kept(client, base)
    digest = queries.cases(CITY, journal.now())[0].evidence[0].digest
    path = f"{base}evidence/{digest}/"
    auditor = browser(world.auditor)
    assert auditor.get(path).status_code == 404
    auditor.post(base, {"reason": "审计"})
    assert auditor.get(path).status_code == 200
    assert auditor.get(f"{base}evidence/sha256:{'0' * 64}/").status_code == 404
    for stranger in (world.bidders[0], world.owner, world.operator, world.other_supervisor):
        assert browser(stranger).get(path).status_code in (403, 404)
        assert browser(stranger).get(base).status_code in (403, 404)
    assert browser(world.supervisor).get(f"/files/{digest}/").status_code == 404


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"amount": "1万"}, "罚款应在50,000.00元至100,000.00元之间"),
        ({"amount": ""}, "罚款没有写明金额"),
        ({"base": ""}, "没有写明中标"),
        ({"months": "120"}, "禁入期限为12至24个月"),
        ({"months": "一年"}, "月数请写成"),
        ({"measures": []}, "请至少选择一项"),
        ({"measures": ["hang"]}, "请在所列各项中选择"),
        ({"text": "因" * 5001}, "5001"),
    ],
)
def test_bad_proposals_are_answered_in_words(world: World, changes, words):
    client = browser(world.supervisor)
    base = opened(world, client)
    kept(client, base)
    answer = client.post(base + "notify/", {**FINE, **changes})
    shown = answer.content.decode()
    assert answer.status_code == 422 and words in shown and faults(shown) == []


@pytest.mark.parametrize("parties", ["不是代码", "91980100MA00000000", "", "\n".join(["1"] * 30)])
def test_bad_parties_are_answered_in_words(world: World, parties):
    client = browser(world.supervisor)
    told = {"title": "一案", "offence": "collusion", "parties": parties, "text": "线索"}
    answer = client.post("/desk/cases/open/", told)
    assert answer.status_code == 422 and faults(answer.content.decode()) == []
    assert queries.cases(CITY, journal.now()) == ()


def test_head_fills_the_posts_of_the_authority(world: World):
    authority = staffed(world)
    head, officer = browser(authority.head), browser(authority.officer)
    assert "钱法" in page(officer, "/desk/posts/") and officer.get("/desk/posts/appoint/").status_code == 403
    assert "S-21" in page(head, "/desk/posts/appoint/")
    told = {"person": authority.second.person, "kind": "reviewer", "paper": "法律职业资格 98-7"}
    assert head.post("/desk/posts/appoint/", told).status_code == 303
    again = head.post("/desk/posts/appoint/", told)
    assert again.status_code == 422 and "已是法制审核人员" in again.content.decode()
    (post,) = [one for one in deciding.posts(world.supervisor.organisation) if one.paper.endswith("98-7")]
    page(head, f"/desk/posts/{post.code}/")
    assert officer.post(f"/desk/posts/{post.code}/", {"reason": "调离"}).status_code == 403
    assert head.post(f"/desk/posts/{post.code}/", {"reason": "调离"}).status_code == 303
    assert head.get(f"/desk/posts/{post.code}/").status_code == 404
    for stranger in (world.bidders[0], world.inspector):
        assert browser(stranger).get("/desk/posts/").status_code == 403


def test_unknown_cases_and_steps_are_missing(world: World):
    client = browser(world.supervisor)
    base = opened(world, client)
    for path in ("/desk/cases/AJ0/", base + "approve/", f"{base}orders/x/", "/desk/cases/open/?lot=1"):
        assert client.get(path).status_code == 404, path
    assert browser(world.bidders[0]).get(f"/desk/heard/{base.split('/')[3]}/").status_code == 404


def test_overdue_case_says_so(world: World):
    client = browser(world.supervisor)
    opened(world, client)
    with journal_services.simulate(timedelta(days=100)):
        late = browser(world.supervisor)
        assert "已逾期" in page(late, "/desk/cases/")
    assert local_date(journal.now())


def test_list_of_powers_is_public_as_page_and_data(world: World):
    lot = world.lot()
    client = browser(world.supervisor)
    assert "权责事项" in page(client, f"/desk/lots/{lot}/brake/pull/")
    assert "处理供应商投诉" in page(Client(), "/powers/") and "责任岗位" in page(Client(), "/powers/S-04/")
    assert Client().get("/powers/S-99/").status_code == 404
    assert {row["code"] for row in Client().get("/api/oversight/powers").json()["powers"]} >= {
        "S-01",
        "S-04",
        "S-13",
    }
    assert Client().get("/api/oversight/exercises").json()["dataset"] == "400"
