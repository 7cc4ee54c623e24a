"""The lot's page, the workbench and the boards: for every role what the matrix says."""

from datetime import date

import pytest
from django.test import Client

from ggzy.foundation.journal import timers
from ggzy.oversight.cases import services as cases
from ggzy.trading.dossier import services as dossiers
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Order
from ggzy.trading.tendering import services as tendering
from tests.pages.roles import ROLES, person
from tests.services.credit.bans import ban
from tests.services.tendering import hall as stage

DESK = ["/desk/", "/desk/lots/", "/desk/follow/"]
OWN = {"bidder": "/desk/bids/", "custodian": "/desk/shares/", "operator": "/desk/day/"}


@pytest.mark.parametrize("path", [*DESK, "/desk/journal/"])
def test_stranger_is_led_to_the_door(db, client: Client, path: str):
    answer = client.get(path)
    assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/?next=")


def test_desk_answers_every_role(announced: stage.Hall, sign_in):
    for role in ROLES:
        browser = sign_in(person(announced, role))
        assert {browser.get(path).status_code for path in DESK} == {200}, role


def test_lists_are_for_those_who_hold_something(announced: stage.Hall, sign_in):
    stage.submit(announced, announced.people.firms[0])
    for role in ROLES:
        browser = sign_in(person(announced, role))
        found = {path: browser.get(path).status_code for path in OWN.values()}
        wanted = {path: 200 if role == holder else 403 for holder, path in OWN.items()}
        if role in ("owner", "agency"):
            wanted[OWN["operator"]] = 200  # they conduct openings too
        assert found == wanted, role


def test_own_bids_are_listed(announced: stage.Hall, sign_in):
    stage.submit(announced, announced.people.firms[0])
    page = sign_in(announced.people.firms[0]).get("/desk/bids/").content.decode()
    assert "江州一中教学楼施工" in page and "已递交" in page


def test_a_bid_that_is_in_may_be_replaced_and_one_withdrawn_is_gone(announced: stage.Hall, sign_in):
    firm = announced.people.firms[0]
    stage.submit(announced, firm)
    with stage.clock(stage.BIDDING):
        assert "投标文件可替换或撤回" in sign_in(firm).get("/desk/").content.decode()
        tendering.withdraw_bid(firm.anew(), announced.code)
        assert "投标文件可替换或撤回" not in sign_in(firm).get("/desk/").content.decode()


def test_journal_is_for_those_who_may_read_it(announced: stage.Hall, sign_in):
    found = {role: sign_in(person(announced, role)).get("/desk/journal/").status_code for role in ROLES}
    assert found == {role: 200 if role == "supervisor" else 403 for role in ROLES}


def test_workbench_lists_commands_alive_or_explained(announced: stage.Hall, sign_in):
    for role in ROLES:
        page = sign_in(person(announced, role)).get(f"/desk/lots/{announced.code}/")
        assert page.status_code == 200
        text = page.content.decode()
        assert text.count("disabled>") == text.count("<p>还不能办理"), role


def test_bidder_may_not_see_a_lot_before_it_is_announced(db, sign_in):
    cast = stage.cast()
    code = stage.lot(cast)
    stranger, own = sign_in(cast.firms[0]), sign_in(cast.agency)
    from ggzy.trading.dossier import services as dossiers

    dossiers.refresh(code)
    assert stranger.get(f"/desk/lots/{code}/").status_code == 404
    assert stranger.get(f"/lots/{code}/").status_code == 404
    assert Client().get(f"/lots/{code}/").status_code == 404
    assert own.get(f"/lots/{code}/").status_code == 200


def test_workbench_says_whose_turn_it_is(announced: stage.Hall, sign_in):
    page = sign_in(announced.people.firms[0]).get(f"/desk/lots/{announced.code}/").content.decode()
    assert "江州第1建设有限公司 · 投标人" in page


def test_workbench_tells_a_barred_firm_why_before_anything_else(announced: stage.Hall, sign_in):
    barred, free = announced.people.firms[:2]
    entry = ban(barred.code, stage.BIDDING)
    with stage.clock(stage.BIDDING):
        path = f"/desk/lots/{announced.code}/"
        top = sign_in(barred).get(path).content.decode().partition("<h1>")[0]
        assert "本单位不能参加本标段" in top and entry in top and "云建罚〔2026〕7号" in top
        for other in (free, announced.people.agency):
            assert entry not in sign_in(other).get(path).content.decode()


