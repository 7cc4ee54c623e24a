"""演示竞价: every auction of the demo is lawful and stands where it should, whatever day the demo begins."""

from datetime import datetime, timedelta

import pytest

from ggzy.desk.management.demo.auctions import AUCTIONS, Stage
from ggzy.desk.management.demo.market import Market
from ggzy.desk.management.rehearsal.cast import Cast
from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.instants import BEIJING
from ggzy.kernel.roles import Role
from ggzy.registers.parties.values import PartyRole
from ggzy.trading.auctions import queries, rules
from ggzy.trading.auctions.values import AuctionState

SATURDAY = datetime(2026, 6, 6, 10, 0, tzinfo=BEIJING)
HOLIDAY = datetime(2026, 10, 7, 16, 0, tzinfo=BEIJING)
STATES = {
    Stage.ANNOUNCED: AuctionState.ANNOUNCED,
    Stage.JOINED: AuctionState.ANNOUNCED,
    Stage.RUNNING: AuctionState.OPEN,
    Stage.SETTLED: AuctionState.SOLD,
    Stage.CONFIRMED: AuctionState.CONFIRMED,
    Stage.RELISTED: AuctionState.ANNOUNCED,
}


@pytest.mark.django_db
@pytest.mark.parametrize("now", [SATURDAY, HOLIDAY], ids=["saturday", "holiday"])
def test_every_auction_of_the_demo_stands_where_it_should(now: datetime):
    begin = now - timedelta(days=400)
    cast = Cast("demo", begin)
    with at_moment(begin):
        ours = cast.organisation("江州建设工程有限公司", Role.BIDDER, PartyRole.BIDDER, begin)
    market = Market(cast, now, ours)
    for number, auction in enumerate(AUCTIONS):
        sale = market.one(number, auction)
        found = queries.auction(sale.lot)
        assert found.state is STATES[auction.stage], auction.title
        assert found.round == (2 if auction.stage is Stage.RELISTED else 1)
        told = tuple(journal.facts(prefix=f"lot/{sale.lot}"))
        assert rules.fold(told) == queries.standing(sale.lot)
        room = queries.room(sale.lot)
        assert (room.seq if room else 0) >= auction.offers
