"""一间竞价室的实况, serialised once for all who watch."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from ggzy.trading.auctions.live.line import Shown
from ggzy.trading.auctions.rules import telling

HEARTBEAT_S, LOOK_S = 15.0, 1.0
LINES = 50
HEARTBEAT = b": \n\n"


class Showing:
    """实况. `changed` wakes who watches; each sends what is latest then.

    `is_over`: another process keeps the room now, and whoever watches here must ask for its door again.
    """

    def __init__(self, is_kept: Callable[[], bool]) -> None:
        self.is_kept, self.is_over = is_kept, False
        self.shown: Shown | None = None
        self.recent: list[telling.Told] = []
        self.version, self.seq = 0, 0
        self.text, self.stream = "", HEARTBEAT
        self.changed = asyncio.Event()
        self.task = asyncio.create_task(self._beat())

    def take(self, shown: Shown) -> None:
        """What the writer shows now. An offer is told once, also by a writer that began anew."""
        fresh = [line for line in shown.lines if line["seq"] > self.seq]
        self.seq = max([self.seq, *(line["seq"] for line in fresh)])
        self.shown, self.recent = shown, telling.merged(self.recent, fresh, LINES)
        self.text = dumps({**shown.tick, "lines": fresh})
        self.stream = event(shown.head, self.text)
        self.version += 1
        self._wake()

    def whole(self) -> str:
        """实况 with the last offers, for who comes now."""
        assert self.shown is not None, "a room is shown from its first tick on"
        return dumps({**self.shown.tick, "lines": self.recent})

    @property
    def head(self) -> int:
        return self.shown.head if self.shown else 0

    async def _beat(self) -> None:
        """A sign of life for streams on which nothing else is said, and their end when the room has moved."""
        silent, version = 0.0, self.version
        while self.is_kept():
            await asyncio.sleep(LOOK_S)
            silent = silent + LOOK_S if version == self.version else 0.0
            version = self.version
            if silent >= HEARTBEAT_S:
                silent, self.stream = 0.0, HEARTBEAT
                self._wake()
        self.is_over = True
        self._wake()

    def _wake(self) -> None:
        woken, self.changed = self.changed, asyncio.Event()
        woken.set()


def event(head: int, text: str) -> bytes:
    """一条服务器推送事件."""
    return f"event: tick\nid: {head}\ndata: {text}\n\n".encode()


def dumps(value: Any) -> str:
    """JSON in one line."""
    return _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
