"""监督数据的页面: from the facts to the figures, filters, and who may read it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from ggzy.desk.management.commands import follow
from ggzy.kernel.codes import RegionCode
from ggzy.oversight.cases.models import OutcomeRow
from ggzy.oversight.cases.views import figures
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.projects.events import RoundBegun
from tests.pages.markup import faults
from tests.pages.outcomes import awarded, pass_on
from tests.services.alerts.stage import second_wins, told
from tests.world import CITY, START, World, browser, clock

PAGE = "/desk/supervision/figures/"


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, f"{path} answers {answer.status_code}"
    shown = answer.content.decode()
    assert faults(shown) == [], path
    return shown


def test_an_award_counts_once_and_a_new_round_takes_it_back(world: World):
    alert = second_wins(world)
    pass_on()
    (row,) = OutcomeRow.objects.all()
    assert (row.lot, row.is_failed, row.winner) == (alert.lot, False, world.bidders[0].organisation)
    assert alert.lot is not None
    told(alert.lot, RoundBegun(lot=alert.lot, round=2, reason="重新招标"))
    pass_on()
    assert not OutcomeRow.objects.exists()


@pytest.mark.parametrize(
    ("asked", "is_counted"),
    [
        ("", True),
        ("?period=3", True),
        ("?category=construction", True),
        ("?category=land", False),
        ("?period=x&category=y", True),
    ],
)
def test_the_page_counts_what_is_asked_for(world: World, asked: str, is_counted: bool):
    awarded(world)
    with clock(START + timedelta(days=1)):
        shown = page(browser(world.supervisor), PAGE + asked)
    assert (world.bidders[0].organisation_name in shown) is is_counted
    assert ("20%" in shown or "20.0%" in shown) is is_counted, "the estimate is 4,980,000 yuan"
    assert ("期间内没有定标或者流标的标段" in shown) is not is_counted


def test_programs_get_the_same_figures(world: World):
    awarded(world)
    with clock(START + timedelta(days=1)):
        told = browser(world.supervisor).get("/api/oversight/figures?period=3").json()
    assert (told["months"], told["whole"]["awarded"], told["whole"]["saving"]) == (3, 1, "20")
    assert [one["by"] for one in told["groups"]] == ["交易分类", "行政区划", "月份"]
    assert told["winners"][0]["code"] == world.bidders[0].organisation


def test_old_facts_fill_rows_of_a_new_kind(world: World):
    awarded(world)
    OutcomeRow.objects.all().delete()
    pass_on()
    assert not OutcomeRow.objects.exists()
    assert follow.repeatable() == ["cases"]
    call_command("follow", "--once", "--again", "cases")
    assert OutcomeRow.objects.get().winner_region == CITY


def test_only_those_who_supervise_read_it(world: World):
    for player in (world.agency, world.bidders[0]):
        for path in (PAGE, "/api/oversight/figures"):
            assert browser(player).get(path).status_code == 403


@pytest.mark.parametrize("code", [CITY, RegionCode("111111")])
def test_an_area_is_told_by_its_name_and_an_unknown_one_by_its_code(code: RegionCode):
    assert figures._area(code) == (catalog.region(code).name if code == CITY else code)
