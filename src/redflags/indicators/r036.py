"""R036 最低价被否决: the lowest submitted price was disqualified, and the contract given away."""

from __future__ import annotations

from typing import ClassVar

from redflags.findings import PROCESS, Findings
from redflags.prices import Differences
from redflags.process import Process, compares_prices
from redflags.settings import Settings


class R036:
    """最低价被否决."""

    code: ClassVar[str] = "R036"

    def __init__(self, settings: Settings, differences: Differences) -> None:
        self.settings = settings
        self.currency = differences.currency
        self.flagged: dict[str, None] = {}

    def fold(self, process: Process) -> None:
        """Of equal lowest prices the first counts; some valid bid must have had a price."""
        if "active" not in [award.status for award in process.awards or ()]:
            return
        if not compares_prices(process.tender, self.settings):
            return
        lowest: float | None = None
        is_disqualified = has_valid = False
        for bid in process.submitted:
            value = bid.value
            if value is None or value.amount is None or value.currency is None:
                continue
            if not self.currency.is_main(value.currency):
                continue
            if lowest is None or value.amount < lowest:
                lowest, is_disqualified = value.amount, bid.status == "disqualified"
            if bid.status == "valid":
                has_valid = True
        if has_valid and is_disqualified:
            self.flagged[process.ocid] = None

    def merge(self, later: R036) -> None:
        """并入后续部分."""
        self.flagged |= later.flagged

    def conclude(self) -> Findings:
        """One, for every process whose lowest price was thrown out."""
        return Findings({PROCESS: dict.fromkeys(self.flagged, 1.0)})
