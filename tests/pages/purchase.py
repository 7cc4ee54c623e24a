"""A purchase of the finance department's, contested downwards by three and settled, for whoever disputes its result."""

from datetime import datetime

from ggzy.kernel.codes import LotCode
from ggzy.kernel.instants import BEIJING
from tests.pages.auction_walk import HOUR, address, admitted, announced, applied, contested, minute, supplies
from tests.services.auctions.stage import DAY, NOW
from tests.world import World, browser, clock

OPENS = datetime(2026, 6, 8, 9, tzinfo=BEIJING)
SETTLED = OPENS + 4 * HOUR


def sold(world: World) -> LotCode:
    """The third bidder offers the least and is to be the supplier; its result is published at `SETTLED`."""
    lot = supplies(world)
    done, _ = announced(
        world, lot, deposit="0", starts_at=minute(OPENS), ends_at=minute(OPENS + 2 * HOUR), step="1000",
        apply_until="2026-06-05 17:00", deposit_until="2026-06-05 17:00", materials="报价承诺书\n营业执照",
    )  # fmt: skip
    assert done.status_code == 303
    for bidder in world.bidders[:3]:
        assert applied(world, lot, bidder).status_code == 303
    paddles = [admitted(world, lot, bidder, NOW + 2 * DAY) for bidder in world.bidders[:3]]
    contested(world, lot, OPENS, list(zip(paddles, (200_000, 190_000, 180_000), strict=True)))
    with clock(SETTLED):
        settled = browser(world.agency).post(address(lot, "settle/"), {"request": "settle"})
    assert settled.status_code == 303
    return lot
