"""一个标段的故事: a rehearsed lot, led step by step, with browsers for those who act on pages."""

import subprocess
import sys
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.test import Client

from ggzy.desk.management.commands import follow, verify
from ggzy.desk.management.rehearsal import award, sitting
from ggzy.desk.management.rehearsal.cast import REGION, Cast, Organisation, traded
from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.desk.management.rehearsal.custody import Custody
from ggzy.desk.management.rehearsal.readings import BidderReading, LotReading, read_price
from ggzy.desk.management.rehearsal.schedule import Schedule, plan
from ggzy.desk.management.rehearsal.script import write
from ggzy.desk.management.rehearsal.walk import Entrant, Walk
from ggzy.foundation.identity import queries as people
from ggzy.foundation.identity import services as identity
from ggzy.foundation.identity.values import Method
from ggzy.foundation.identity.views import COOKIE
from ggzy.foundation.journal import queries as journal
from ggzy.foundation.journal import services as signed
from ggzy.foundation.journal.values import Fact
from ggzy.kernel.codes import LotCode
from ggzy.kernel.instants import BEIJING, local_date
from ggzy.kernel.roles import Role
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.parties.values import PartyRole
from ggzy.trading.contracting import queries as contracting
from ggzy.trading.deposits import queries as deposits
from ggzy.trading.dossier import queries as dossier
from ggzy.trading.dossier.values import Stage
from ggzy.trading.tendering import services as tendering

PRICES = ("17992555.30", "18099007.50", "18013253.10")  # above the threshold, so the ranking binds
OPENED = datetime(2025, 6, 12, 9, 30, tzinfo=BEIJING)
NEXT_OPENED = datetime(2025, 8, 14, 9, 30, tzinfo=BEIJING)
BEFORE = timedelta(days=90)
A_BIDDER = (Role.BIDDER, PartyRole.BIDDER)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def reading(*prices: str, **said: object) -> LotReading:
    """A reading such as a centre publishes, of one school that is to be built."""
    named = tuple(
        BidderReading(f"云岭{n}号建设有限公司", read_price(p))
        for n, p in enumerate(prices or PRICES, start=1)
    )
    usual = LotReading("test", 1, "江州市第一小学教学楼工程", bidders=named, opened_at=OPENED)
    return replace(usual, **said)  # type: ignore[arg-type]


def schedule(of: LotReading) -> Schedule:
    """Lawful days around the reading's opening."""
    assert of.opened_at is not None, "a story knows its opening"
    rulebook = catalog.rulebook(traded().rulebook, REGION, local_date(of.opened_at))
    return plan(of, catalog.calendar(), rulebook)


