"""走完一宗挂牌: listed, offered for, asked, contested to the second, sold, contracted, archived."""

from datetime import datetime, timedelta

from ggzy.desk.management.rehearsal.cast import Cast, Organisation
from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.desk.management.rehearsal.listing import ListingScript
from ggzy.desk.management.rehearsal.sale import Sale
from ggzy.kernel.codes import LotCode
from ggzy.kernel.roles import Role
from ggzy.trading.auctions import queries
from ggzy.trading.auctions.values import Amount, AuctionState, Offer, OfferKind, RoomPhase

LAND_OFFICE = "江州市自然资源和规划局"
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


class ParcelWalk:
    """一宗地的行程."""

    def __init__(self, cast: Cast, script: ListingScript) -> None:
        self.script = script
        self.cast = cast
        begin = script.schedule.registered
        with at_moment(begin):
            owner = cast.owner_named(script.reading.owner or LAND_OFFICE, Role.OWNER, begin)
        self.sale = Sale(cast, owner, None)
        self._presses = 0
        self._gain = 0

    @property
    def lot(self) -> LotCode:
        return self.sale.lot

    @property
    def round(self) -> int:
        return self.sale.round

    def run(self) -> None:
        """从公告到归档."""
        script, when = self.script, self.script.schedule
        self.sale.register(script.subject, when.registered)
        self.sale.announce(script.terms, when.announced)
        joined = max(when.bids_from, script.terms.apply_from + HOUR)
        with at_moment(when.bids_from):
            bidders = [self.cast.bidder(bid.name, when.bids_from) for bid in script.bids]
        if joined < when.opens - HOUR:
            self.sale.join(bidders, joined)
            self.sale.prepare(when.opens)
        else:
            self.sale.prepare(when.opens)
            self.sale.join(bidders, max(joined, when.opens + HOUR))
            joined = max(joined, when.opens + HOUR)
        self._list(bidders, max(when.opens, joined + HOUR))
        self._contest(bidders)
        end = self.sale.run_out()
        state = self.sale.settle(end + HOUR)
        assert state is AuctionState.SOLD, f"ended as {state.label}"
        self._conclude(bidders, end + 2 * HOUR)

    def _list(self, bidders: list[Organisation], since: datetime) -> None:
        """挂牌期报价, spread over the days that are left."""
        closes = self.script.schedule.closes
        apart = (closes - since) / (self.script.listed + 1)
        for turn in range(self.script.listed):
            self._offer(bidders[turn % len(bidders)], since + apart * (turn + 1))

    def _contest(self, bidders: list[Organisation]) -> None:
        """询问期: two go on; 限时竞价: each offer moves the end."""
        timing = self.script.terms.format.timing
        asked = timing.ends_at
        self.sale.press(asked)
        for place, who in enumerate(bidders[:2]):
            joining = Offer(self.sale.paddle(who), self._press(), kind=OfferKind.JOIN)
            self._take(joining, asked + (place + 1) * 30 * SECOND)
        begun = asked + timing.asking_s * SECOND
        self.sale.press(begun)
        for turn in range(self.script.timed):
            apart = timing.timed_s * SECOND * 3 / 4
            self._offer(bidders[turn % 2], begun + apart * (turn + 1))

    def _conclude(self, bidders: list[Organisation], at: datetime) -> None:
        winner = self.sale.winner(bidders)
        self.sale.confirm(winner, at)
        signed = self.sale.contract(winner, at + HOUR)
        self.sale.archive(self.sale.perform(signed) + 24 * HOUR)

    def _offer(self, who: Organisation, at: datetime) -> None:
        room = queries.room(self.sale.lot)
        assert room is not None and room.phase is not RoomPhase.CLOSED, "the room runs"
        start = self.script.terms.format.start
        amount = Amount(start.measure, start.units + self._gain)
        self._gain += self.script.terms.format.steps.step * (1 + self._presses % 2)
        self._take(Offer(self.sale.paddle(who), self._press(), amount), at)

    def _take(self, offer: Offer, at: datetime) -> None:
        (answer,) = self.sale.press(at, offer)
        assert answer.is_accepted, "；".join(reason.text for reason in answer.reasons)

    def _press(self) -> str:
        self._presses += 1
        return f"{self.cast.prefix}-{self.sale.lot[-8:]}-{self._presses}"
