"""建造演示竞价: each auction as far as it has come, through the ordinary commands."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from ggzy.desk.management.demo import plans
from ggzy.desk.management.demo.auctions import AUCTIONS, BUYERS, DemoAuction, Stage
from ggzy.desk.management.rehearsal.cast import Cast, Organisation
from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.desk.management.rehearsal.sale import Sale, Subject
from ggzy.kernel.instants import BEIJING, Period, local_date
from ggzy.kernel.money import Money, Rate
from ggzy.kernel.roles import Role
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.auctions import services
from ggzy.trading.auctions.values import (
    Amount,
    AuctionState,
    AuctionTerms,
    Direction,
    FormatTerms,
    Offer,
    Payment,
    Steps,
    Timing,
)

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PAYMENT = Payment(first=Rate(1), first_days=5, all_days=30)
CONDITIONS = "中华人民共和国境内外的法人和其他组织，法律另有规定的除外"
CONTACT = "江州市公共资源交易中心 0980-12345"
RELISTED_AFTER = 3 * DAY


class Market:
    """演示竞价市场: the cast of the world, and the bidders of its auctions."""

    def __init__(self, cast: Cast, now: datetime, ours: Organisation) -> None:
        self.cast = cast
        self.now = now
        self.ours = ours
        since = now - 300 * DAY
        self.buyers = [cast.bidder(name, since) for name in BUYERS]
        self._since = since

    def build(self, told: Callable[[str], None]) -> None:
        """逐宗建造."""
        for number, auction in enumerate(AUCTIONS):
            told(auction.title)
            self.one(number, auction)

    def one(self, number: int, auction: DemoAuction, opens: datetime | None = None) -> Sale:
        """建造一宗, opening at that moment where one is given."""
        opens = opens or self._opens(auction)
        sale, terms = self.sale(auction), terms_of(auction, opens)
        announced = opens - auction.notice
        sale.register(_subject(auction), announced - 2 * DAY)
        if "far" in auction.given:
            _show(sale, auction, announced - DAY)
        sale.announce(terms, announced)
        if auction.stage is Stage.RELISTED:
            self._relist(sale, auction, terms)
        elif auction.stage >= Stage.COMING:
            self._onwards(sale, auction, terms, self._bidders(number, auction))
        return sale

    def sale(self, auction: DemoAuction) -> Sale:
        """其出让方: the cast's own with its agency, or one of the name that acts for itself."""
        if not auction.owner:
            return Sale(self.cast, self.cast.owner, self.cast.agency)
        return Sale(self.cast, self.cast.owner_named(auction.owner, Role.OWNER, self._since), None)

    def _bidders(self, number: int, auction: DemoAuction) -> list[Organisation]:
        found = [self.buyers[(number * 3 + place) % len(BUYERS)] for place in range(auction.bidders)]
        return [*found, self.ours] if auction.is_ours and auction.stage < Stage.SETTLED else found

    def _onwards(
        self, sale: Sale, auction: DemoAuction, terms: AuctionTerms, bidders: Sequence[Organisation]
    ) -> None:
        if auction.stage is Stage.COMING:
            sale.come(bidders, terms.apply_from + DAY)
            return
        sale.join(bidders, terms.apply_from + DAY)
        timing = terms.format.timing
        if auction.stage is Stage.JOINED:
            return
        sale.prepare(timing.starts_at)
        self._offer(sale, auction, terms, bidders[: auction.bidders])
        if auction.stage is Stage.RUNNING:
            return
        end = sale.run_out()
        sale.settle(end + HOUR)
        if auction.stage is Stage.CONFIRMED:
            sale.confirm(sale.winner(bidders), end + 3 * HOUR)

    def _offer(
        self, sale: Sale, auction: DemoAuction, terms: AuctionTerms, bidders: Sequence[Organisation]
    ) -> None:
        """报价, spread over the time that has gone by: the paddles in turn, one to three steps at once."""
        timing, format = terms.format.timing, terms.format
        until = min(self.now - timedelta(minutes=10), timing.ends_at)
        apart = (until - timing.starts_at) / (auction.offers + 1)
        gain = place = 0
        for turn in range(auction.offers):
            place = (place + 1 + turn * 7 % (len(bidders) - 1)) % len(bidders)  # nobody outbids itself
            amount = Amount(format.start.measure, format.start.units + format.direction.sign * gain)
            offer = Offer(sale.paddle(bidders[place]), f"demo-{sale.lot[-8:]}-{turn}", amount)
            (answer,) = sale.press(timing.starts_at + apart * (turn + 1), offer)
            assert answer.is_accepted, answer.reasons
            gain += format.steps.step * (1 + turn * 7 % 3)

    def _relist(self, sale: Sale, auction: DemoAuction, terms: AuctionTerms) -> None:
        """未成交, then announced again at nine tenths of the price."""
        sale.prepare(terms.format.timing.starts_at)
        end = sale.run_out()
        assert sale.settle(end + HOUR) is AuctionState.FAILED, "nobody came"
        lower = Money(Money.yuan(auction.start).fen * 9 // 10)
        at = min(end + RELISTED_AFTER, self.now - HOUR)
        sale.relist(lower, "挂牌期内无人报价，调整起始价后再次公告", at)
        opens = _workday(at + auction.notice)
        sale.announce(terms_of(replace(auction, start=str(lower.fen // 100)), opens, at), at + HOUR)

    def _opens(self, auction: DemoAuction) -> datetime:
        at = self.now + auction.opens
        if auction.exactly:
            return at.replace(second=0, microsecond=0)
        return _workday(at) if at > self.now else _workday_before(at)


def _show(sale: Sale, auction: DemoAuction, at: datetime) -> None:
    """宗地示意图, before the notice."""
    where, name = auction.given["location"], auction.title.split("国有")[0].split(" ", 1)[1]
    alt = f"{name}示意图：{where}，{auction.given['area']} 平方米，六个界址点 J1 至 J6，北临道路"
    drawn = plans.drawn(auction.title, name, where, f"{auction.given['area']} ㎡")
    with at_moment(at):
        picture = services.keep_picture(sale.owner.code, "宗地示意图.png", drawn, alt)
        services.add_picture(sale.cast.act(sale.runner), sale.lot, picture, at=at)


def terms_of(auction: DemoAuction, opens: datetime, announced: datetime | None = None) -> AuctionTerms:
    """公告的条件. Applications close a day before the room opens, or before a listing ends."""
    announced = announced or opens - auction.notice
    ends = opens + auction.lasts
    timing = Timing(
        starts_at=opens,
        ends_at=ends,
        asking_s=auction.asking_s,
        timed_s=auction.timed_s,
        window_s=auction.timed_s,
        length_s=auction.timed_s,
        resume_min_s=60,
    )
    format = FormatTerms(
        start=Amount.of_money(Money.yuan(auction.start)),
        steps=Steps(step=Money.yuan(auction.step).fen, leap_max=20),
        timing=timing,
        direction=auction.direction,
        entry=auction.entry,
        has_proxies=True,
        bidders_min=3 if auction.direction is Direction.DOWN else 1,
    )
    closes = ends - 2 * DAY if auction.lasts > 5 * DAY else opens - HOUR
    closes = min(closes, ends - HOUR) if auction.lasts > DAY else closes
    looked = _workday(announced + 2 * DAY)
    return AuctionTerms(
        format=format,
        apply_from=announced,
        apply_until=closes,
        deposit=Money.yuan(auction.deposit),
        deposit_until=closes,
        documents=(),
        payment=PAYMENT,
        contract_days=10,
        viewings=(Period(looked, looked + 6 * HOUR), Period(looked + DAY, looked + DAY + 6 * HOUR)),
        appraisal=Money.yuan(auction.appraisal) if auction.appraisal else None,
        conditions=CONDITIONS,
        contact=CONTACT,
    )


def _subject(auction: DemoAuction) -> Subject:
    return Subject(
        title=auction.title,
        content=auction.content,
        deal_category=auction.code,
        method=auction.method,
        estimate=Money.yuan(auction.appraisal or auction.start),
        given=auction.given,
        nature=auction.nature,
    )


def _workday_before(at: datetime) -> datetime:
    """Half past nine of that day, or of the last working day before it: what is past stays past."""
    day = catalog.calendar().previous_workday(local_date(at))
    return datetime.combine(day, time(9, 30), BEIJING)


def _workday(at: datetime) -> datetime:
    """Half past nine of that day, or of the next working day."""
    day = catalog.calendar().next_workday(local_date(at))
    return datetime.combine(day, time(9, 30), BEIJING)
