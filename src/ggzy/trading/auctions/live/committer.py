"""落笔: the one process that writes, for all rooms it keeps.

What waits is judged and committed together; nobody is answered before the commit. When the database fails
nothing is forgotten: what waits is put again under fresh seats, and a press that had been committed without
our hearing of it gets the answer it was given.
"""

import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Missing
from ggzy.trading.auctions import events, queries, services
from ggzy.trading.auctions.live.line import Away, Line, NotHere, Own, Press, Report, Shown, Stop
from ggzy.trading.auctions.rules import telling
from ggzy.trading.auctions.values import Offer, RoomPhase

BATCH_MAX = 200
LOOK_EVERY_S, BEAT_EVERY_S = 0.2, 1.0
AGAIN_S, PAUSE_S = 0.3, 0.05
PATIENCE_S = 10.0
PACE_S = 0.1
"""播报间隔: a hot room is told of at most so often; the latest state wins."""
LINES = 50

log = logging.getLogger("ggzy.live")


@dataclass
class View:
    """一间竞价室的播报: the last fact, the offers not told yet, and when it was told of last."""

    head: int = 0
    chain: bytes = b""
    read: list[telling.Told] = field(default_factory=list)
    fresh: list[events.OfferMade] = field(default_factory=list)
    told: float = 0.0
    is_due: bool = False

    def follow(self, head: int, chain: bytes, facts: Iterable[Any]) -> None:
        """What was committed."""
        self.head, self.chain, self.is_due = head, chain, True
        self.fresh = [*self.fresh, *(fact for fact in facts if isinstance(fact, events.OfferMade))][-LINES:]

    def restore(self, told: telling.Told) -> None:
        """What was read again: the last offers with it."""
        state = told["state"]
        self.head, self.chain, self.is_due = state["head"], bytes.fromhex(state["chain"]), True
        self.read, self.fresh = told["lines"], []

    def lines(self) -> list[telling.Told]:
        """报价记录 not told yet, and from now on told."""
        found = [*self.read, *telling.lines(self.fresh)][-LINES:]
        self.read, self.fresh = [], []
        return found


