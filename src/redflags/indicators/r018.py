"""R018 只有一家投标: a single bidder in a procedure that is meant for several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from redflags.findings import PROCESS, Findings
from redflags.prices import Differences
from redflags.process import Process
from redflags.settings import Settings

COMPETITIVE = frozenset(("open", "selective"))


class R018:
    """只有一家投标."""

    code: ClassVar[str] = "R018"

    def __init__(self, settings: Settings, differences: Differences) -> None:
        self.methods: frozenset[str] = settings.flags[self.code].get("procurement_methods", COMPETITIVE)
        self.flagged: dict[str, None] = {}

    def fold(self, processes: Sequence[Process]) -> None:
        """The number as published; 1.0 is no count."""
        for process in processes:
            tender = process.tender
            count = tender.tenderers_count
            if count == 1 and isinstance(count, int) and (not self.methods or tender.method in self.methods):
                self.flagged[process.ocid] = None

    def kept(self) -> tuple[Any, ...]:
        """所存."""
        return (self.flagged,)

    def merge(self, flagged: dict[str, None]) -> None:
        """并入后续部分."""
        self.flagged |= flagged

    def conclude(self) -> Findings:
        """One, for every process with one bidder."""
        return Findings({PROCESS: dict.fromkeys(self.flagged, 1.0)})
