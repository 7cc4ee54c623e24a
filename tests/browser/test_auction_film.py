"""The film of a room, and the pages of who conducts and who watches it."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from ggzy.trading.auctions import queries
from tests.browser.live_room import Live
from tests.browser.rooms import live
from tests.world import World, browser

__all__ = ["live"]
pytestmark = pytest.mark.browser


def test_the_film_plays_stops_and_goes_back(live: Live, window):
    visitor = window(Client())
    page = visitor.go(f"{live.path}film/")
    page.locator("#film").wait_for()
    expect(page.locator("[data-number]")).to_have_text("1 / 5")
    page.locator("[data-speed]").select_option("60")
    page.get_by_role("button", name="播放").press("Enter")
    expect(page.locator("[data-number]")).to_have_text("5 / 5")
    expect(page.locator("[data-price]")).to_have_text("2,610,000.00 元")
    expect(page.locator("[data-play]")).to_have_text("播放")
    page.get_by_role("button", name="上一条").click()
    expect(page.locator("[data-price]")).to_have_text("2,600,000.00 元")
    expect(page.locator("#film .ladder li")).to_have_count(2)
    page.locator("[data-place]").press("Home")
    expect(page.locator("[data-price]")).to_have_text("尚无报价")
    assert (
        page.locator("[data-height]").get_attribute("href")
        == f"/verify/?q={page.locator('[data-height]').inner_text()}"
    )
    assert (visitor.complaints, visitor.outside) == ([], [])


def test_the_film_fits_a_phone_and_is_told_without_script(live: Live, window):
    assert window(Client(), 360).wide(f"{live.path}film/") == []
    page = window(Client(), script=False).go(f"{live.path}film/")
    assert "2,610,000.00 元" in page.locator(".film-facts").inner_text()


def test_console_and_watch_fit_a_phone_and_complain_of_nothing(world: World, live: Live, window, monkeypatch):
    monkeypatch.setattr(queries, "door", lambda lot, host, is_secure: "")
    for player, path in ((world.operator, "room/"), (world.supervisor, "watch/")):
        visitor = window(browser(player), 360)
        assert visitor.wide(f"/desk/lots/{live.seat.lot}/auction/{path}") == []
        expect(visitor.page.locator("[data-lamp]")).to_contain_text("每 2 秒更新一次")
        assert (visitor.complaints, visitor.outside) == ([], [])
