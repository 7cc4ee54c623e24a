"""演练主线: plan each lot, walk it, check what it left; a bad record or a stumble never stops the rest."""

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from time import perf_counter

from django.db import DatabaseError

from ggzy.desk.management.rehearsal import award, checks, listing, sitting
from ggzy.desk.management.rehearsal.cast import REGION, Cast, traded
from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.desk.management.rehearsal.custody import Custody
from ggzy.desk.management.rehearsal.listing import ListingSchedule, ListingScript
from ggzy.desk.management.rehearsal.parcel_walk import ParcelWalk
from ggzy.desk.management.rehearsal.readers import read_file
from ggzy.desk.management.rehearsal.readings import LotReading, ParcelReading, Unreadable
from ggzy.desk.management.rehearsal.schedule import Schedule, plan
from ggzy.desk.management.rehearsal.script import BidScript, Script, write
from ggzy.desk.management.rehearsal.walk import Entrant, Walk
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Conflict, Forbidden, Missing
from ggzy.kernel.instants import BEIJING, local_date
from ggzy.kernel.verdict import Refused
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.catalog.values import Rulebook
from ggzy.trading.dossier import services as dossier
from ggzy.trading.tendering import services as tendering

Reading = LotReading | ParcelReading
Book = Script | ListingScript
"""剧本: of a tender or of a listing."""
ROUND_DAYS = 45
BEFORE_ALL = timedelta(days=60)
STUMBLES = (Refused, Conflict, Forbidden, Missing, AssertionError, ValueError, LookupError, DatabaseError)


@dataclass(frozen=True)
class Outcome:
    """一个标段的结果. `problems` is empty where it reached its lawful end and everything agrees."""

    reading: Reading
    lot: LotCode | None
    bids: int
    rounds: int
    seconds: float
    said: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        return not self.problems


def read(files: Iterable[Path], limit: int | None) -> tuple[list[Reading], list[Unreadable]]:
    """读入全部文件; `limit` lots at most."""
    readings: list[Reading] = []
    unreadable: list[Unreadable] = []
    for path in files:
        for record in read_file(path):
            if isinstance(record, Unreadable):
                unreadable.append(record)
            elif limit is None or len(readings) < limit:
                readings.append(record)
    return readings, unreadable


