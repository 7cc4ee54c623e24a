"""门与落笔之间: what the process of the doors and the process that writes say to each other, over a socket pair.

Both are ours, started one by the other, so values travel as Python writes them. What a process said before it
died was said whole or not at all: a frame is its length and so many bytes.
"""

import pickle
import select
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Conflict, Missing
from ggzy.trading.auctions.rules.telling import Told
from ggzy.trading.auctions.values import Answer, Offer

LENGTH_BYTES = 4
READ_BYTES = 256 * 1024


class Away(Conflict):
    """值守中断: nothing is known of this press; the same press may be sent again."""

    def __init__(self) -> None:
        super().__init__("竞价服务暂时无法确认本次操作，请勿更改内容，稍候将以同一操作标识重新提交")


class NotHere(Missing):
    """不在此处: another process keeps the room."""

    def __init__(self) -> None:
        super().__init__("竞价室由另一进程值守，请重新连接")


Outcome = Answer | type[Away] | type[NotHere]
"""A press is answered, or it is said why it is not."""


@dataclass(frozen=True)
class Press:
    """一次操作, under the number by which its door knows it; `since` by the clock both processes share."""

    number: int
    lot: LotCode
    offer: Offer
    since: float


@dataclass(frozen=True)
class Own:
    """问本号牌: what only the bidder of that paddle may see."""

    number: int
    lot: LotCode
    paddle: int
    since: float


@dataclass(frozen=True)
class Stop:
    """停止: after the turn that runs."""


@dataclass(frozen=True)
class Shown:
    """一间竞价室的实况 as all who watch may see it, and the offers since the one before."""

    lot: LotCode
    head: int
    tick: Told
    lines: list[Told]


@dataclass
class Report:
    """一轮的结果, and how the writer is: which rooms it keeps, how far its clock is from the database's, when."""

    at: float
    offset: timedelta
    kept: frozenset[LotCode]
    is_due: bool = False
    answers: list[tuple[int, Outcome]] = field(default_factory=list)
    owns: list[tuple[int, Told | None]] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)


class Frames:
    """What has arrived so far; gives whole values."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[Any]:
        """The values that are whole now."""
        self._buffer += data
        while len(self._buffer) >= LENGTH_BYTES:
            end = LENGTH_BYTES + int.from_bytes(self._buffer[:LENGTH_BYTES])
            if len(self._buffer) < end:
                return
            value = pickle.loads(self._buffer[LENGTH_BYTES:end])
            del self._buffer[:end]
            yield value


def framed(value: object) -> bytes:
    """One value as it travels."""
    body = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return len(body).to_bytes(LENGTH_BYTES) + body


class Line:
    """The writer's end. It waits for what comes, as long as it has nothing else to do."""

    def __init__(self, ours: socket.socket) -> None:
        self._socket, self._frames = ours, Frames()
        self._poll = select.poll()
        self._poll.register(ours, select.POLLIN)

    def receive(self, seconds: float) -> list[Any]:
        """What came within that time; a `Stop` where nobody is at the other end any more."""
        if not self._poll.poll(seconds * 1000):
            return []
        try:
            data = self._socket.recv(READ_BYTES)
        except ConnectionError:
            data = b""
        return [one for said in self._frames.feed(data) for one in said] if data else [Stop()]

    def send(self, report: Report) -> None:
        self._socket.sendall(framed(report))
