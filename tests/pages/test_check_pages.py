"""双随机、一公开的页面: a check by hand, two givers, in public · who may open what · bad input."""

import pytest
from django.test import Client

from ggzy.kernel import draw as lottery
from tests import world as cast
from tests.pages.markup import faults
from tests.world import World, browser

NONCE = {"supervisor": "11" * 32, "centre": "22" * 32}


@pytest.fixture
def team(world: World):
    authority = (world.supervisor.organisation, world.supervisor.organisation_name)
    return [cast._player(name, world.supervisor.role, *authority) for name in ("甲", "乙", "丙")]


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, f"{path} answers {answer.status_code}"
    shown = answer.content.decode()
    assert faults(shown) == [], path
    return shown


def planned(client: Client) -> str:
    answer = client.post("/desk/checks/plan/", {"item": "bidder", "region": "980100"})
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_check_is_run_by_hand_and_in_public(world: World, team):
    supervisor, centre = browser(world.supervisor), browser(world.operator)
    assert "S-13" in page(supervisor, "/desk/checks/plan/")
    base = planned(supervisor)
    code = base.split("/")[3]
    for party, client in (("supervisor", supervisor), ("centre", centre)):
        assert "承诺值" in page(client, base + "nonce/commit/")
        promise = lottery.commitment(code, party, 0, bytes.fromhex(NONCE[party])).hex()
        assert client.post(base + "nonce/commit/", {"commitment": promise}).status_code == 303
    page(supervisor, base + "close/")
    assert supervisor.post(base + "close/", {"sure": "on"}).status_code == 303
    for party, client in (("supervisor", supervisor), ("centre", centre)):
        page(client, base + "nonce/reveal/")
        assert client.post(base + "nonce/reveal/", {"nonce": NONCE[party]}).status_code == 303
    assert supervisor.post(base + "draw/", {"sure": "on"}).status_code == 303
    told = Client().get(f"/api/oversight/checks/{code}").json()
    (firm,) = [one for one in told["drawn"] if one["group"] == "normal"]
    assert firm["name"] in page(Client(), f"/checks/{code}/") and "检查结果" not in page(
        Client(), f"/checks/{code}/"
    )
    page(supervisor, base + "recuse/")
    page(supervisor, f"{base}{firm['subject']}/result/")
    result = {"finding": "rectify", "text": "人员未到岗", "rectify_by": "2027-01-31"}
    assert supervisor.post(f"{base}{firm['subject']}/result/", result).status_code == 303
    assert supervisor.post(base + "publish/", {"sure": "on"}).status_code == 303
    assert "人员未到岗" in page(Client(), f"/checks/{code}/")
    page(supervisor, base)
    page(supervisor, f"{base}{firm['subject']}/recheck/")
    assert supervisor.post(f"{base}{firm['subject']}/recheck/", {"text": "已整改"}).status_code == 303
    assert "已整改" in page(Client(), f"/checks/{code}/") and "对象" in page(Client(), "/checks/")


def test_who_opens_what(world: World, team):
    base = planned(browser(world.supervisor))
    for watcher in (world.inspector, world.auditor, world.operator):
        client = browser(watcher)
        page(client, base)
        page(client, "/desk/checks/")
        assert (
            client.get(base + "close/").status_code == 403
            and client.get("/desk/checks/plan/").status_code == 403
        )
    assert browser(world.auditor).get(base + "nonce/commit/").status_code == 403
    for stranger in (world.owner, world.bidders[0], world.experts[0]):
        assert browser(stranger).get(base).status_code == 403
        assert browser(stranger).get("/desk/checks/").status_code == 403
    assert browser(world.other_supervisor).get(base).status_code == 404
    assert Client().get("/checks/CC0/").status_code == 404


def test_bad_input_is_answered_in_words(world: World, team):
    supervisor = browser(world.supervisor)
    base = planned(supervisor)
    for data, words in (
        ({"commitment": "xyz"}, "64 位十六进制数"),
        ({"commitment": "11"}, "64 位十六进制数"),
        ({"commitment": ""}, "请填写本项"),
    ):
        answer = supervisor.post(base + "nonce/commit/", data)
        assert answer.status_code == 422 and words in answer.content.decode()
    answer = supervisor.post(base + "close/", {"sure": "on"})
    assert answer.status_code == 422 and "一方不能单独决定结果" in answer.content.decode()
    answer = supervisor.post("/desk/checks/plan/", {"item": "weather", "region": "1"})
    assert answer.status_code == 422
    for path in ("nonce/steal/", "steal/", "x/result/"):
        assert supervisor.get(base + path).status_code == 404
