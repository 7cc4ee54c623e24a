"""筛查的值: an auction as it was read, and what was wrong with a line."""

from collections.abc import Mapping
from dataclasses import dataclass

Measures = Mapping[str, float]


@dataclass(frozen=True)
class Auction:
    """一次竞价. `bids` as written, usable or not; `market` is "" where none is named; `collusive` None without a label."""

    key: str
    market: str
    bids: tuple[float, ...]
    collusive: bool | None
    place: str


@dataclass(frozen=True)
class Trouble:
    """读不了的一处: where, and why. The rest goes on."""

    place: str
    reason: str

    def __str__(self) -> str:
        """A hostile name cannot move the cursor or end the line."""
        told = f"{self.place}: {self.reason}"
        return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in told)
