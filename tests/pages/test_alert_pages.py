"""预警的页面: the supervisor reads and decides by hand; who may not; bad input; empty; how many questions a page asks."""

import re
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.instants import local_date
from ggzy.kernel.verdict import Refused
from ggzy.oversight.alerts import indicators, models, queries, services
from ggzy.oversight.alerts.values import Finding
from ggzy.oversight.alerts.values.alerts import AlertState
from ggzy.oversight.alerts.views import buttons
from ggzy.oversight.powers import queries as powers
from tests.pages.markup import faults
from tests.services.alerts.stage import passed_on, second_wins
from tests.world import World, browser

WHY = "已核对放弃声明和公示记录"
ORDER = ("事实", "规则与依据", "常见程度", "可能的正当解释", "相同主体的其他预警", "办理")


def test_a_supervisor_reads_an_alert_in_the_order_of_its_questions(world: World):
    row, other = second_wins(world), second_wins(world)
    page = browser(world.supervisor).get(f"/desk/alerts/{row.code}/").content.decode()
    places = [page.index(f">{words}</h2>") for words in ORDER]
    assert places == sorted(places)
    assert "排名第 2" in page and "放弃中标" in page and world.bidders[0].organisation_name in page
    assert f"/desk/alerts/{other.code}/" in page and "触发率" in page
    assert f"/desk/cases/open/?source=alert&amp;ref={row.code}" in page
    assert faults(page) == []


def test_asked_by_hand_answered_by_hand_and_dismissed_by_hand(world: World):
    row, firm = second_wins(world), world.bidders[0]
    client, path = browser(world.supervisor), f"/desk/alerts/{row.code}/"
    due = (local_date(journal.now()) + timedelta(days=5)).isoformat()
    assert faults(client.get(path + "ask/").content.decode()) == []
    asked = {"party": firm.organisation, "text": "请说明第一名为何未中标", "due_on": due}
    assert client.post(path + "ask/", asked).status_code == 303
    theirs = browser(firm)
    listed = theirs.get("/desk/explanations/").content.decode()
    assert "请说明第一名为何未中标" in listed and faults(listed) == []
    mine = f"/desk/explanations/{row.code}/"
    shown = theirs.get(mine).content.decode()
    assert "排名第 2" not in shown and faults(shown) == []
    assert theirs.post(mine, {"text": "第一名已书面放弃"}).status_code == 303
    assert "第一名已书面放弃" in client.get(path).content.decode()
    assert client.post(path + "dismiss/", {"reason": ""}).status_code == 422
    assert client.post(path + "dismiss/", {"reason": WHY}).status_code == 303
    assert queries.alert(row.code).state is AlertState.DISMISSED
    page = client.get(path).content.decode()
    assert "这项预警已经办结" in page and WHY in page and faults(page) == []
    assert WHY not in client.get("/desk/alerts/").content.decode()
    assert path in client.get("/desk/alerts/?state=decided").content.decode()


@pytest.mark.parametrize(
    "step, data",
    [
        ("confirm", {"reason": WHY}),
        ("transfer", {"target": "police", "office": "江州市公安局", "reason": WHY, "document": ""}),
    ],
)
def test_confirmed_and_handed_on_by_hand(world: World, step, data):
    row = second_wins(world)
    client, path = browser(world.supervisor), f"/desk/alerts/{row.code}/{step}/"
    assert faults(client.get(path).content.decode()) == []
    assert client.post(path, {**data, "reason": "无"}).status_code == 422
    assert client.post(path, data).status_code == 303
    assert not queries.alert(row.code).is_open


def test_who_may_read_and_who_may_not(world: World):
    row = second_wins(world)
    path = f"/desk/alerts/{row.code}/"
    for player in (world.supervisor, world.inspector, world.auditor):
        page = browser(player).get(path)
        assert page.status_code == 200
        assert ("不予处置（说明理由）" in page.content.decode()) is (player is world.supervisor)
    for player in (world.owner, world.agency, world.operator, world.bidders[0], world.experts[0]):
        client = browser(player)
        for shut in ("/desk/alerts/", path, path + "dismiss/", "/desk/indicators/", "/desk/indicators/P06/"):
            assert client.get(shut).status_code in (403, 404), (player.name, shut)
        assert client.get("/api/oversight/alerts").status_code == 403
    elsewhere = browser(world.other_supervisor)
    assert elsewhere.get(path).status_code == 404
    assert row.code not in elsewhere.get("/desk/alerts/").content.decode()
    assert browser(world.inspector).get(path + "dismiss/").status_code == 403
    assert browser(world.bidders[1]).get(f"/desk/explanations/{row.code}/").status_code == 404


