"""入场登记的页面: every page for every role, the catalogue's answer, bad input, the same form twice."""

import re
from datetime import timedelta

import pytest

from ggzy.registers.catalog import queries as catalog
from ggzy.registers.catalog.values import Side
from ggzy.trading.projects import queries
from tests.pages.markup import faults
from tests.world import START, World, browser, clock

LOT = {
    "content": "望江路道路改造 1.2 公里及排水",
    "title": "施工标段",
    "estimate": "498万",
    "nature": "",
    "deal_category": "",
    "method": "open_tender",
    "scoring": "comprehensive",
    "price_form": "amount",
}


def project_form(world: World, **changes: str) -> dict[str, str]:
    known = {
        "title": "望江路改造工程",
        "owner": str(world.owner.organisation),
        "region": "980102",
        "funding": "财政资金",
    }
    return known | changes


def test_agency_registers_a_project_and_a_lot_by_hand(world: World):
    client = browser(world.agency)
    answer = client.post("/desk/projects/register/", project_form(world))
    assert answer.status_code == 303, answer.content.decode()
    page = client.get(answer["Location"])
    assert "望江路改造工程" in page.content.decode() and "云岭省江州市望江区" in page.content.decode()
    answer = client.post(answer["Location"] + "lots/register/", LOT)
    assert answer.status_code == 303
    (lot,) = queries.lots(owner=world.owner.organisation)
    assert answer["Location"] == f"/desk/lots/{lot.code}/" and lot.estimate.figures() == "4,980,000.00"
    assert (lot.nature, lot.code.category) == ("works", "A02")


def test_catalogue_answers_before_anything_is_registered(world: World):
    code = world.project()
    world.lot(code, estimate=queries.lot(world.lot(code)).estimate)
    before = queries.count()
    answer = browser(world.agency).post(f"/desk/projects/{code}/lots/register/", LOT | {"check": "1"})
    page = answer.content.decode()
    assert answer.status_code == 200 and queries.count() == before
    for words in ("必须进场", "市政", "公开招标", "最早投标截止、开标", "招标投标法 §24", "99,600.00"):
        assert words in page, words
    assert "498万" in page and faults(page) == []


def test_small_lots_are_pointed_out_before_they_are_registered(world: World):
    code = world.project()
    world.lot(code, estimate=type(queries.lot(world.lot(code)).estimate).yuan("2500000"))
    with clock(START + timedelta(days=1)):
        answer = browser(world.agency).post(
            f"/desk/projects/{code}/lots/register/", LOT | {"check": "1", "estimate": "250万"}
        )
    assert "化整为零" in answer.content.decode()


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"estimate": "很多钱"}, "很多钱"),
        ({"estimate": "-5"}, "-5"),
        ({"estimate": ""}, "请填写本项"),
        ({"title": "长" * 1000}, "最多200个字，现为1000个字"),
        ({"content": ""}, "请填写本项"),
        ({"method": "dice"}, "请在所列各项中选择"),
        ({"content": "某某", "title": "甲"}, "未选择交易分类"),
    ],
)
def test_bad_input_is_answered_in_words_and_nothing_is_cleared(world: World, changes, words):
    code = world.project()
    answer = browser(world.agency).post(f"/desk/projects/{code}/lots/register/", LOT | changes)
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page and "<title>错误：" in page
    assert "498万" in page or "estimate" in changes
    assert queries.count(project=code) == 0 and faults(page) == []


def test_wrong_code_of_the_owner_names_what_is_wrong(world: World):
    form = project_form(world, owner="12980100 00000 0019X")
    answer = browser(world.agency).post("/desk/projects/register/", form)
    assert answer.status_code == 422 and "校验位不正确" in answer.content.decode()


def test_same_form_sent_twice_is_one_lot(world: World):
    code = world.project()
    client = browser(world.agency)
    page = client.get(f"/desk/projects/{code}/lots/register/").content.decode()
    found = re.search(r'name="request" value="(\w+)"', page)
    assert found
    sent = LOT | {"request": found[1]}
    places = {client.post(f"/desk/projects/{code}/lots/register/", sent)["Location"] for _ in range(2)}
    assert len(places) == 1 and queries.count(project=code) == 1
    stale = client.post(f"/desk/projects/{code}/lots/register/", sent | {"title": "另一标段"})
    assert stale.status_code == 422 and "内容与上次不同" in stale.content.decode()


