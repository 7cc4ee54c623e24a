"""落笔: the one thread of this process that writes, for all rooms it keeps.

What waits is judged and committed together; nobody is answered before the commit. When the database fails
nothing is forgotten: what waits is put again under fresh seats, and a press that had been committed without
our hearing of it gets the answer it was given.
"""

import logging
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from uuid import UUID, uuid4

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Conflict, Missing
from ggzy.trading.auctions import queries, services
from ggzy.trading.auctions.values import Answer, Offer, RoomPhase

BATCH_MAX = 200
LOOK_EVERY_S, BEAT_EVERY_S = 0.2, 1.0
AGAIN_S, PAUSE_S = 0.3, 0.05
PATIENCE_S = 10.0
SWITCH_S = 0.001  # the doors of this process must not wait for five milliseconds of ours

log = logging.getLogger("ggzy.live")


@dataclass(frozen=True)
class Waiting:
    """一次待答复的操作. `answer` is called once, from this thread: with what it came to, or with why it got none."""

    lot: LotCode
    offer: Offer
    answer: Callable[[Answer | Exception], None]
    since: float


@dataclass(frozen=True)
class Written:
    """一间竞价室的新事实, for those who watch; `done` is None where the room was read again."""

    seat: services.Seat
    head: int
    chain: bytes
    now: datetime
    done: services.Done | None


class Away(Conflict):
    """值守中断: nothing is known of this press; the same press may be sent again."""

    def __init__(self) -> None:
        super().__init__("竞价服务暂时无法确认本次操作，请勿更改内容，稍候将以同一操作标识重新提交")


class NotHere(Missing):
    """不在此处: another process keeps the room."""

    def __init__(self) -> None:
        super().__init__("竞价室由另一进程值守，请重新连接")


class Committer(threading.Thread):
    """落笔的线程. `tell` hears of every change, with the answers to be given then; `at` is its last sound turn."""

    def __init__(
        self, door: str, tell: Callable[[Sequence[Written], Sequence[tuple[Waiting, Answer]]], None]
    ) -> None:
        super().__init__(name="committer", daemon=True)
        self.keeper: UUID = uuid4()
        self.door, self.tell = door, tell
        self.inbox: SimpleQueue[Waiting] = SimpleQueue()
        self.seats: dict[LotCode, services.Seat] = {}
        self.kept: dict[LotCode, queries.Kept] = {}
        self.waiting: list[Waiting] = []
        self.offset = timedelta()
        self.held: dict[LotCode, float] = {}
        self.braked: set[LotCode] = set()
        self.looked = self.beaten = self.at = 0.0
        self.stopping = self.is_careful = False

    def run(self) -> None:
        sys.setswitchinterval(SWITCH_S)
        while not self.stopping:
            self.step()
        self._give_up([*self.waiting, *self._drain(BATCH_MAX)])
        try:
            services.release(self.keeper)
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

    def stop(self) -> None:
        """After the turn that runs; the rooms are handed back."""
        self.stopping = True

    def _turn(self) -> None:
        self._gather()
        if time.monotonic() - self.looked >= LOOK_EVERY_S:
            self._look()
        work = self._work()
        if not work:
            if self.waiting:
                time.sleep(PAUSE_S)  # for a seat that is not there yet
            return
        done = services.press(
            [(self.seats[lot], [one.offer for one in waiting]) for lot, waiting in work.items()]
        )
        written: list[Written] = []
        answers: list[tuple[Waiting, Answer]] = []
        answered: set[int] = set()
        for (lot, waiting), room in zip(work.items(), done, strict=True):
            if room is None:  # its seat was lost: what waits is put again under a fresh one
                self.looked = 0.0
                del self.seats[lot]
                continue
            answers += zip(waiting, room.answers, strict=True)
            answered.update(id(one) for one in waiting)
            if not room.facts and not waiting:  # its time has come, and something else holds it back
                self.held[lot] = time.monotonic() + PAUSE_S
            if room.facts:
                seat = self.seats[lot]
                written.append(
                    Written(seat, seat.head, room.receipts[-1].chain, seat.room.at or self.now(), room)
                )
        self.waiting = [one for one in self.waiting if id(one) not in answered]
        self.is_careful = self.is_careful and bool(self.waiting)
        if written or answers:
            self.tell(written, answers)

    def _gather(self) -> None:
        """What waits, until something does or a room is due. Whoever presses meanwhile is taken with the next."""
        if self.waiting:
            self._drain_into_waiting()
            return
        wait = min(LOOK_EVERY_S, *(self._left(seat) for seat in self.seats.values()), LOOK_EVERY_S)
        try:
            self.waiting.append(self.inbox.get(timeout=max(wait, 0.001)))
        except Empty:
            return
        self._drain_into_waiting()

    def _drain_into_waiting(self) -> None:
        self.waiting += self._drain(BATCH_MAX - len(self.waiting))

    def _drain(self, most: int) -> list[Waiting]:
        found: list[Waiting] = []
        while len(found) < most:
            try:
                found.append(self.inbox.get_nowait())
            except Empty:
                break
        return found

    def _work(self) -> dict[LotCode, list[Waiting]]:
        """By room what waits, and the rooms whose clock owes them something. What is not kept here is sent away.

        After a turn that failed one press is taken at a time: one that cannot be judged must not take the others down.
        """
        work: dict[LotCode, list[Waiting]] = {}
        strangers, late = [], []
        for one in self.waiting[:1] if self.is_careful else self.waiting:
            if one.lot in self.seats:
                work.setdefault(one.lot, []).append(one)
            elif time.monotonic() - one.since > PATIENCE_S:
                late.append(one)
            elif one.lot not in self.kept:
                strangers.append(one)
        for one in strangers:
            one.answer(NotHere())
        self._give_up(late)
        gone = {id(one) for one in [*strangers, *late]}
        self.waiting = [one for one in self.waiting if id(one) not in gone]
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

    def _take(self, lot: LotCode) -> None:
        try:
            seat = self.seats[lot] = services.take(lot)
        except Missing:
            return
        told = queries.tick(lot)
        if told is not None:
            chain = bytes.fromhex(told["state"]["chain"])
            self.tell([Written(seat, told["state"]["head"], chain, self.now(), None)], [])

    def _start_over(self) -> None:
        """Nothing in memory counts any more; what waits is put again."""
        self.seats.clear()
        self.looked = self.beaten = 0.0
        connection.close()
        self._give_up([one for one in self.waiting if time.monotonic() - one.since > PATIENCE_S])
        time.sleep(AGAIN_S)

    def _give_up(self, waiting: Sequence[Waiting]) -> None:
        for one in waiting:
            one.answer(Away())
        gone = {id(one) for one in waiting}
        self.waiting = [one for one in self.waiting if id(one) not in gone]