@dataclass
class Story:
    """The lot, its cast, its schedule of this round, and who has bid."""

    walk: Walk
    when: Schedule
    entrants: list[Entrant] = field(default_factory=list)

    @property
    def lot(self) -> LotCode:
        return self.walk.lot

    @property
    def cast(self) -> Cast:
        return self.walk.cast

    # The steps, each as the ordinary walk takes them.

    def announce(self) -> None:
        self.walk.announce(self.when)
        sitting.publish_scheme(self.walk, self.when)

    def bid(self) -> None:
        self.entrants = self.walk.bid(self.when, self.walk.script.bids)

    def open(self) -> None:
        self.walk.close(self.when)
        self.walk.open(self.when, self.entrants)

    def convene(self) -> None:
        sitting.convene(self.walk, self.when)
        sitting.seat(self.walk, self.when)

    def report(self) -> None:
        """From the opening to the report of the committee."""
        sitting.convene(self.walk, self.when)
        sitting.evaluate(self.walk, self.when, self.entrants)

    def publicise(self) -> None:
        award.publicise(self.walk, self.when)

    def archive(self, letter: datetime) -> None:
        """From the letter to the archive."""
        signed = award.contract(self.walk, letter, self.entrants)
        award.archive(self.walk, award.perform(self.walk, signed))

    def next_round(self, opened: datetime = NEXT_OPENED) -> None:
        """The lot is announced again, with an opening of its own."""
        at = self.when.evaluated + 20 * DAY
        with at_moment(at):
            tendering.retender(self.cast.act(self.walk.agency), self.lot, "重新招标", at=at)
        self.walk.round += 1
        self.when = schedule(replace(self.walk.script.reading, opened_at=opened))

    def to_publicity(self) -> None:
        self.announce()
        self.bid()
        self.open()
        self.report()
        self.publicise()

    def to_archive(self) -> None:
        """From the publicity to the end."""
        self.archive(award.award(self.walk))

    # What can be asked.

    def ranked(self, rank: int) -> Organisation:
        """The bidder of that rank in the publicity."""
        found = contracting.award(self.lot)
        assert found is not None, "publicised"
        leader = next(r.bidder.leader for r in found.runners if r.rank == rank)
        return next(e.who for e in self.entrants if e.who.code == leader)

    def browser(self, who: Organisation) -> Client:
        """A browser in which this organisation's person has signed in just now."""
        token = identity.new_token()
        held = people.memberships(who.person)[0]
        seen = datetime.now(UTC)  # sessions live by the clock on the wall
        identity.sign_in(self.cast.act(who), held.id, token, Method.PASSWORD, seen_at=seen, at=journal.now())
        client = Client()
        client.cookies[COOKIE] = token
        return client

    def post(self, who: Organisation, path: str, at: datetime, **typed: object) -> tuple[int, str]:
        """A form of this lot, sent by that organisation at that moment: the status and the page."""
        with at_moment(at):
            answer = self.browser(who).post(f"/desk/lots/{self.lot}/{path}/", typed)
        return answer.status_code, answer.content.decode()

    def facts(self) -> list[Fact]:
        return verify.facts_of(self.lot, ("lot", "draw"))

    def kinds(self) -> list[str]:
        return [fact.kind for fact in self.facts()]


def begun(folder: Path, of: LotReading | None = None) -> Story:
    """A registered lot."""
    of = of or reading()
    when = schedule(of)
    begin = when.registered - BEFORE
    with at_moment(begin):
        cast = Cast("t", begin)
        custody = Custody(cast, folder, begin)
    story = Story(Walk(cast, custody, write(of, when)), when)
    story.walk.register()
    return story


def heard(at: datetime) -> None:
    """Every app follows the journal to its end, as the process beside the site would."""
    with at_moment(at):
        while follow.follow(follow.found()):
            pass


def refunded(story: Story, at: datetime) -> bool:
    """What is due goes back at `at` and has arrived an hour later; True where nobody's money is held any more."""
    award.return_deposits(story.walk, at)
    accounts = deposits.accounts(story.lot, at + HOUR)
    return bool(accounts) and {account.state.value for account in accounts} == {"returned"}


def disagreements(story: Story) -> list[str]:
    """Where facts and rows differ, as `./ggzy verify` compares them."""
    facts, tellers = story.facts(), verify.tellers("ggzy.trading.")
    assert len(tellers) >= 8, "every app of the trading floor that keeps rows tells twice"
    found = []
    for teller in tellers:
        told, stands = teller.fold(facts), teller.standing(story.lot)
        found += [
            f"{teller.label}.{name}: {told.get(name)!r} ≠ {stands.get(name)!r}"
            for name in sorted(told.keys() | stands.keys())
            if told.get(name) != stands.get(name)
        ]
    return found


def at_end(story: Story, stage: Stage, at: datetime) -> None:
    """Everything followed, facts equal rows, and the dossier stands at this stage."""
    heard(at)
    found = disagreements(story)
    assert not found, found
    shown = dossier.summary(story.lot).stage
    assert shown is stage, shown


def sound(story: Story, folder: Path, *, is_whole: bool = True) -> None:
    """The dossier, exported, checks itself away from the platform; bids that were never opened stay closed."""
    at = story.when.publicity + 400 * DAY
    with at_moment(at):
        signed.pad()
        signed.checkpoint()
        file = folder / "dossier.zip"
        file.write_bytes(dossier.export(story.lot, "supervision"))
    found = subprocess.run(
        [sys.executable, str(file)], capture_output=True, text=True, check=False, timeout=120
    )
    assert found.returncode == (0 if is_whole else 2), found.stdout
