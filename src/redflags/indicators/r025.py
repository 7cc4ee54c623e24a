"""R025 屡投不中: bids as often as the busiest, wins less than the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, ClassVar

from redflags.findings import TENDERER, Findings
from redflags.prices import Differences
from redflags.process import Process
from redflags.settings import Settings
from redflags.statistics import lower_fence, quantile, quartiles

PERCENTILE = 75


class R025:
    """屡投不中."""

    code: ClassVar[str] = "R025"

    def __init__(self, settings: Settings, differences: Differences) -> None:
        told = settings.flags[self.code]
        self.percentile: int = told.get("percentile", PERCENTILE)
        self.fence: float | None = told.get("threshold")
        self.bid: Counter[str] = Counter()
        self.won: Counter[str] = Counter()

    def fold(self, processes: Sequence[Process]) -> None:
        """A bidder counts once in a process, however many valid bids it made alone."""
        bid: list[str] = []
        won: list[str] = []
        for process in processes:
            if process.winner is None:
                continue
            bidders = dict.fromkeys(process.rivals)
            bid += bidders
            if process.winner in bidders:
                won.append(process.winner)
        self.bid.update(bid)
        self.won.update(won)

    def kept(self) -> tuple[Any, ...]:
        """所存."""
        return dict(self.bid), dict(self.won)

    def merge(self, bid: dict[str, int], won: dict[str, int]) -> None:
        """并入后续部分."""
        self.bid.update(bid)
        self.won.update(won)

    def conclude(self) -> Findings:
        """Where most never win, not winning is no outlier, and nobody is flagged."""
        found = Findings()
        often = quantile(map(float, self.bid.values()), self.percentile / 100)
        shares = {bidder: self.won.get(bidder, 0) / times for bidder, times in self.bid.items()}
        fence, q1 = self.fence, 1.0
        if fence is None:
            q1, q3 = quartiles(shares.values())
            fence = lower_fence(q1, q3)
            found.meta |= {"q1": q1, "q3": q3}
        found.meta |= {"upper_fence": often, "lower_fence": fence}
        if q1 > 0 and fence > 0:
            for bidder, share in shares.items():
                if self.bid[bidder] >= often and share <= fence:
                    found.raise_for(TENDERER, bidder, share)
        return found