class Committer:
    """落笔. `line` leads to the doors; `at` is the last sound turn."""

    def __init__(self, keeper: UUID, door: str, line: Line) -> None:
        self.keeper, self.door, self.line = keeper, door, line
        self.seats: dict[LotCode, services.Seat] = {}
        self.views: dict[LotCode, View] = {}
        self.kept: dict[LotCode, queries.Kept] = {}
        self.waiting: list[Press] = []
        self.offset = timedelta()
        self.held: dict[LotCode, float] = {}
        self.braked: set[LotCode] = set()
        self.looked = self.beaten = self.at = 0.0
        self.stopping = self.is_careful = False
        self.report = self._blank()

    def run(self) -> None:
        """Until the doors say so, or are gone."""
        while not self.stopping:
            self.step()
        try:
            self._give_up(self.waiting)
            services.release(self.keeper)
            self._send()
        finally:
            connection.close()

    def step(self) -> None:
        """One turn; whatever goes wrong in it, the next one starts sound and nobody waits for ever."""
        try:
            self._turn()
            self.at = time.monotonic()
        except services.Fenced:
            self.looked = 0.0
        except (DatabaseError, InterfaceError):
            log.exception("the database does not answer")
            self._start_over()
        except Exception:
            log.exception("a turn failed; the rooms are read again")
            self._start_over()
            if self.is_careful or len(self.waiting) == 1:
                self._give_up(self.waiting[:1])
            self.is_careful = True
        self._send()

    def _turn(self) -> None:
        if time.monotonic() - self.looked >= LOOK_EVERY_S:
            self._look()
        self._gather()
        work = self._work()
        if work:
            self._press(work)
        elif self.waiting:
            time.sleep(PAUSE_S)  # for a seat that is not there yet

    def _press(self, work: dict[LotCode, list[Press]]) -> None:
        done = services.press(
            [(self.seats[lot], [self._dated(one) for one in waiting]) for lot, waiting in work.items()]
        )
        answered: set[int] = set()
        for (lot, waiting), room in zip(work.items(), done, strict=True):
            if room is None:  # its seat was lost: what waits is put again under a fresh one
                self.looked = 0.0
                del self.seats[lot]
                continue
            numbers = [one.number for one in waiting]
            self.report.answers += zip(numbers, room.answers, strict=True)
            answered.update(numbers)
            if room.facts:
                self._view(lot).follow(self.seats[lot].head, room.receipts[-1].chain, room.facts)
            elif not waiting:  # its time has come, and something else holds it back
                self.held[lot] = time.monotonic() + PAUSE_S
        self.waiting = [one for one in self.waiting if one.number not in answered]
        self.is_careful = self.is_careful and bool(self.waiting)

    def _dated(self, press: Press) -> Offer:
        """到达时间: a press waits for the commit before it, and may wait over the end of its room."""
        return replace(press.offer, arrived=self.now() - timedelta(seconds=time.monotonic() - press.since))

    def _gather(self) -> None:
        """What waits, until something does or a room is due. Whoever presses meanwhile is taken with the next."""
        for said in self.line.receive(0.0 if self.waiting else self._patience()):
            match said:
                case Press():
                    self.waiting.append(said)
                case Own(number, lot, paddle):
                    self.report.owns.append((number, self._own(lot, paddle)))
                case Stop():
                    self.stopping = True

    def _patience(self) -> float:
        """Seconds until the clock owes a room something, or a room its watchers."""
        now = time.monotonic()
        due = [view.told + PACE_S - now for view in self.views.values() if view.is_due]
        return max(0.001, min([LOOK_EVERY_S, *(self._left(seat) for seat in self.seats.values()), *due]))

    def _work(self) -> dict[LotCode, list[Press]]:
        """By room what waits, and the rooms whose clock owes them something. What is not kept here is sent away.

        After a turn that failed one press is taken at a time: one that cannot be judged must not take the others down.
        """
        work: dict[LotCode, list[Press]] = {}
        strangers, late = [], []
        for one in self.waiting[: 1 if self.is_careful else BATCH_MAX]:
            if one.lot in self.seats:
                work.setdefault(one.lot, []).append(one)
            elif time.monotonic() - one.since > PATIENCE_S:
                late.append(one)
            elif one.lot not in self.kept:
                strangers.append(one)
        self.report.answers += ((one.number, NotHere) for one in strangers)
        self._give_up(late)
        gone = {one.number for one in strangers}
        if gone:
            self.waiting = [one for one in self.waiting if one.number not in gone]
        for lot, seat in self.seats.items():
            if lot not in work and self._left(seat) <= 0:
                work[lot] = []
        for lot in self.braked & self.seats.keys():
            work.setdefault(lot, [])
        self.braked = set()
        return work

    def _left(self, seat: services.Seat) -> float:
        """Seconds until the clock owes this room something."""
        room = seat.room
        if room.end is None or room.pause is not None or room.phase is RoomPhase.CLOSED:
            return LOOK_EVERY_S
        held = self.held.get(seat.lot, 0.0) - time.monotonic()
        return max(held, (room.end - self.now()).total_seconds())

    def now(self) -> datetime:
        """现在 by the database's clock, as it was last compared."""
        return datetime.now().astimezone() + self.offset

    def _look(self) -> None:
        """巡视: say that one lives, take what nobody keeps, read again what somebody else has written in."""
        if time.monotonic() - self.beaten >= BEAT_EVERY_S:
            close_old_connections()
            services.pulse()  # first of all: a room must not end in the time when nobody could press
            services.beat(self.keeper, self.door)
            kept = services.claim(self.keeper)
            self.beaten = time.monotonic()
        else:
            kept = queries.kept_by(self.keeper, self.now())
        self.offset = journal.now() - datetime.now().astimezone()
        self.kept = {one.lot: one for one in kept}
        for lot in self.seats.keys() - self.kept.keys():
            del self.seats[lot]
        for one in kept:
            seat = self.seats.get(one.lot)
            if seat is None or (seat.epoch, seat.head) != (one.epoch, one.head):
                self._take(one.lot)
        self.braked = set(queries.to_brake()) if self.seats else set()
        self.looked = time.monotonic()
        self.report.is_due = True

    def _take(self, lot: LotCode) -> None:
        try:
            self.seats[lot] = services.take(lot)
        except Missing:
            return
        told = queries.tick(lot)
        if told is not None:
            self._view(lot).restore(told)

    def _view(self, lot: LotCode) -> View:
        return self.views.setdefault(lot, View())

    def _own(self, lot: LotCode, number: int) -> telling.Told | None:
        seat = self.seats.get(lot)
        paddle = seat.room.roster.find(number) if seat else None
        return telling.own(seat.room, paddle) if seat and paddle else None

    def _show(self) -> None:
        """实况 of every room that changed, at its pace."""
        now = time.monotonic()
        for lot, view in self.views.items():
            seat = self.seats.get(lot)
            if view.is_due and seat is not None and now - view.told >= PACE_S:
                tick = telling.tick(seat.room, view.head, view.chain, seat.room.at or self.now(), ())
                self.report.shown.append(Shown(lot, view.head, tick, view.lines()))
                view.told, view.is_due = now, False

    def _send(self) -> None:
        """What there is to tell the doors."""
        self._show()
        told, self.report = self.report, self._blank()
        if told.is_due or told.answers or told.owns or told.shown:
            told.at, told.offset, told.kept = self.at, self.offset, frozenset(self.kept)
            try:
                self.line.send(told)
            except OSError:
                self.stopping = True  # nobody is there any more

    def _blank(self) -> Report:
        return Report(self.at, self.offset, frozenset(self.kept))

    def _start_over(self) -> None:
        """Nothing in memory counts any more; what waits is put again."""
        self.seats.clear()
        self.looked = self.beaten = 0.0
        connection.close()
        self._give_up([one for one in self.waiting if time.monotonic() - one.since > PATIENCE_S])
        time.sleep(AGAIN_S)

    def _give_up(self, waiting: Sequence[Press]) -> None:
        self.report.answers += ((one.number, Away) for one in waiting)
        gone = {one.number for one in waiting}
        self.waiting = [one for one in self.waiting if one.number not in gone]
