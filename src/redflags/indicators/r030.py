"""R030 逾期投标中标: a valid bid dated after the end of the period, and its bidder won."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from redflags.findings import PROCESS, TENDERER, Findings, join, joined
from redflags.prices import Differences
from redflags.process import Process
from redflags.settings import Settings


class R030:
    """逾期投标中标."""

    code: ClassVar[str] = "R030"

    def __init__(self, settings: Settings, differences: Differences) -> None:
        self.flagged: dict[str, tuple[str, ...]] = {}

    def fold(self, processes: Sequence[Process]) -> None:
        """The dates are compared as text, as they were published."""
        for process in processes:
            if process.late and process.active:
                self._look_at(process)

    def _look_at(self, process: Process) -> None:
        suppliers = {supplier.id for award in process.active for supplier in award.suppliers or ()}
        winners = [
            bidder.id
            for bid in process.late
            for bidder in bid.tenderers or ()
            if bidder.id is not None and bidder.id in suppliers
        ]
        if winners:
            self.flagged[process.ocid] = joined(self.flagged.get(process.ocid, ()), tuple(winners))

    def kept(self) -> tuple[Any, ...]:
        """所存."""
        return (self.flagged,)

    def merge(self, flagged: dict[str, tuple[str, ...]]) -> None:
        """并入后续部分."""
        join(self.flagged, flagged)

    def conclude(self) -> Findings:
        """One, for the process and for each who won with a late bid."""
        winners = (winner for behind in self.flagged.values() for winner in behind)
        values = {PROCESS: dict.fromkeys(self.flagged, 1.0), TENDERER: dict.fromkeys(winners, 1.0)}
        return Findings(values, behind=self.flagged)
