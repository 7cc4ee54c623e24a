"""R028 报价相同: two different bidders with one price."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from redflags.findings import PROCESS, TENDERER, Findings, join, joined
from redflags.prices import Differences
from redflags.process import Process
from redflags.settings import Settings


class R028:
    """报价相同."""

    code: ClassVar[str] = "R028"

    def __init__(self, settings: Settings, differences: Differences) -> None:
        self.flagged: dict[str, tuple[str, ...]] = {}

    def fold(self, processes: Sequence[Process]) -> None:
        """One bidder may bid one price twice; each bid is compared with the last one at its price."""
        for process in processes:
            amounts = process.amounts
            if process.compares_prices and len(set(amounts)) < len(amounts):
                self._look_at(process)

    def _look_at(self, process: Process) -> None:
        last: dict[tuple[float, str], set[str]] = {}
        for bid in process.submitted:
            value = bid.value
            if value is None or value.amount is None or value.currency is None or bid.tenderers is None:
                continue
            bidders = {tenderer.id for tenderer in bid.tenderers if tenderer.id is not None}
            if not bidders:
                continue
            price = (value.amount, value.currency)
            others = last.get(price)
            if others is not None and others != bidders:
                known = self.flagged.get(process.ocid, ())
                self.flagged[process.ocid] = joined(known, tuple(sorted(bidders | others)))
            last[price] = bidders

    def kept(self) -> tuple[Any, ...]:
        """所存."""
        return (self.flagged,)

    def merge(self, flagged: dict[str, tuple[str, ...]]) -> None:
        """并入后续部分."""
        join(self.flagged, flagged)

    def conclude(self) -> Findings:
        """One, for the process and for each of the bidders."""
        bidders = (bidder for behind in self.flagged.values() for bidder in behind)
        values = {PROCESS: dict.fromkeys(self.flagged, 1.0), TENDERER: dict.fromkeys(bidders, 1.0)}
        return Findings(values, behind=self.flagged)