def test_what_lists_alerts_says_nothing_of_what_they_say_and_whom_they_name(world: World):
    """Nothing is journalled for a list: so it has the indicator, the object, the grade, when and how it stands."""
    row = second_wins(world)
    firm = world.bidders[0]
    circle = models.Alert.objects.create(
        code="YJCIRCLE000001", indicator="B14", version=1, group="g", grade="yellow", lot=None, region=row.region,
        category=row.category, authority="", sentence=f"{firm.organisation_name} 等三家总在一起", reason="内情",
        raised_at=row.raised_at, changed_at=row.raised_at,
    )  # fmt: skip
    models.AlertParty.objects.create(alert=circle, party=firm.organisation)
    client = browser(world.supervisor)
    lists = ("/desk/alerts/?state=all", "/desk/", "/api/oversight/alerts", "/desk/indicators/B14/")
    for address in lists:
        said = client.get(address).content.decode()
        assert circle.code in said, address
        for secret in (row.sentence, circle.sentence, firm.organisation_name, firm.organisation):
            assert secret not in said, (address, secret)
    assert not (powers.readings(row.code) or powers.readings(circle.code))
    one = client.get(f"/desk/alerts/{row.code}/").content.decode()
    assert circle.code in one and circle.sentence not in one and circle.reason not in one
    assert powers.readings(row.code) and not powers.readings(circle.code)


def test_who_only_reads_says_why_before_a_byte_leaves_and_the_parties_see_it_once_told(world: World):
    row, firm = second_wins(world), world.bidders[0]
    path = f"/desk/alerts/{row.code}/"
    for reader in (world.auditor, world.inspector):
        client, api = browser(reader), f"/api/oversight/alerts/{row.code}"
        before = client.get(path).content.decode()
        assert "查阅事由" in before and "S-14" in before and row.sentence not in before
        assert client.get(api).status_code == 403 and row.sentence not in client.get(api).content.decode()
        assert client.post(path, {"reason": ""}).status_code == 422
        assert powers.readings(row.code) == () or reader is world.inspector
        assert client.post(path, {"reason": f"审计项目 {reader.name}"}).status_code == 303
        assert row.sentence in client.get(path).content.decode()
        assert client.get(api).json()["sentence"] == row.sentence
        assert row.code not in browser(firm).get("/desk/heard/").content.decode()
    browser(world.supervisor).post(path + "dismiss/", {"reason": "核对过，属于正常情形"})
    theirs, owners = (browser(one).get("/desk/heard/").content.decode() for one in (firm, world.owner))
    for reader in (world.auditor, world.inspector):
        assert f"审计项目 {reader.name}" in theirs and f"审计项目 {reader.name}" in owners
    assert row.code in theirs and row.sentence not in theirs
    assert row.code not in browser(world.bidders[3]).get("/desk/heard/").content.decode()


@pytest.mark.parametrize("door", ["/desk/alerts/{}/", "/desk/alerts/{}/dismiss/", "/api/oversight/alerts/{}"])
def test_who_handles_it_reads_by_duty_and_once_an_hour_that_is_written(world: World, door):
    row = second_wins(world)
    client = browser(world.supervisor)
    for _ in range(2):
        assert client.get(door.format(row.code)).status_code == 200
    (one,) = powers.readings(row.code)
    told = journal.entry(one.height)
    assert told.kind == "file.read" and one.reason == "履行职责，办理本件"
    assert world.owner.organisation in one.concerning and world.bidders[0].organisation in one.concerning


def test_a_reading_by_the_interface_gives_its_reason_in_the_address(world: World):
    row = second_wins(world)
    client = browser(world.auditor)
    assert client.get(f"/api/oversight/alerts/{row.code}?reason=年度审计").status_code == 200
    assert [one.reason for one in powers.readings(row.code)] == ["年度审计"]


