"""R035 除中标人外均被否决: the only valid bidder won, and others were disqualified."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from redflags.findings import PROCESS, TENDERER, Findings, joined
from redflags.prices import Differences
from redflags.process import Process
from redflags.releases import Bid
from redflags.settings import Settings

DISQUALIFIED_MIN = 1


class R035:
    """除中标人外均被否决."""

    code: ClassVar[str] = "R035"

    def __init__(self, settings: Settings, differences: Differences) -> None:
        told: int = settings.flags[self.code].get("threshold", DISQUALIFIED_MIN)
        self.disqualified_min = max(told, DISQUALIFIED_MIN)
        self.flagged: dict[str, tuple[int, tuple[str, ...]]] = {}

    def fold(self, processes: Sequence[Process]) -> None:
        """Bidders count, not bids: the winner's own disqualified bids are not others'."""
        for process in processes:
            if process.disqualified and process.is_settled:
                winner = _only_one(process.valid)
                if winner is not None:
                    self._look_at(process, winner)

    def _look_at(self, process: Process, winner: str) -> None:
        suppliers = {supplier.id for award in process.active for supplier in award.suppliers or ()}
        if suppliers - {None} != {winner}:
            return
        disqualified = {tenderer.id for bid in process.disqualified for tenderer in bid.tenderers or ()}
        others = len(disqualified - {winner, None})
        if others >= self.disqualified_min:
            _, before = self.flagged.get(process.ocid, (0, ()))
            self.flagged[process.ocid] = (others, joined(before, (winner,)))

    def kept(self) -> tuple[Any, ...]:
        """所存."""
        return (self.flagged,)

    def merge(self, flagged: dict[str, tuple[int, tuple[str, ...]]]) -> None:
        """并入后续部分."""
        for ocid, (others, winners) in flagged.items():
            _, before = self.flagged.get(ocid, (0, ()))
            self.flagged[ocid] = (others, joined(before, winners))

    def conclude(self) -> Findings:
        """How many were disqualified, for the process; the winner is named beside it."""
        found = Findings()
        for ocid, (others, winners) in self.flagged.items():
            found.raise_for(PROCESS, ocid, float(others))
            found.behind[ocid] = winners
            for winner in winners:
                found.raise_for(TENDERER, winner, 0.0)
        return found


def _only_one(bids: list[Bid]) -> str | None:
    """Who alone made these bids; None when several did, or nobody with a name."""
    only = None
    for bid in bids:
        for tenderer in bid.tenderers or ():
            if only is None:
                only = tenderer.id
            elif tenderer.id is not None and tenderer.id != only:
                return None
    return only