def test_pages_answer_every_role_as_the_matrix_says(world: World):
    code = world.project()
    lot = world.lot(code)
    owners, readers = {world.owner, world.agency}, {world.operator, world.supervisor, world.auditor}
    pages = {
        "/desk/projects/": owners | readers | {world.bidders[0]},
        f"/desk/projects/{code}/": owners | readers,
        "/desk/projects/register/": owners,
        "/desk/lots/register/": owners,
        f"/desk/projects/{code}/lots/register/": owners,
        f"/desk/lots/{lot}/rulebook/": owners | readers,
        f"/desk/lots/{lot}/terminate/": owners,
    }
    for player in {*owners, *readers, world.bidders[0], world.other_owner}:
        client = browser(player)
        for path, allowed in pages.items():
            answer = client.get(path)
            wanted = player in allowed or (player is world.other_owner and path in GENERAL)
            assert (answer.status_code == 200) is wanted, (player.name, path, answer.status_code)
            if wanted:
                assert faults(answer.content.decode()) == [], path
            else:
                assert answer.status_code in (403, 404)


GENERAL = ("/desk/projects/", "/desk/projects/register/", "/desk/lots/register/")


def test_owner_ends_a_lot_by_hand_and_only_with_a_tick(world: World):
    lot = world.lot()
    client = browser(world.owner)
    form = {"reason": "规划调整", "article": "招标投标法实施条例 §31"}
    refused = client.post(f"/desk/lots/{lot}/terminate/", form)
    assert refused.status_code == 422 and "规划调整" in refused.content.decode()
    assert client.post(f"/desk/lots/{lot}/terminate/", form | {"sure": "on"}).status_code == 303
    assert queries.lot(lot).terminated
    again = client.get(f"/desk/lots/{lot}/terminate/").content.decode()
    assert "标段已经终止" in again and faults(again) == []


def test_lists_ask_few_questions(world: World, django_assert_max_num_queries):
    project = world.project()
    for number in range(5):
        world.lot(project, title=f"{number}标段")
    client = browser(world.owner)
    with django_assert_max_num_queries(20):
        client.get(f"/desk/projects/{project}/")


SOLD = [one for one in catalog.categories() if one.is_open and one.traits]


@pytest.mark.parametrize("category", SOLD, ids=lambda one: one.key)
@pytest.mark.parametrize("player", ["owner", "agency"])
def test_a_lot_of_every_category_is_registered_by_hand(world: World, category, player):
    code = world.project(funding="" if category.side is Side.SELL else "财政资金")
    client = browser(getattr(world, player))
    address = f"/desk/projects/{code}/lots/register/?category={category.codes[0].code}"
    page = client.get(address).content.decode()
    assert faults(page) == []
    assert all(trait.label in page for trait in category.traits) and f"登记{category.lot_word}" in page
    sent = {"content": "演练用的标的", "title": "望江区一号标的", "estimate": "259万"}
    sent |= {f"trait_{trait.code}": trait.example for trait in category.traits}
    method = next(code for code in category.methods if not catalog.is_scored(code))
    sent |= {"deal_category": category.codes[-1].code, "method": method}
    asked = client.post(address, sent | {"check": "1"})
    assert asked.status_code == 200 and "最早竞价（挂牌）开始" in asked.content.decode()
    assert faults(asked.content.decode()) == []
    gap = client.post(address, sent | {f"trait_{category.traits[0].code}": ""})
    assert gap.status_code == 422 and queries.count(project=code) == 0
    assert client.post(address, sent).status_code == 303
    (lot,) = queries.lots(project=code)
    assert (lot.category, lot.method, lot.scoring, lot.must_tender) == (category.key, method, "", False)
    assert [one.text for one in lot.particulars] == [trait.example for trait in category.traits]
    shown = client.get(f"/desk/lots/{lot.code}/").content.decode()
    assert faults(shown) == [], category.key
    announce = f"/desk/lots/{lot.code}/auction/announce/"
    assert announce in shown and client.get(announce).status_code == 200


def test_a_purchase_without_funding_is_refused_at_its_lot(world: World):
    code = world.project(funding="")
    answer = browser(world.agency).post(f"/desk/projects/{code}/lots/register/", LOT)
    assert answer.status_code == 422 and "项目没有填写资金来源" in answer.content.decode()