def test_workbench_tells_a_barred_agency_why(announced: stage.Hall, sign_in):
    agency = announced.people.agency
    assert agency.actor.organisation is not None
    entry = ban(agency.actor.organisation, stage.BIDDING, ground="agency_misconduct")
    with stage.clock(stage.BIDDING):
        page = sign_in(agency).get(f"/desk/lots/{announced.code}/").content.decode()
    top = page.partition("<h1>")[0]
    assert "本单位不能代理本标段" in top and entry in top


def test_lot_page_and_its_endings(opened: stage.Hall, client: Client):
    for move in timers.due(stage.DEADLINE):
        move()
    for ending in ("", "record/", "index.json", "index.ics", "dossier.zip"):
        assert client.get(f"/lots/{opened.code}/{ending}").status_code == 200, ending


def test_lot_page_answers_the_three_questions(opened: stage.Hall, client: Client):
    page = client.get(f"/lots/{opened.code}/").content.decode()
    assert "评标中" in page and "下一步" in page and "19000000元" in page
    assert all(firm.name in page for firm in opened.people.firms[:3])


def test_lot_page_shows_the_brake(announced: stage.Hall, client: Client):
    order = Order("江州市住房和城乡建设局", "正在核查投诉", "招标投标法实施条例 第六十二条", date(2026, 7, 1))
    with stage.clock(stage.BIDDING) as at:
        projects.suspend(announced.people.supervisor.anew(), announced.code, order, at=at)
    dossiers.refresh(announced.code)
    page = client.get(f"/lots/{announced.code}/").content.decode()
    assert "本标段已暂停" in page and "■" in page


def test_record_hides_from_the_public_what_is_not_disclosed(announced: stage.Hall, client: Client, sign_in):
    stage.submit(announced, announced.people.firms[0])
    public = client.get(f"/lots/{announced.code}/record/").content.decode()
    watched = sign_in(announced.people.supervisor).get(f"/lots/{announced.code}/record/").content.decode()
    assert "投标文件已递交" not in public and "投标文件已递交" not in watched


def test_a_visitor_of_the_lot_is_told_what_to_do(announced: stage.Hall, client: Client):
    with stage.clock(stage.BIDDING):
        page = client.get(f"/lots/{announced.code}/").content.decode()
    assert "登录后投标" in page and f"/sign-in/?next=%2Fdesk%2Flots%2F{announced.code}" in page


def test_a_lot_whose_clock_stands_still_counts_nothing_down(announced: stage.Hall, client: Client):
    with stage.clock(stage.BIDDING) as at:
        projects.pause(announced.code, "objection", at=at)
        page = client.get(f"/lots/{announced.code}/").content.decode()
    assert "期限停止计算" in page and "答复后顺延" in page and "data-countdown" not in page


def test_a_suspended_lot_says_who_why_and_until_when(announced: stage.Hall, client: Client):
    order = Order("江州市住房和城乡建设局", "收到投诉", "招标投标法实施条例 §62", date(2026, 7, 1))
    with stage.clock(stage.BIDDING) as at:
        cases.pull_brake(announced.people.supervisor.anew(), announced.code, order, at=at)
        dossiers.refresh(announced.code)
        page = client.get(f"/lots/{announced.code}/").content.decode()
    for words in (order.authority, order.reason, order.article, "7月1日"):
        assert words in page


def test_a_lot_is_at_hand_as_soon_as_it_is_registered(db, sign_in):
    cast = stage.cast()
    code = stage.lot(cast)  # no follower has heard of it
    page = sign_in(cast.agency).get(f"/desk/lots/{code}/")
    assert page.status_code == 200 and "发布招标公告" in page.content.decode()


def test_what_ends_a_lot_stands_last(announced: stage.Hall, sign_in):
    page = sign_in(announced.people.agency).get(f"/desk/lots/{announced.code}/").content.decode()
    ready = page.split("可以办理</h2>")[1].split("</section>")[0]
    assert ready.rindex("<a ") == ready.index(
        '<a class="button button-quiet" href="/desk/lots/' + str(announced.code) + "/terminate/"
    )
