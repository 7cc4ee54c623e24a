"""刹车的页面: the effect before the order, the order by hand, its review and release; who may not; bad input."""

from datetime import timedelta

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.instants import local_date
from ggzy.oversight.cases import queries
from ggzy.trading.projects import queries as projects
from tests.pages.markup import faults
from tests.world import World, browser


def order(**changes: str) -> dict[str, str]:
    later = local_date(journal.now()) + timedelta(days=10)
    known = {
        "authority": "江州市住房和城乡建设局",
        "reason": "收到投诉，需要核查",
        "article": "招标投标法实施条例 §62",
        "review_on": later.isoformat(),
        "sure": "on",
    }
    return {name: text for name, text in (known | changes).items() if text}


def test_supervisor_stops_reviews_and_releases_by_hand(world: World):
    lot = world.lot()
    client, path = browser(world.supervisor), f"/desk/lots/{lot}/brake/"
    shown = client.get(path + "pull/").content.decode()
    for words in ("确认前请看", "期限", "通知", "名单不向任何人显示", "江州市住房和城乡建设局"):
        assert words in shown
    assert faults(shown) == [] and faults(client.get(path).content.decode()) == []
    assert client.post(path + "pull/", order()).status_code == 303
    assert projects.lot(lot).suspended
    page = client.get(path).content.decode()
    assert "本标段已暂停" in page and faults(page) == []
    listed = client.get("/desk/brakes/").content.decode()
    assert "收到投诉" in listed and faults(listed) == []
    later = (local_date(journal.now()) + timedelta(days=20)).isoformat()
    assert faults(client.get(path + "review/").content.decode()) == []
    assert client.post(path + "review/", {"reason": "仍在核查", "review_on": later}).status_code == 303
    assert faults(client.get(path + "release/").content.decode()) == []
    assert client.post(path + "release/", order(reason="核查完毕")).status_code == 303
    assert queries.brake(lot, journal.now()) is None
    assert "以前的暂停令" in client.get(path).content.decode()


def test_supervisor_ends_a_lot_by_hand(world: World):
    lot = world.lot()
    client, path = browser(world.supervisor), f"/desk/lots/{lot}/brake/end/"
    assert client.post(path, order(sure="")).status_code == 422
    assert client.post(path, order()).status_code == 303
    assert projects.lot(lot).terminated
    again = client.get(path).content.decode()
    assert "标段已经终止" in again and faults(again) == []


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"reason": ""}, "请填写本项"),
        ({"article": ""}, "请填写本项"),
        ({"review_on": "明天"}, "日期请写成"),
        ({"review_on": "2020-01-01"}, "复查日期应在明日起90日之内"),
        ({"sure": ""}, "请勾选本项后再继续"),
        ({"reason": "因" * 5001}, "5001"),
    ],
)
def test_bad_input_is_answered_in_words_and_nothing_is_stopped(world: World, changes, words):
    lot = world.lot()
    answer = browser(world.supervisor).post(f"/desk/lots/{lot}/brake/pull/", order(**changes))
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page and faults(page) == []
    assert not projects.lot(lot).suspended


def test_brake_is_in_the_hands_of_the_regions_supervisor_only(world: World):
    lot = world.lot()
    paths = [f"/desk/lots/{lot}/brake/{step}" for step in ("", "pull/", "review/", "release/", "end/")]
    players = (
        world.owner, world.agency, world.operator, world.auditor, world.inspector, world.bidders[0],
        world.other_supervisor, world.supervisor,
    )  # fmt: skip
    for player in players:
        client = browser(player)
        for path in paths:
            status = client.get(path).status_code
            assert status == (200 if player is world.supervisor else status) and status in (200, 403, 404)
            assert (status == 200) is (player is world.supervisor), (player.name, path)
    assert browser(world.other_supervisor).get("/desk/brakes/").status_code == 200
    assert browser(world.owner).get("/desk/brakes/").status_code == 403


def test_discipline_and_audit_see_what_is_stopped_and_stop_nothing(world: World):
    lot = world.lot()
    assert browser(world.supervisor).post(f"/desk/lots/{lot}/brake/pull/", order()).status_code == 303
    for watcher in (world.inspector, world.auditor):
        shown = browser(watcher).get("/desk/brakes/").content.decode()
        assert "收到投诉，需要核查" in shown and f"/desk/lots/{lot}/brake/" not in shown
        assert faults(shown) == []
