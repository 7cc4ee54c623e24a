"""竞价项目走完全程, by clicks alone: registered, announced, applied for, contested in the room, signed, paid, archived.

Two walk with every run; `EVERY_WALK=1` walks the other trades too.
"""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from ggzy.trading.dossier import queries as dossier
from ggzy.trading.dossier.values import Stage
from tests.browser.served import House, served
from tests.browser.walking import HOUR, Trade, Walk
from tests.world import START, World

pytestmark = pytest.mark.browser

STATE = Trade("C02", "ascending")
REVERSE = Trade("L05", "reverse", {"step": "1000"}, bidders=3)
OTHERS = [
    Trade("B03", "listing"),
    Trade("L08", "ascending"),
    Trade("L14", "ascending"),
    Trade("L13", "ascending"),
    Trade("L04", "ascending"),
    Trade("L09", "ascending"),
    Trade("L02", "ascending", {"appraisal": "200万"}),
    Trade("L11", "ascending", {"appraisal": "200万"}),
]
WALKS = [STATE, REVERSE, *(OTHERS if os.environ.get("EVERY_WALK") else [])]


@pytest.fixture
def house(browser: Browser, world: World) -> Iterator[House]:
    with served(browser) as found:
        yield found


@pytest.mark.parametrize("trade", WALKS, ids=lambda one: f"{one.code}-{one.method}")
def test_a_lot_walks_from_its_registration_to_its_archive_by_clicks(world, house, monkeypatch, trade):
    walk = Walk(world, house, trade, monkeypatch)
    walk.lot = walk.register()
    walk.announce()
    house.at = max(START, walk.terms.apply_from) + HOUR
    for bidder in world.bidders[: trade.bidders]:
        walk.apply(bidder)
    for bidder in world.bidders[: trade.bidders]:
        walk.admit(bidder)
    house.leave()
    walk.contest()
    walk.settle()
    walk.fulfil()
    assert dossier.summary(walk.lot).stage is Stage.ARCHIVED
    assert house.complaints == []
