"""最高限价之后: a land sale that reaches its ceiling goes on in another quantity, by clicks, to its 成交确认书.

One walks with every run, from the room on; `EVERY_WALK=1` walks both from their registration.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from ggzy.trading.auctions import queries, services
from ggzy.trading.auctions.queries import sales
from ggzy.trading.auctions.values import Amount, AtCeiling, Ceiling, Measure, SecondContest
from ggzy.trading.projects import queries as projects
from tests.browser.live_room import kept
from tests.browser.served import House, served
from tests.browser.walking import HOUR, MINUTE, Trade, Walk, offer
from tests.services.auctions import stage
from tests.world import START, World, clock

pytestmark = pytest.mark.browser
HELD = {
    "ceiling": "202万", "at_ceiling": "contest", "second_name": "自持租赁住房面积", "second_measure": "area",
    "second_start": "500", "second_step": "100", "second_cap": "", "second_timed": "5分钟",
}  # fmt: skip
BUILT = HELD | {
    "second_name": "配建保障性住房比例", "second_measure": "rate", "second_start": "5%", "second_step": "1%",
    "second_cap": "7%",
}  # fmt: skip
SECOND = SecondContest(name="自持租赁住房面积", measure=Measure.AREA, start=50000, step=10000, timed_s=300)


@pytest.fixture
def house(browser: Browser, world: World) -> Iterator[House]:
    with served(browser) as found:
        yield found


@dataclass
class CeilingWalk(Walk):
    """A land sale whose bidders drive the price to its ceiling and then contest what is built or held."""

    def arrive(self) -> None:
        """From the registration to the paddles, by clicks."""
        self.lot = self.register()
        self.announce()
        self.house.at = max(START, self.terms.apply_from) + HOUR
        for bidder in self.world.bidders[: self.trade.bidders]:
            self.apply(bidder)
        for bidder in self.world.bidders[: self.trade.bidders]:
            self.admit(bidder)
        self.house.leave()

    def contest(self) -> None:
        timing, ceiling = self.terms.format.timing, self.terms.format.ceiling
        assert ceiling is not None and ceiling.second is not None and timing.ends_at is not None
        with clock(timing.starts_at - 5 * MINUTE):
            services.prepare_room(self.world.system(), self.lot)
        self.house.at = timing.starts_at + MINUTE
        bidders = self.world.bidders[: self.trade.bidders]
        with clock(self.house.now):
            seat = services.take(self.lot)
            seat.serve()
            live = kept(
                self.lot,
                [stage.paddle(self.lot, one) for one in bidders],
                seat,
                self.monkeypatch,
                self.house.busy,
            )
            windows = [self.window(live, bidder, place) for place, bidder in enumerate(bidders[:2])]
            offer(windows[0])
            reach(windows[1], ceiling.amount)
        if timing.timed_s:  # a listing runs to its day before what follows the ceiling begins
            self.house.at = timing.ends_at
        with clock(self.house.now):
            with self.house.busy:
                seat.serve()
                live.tell()
            self.contest_second(windows, ceiling.second)
        self.house.at += HOUR
        with self.house.busy, clock(self.house.now):
            services.take(self.lot).serve()
        self.house.leave()

    def contest_second(self, windows: list[Page], second: SecondContest) -> None:
        """Turn by turn; the first to offer the most that can be given wins at once."""
        for turn in range(3 if second.cap else 2):
            page, amount = windows[turn % 2], Amount(second.measure, second.start + turn * second.step)
            expect(page.locator("[data-part=now]")).to_contain_text(f"已到最高限价，竞{second.name}")
            expect(page.locator("[data-extra='0']")).to_have_text(f"报 {amount}")
            offer(page)


def reach(page: Page, ceiling: Amount) -> None:
    """报到最高限价, typed and confirmed."""
    page.locator("#bid-amount").fill(str(ceiling))
    page.locator("#bid-amount").press("Enter")
    page.locator("#ask [data-confirm]").click()
    expect(page.locator("[data-answer]")).to_contain_text("✓ 报价已接受")


@dataclass
class FromTheRoom(CeilingWalk):
    """The same, but announced, applied for and admitted by command."""

    def arrive(self) -> None:
        ceiling = Ceiling(amount=stage.price(2), rule=AtCeiling.CONTEST, second=SECOND)
        self.lot = stage.announced(self.world, "ascending", ceiling=ceiling, has_proxies=False)
        for bidder in self.world.bidders[:3]:
            stage.admit(self.world, self.lot, bidder)


WALKS: list[tuple[type[CeilingWalk], Trade]] = [(FromTheRoom, Trade("B01", "ascending", bidders=3))]
if os.environ.get("EVERY_WALK"):
    WALKS += [
        (CeilingWalk, Trade("B01", "listing", {"step": "1万", **HELD})),
        (CeilingWalk, Trade("B01", "ascending", {"step": "1万", **BUILT}, bidders=3)),
    ]


@pytest.mark.parametrize(("kind", "trade"), WALKS, ids=lambda one: getattr(one, "method", ""))
def test_a_land_sale_walks_past_its_ceiling_to_its_confirmation(world, house, monkeypatch, kind, trade):
    walk = kind(world, house, trade, monkeypatch)
    walk.arrive()
    walk.contest()
    walk.settle()
    ceiling = walk.terms.format.ceiling
    second = ceiling.second
    won = Amount(second.measure, second.cap or second.start + second.step)
    auction, deal = queries.auction(walk.lot), sales.deal(projects.lot(walk.lot))
    assert deal is not None
    assert (auction.price, deal.second) == (ceiling.amount, won)
    assert f"{second.name}：{won}" in deal.text.splitlines()
    assert house.complaints == []
