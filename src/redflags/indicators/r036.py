"""R036 最低价被否决: the lowest submitted price was disqualified, and the contract given away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from redflags.findings import PROCESS, Findings
from redflags.prices import Differences
from redflags.process import Process
from redflags.settings import Settings


class R036:
    """最低价被否决."""

    code: ClassVar[str] = "R036"

    def __init__(self, settings: Settings, differences: Differences) -> None:
        self.currency = differences.currency
        self.flagged: dict[str, None] = {}

    def fold(self, processes: Sequence[Process]) -> None:
        """Of equal lowest prices the first counts; some valid bid must have had a price."""
        for process in processes:
            if process.active and process.compares_prices and self._is_out(process):
                self.flagged[process.ocid] = None

    def _is_out(self, process: Process) -> bool:
        is_main = self.currency.is_main
        lowest: float | None = None
        is_disqualified = has_valid = False
        for bid in process.submitted:
            value = bid.value
            if value is None or value.amount is None or value.currency is None:
                continue
            if value.currency != self.currency.code and not is_main(value.currency, process):
                continue
            if lowest is None or value.amount < lowest:
                lowest, is_disqualified = value.amount, bid.status == "disqualified"
            has_valid = has_valid or bid.status == "valid"
        return has_valid and is_disqualified

    def kept(self) -> tuple[Any, ...]:
        """所存."""
        return (self.flagged,)

    def merge(self, flagged: dict[str, None]) -> None:
        """并入后续部分."""
        self.flagged |= flagged

    def conclude(self) -> Findings:
        """One, for every process whose lowest price was thrown out."""
        return Findings({PROCESS: dict.fromkeys(self.flagged, 1.0)})