class Rehearsal:
    """一次演练: one cast, many lots, each at its own time."""

    def __init__(self, prefix: str, folder: Path, readings: list[Reading], first_serial: int) -> None:
        self.readings = readings
        plans = [self._plan(reading) for reading in readings]
        self._schedules = plans
        begin = min((p.registered for p in plans), default=datetime(2025, 1, 1, tzinfo=BEIJING))
        rounds = max((reading.round for reading in readings), default=1) + 1
        begin -= BEFORE_ALL + timedelta(days=ROUND_DAYS * min(rounds, 6))
        self.cast = Cast(prefix, begin, first_serial=first_serial)
        with at_moment(begin):
            self.custody = Custody(self.cast, folder, begin)

    def run(self) -> Iterator[Outcome]:
        """逐个标段走完."""
        for place in range(len(self.readings)):
            yield self.one(place)

    def branch(self, number: int) -> "Rehearsal":
        """一个分队: the same lots to choose from, and everything it writes kept apart from the others'."""
        other = copy(self)
        other.cast = self.cast.branch(number)
        other.custody = self.custody.branch(other.cast, number)
        return other

    def script(self, place: int) -> Book:
        """一个标段的剧本."""
        reading, when = self.readings[place], self._schedules[place]
        if isinstance(reading, ParcelReading):
            assert isinstance(when, ListingSchedule), "planned by its kind"
            return listing.write(reading, when)
        assert isinstance(when, Schedule), "planned by its kind"
        return write(reading, when)

    def walk(self, script: Script) -> Walk:
        """一个标段的行程, before its first step."""
        return Walk(self.cast, self.custody, script)

    def one(self, place: int) -> Outcome:
        """走完一个标段. A stumble is an outcome, too."""
        began = perf_counter()
        reading, script = self.readings[place], self.script(place)
        walk: Walk | ParcelWalk | None = None
        problems: tuple[str, ...]
        try:
            if isinstance(script, ListingScript):
                walk = ParcelWalk(self.cast, script)
                walk.run()
                problems = tuple(checks.listing(walk.lot, script))
            else:
                walk = self.walk(script)
                self._walk(walk, script)
                problems = tuple(checks.lot(walk.lot, script, walk.round))
        except STUMBLES as error:
            problems = (f"{type(error).__name__}：{error}",)
        return Outcome(
            reading=reading,
            lot=walk.lot if walk and walk.lot else None,
            bids=len(script.bids),
            rounds=walk.round if walk else 0,
            seconds=perf_counter() - began,
            said=script.said,
            problems=problems,
        )

    def lost(self, place: int, error: BaseException) -> Outcome:
        """走不完的标段: the process that walked it is gone."""
        problem = f"办理进程中断：{type(error).__name__} {error}"
        return Outcome(self.readings[place], None, 0, 0, 0.0, (), (problem,))

    def entrants(self, script: Book) -> Iterator[tuple[str, datetime]]:
        """全部参加人 by name, each with the moment it is first needed."""
        if isinstance(script, ListingScript):
            yield from ((bid.name, script.schedule.bids_from) for bid in script.bids)
            return
        for when, bids in self._rounds(script):
            yield from ((bid.name, when.bids_from) for bid in bids)

    def _rounds(self, script: Script) -> list[tuple[Schedule, tuple[BidScript, ...]]]:
        """全部轮次, the failed ones first."""
        return [*self._failed_rounds(script), (script.schedule, script.bids)]

    def _walk(self, walk: Walk, script: Script) -> None:
        rounds = self._rounds(script)
        walk.register(rounds[0][0].registered)
        for number, (when, bids) in enumerate(rounds, start=1):
            walk.announce(when)
            sitting.publish_scheme(walk, when)
            entrants = walk.bid(when, bids)
            walk.close(when)
            if number < len(rounds):
                self._again(walk, when)
        self._decide(walk, script.schedule, entrants)

    def _decide(self, walk: Walk, when: Schedule, entrants: list[Entrant]) -> None:
        walk.open(when, entrants)
        sitting.convene(walk, when)
        sitting.evaluate(walk, when, entrants)
        award.publicise(walk, when)
        self.contest(walk, when, entrants)
        letter = award.award(walk)
        signed = award.contract(walk, letter, entrants)
        self.complain(walk, signed, entrants)
        award.archive(walk, award.perform(walk, signed))
        dossier.refresh(walk.lot)

    def contest(self, walk: Walk, when: Schedule, entrants: list[Entrant]) -> None:
        """公示期的异议: nobody raises one in a rehearsal."""

    def complain(self, walk: Walk, signed: datetime, entrants: list[Entrant]) -> None:
        """签约之后的投诉: nor does anybody complain."""

    def _again(self, walk: Walk, when: Schedule) -> None:
        """流标之后: deposits go back, the lot enters its next round."""
        at = when.deadline + timedelta(days=1)
        award.return_deposits(walk, at)
        with at_moment(at + timedelta(hours=2)):
            actor = walk.cast.act(walk.agency)
            reason = "投标人少于三个，重新招标"
            tendering.retender(actor, walk.lot, reason, at=at + timedelta(hours=2))
        walk.round += 1

    def _failed_rounds(self, script: Script) -> Iterator[tuple[Schedule, tuple[BidScript, ...]]]:
        count = len(script.failed)
        for number, bids in enumerate(script.failed):
            days = ROUND_DAYS * (count - number)
            day = local_date(script.schedule.deadline) - timedelta(days=days)
            while not catalog.calendar().is_workday(day):
                day -= timedelta(days=1)
            opened = datetime.combine(day, time(9, 30), BEIJING)
            earlier = replace(script.reading, opened_at=opened, publicity=None, published_on=None)
            yield self._plan_tender(earlier), bids

    def _plan(self, reading: Reading) -> Schedule | ListingSchedule:
        return listing.plan(reading) if isinstance(reading, ParcelReading) else self._plan_tender(reading)

    def _plan_tender(self, reading: LotReading) -> Schedule:
        about = reading.opened_at or (reading.publicity[0] if reading.publicity else None)
        day = local_date(about) if about else (reading.published_on or local_date(datetime.now(BEIJING)))
        rulebook: Rulebook = catalog.rulebook(traded().rulebook, REGION, day)
        return plan(reading, catalog.calendar(), rulebook)
