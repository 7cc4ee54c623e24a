"""监督的页面 in a real browser: a tip, a complaint, a case and a check, as those who stand at each see them."""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.instants import local_date
from ggzy.oversight.cases import services
from ggzy.oversight.cases.values import NewCase
from ggzy.trading.dossier import services as dossiers
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Phase
from tests import world as cast
from tests.pages.outcomes import awarded
from tests.world import CITY, START, World, clock
from tests.world import browser as signed_in

pytestmark = pytest.mark.browser


def seen(window, name: str) -> None:
    """Nothing went wrong, nothing asked outside, nothing scrolls sideways; a picture where one is wanted."""
    assert window.complaints == [] and window.outside == [], name
    folder = os.environ.get("GGZY_PICTURES")
    if folder:
        window.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def test_citizen_writes_and_follows_a_tip(world: World, window):
    citizen = window(Client(), width=400)
    assert citizen.wide("/oversight/") == [] and citizen.wide("/complaints/") == []
    seen(citizen, "entry")
    page = citizen.go("/complaints/write/")
    page.check("input[name=category][value=report]")
    page.fill("textarea[name=text]", "评委收受好处")
    page.click("main button[type=submit]")
    key = re.search(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){3}", page.inner_text("main"))
    assert key is not None
    seen(citizen, "filed")
    page = citizen.go("/complaints/follow/")
    page.fill("input[name=key]", key.group())
    page.click("main button[type=submit]")
    assert "还没有人查阅" in page.inner_text("main")
    supervisor = window(signed_in(world.supervisor))
    page = supervisor.go("/desk/petitions/")
    page.click("table a")
    assert "评委收受好处" in page.inner_text("main")
    seen(supervisor, "petition")


@pytest.mark.parametrize("width", [1280, 360])
def test_figures_fit(world: World, window, width: int):
    awarded(world)
    with clock(START + timedelta(days=1)):
        supervisor = window(signed_in(world.supervisor), width=width)
        assert supervisor.wide("/desk/supervision/figures/") == []
        seen(supervisor, f"figures-{width}")


def test_supervisor_leads_a_case_and_watchers_say_why_they_read(world: World, window):
    lot = world.lot()
    new = NewCase(
        "望江路工程串通投标案", "设备相同", "collusion", (world.bidders[0].organisation,), CITY, lot=lot
    )
    code = services.open_case(world.supervisor.acts(), new, at=journal.now()).subject.split("/")[1]
    supervisor = window(signed_in(world.supervisor))
    page = supervisor.go("/desk/")
    assert "作出决定" in page.inner_text("main")
    seen(supervisor, "board")
    page.goto(f"http://localhost/desk/cases/{code}/")
    assert "最迟作出决定" in page.inner_text("main")
    seen(supervisor, "case")
    page.goto(f"http://localhost/desk/cases/{code}/notify/")
    assert "权责事项" in page.inner_text("main")
    seen(supervisor, "notify")
    for watcher in (world.inspector, world.auditor):
        watching = window(signed_in(watcher))
        page = watching.go(f"/desk/cases/{code}/")
        assert "设备相同" not in page.inner_text("main")
        page.fill("input[name=reason]", "审计项目 8 号")
        page.click("main button[type=submit]")
        assert "设备相同" in page.inner_text("main")
        seen(watching, f"case-{watcher.role}")
    party = window(signed_in(world.bidders[0]))
    assert "审计项目 8 号" not in party.go("/desk/heard/").inner_text("main")
    seen(party, "heard")


def test_bidder_complains_and_the_lot_is_looked_back_on(world: World, window):
    lot = world.lot()
    projects.advance(lot, Phase.CONTESTED, START)
    dossiers.refresh(lot)
    bidder = window(signed_in(world.bidders[0]))
    page = bidder.go(f"/desk/lots/{lot}/complain/")
    page.check("input[name=matter][value=award]")
    page.fill("input[name=known_on]", local_date(journal.now()).isoformat())
    page.fill("textarea[name=text]", "定标违反规定")
    page.fill("textarea[name=request_text]", "认定定标无效")
    page.click("main button[type=submit]")
    assert "待受理" in page.inner_text("main")
    page.click("table a")
    seen(bidder, "complaint")
    supervisor = window(signed_in(world.supervisor))
    page = supervisor.go(f"/desk/lots/{lot}/trace/")
    assert "经手人" in page.inner_text("main") and "收到投诉" in page.inner_text("main")
    seen(supervisor, "trace")
    assert supervisor.wide("/powers/") == []
    seen(supervisor, "powers")


def test_nonce_is_made_in_the_browser_and_told_later(world: World, window):
    authority = (world.supervisor.organisation, world.supervisor.organisation_name)
    for name in ("甲", "乙"):
        cast._player(name, world.supervisor.role, *authority)
    code = services.plan_check(world.supervisor.acts(), "bidder", CITY, at=journal.now()).subject.split("/")[
        1
    ]
    windows = [window(signed_in(player)) for player in (world.supervisor, world.operator)]
    for giver in windows:
        page = giver.go(f"/desk/checks/{code}/nonce/commit/")
        page.click("text=在本机生成随机数并计算承诺")
        page.wait_for_function("document.querySelector('textarea').value.length === 64")
        page.click("main button[type=submit]")
        assert "承诺" in page.inner_text("main")
    services.close_check(world.supervisor.acts(), code, at=journal.now())
    for giver in windows:
        page = giver.go(f"/desk/checks/{code}/nonce/reveal/")
        page.click("[data-nonces] button")
        page.wait_for_function("document.querySelector('textarea').value.length === 64")
        page.click("main button[type=submit]")
    services.draw_check(world.supervisor.acts(), code, at=journal.now())
    citizen = window(Client())
    assert "抽中" in citizen.go(f"/checks/{code}/").inner_text("main")
    seen(citizen, "check")
