"""竞价的办理页面 in a real browser: no page scrolls sideways, nothing complains, at a desk and on a phone."""

from collections.abc import Callable
from typing import Any

import pytest

from ggzy.trading.dossier import services as dossiers
from tests.pages.auction_stages import STAGES, people
from tests.world import World, clock
from tests.world import browser as client_of

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
PAGES: dict[str, tuple[tuple[str, str], ...]] = {
    "registered": (("agency", "auction/announce/"), ("agency", "auction/consent/"), ("agency", "")),
    "announced": (
        ("agency", "auction/amend/"), ("bidder", "auction/apply/"), ("bidder", ""), ("bidder", "auction/apply/viewing/"),
        ("agency", "auction/"),
    ),
    "applied": (("operator", "auction/applications/"), ("operator", ""), ("bidder", "auction/apply/")),
    "closed": (("owner", "auction/settle/"), ("supervisor", "auction/")),
    "sold": (("owner", "auction/sign/"), ("owner", "auction/default/"), ("owner", "auction/"), ("owner", "")),
    "failed": (("owner", "auction/relist/"),),
}  # fmt: skip


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", PAGES)
def test_pages_around_the_room_fit_every_width(world: World, window: Open, name: str, width: int):
    lot, when = STAGES[name](world)
    with clock(when):
        dossiers.refresh(lot)
        for who, page in PAGES[name]:
            seen = window(client_of(people(world)[who]), width)
            assert seen.wide(f"/desk/lots/{lot}/{page}") == []
            assert seen.complaints == [] and seen.outside == []
        if name != "registered":
            seen = window(client_of(world.auditor), width)
            assert seen.wide(f"/lots/{lot}/") == []
