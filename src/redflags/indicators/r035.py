"""R035 除中标人外均被否决: the only valid bidder won, and others were disqualified."""

from __future__ import annotations

from typing import ClassVar

from redflags.findings import PROCESS, TENDERER, Findings, joined
from redflags.prices import Differences
from redflags.process import Process
from redflags.settings import Settings

DISQUALIFIED_MIN = 1


class R035:
    """除中标人外均被否决."""

    code: ClassVar[str] = "R035"

    def __init__(self, settings: Settings, differences: Differences) -> None:
        told: int = settings.flags[self.code].get("threshold", DISQUALIFIED_MIN)
        self.disqualified_min = max(told, DISQUALIFIED_MIN)
        self.flagged: dict[str, tuple[int, tuple[str, ...]]] = {}

    def fold(self, process: Process) -> None:
        """Bidders count, not bids: the winner's own disqualified bids are not others'."""
        if process.actives is None:
            return
        valid: set[str | None] = set()
        disqualified: set[str | None] = set()
        for bid in process.submitted:
            if bid.status == "valid":
                valid.update([tenderer.id for tenderer in bid.tenderers or ()])
            elif bid.status == "disqualified":
                disqualified.update([tenderer.id for tenderer in bid.tenderers or ()])
        valid.discard(None)
        if len(valid) != 1:
            return
        suppliers = {supplier.id for award in process.actives for supplier in award.suppliers or ()}
        suppliers.discard(None)
        if valid != suppliers:
            return
        others = len(disqualified - valid - {None})
        if others >= self.disqualified_min:
            _, before = self.flagged.get(process.ocid, (0, ()))
            winners = tuple(winner for winner in valid if winner is not None)
            self.flagged[process.ocid] = (others, joined(before, winners))

    def merge(self, later: R035) -> None:
        """并入后续部分."""
        for ocid, (others, winners) in later.flagged.items():
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
