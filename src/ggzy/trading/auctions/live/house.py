"""一个值守进程的门: what each of its rooms shows, the answers on their way, and the writer behind them.

The writer is a process of its own, so that thousands at the doors do not slow it. One that dies is replaced
at once, and is asked again whatever has no answer yet: a press has a name, and the name has one answer.
"""

import asyncio
import itertools
import logging
import socket
import sys
import threading
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from queue import SimpleQueue
from typing import Any, cast
from uuid import UUID, uuid4

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import LotCode
from ggzy.trading.auctions.live.committer import PATIENCE_S
from ggzy.trading.auctions.live.line import Away, Frames, NotHere, Outcome, Own, Press, Report, Stop, framed
from ggzy.trading.auctions.live.showing import Showing
from ggzy.trading.auctions.rules import telling
from ggzy.trading.auctions.values import Answer, Offer

AGAIN_S, STOP_S = 0.2, 10.0
Answers = Sequence[tuple[int, Outcome]]
Waiting = tuple[Press | Own, "asyncio.Future[Any]"]

log = logging.getLogger("ggzy.live")


class House:
    """值守进程. Made inside the event loop; `start` begins to keep rooms, `stop` hands them back."""

    def __init__(self, door: str) -> None:
        self.loop = asyncio.get_running_loop()
        self.keeper: UUID = uuid4()
        self.door = door
        self.rooms: dict[LotCode, Showing] = {}
        self.kept: frozenset[LotCode] = frozenset()
        self.offset, self.at = timedelta(), 0.0
        self.numbers = itertools.count(1)
        self.waiting: dict[int, Waiting] = {}
        self.unsaid: list[Press | Own | Stop] = []
        self.writer: asyncio.WriteTransport | None = None
        self.is_stopping = False
        self.signing: SimpleQueue[Answers | None] = SimpleQueue()
        self.signer = threading.Thread(target=self._sign, name="answers", daemon=True)

    def start(self) -> None:
        self.signer.start()
        self.writing = asyncio.create_task(self._keep_writing())

    async def stop(self) -> None:
        """The last turn is finished and its answers are given."""
        self.is_stopping = True
        self._say(Stop())
        await asyncio.wait([self.writing], timeout=STOP_S)
        self.writing.cancel()
        self.signing.put(None)
        await asyncio.to_thread(self.signer.join)
        for room in self.rooms.values():
            room.task.cancel()

    def room(self, lot: str) -> Showing:
        """竞价室 kept here. Raises NotHere."""
        found = self.rooms.get(LotCode(lot))
        if found is None or lot not in self.kept:
            raise NotHere
        return found

    async def press(self, lot: LotCode, offer: Offer) -> Answer:
        """受理一次操作: answered after its commit. Raises NotHere or Away."""
        return cast(Answer, await self._ask(Press(next(self.numbers), lot, offer, time.monotonic())))

    async def own(self, lot: LotCode, paddle: int) -> telling.Told | None:
        """本号牌 as its bidder may see it; None where the room does not know it."""
        return cast(
            "telling.Told | None", await self._ask(Own(next(self.numbers), lot, paddle, time.monotonic()))
        )

    def now(self) -> datetime:
        """现在, by the clock that decides."""
        return datetime.now().astimezone() + self.offset

    async def _ask(self, question: Press | Own) -> Any:
        given = self.loop.create_future()
        self.waiting[question.number] = question, given
        self._say(question)
        return await given

    def _say(self, what: Press | Own | Stop) -> None:
        """What comes up in one turn of the loop is said at once."""
        if not self.unsaid:
            self.loop.call_soon(self._say_all)
        self.unsaid.append(what)

    def _say_all(self) -> None:
        said, self.unsaid = self.unsaid, []
        if self.writer is not None and not self.writer.is_closing():
            self.writer.write(framed(said))

    async def _keep_writing(self) -> None:
        """One writer after another, until the house stops."""
        while not self.is_stopping:
            await self._write()
            if not self.is_stopping:
                log.error("the writer is gone; another takes its place")
                await asyncio.sleep(AGAIN_S)
            self._give_up_late()

    async def _write(self) -> None:
        """A writer from its start to its end. It hears by its line when we are gone."""
        ours, theirs = socket.socketpair()
        with theirs:
            words = ["--writer", str(theirs.fileno()), "--keeper", str(self.keeper), "--door", self.door]
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "ggzy.live", *words, pass_fds=[theirs.fileno()]
            )
        ear = _Ear(self.hear)
        self.writer, _ = await self.loop.create_connection(lambda: ear, sock=ours)
        self.writer.write(framed([question for question, _ in self.waiting.values()]))
        try:
            await ear.gone.wait()
        finally:
            self.writer = None
            if not ear.gone.is_set():
                process.kill()
            await process.wait()

    def hear(self, report: Report) -> None:
        """What the writer did in one turn."""
        self.at, self.offset, self.kept = report.at, report.offset, report.kept
        for number, own in report.owns:
            self._give(number, own)
        if report.answers:
            self.signing.put(report.answers)
        for shown in report.shown:
            room = self.rooms.get(shown.lot)
            if room is None or room.is_over:
                room = self.rooms[shown.lot] = Showing(partial(self._keeps, shown.lot))
            room.take(shown)

    def _keeps(self, lot: LotCode) -> bool:
        return lot in self.kept

    def _sign(self) -> None:
        """The receipts of a commit are signed together, beside the next commit."""
        while (answers := self.signing.get()) is not None:
            wanted = [
                one.receipt for _, one in answers if isinstance(one, Answer) and one.receipt is not None
            ]
            signed = iter(journal.signed_each(wanted) if wanted else ())
            given = [
                (number, one.signed(next(signed)) if isinstance(one, Answer) and one.receipt else one)
                for number, one in answers
            ]
            self.loop.call_soon_threadsafe(self._give_all, given)

    def _give_all(self, answers: Answers) -> None:
        for number, answer in answers:
            self._give(number, answer)

    def _give(self, number: int, what: Any) -> None:
        _, given = self.waiting.pop(number, (None, None))
        if given is None or given.done():
            return
        if isinstance(what, type):
            given.set_exception(what())
        else:
            given.set_result(what)

    def _give_up_late(self) -> None:
        limit = 0.0 if self.is_stopping else PATIENCE_S
        now = time.monotonic()
        for number in [n for n, (asked, _) in self.waiting.items() if now - asked.since > limit]:
            self._give(number, Away)


class _Ear(asyncio.Protocol):
    """Our end of the line to the writer."""

    def __init__(self, hear: Any) -> None:
        self.hear, self.frames, self.gone = hear, Frames(), asyncio.Event()

    def data_received(self, data: bytes) -> None:
        for report in self.frames.feed(data):
            self.hear(report)

    def connection_lost(self, error: Exception | None) -> None:
        self.gone.set()
