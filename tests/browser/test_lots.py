"""摇号随机数 in a real browser: made there, promised from there, and filled in again when it is to be told."""

import pytest
from playwright.sync_api import expect

from ggzy.trading.auctions import queries, services
from tests.pages.auction_walk import address
from tests.services.auctions.stage import MINUTE, OPENS, at_ceiling
from tests.world import World, clock
from tests.world import browser as client_of

pytestmark = pytest.mark.browser
KNOWN = OPENS + 7 * MINUTE


@pytest.mark.parametrize("width", [1280, 360])
def test_a_nonce_is_made_and_told_by_clicks(world: World, window, width: int):
    lot, _ = at_ceiling(world)
    with clock(OPENS + 3 * MINUTE):
        visitor = window(client_of(world.supervisor), width)
        assert visitor.wide(address(lot, "lots/commit/")) == []
        visitor.page.get_by_role("button", name="在本机生成随机数并计算承诺").click()
        expect(visitor.page.get_by_role("status").filter(has_text="已生成 1 个随机数")).to_be_visible()
        visitor.page.get_by_role("button", name="提交摇号随机数承诺").click()
        expect(visitor.page.get_by_text("承诺已提交")).to_be_visible()
    with clock(KNOWN):
        services.take(lot).serve()
        assert visitor.wide(address(lot, "lots/reveal/")) == []
        visitor.page.get_by_role("button", name="填入本机保存的随机数").click()
        visitor.page.get_by_role("button", name="公开摇号随机数").click()
        expect(visitor.page.get_by_text("随机数已公开")).to_be_visible()
    assert queries.givers(lot, 1)["supervisor"].nonce is not None
    assert visitor.complaints == [] and visitor.outside == []
