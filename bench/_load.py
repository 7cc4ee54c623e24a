"""Bidders and watchers of the auction bench: a closed loop of presses on one door, and how long answers took."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench._line import START, STEP, Line, Socket, Watcher, text_of

LONGEST_S = 30.0


@dataclass(frozen=True)
class Seat:
    """A bidder of a room: the lot, and the cookie of its session."""

    lot: str
    cookie: str


@dataclass
class Load:
    """What came of a load: how long each answer took, how many offers were accepted, what the watchers saw."""

    seconds: float = 0.0
    took: list[float] = field(default_factory=list)
    accepted: int = 0
    delays: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return len(self.took) / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds within which that share of the answers came."""
        return _percentile(self.took, share)

    def late(self, share: float) -> float:
        """Milliseconds within which that share of the ticks reached their watchers."""
        return _percentile(self.delays, share)


async def load(
    port: int, seats: Sequence[Seat], seconds: float, kind: type[Line], watchers: Sequence[str] = ()
) -> Load:
    """Every bidder presses as soon as it was answered, each offer one step above the last one sent."""
    loop, found, turns = asyncio.get_running_loop(), Load(), dict.fromkeys({seat.lot for seat in seats}, 0)
    seen = [
        (await loop.create_connection(lambda lot=lot: Watcher(lot), "127.0.0.1", port))[1] for lot in watchers
    ]
    lines = []
    for seat in seats:
        _, line = await loop.create_connection(
            lambda seat=seat: kind(seat.lot, seat.cookie), "127.0.0.1", port
        )
        if isinstance(line, Socket):
            await asyncio.wait_for(line.opened(), LONGEST_S)
        lines.append(line)
    mark = f"{time.monotonic_ns():x}"
    first = dict(_marks.get("turns", {}))
    end = time.monotonic() + seconds

    async def bid(line: Line) -> None:
        while time.monotonic() < end:
            turn = turns[line.lot] + first.get(line.lot, 0)
            turns[line.lot] += 1
            text = text_of(f"{mark}-{turn:08d}", START + turn * STEP)
            since = time.perf_counter()
            answer = await line.press(text)
            found.took.append(time.perf_counter() - since)
            found.accepted += b'"accepted":true' in answer

    began = time.monotonic()
    await asyncio.gather(*map(bid, lines))
    found.seconds = time.monotonic() - began
    for lot, count in turns.items():
        _marks.setdefault("turns", {})[lot] = first.get(lot, 0) + count
    for line in lines:
        line.close()
    for watcher in seen:
        watcher.transport.abort()
        found.delays += watcher.delays
    return found


_marks: dict[str, dict[str, int]] = {}
"""Where each room's offers stand, so that the next load goes on from there."""


def _percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000, 1) if ordered else 0.0
