"""R025 屡投不中: bids as often as the busiest, wins less than the others."""

from __future__ import annotations

from typing import ClassVar

from redflags.findings import TENDERER, Findings, add
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
        self.bid: dict[str, int] = {}
        self.won: dict[str, int] = {}

    def fold(self, process: Process) -> None:
        """A bidder counts once in a process, however many valid bids it made alone."""
        winner = process.winner
        if winner is None:
            return
        bidders = {
            bid.tenderers[0].id
            for bid in process.valid
            if bid.tenderers is not None and len(bid.tenderers) == 1
        }
        bid_before = self.bid
        for bidder in bidders:
            if bidder is not None:
                bid_before[bidder] = bid_before.get(bidder, 0) + 1
        if winner in bidders:
            self.won[winner] = self.won.get(winner, 0) + 1

    def merge(self, later: R025) -> None:
        """并入后续部分."""
        add(self.bid, later.bid)
        add(self.won, later.won)

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
