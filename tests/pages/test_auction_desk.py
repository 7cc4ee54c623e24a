"""竞价标的在工作台上: every role at every stage sees its own next step, and nobody sees who applies."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from ggzy.kernel.codes import LotCode
from ggzy.trading.auctions import queries
from ggzy.trading.dossier import services as dossiers
from ggzy.trading.notices import queries as notices
from tests.pages import markup
from tests.pages.auction_stages import STAGES, people, sold
from tests.world import World, browser, clock


def text(answer: Any) -> str:
    return answer.content.decode()


def read(page: str) -> str:
    """What a reader sees: the words without the tags."""
    return re.sub(r"<[^>]+>", "", page)


@pytest.fixture(params=STAGES)
def scene(request: pytest.FixtureRequest, world: World) -> tuple[str, LotCode, Any]:
    lot, when = STAGES[request.param](world)
    with clock(when):
        dossiers.refresh(lot)
    return request.param, lot, when


def addresses() -> list[str]:
    """Every page of the desk on a lot."""
    found = []

    def walk(patterns: list[Any], path: str) -> None:
        for one in patterns:
            here = path + str(one.pattern)
            if isinstance(one, URLResolver):
                walk(one.url_patterns, here)
            elif isinstance(one, URLPattern) and here.startswith(
                ("desk/lots/<str:code>/", "lots/<str:code>/")
            ):
                found.append(here)

    walk(get_resolver().url_patterns, "")
    return found


def filled(path: str, lot: LotCode, party: str) -> str:
    path = path.replace("<str:code>", lot).replace("<str:party>", party)
    return "/" + re.sub(r"<(int|slug|str):\w+>", lambda gap: "1" if gap[1] == "int" else "none", path)


TURN = {
    ("registered", "owner"): "发布公告", ("registered", "agency"): "发布公告",
    ("announced", "bidder"): "报名", ("applied", "operator"): "确认竞买资格",
    ("opened", "bidder"): "进入竞价室", ("closed", "agency"): "确定竞价结果",
    ("sold", "owner"): "签署成交确认书", ("failed", "owner"): "再次公告",
}  # fmt: skip
TENDER_WORDS = ("发布招标公告", "指定开标密钥保管人", "抽取专家", "重新招标", "投标截止与开标", "评标委员会")


def test_whose_turn_it_is_stands_on_the_workbench_and_no_word_of_a_tender(scene: Any, world: World):
    name, lot, when = scene
    with clock(when):
        for who, player in people(world).items():
            answer = browser(player).get(f"/desk/lots/{lot}/")
            if answer.status_code == 404:
                continue
            page = text(answer)
            assert markup.faults(page) == [], (who, markup.faults(page))
            wanted = TURN.get((name, who))
            turns = page.split("轮到您办理")[1].split("</section>")[0] if "轮到您办理" in page else ""
            assert wanted is None or wanted in turns, f"{who} at {name}: {turns}"
            assert not [word for word in TENDER_WORDS if word in page], f"{who} at {name}"


def test_no_page_of_the_desk_breaks_on_an_auction(scene: Any, world: World):
    name, lot, when = scene
    party = str(world.bidders[0].organisation)
    with clock(when):
        for who, player in people(world).items():
            desk = browser(player)
            for path in addresses():
                answer = desk.get(filled(path, lot, party))
                assert answer.status_code < 500, f"{path} for {who} at {name}"


@pytest.mark.parametrize("name", ["applied", "admitted", "opened"])
def test_before_the_end_no_page_tells_who_applies(world: World, name: str):
    lot, when = STAGES[name](world)
    mine = world.bidders[0]
    with clock(when):
        dossiers.refresh(lot)
        for who, player in people(world).items():
            if who == "bidder" or (who == "operator" and name == "applied"):
                continue
            desk = browser(player)
            for path in addresses():
                answer = desk.get(filled(path, lot, str(mine.organisation)))
                if answer.headers["Content-Type"].startswith("text/html"):
                    page = read(text(answer))
                    assert mine.organisation_name not in page, f"{path} tells {who} at {name}"


BOARD = {
    ("registered", "agency"): "编制并发布公告", ("applied", "bidder"): "缴纳竞买保证金",
    ("applied", "operator"): "确认竞买资格", ("admitted", "bidder"): "竞价开始，进入竞价室",
    ("opened", "bidder"): "正在竞价，进入竞价室", ("opened", "operator"): "正在竞价",
    ("closed", "owner"): "确定竞价结果", ("sold", "owner"): "签署成交确认书",
    ("failed", "agency"): "再次公告，或终止本标的",
}  # fmt: skip


def test_boards_say_what_is_due(scene: Any, world: World):
    name, lot, when = scene
    with clock(when):
        for who in ("owner", "agency", "bidder", "operator", "supervisor", "auditor"):
            page = text(browser(people(world)[who]).get("/desk/"))
            todo = page.split('id="todo-title"')[1].split("</section>")[0]
            wanted = BOARD.get((name, who))
            assert wanted is None or (wanted in todo and lot in todo), f"{who} at {name}: {todo}"
            assert "编制招标方案" not in todo and "主持开标" not in todo, f"{who} at {name}"


def test_the_public_page_tells_the_conditions_and_the_result(scene: Any, world: World, client: Any):
    name, lot, when = scene
    with clock(when):
        answer = client.get(f"/lots/{lot}/")
        if name == "registered":
            assert answer.status_code == 404
            return
        page = text(answer)
        assert markup.faults(page) == []
        for words in (
            "2,590,000.00 元",
            "518,000.00 元",
            "每次 10,000.00 元",
            "结束前 5 分钟内有新报价的",
            "出让须知.txt",
        ):
            assert words in read(page), f"{words} is missing at {name}"
        assert ("溢价率" in page) == (name == "sold")
        body = read(page.split("<main")[1].split('id="evidence"')[0]).replace("招标拍卖挂牌", "")
        assert not [word for word in ("开标", "招标", "投标") if word in body], body


def test_pages_of_an_auction_ask_little_of_the_database(world: World):
    lot, when = sold(world)
    with clock(when):
        dossiers.refresh(lot)
        for player, path, most in (
            (world.owner, f"/desk/lots/{lot}/", 40), (world.owner, f"/desk/lots/{lot}/auction/", 30),
            (world.bidders[0], f"/desk/lots/{lot}/auction/apply/", 35), (world.operator, "/desk/", 30),
            (world.owner, f"/lots/{lot}/", 35), (world.owner, f"/desk/lots/{lot}/auction/sign/", 25),
        ):  # fmt: skip
            desk = browser(player)
            with CaptureQueriesContext(connection) as asked:
                assert desk.get(path).status_code == 200
            assert len(asked) <= most, f"{path} asks {len(asked)} times"


def test_only_these_roles_may_open_these_pages(world: World):
    lot, when = sold(world)
    owners = {"owner", "agency"}
    opens = {
        "": set(people(world)),
        "announce/": owners, "extend/": owners, "consent/": owners, "relist/": owners, "settle/": owners, "default/": owners,
        "apply/": {"bidder", "other bidder"}, "applications/": {"operator"}, "prepare/": {"operator"},
    }  # fmt: skip
    with clock(when):
        for verb, roles in opens.items():
            found = {
                who
                for who, player in people(world).items()
                if browser(player).get(f"/desk/lots/{lot}/auction/{verb}").status_code == 200
            }
            assert found == roles, verb
        won = queries.winner_of(lot, 1)
        winner = next(one for one in world.bidders if one.organisation == won)
        signs = {
            who
            for who, player in {**people(world), "winner": winner}.items()
            if browser(player).get(f"/desk/lots/{lot}/auction/sign/").status_code == 200
        }
        assert signs - {"bidder"} == {"owner", "winner"}


def test_notices_of_an_auction_speak_its_words(world: World, client: Any):
    lot, when = sold(world)
    with clock(when):
        dossiers.refresh(lot)
        for notice in notices.notices(lot=lot):
            page = text(client.get(f"/notices/{notice.id}/"))
            assert markup.faults(page) == []
            body = read(page.split("<main")[1].split("</main>")[0])
            assert "出让人" in body and "宗地编号" in body and "宗地名称" in body
            wrong = [word for word in ("招标人", "投标", "中标", "标段名称") if word in body]
            assert not wrong, f"{notice.kind}: {wrong}"
