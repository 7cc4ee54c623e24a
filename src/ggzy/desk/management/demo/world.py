"""建造演示世界: the cast, then each lot as far as it has come."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

from ggzy.desk.management.demo import history, rooms
from ggzy.desk.management.demo.history import History
from ggzy.desk.management.demo.lots import CARTEL_OF_NAMES, LOTS, NOT_QUIET, OUR_BIDDER, DemoLot, Stop
from ggzy.desk.management.demo.market import Market
from ggzy.desk.management.demo.supervision.disputes import Disputes
from ggzy.desk.management.demo.supervision.past import Past
from ggzy.desk.management.demo.supervision.team import Team
from ggzy.desk.management.rehearsal import award, sitting
from ggzy.desk.management.rehearsal.cast import REGION, Cast, Organisation, deal_category, traded
from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.desk.management.rehearsal.custody import Custody
from ggzy.desk.management.rehearsal.readings import BidderReading, LotReading, PriceReading
from ggzy.desk.management.rehearsal.schedule import Schedule, plan
from ggzy.desk.management.rehearsal.script import BidScript, write
from ggzy.desk.management.rehearsal.walk import Entrant, Walk, secrets_of
from ggzy.foundation.journal import queries as journal
from ggzy.foundation.sealing import keyfile
from ggzy.kernel.instants import BEIJING, local_date
from ggzy.kernel.money import Money
from ggzy.kernel.roles import Role
from ggzy.oversight.cases import services as cases
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.parties.values import PartyRole
from ggzy.trading.objections import services as objections
from ggzy.trading.objections.values import Stage
from ggzy.trading.projects.values import Order
from ggzy.trading.tendering import services as tendering

PASSWORD = "yunling-demo-2026"
BEFORE_ALL = timedelta(days=800)  # before the first of the past
KEEPERS_SINCE = timedelta(days=400)  # of what is still to be opened; the past has keepers of its own
ROUND_DAYS = 30
THREE = dict(zip(("bidder-changhong", "bidder-antai", "bidder-hengtong"), CARTEL_OF_NAMES, strict=True))
SUSPENSION = Order(
    authority="江州市住房和城乡建设局",
    reason="收到对资格条件的投诉，依法核查期间暂停交易",
    article="招标投标法实施条例 §62",
)


class World:
    """演示世界. `keys` is where robots and visitors find what bidders keep for themselves."""

    def __init__(self, now: datetime, custodians: Path, keys: Path) -> None:
        self.now = now
        self.keys = keys
        begin = now - BEFORE_ALL
        self.cast = Cast("demo", begin, password=PASSWORD)
        with at_moment(begin):
            self.custody = Custody(self.cast, custodians, begin)
            self._watchers(begin)
            self.team = Team.found(self.cast, begin)
        with at_moment(now - KEEPERS_SINCE):
            self.custody.keepers(now - KEEPERS_SINCE)
        self._three(begin)
        self.ours = self._our_bidder(now - timedelta(days=380))

    def _watchers(self, at: datetime) -> None:
        """纪检监察, 审计: they read everything and change nothing."""
        for name, role, login in (
            ("中共江州市纪律检查委员会驻交易中心纪检组", Role.INSPECTOR, "inspector"),
            ("江州市审计局", Role.AUDITOR, "auditor"),
        ):
            self.cast.organisation(name, role, PartyRole.AUTHORITY, at, login)

    def _three(self, at: datetime) -> None:
        """三家, with names a visitor can sign in under."""
        for login, name in THREE.items():
            with at_moment(at):
                who = self.cast.organisation(
                    name, Role.BIDDER, PartyRole.BIDDER, at, login, with_certificate=True
                )
            self.cast.adopt(who, at)

    def _our_bidder(self, at: datetime) -> Organisation:
        """周岚: the visitor's face among the bidders, with a key file as a bidder keeps it."""
        with at_moment(at):
            who = self.cast.organisation(
                OUR_BIDDER,
                Role.BIDDER,
                PartyRole.BIDDER,
                at,
                "bidder",
                with_certificate=True,
                person="周岚",
            )
        self.cast.adopt(who, at)
        self.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        about: dict[str, object] = {"certificate": who.certificate.decode()}
        (self.keys / f"{who.person}.key").write_bytes(keyfile.lock("signing", about, who.key, PASSWORD))
        return who

    def build(self, told: Callable[[str], None]) -> None:
        """往事, 然后逐个标段建造."""
        past = History(self.cast, self.custody, self.now)
        told(f"两年的往事，{len(past.readings)} 个标段")
        lots = past.lay()
        told("监督的往事：预警、案件、投诉、抽查、信用")
        Past(self.cast, self.team, lots, self.now).lay()
        for number, lot in enumerate(LOTS):
            told(lot.title)
            self._one(number, lot)
        market = Market(self.cast, self.now, self.ours)
        market.build(told)
        self.cast.owner_named(rooms.HOUSE, Role.OWNER, self.now - BEFORE_ALL)
        rooms.announce(market, journal.now() + rooms.LEAD)

    def _one(self, number: int, lot: DemoLot) -> None:
        when = self._schedule(self.now + lot.closes, lot.exactly)
        script = write(self._reading(number, lot, when), when)
        script = replace(script, estimate=Money.yuan(lot.yuan), ceiling=Money.yuan(lot.yuan))
        walk = Walk(self.cast, self.custody, script, deal_category(lot.category))
        walk.marking = history.MARKING
        if lot.is_quiet:
            walk.visits = history.from_one_office()
        rounds = list(self._rounds(lot, when, script.bids))
        walk.register(min(rounds[0][0].registered, self.now - timedelta(minutes=40)))
        if lot.stop is Stop.REGISTERED:
            return
        for turn, (at, bids) in enumerate(rounds, start=1):
            walk.announce(at)
            sitting.publish_scheme(walk, at)
            if turn < len(rounds):
                walk.bid(at, bids)
                walk.close(at)
                self._again(walk, at)
        self._onwards(walk, lot, when, script.bids)

    def _onwards(self, walk: Walk, lot: DemoLot, when: Schedule, bids: tuple[BidScript, ...]) -> None:
        self._aside(walk, lot)
        if lot.stop is Stop.ANNOUNCED:
            return
        entrants = walk.bid(when, bids)
        if lot.is_ours and lot.stop is Stop.BIDS:
            paid = when.bids_from + timedelta(minutes=5)
            with at_moment(paid):
                walk.pay(paid, [self.ours])
        self._leave_keys(walk, entrants)
        steps: tuple[tuple[Stop, Callable[[], object]], ...] = (
            (Stop.CLOSED, lambda: walk.close(when)),
            (Stop.OPENED, lambda: walk.open(when, entrants)),
            (Stop.CONVENED, lambda: sitting.convene(walk, when)),
            (Stop.SCORING, lambda: self._half_scored(walk, when, entrants, lot)),
            (Stop.REPORTED, lambda: self._reported(walk, when, entrants)),
            (Stop.PUBLICISED, lambda: award.publicise(walk, when)),
        )
        for stop, step in steps:
            if lot.stop >= stop:
                step()
        if lot.stop >= Stop.AWARDED:
            letter = award.award(walk)
            if lot.stop >= Stop.SIGNED:
                signed = award.contract(walk, letter, entrants)
                if lot.stop is Stop.ARCHIVED:
                    award.archive(walk, award.perform(walk, signed))

    def _half_scored(self, walk: Walk, when: Schedule, entrants: list[Entrant], lot: DemoLot) -> None:
        sitting.seat(walk, when)
        sitting.review(walk, when)
        if lot.stop is Stop.SCORING:
            sitting.score(walk, when, entrants, first=2)

    def _reported(self, walk: Walk, when: Schedule, entrants: list[Entrant]) -> None:
        sitting.score(walk, when, entrants)
        sitting.conclude(walk, when)

    def _aside(self, walk: Walk, lot: DemoLot) -> None:
        """停一停: the supervisor's brake, a bidder's question."""
        yesterday = self.now - timedelta(hours=20)
        if lot.then == "suspend":
            order = replace(SUSPENSION, review_on=local_date(self.now) + timedelta(days=14))
            with at_moment(yesterday):
                cases.pull_brake(self.cast.act(self.cast.supervisor), walk.lot, order, at=yesterday)
        elif lot.then == "tip":
            Disputes(self.cast).tip(walk.lot, self.now - timedelta(hours=1))
        elif lot.then == "object":
            with at_moment(yesterday):
                words = "资格条件要求“近三年在本市有同类业绩”，限制了外地投标人，请予更正。"
                objections.raise_objection(self.cast.act(self.ours), walk.lot, Stage.DOCUMENT, words)

    def _again(self, walk: Walk, when: Schedule) -> None:
        at = when.deadline + timedelta(hours=4)
        with at_moment(at):
            actor = self.cast.act(walk.agency)
            tendering.retender(actor, walk.lot, "投标人少于三个，重新招标", at=at)
        walk.round += 1

    def _leave_keys(self, walk: Walk, entrants: list[Entrant]) -> None:
        """投标人自己保管的密钥, in the demo's folder: robots open with it what nobody else can."""
        kept = {
            e.sealed.manifest.bid: {
                "person": e.who.person,
                "code": e.who.code,
                "secrets": {part.part: part.secret.hex() for part in secrets_of(e)},
            }
            for e in entrants
            if e.sealed is not None
        }
        (self.keys / f"{walk.lot}.json").write_text(json.dumps(kept))

    def _rounds(
        self, lot: DemoLot, when: Schedule, bids: tuple[BidScript, ...]
    ) -> Iterator[tuple[Schedule, tuple[BidScript, ...]]]:
        if lot.fails_first:
            yield self._schedule(when.deadline - timedelta(days=ROUND_DAYS), exactly=False), bids[:2]
        yield when, bids

    def _schedule(self, deadline: datetime, exactly: bool) -> Schedule:
        calendar, today = catalog.calendar(), local_date(self.now)
        day = local_date(deadline)
        step = timedelta(days=1 if deadline > self.now else -1)
        while not calendar.is_workday(day):
            day += step
        local = deadline.astimezone(BEIJING)
        clock = local.timetz() if exactly or day == today else time(9, 30, tzinfo=BEIJING)
        opened = datetime.combine(day, clock).replace(second=0, microsecond=0)
        rulebook = catalog.rulebook(traded().rulebook, REGION, today)
        found = plan(LotReading("demo", 1, "演示", opened_at=opened), calendar, rulebook)
        if not exactly:
            return found
        closes = local.replace(second=0, microsecond=0)
        return replace(found, deadline=closes, evaluated=closes + timedelta(hours=2))

    def _reading(self, number: int, lot: DemoLot, when: Schedule) -> LotReading:
        if lot.is_quiet:
            bids = history.quiet_bids(number, Money.yuan(lot.yuan))
            return LotReading("demo", number + 1, lot.title, opened_at=when.deadline, bidders=bids)
        names = [NOT_QUIET[(number * 5 + place) % len(NOT_QUIET)] for place in range(lot.bidders)]
        names = list(dict.fromkeys(names))
        if lot.is_ours and lot.stop > Stop.BIDS:
            names[0] = OUR_BIDDER
        top = Money.yuan(lot.yuan).fen
        bidders = []
        for place, name in enumerate(names):
            # Prices lie close together, as in life, and each bidder rounds in its own way.
            fen = top * (93 + (number + place * 3) % 6) // 100 - (number * 7919 + place * 104729) % 900_000
            price = Money(fen // 100 * 100)
            bidders.append(BidderReading(name, PriceReading(f"{price.figures()} 元", amount=price)))
        return LotReading(
            source="demo", line=number + 1, title=lot.title, opened_at=when.deadline, bidders=tuple(bidders)
        )
