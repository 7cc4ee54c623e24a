"""竞价室的共用场景: a room with three paddles and three offers."""

import pytest

from tests.browser.live_room import kept
from tests.services.auctions.stage import (
    MINUTE,
    OPENS,
    offer,
    opened,
    press,
)
from tests.world import World, clock

NOW = OPENS + 54 * MINUTE


@pytest.fixture
def live(world: World, monkeypatch: pytest.MonkeyPatch):
    """A room with three paddles and three offers, kept by a live process."""
    lot, paddles, seat = opened(world)
    for number in range(3):
        press(seat, OPENS + (number + 1) * MINUTE, offer(paddles[number], number))
    with clock(NOW):
        live = kept(lot, paddles, seat, monkeypatch)
        live.told = 3
        yield live
