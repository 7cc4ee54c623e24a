"""一个值守进程: its committer, what each of its rooms shows, and the answers on their way."""

import asyncio
import json
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from queue import SimpleQueue
from typing import Any

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import LotCode
from ggzy.trading.auctions.live.committer import Committer, NotHere, Waiting, Written
from ggzy.trading.auctions.rules import telling
from ggzy.trading.auctions.values import Answer, Offer, Paddle

PACE_S = 0.1
"""播报间隔: a hot room is told of at most so often; the latest state wins."""
HEARTBEAT_S, LOOK_S = 15.0, 1.0
LINES = 50
HEARTBEAT = b": \n\n"


class Showing:
    """一间竞价室的实况, serialised once for all who watch. `changed` wakes them; each sends what is latest then.

    `is_over`: another process keeps the room now, and whoever watches here must ask for its door again.
    """

    def __init__(self, written: Written, is_kept: Callable[[], bool]) -> None:
        self.written, self.is_kept, self.is_over = written, is_kept, False
        self.recent: list[telling.Told] = []
        self.fresh: list[telling.Told] = []
        self.version = 0
        self.text, self.stream = "", HEARTBEAT
        self.changed = asyncio.Event()
        self.dirty = asyncio.Event()
        self.task = asyncio.create_task(self._pace())

    def take(self, written: Written) -> None:
        """What was committed, or read again."""
        self.written = written
        if written.done is not None:
            lines = telling.lines(written.done.facts)
            self.fresh = telling.merged(self.fresh, lines, LINES)
            self.recent = telling.merged(self.recent, lines, LINES)
        self.dirty.set()

    def tick(self, lines: Sequence[telling.Told]) -> telling.Told:
        """实况 with these lines."""
        now = self.written
        return telling.tick(now.seat.room, now.head, now.chain, now.now, lines)

    def paddle(self, number: int) -> Paddle | None:
        """号牌 as the room knows it."""
        return self.written.seat.room.roster.find(number)

    def own(self, number: int) -> telling.Told | None:
        """本号牌 as its bidder may see it."""
        paddle = self.paddle(number)
        return None if paddle is None else telling.own(self.written.seat.room, paddle)

    async def _pace(self) -> None:
        silent = 0.0
        while self.is_kept():
            try:
                await asyncio.wait_for(self.dirty.wait(), LOOK_S)
            except TimeoutError:
                silent += LOOK_S
                if silent >= HEARTBEAT_S:
                    silent, self.stream = 0.0, HEARTBEAT
                    self._wake()
                continue
            silent = 0.0
            self.dirty.clear()
            lines, self.fresh = self.fresh, []
            self.text = dumps(self.tick(lines))
            self.stream = event(self.written.head, self.text)
            self.version += 1
            self._wake()
            await asyncio.sleep(PACE_S)
        self.is_over = True
        self._wake()

    def _wake(self) -> None:
        woken, self.changed = self.changed, asyncio.Event()
        woken.set()


class House:
    """值守进程. Made inside the event loop; `start` begins to keep rooms, `stop` hands them back."""

    def __init__(self, door: str) -> None:
        self.loop = asyncio.get_running_loop()
        self.committer = Committer(door, self._heard)
        self.rooms: dict[LotCode, Showing] = {}
        self.signing: SimpleQueue[Sequence[tuple[Waiting, Answer]] | None] = SimpleQueue()
        self.signer = threading.Thread(target=self._sign, name="answers", daemon=True)

    def start(self) -> None:
        self.committer.start()
        self.signer.start()

    async def stop(self) -> None:
        """The last turn is finished and its answers are given."""
        self.committer.stop()
        await asyncio.to_thread(self.committer.join)
        self.signing.put(None)
        await asyncio.to_thread(self.signer.join)
        for room in self.rooms.values():
            room.task.cancel()

    def room(self, lot: str) -> Showing:
        """竞价室 kept here. Raises NotHere."""
        found = self.rooms.get(LotCode(lot))
        if found is None or found.written.seat.lot not in self.committer.kept:
            raise NotHere
        return found

    async def press(self, lot: LotCode, offer: Offer) -> Answer:
        """受理一次操作: answered after its commit. Raises NotHere or Away."""
        given: asyncio.Future[Answer] = self.loop.create_future()

        def answer(what: Answer | Exception) -> None:
            if isinstance(what, Exception):
                self.loop.call_soon_threadsafe(_fail, given, what)
            else:
                _give(given, what)

        self.committer.inbox.put(Waiting(lot, offer, answer, time.monotonic()))
        return await given

    def now(self) -> datetime:
        """现在, by the clock that decides."""
        return self.committer.now()

    def _heard(self, written: Sequence[Written], answers: Sequence[tuple[Waiting, Answer]]) -> None:
        """From the committer's thread: nothing here may wait."""
        if answers:
            self.signing.put(answers)
        if written:
            self.loop.call_soon_threadsafe(self._show, written)

    def _show(self, written: Sequence[Written]) -> None:
        for one in written:
            lot = one.seat.lot
            showing = self.rooms.get(lot)
            if showing is None or showing.is_over:
                showing = self.rooms[lot] = Showing(one, partial(self._keeps, lot))
            showing.take(one)

    def _keeps(self, lot: LotCode) -> bool:
        return lot in self.committer.kept

    def _sign(self) -> None:
        """The receipts of a commit are signed at one question, beside the next commit."""
        while (answers := self.signing.get()) is not None:
            wanted = [answer.receipt for _, answer in answers if answer.receipt is not None]
            signed = iter(journal.signed_each(wanted) if wanted else ())
            given = [
                (one, answer if answer.receipt is None else answer.signed(next(signed)))
                for one, answer in answers
            ]
            self.loop.call_soon_threadsafe(_give_all, given)


def _give_all(given: Sequence[tuple[Waiting, Answer]]) -> None:
    for waiting, answer in given:
        waiting.answer(answer)


def _give(future: "asyncio.Future[Answer]", answer: Answer) -> None:
    if not future.done():
        future.set_result(answer)


def _fail(future: "asyncio.Future[Answer]", error: Exception) -> None:
    if not future.done():
        future.set_exception(error)


def event(head: int, text: str) -> bytes:
    """一条服务器推送事件."""
    return f"event: tick\nid: {head}\ndata: {text}\n\n".encode()


def dumps(value: Any) -> str:
    """JSON in one line."""
    return _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
