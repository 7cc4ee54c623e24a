"""倒查、监督工作台、命令行: everything behind one lot on one page, the days of the law on the board, the tables."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from ggzy.desk.management.commands import follow
from ggzy.foundation.journal import queries as journal
from ggzy.oversight.alerts import queries as alerts
from ggzy.oversight.cases import followers, queries, services
from ggzy.oversight.cases.values import NewCase, Source
from ggzy.oversight.powers import queries as powers
from ggzy.trading.dossier import services as dossiers
from tests.pages.markup import faults
from tests.services.tendering import hall as stage
from tests.world import CITY, World, browser


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, f"{path} answers {answer.status_code}"
    shown = answer.content.decode()
    assert faults(shown) == [], path
    return shown


def test_trace_shows_facts_people_documents_and_supervision_on_one_page(opened: stage.Hall, sign_in):
    supervisor = sign_in(opened.people.supervisor)
    path = f"/desk/lots/{opened.code}/trace/"
    shown = page(supervisor, path)
    for words in ("经手人", "每一件事", "文件", "设备和网络", "sha256", "高度"):
        assert words in shown, words
    assert "倒查" in page(supervisor, f"/desk/lots/{opened.code}/")
    (reading,) = powers.readings(opened.code)
    assert reading.title.startswith("倒查") and opened.people.owner.code in reading.concerning
    assert {firm.code for firm in opened.people.firms[:3]} & set(reading.concerning)
    for stranger in (opened.people.owner, opened.people.operator, opened.people.firms[0]):
        assert sign_in(stranger).get(path).status_code == 403


def test_trace_wants_a_reason_of_those_who_only_read(world: World):
    lot = world.lot()
    dossiers.refresh(lot)
    for watcher in (world.auditor, world.inspector):
        client = browser(watcher)
        assert "查阅事由" in page(client, f"/desk/lots/{lot}/trace/")
        assert client.post(f"/desk/lots/{lot}/trace/", {"reason": "责任追溯"}).status_code == 303
        assert "经手人" in page(client, f"/desk/lots/{lot}/trace/")
    assert "责任追溯" in page(browser(world.owner), "/desk/heard/")
    assert browser(world.other_supervisor).get(f"/desk/lots/{lot}/trace/").status_code == 404


def opened_case(world: World, **changes) -> str:
    new = NewCase("一案", "线索", "procedure", (world.bidders[0].organisation,), CITY, **changes)
    return services.open_case(world.supervisor.acts(), new, at=journal.now()).subject.split("/")[1]


def test_board_shows_what_is_due_by_the_law(world: World):
    code = opened_case(world)
    shown = page(browser(world.supervisor), "/desk/")
    assert "作出决定" in shown and f"/desk/cases/{code}/" in shown and "办理中案件" in shown
    for watcher in (world.auditor, world.inspector):
        assert "办理中案件" in page(browser(watcher), "/desk/")


def test_case_from_an_alert_that_is_none_of_ours_is_opened_all_the_same(world: World):
    code = opened_case(world, source=Source.ALERT, reference="no-such-alert")
    assert not alerts.is_known("no-such-alert") and queries.standing(code)["state"] == "open"


@pytest.mark.parametrize("what", ["powers", "exercises", "cases", "complaints", "petitions", "checks"])
def test_tables_at_the_machine(world: World, what: str):
    opened_case(world)
    follow.follow({"cases": followers.FOLLOWERS})
    said, told = StringIO(), StringIO()
    call_command("oversight", what, stdout=said)
    call_command("oversight", what, "--json", stdout=told)
    rows = [json.loads(line) for line in told.getvalue().splitlines()]
    assert said.getvalue().splitlines()[-1] == f"{len(rows)} 件"
    if what in ("powers", "exercises", "cases"):
        assert rows