def test_every_button_of_an_alert_stands_on_a_row_of_the_list(world: World, monkeypatch):
    row = second_wins(world)
    found = queries.alert(row.code)
    offered = buttons.of(found, found.lot)
    assert {one.action for one in offered} == {
        "alert.ask", "alert.dismiss", "alert.confirm", "alert.transfer", "case.open", "brake.pull",
    }  # fmt: skip
    page = browser(world.supervisor).get(f"/desk/alerts/{row.code}/").content.decode()
    shown = page.split('<div class="offer">')[1:]
    rows = [re.search(r"权责事项 <a[^>]*>(S-\d+)", one) for one in shown]
    assert len(shown) == len(offered) and all(rows), shown
    assert [found[1] for found in rows if found] == ["S-20", "S-04", "S-20", "S-20", "S-20", "S-10"]
    assert all(one.power and one.verdict.ok for one in offered)
    for step in ("ask", "dismiss", "confirm", "transfer"):
        page = browser(world.supervisor).get(f"/desk/alerts/{row.code}/{step}/").content.decode()
        assert "权责事项" in page and "S-20" in page
    assert "S-20" in browser(world.supervisor).get("/desk/indicators/P06/tune/").content.decode()
    bare = tuple(replace(one, actions=()) for one in powers.powers())
    monkeypatch.setattr(powers, "powers", lambda: bare)
    shut = buttons.of(found, found.lot)
    assert all(one.power is None and not one.verdict.ok for one in shut)
    with pytest.raises(Refused, match="权责清单"):
        services.dismiss(world.supervisor.acts(), row.code, WHY, at=journal.now())


def test_without_alerts_the_list_says_when_the_models_ran(world: World):
    passed_on(world.lot())
    page = browser(world.supervisor).get("/desk/alerts/").content.decode()
    assert "没有待处置预警" in page and "模型最近一次运行" in page and "覆盖 1 个标段" in page
    assert faults(page) == []
    assert "没有符合条件的预警" in browser(world.supervisor).get("/desk/alerts/?grade=red").content.decode()


def test_a_model_that_fails_is_named_and_the_others_go_on(world: World, monkeypatch):
    model = indicators.models()["P16"]

    def fail(*_: object) -> list[Finding]:
        raise ZeroDivisionError

    broken = {**indicators.models(), "P16": type(model)(model.indicator, inspect=fail)}
    monkeypatch.setattr(indicators, "models", lambda: broken)
    row = second_wins(world)
    page = browser(world.supervisor).get("/desk/alerts/").content.decode()
    assert "模型未能运行" in page and model.indicator.name in page and f"/desk/alerts/{row.code}/" in page
    assert "ZeroDivisionError" in browser(world.supervisor).get("/desk/indicators/").content.decode()


def test_the_catalogue_names_every_indicator_and_a_parameter_is_tuned_by_hand(world: World):
    client = browser(world.supervisor)
    page = client.get("/desk/indicators/").content.decode()
    assert all(f"/desk/indicators/{code}/" in page for code in indicators.models()) and faults(page) == []
    path = "/desk/indicators/P06/"
    assert faults(client.get(path + "tune/").content.decode()) == []
    bad = client.post(path + "tune/", {"name": "minutes_max", "text": "三十", "reason": WHY})
    assert bad.status_code == 422 and "不是这个参数可用的值" in bad.content.decode()
    assert (
        client.post(path + "tune/", {"name": "minutes_max", "text": "30", "reason": WHY}).status_code == 303
    )
    shown = client.get(path).content.decode()
    assert "30分钟" in shown and WHY in shown and faults(shown) == []
    assert client.get("/desk/indicators/X99/").status_code == 404


def test_every_indicator_has_its_page(world: World):
    client = browser(world.supervisor)
    for code, model in indicators.models().items():
        page = client.get(f"/desk/indicators/{code}/").content.decode()
        assert f"<h1>{model.indicator.name}</h1>" in page and faults(page) == [], code


def test_the_interface_tells_supervisors_what_the_pages_tell(world: World):
    row = second_wins(world)
    client = browser(world.supervisor)
    listed = client.get("/api/oversight/alerts?open=true&indicator=P09").json()
    assert listed["total"] == 1 and listed["alerts"][0]["code"] == row.code
    one = client.get(f"/api/oversight/alerts/{row.code}").json()
    assert one["findings"][0]["grade"] == "red" and one["rate"]["lots"] >= 1
    assert client.get("/api/oversight/alerts/none").status_code == 404
    assert len(client.get("/api/oversight/indicators").json()["indicators"]) == len(indicators.models())


@pytest.mark.parametrize(
    "address, most", [("/desk/alerts/", 20), ("/desk/alerts/{}/", 26), ("/desk/indicators/", 16)]
)
def test_a_page_asks_few_questions_however_many_rows(world: World, address, most):
    rows = [second_wins(world, bidder=n % 5) for n in range(6)]
    client, path = browser(world.supervisor), address.format(rows[0].code)
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        began = time.process_time()
        assert client.get(path).status_code == 200
        took = time.process_time() - began
    assert len(asked) <= most, [one["sql"][:120] for one in asked]
    assert took < 0.5, f"{took * 1000:.0f} ms on a busy machine; 100 ms alone"
