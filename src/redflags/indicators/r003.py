"""R003 投标期过短: less time to bid than the threshold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from redflags.findings import PROCESS, Findings
from redflags.moments import days_between
from redflags.prices import Differences
from redflags.process import Process
from redflags.settings import Settings

DAYS_MIN = 15


class R003:
    """投标期过短."""

    code: ClassVar[str] = "R003"

    def __init__(self, settings: Settings, differences: Differences) -> None:
        told = settings.flags[self.code]
        self.days_min: int = told.get("threshold", DAYS_MIN)
        self.days_min_of: dict[str, int] = told.get("procurement_method_details", {})
        self.methods: frozenset[str] = told.get("procurement_methods", frozenset())
        self.flagged: dict[str, None] = {}

    def fold(self, processes: Sequence[Process]) -> None:
        """The days are whole ones, so that 14 days and 23 hours are 14."""
        for process in processes:
            tender = process.tender
            period = tender.period
            if period is None or period.starts is None or period.ends is None:
                continue
            if self.methods and tender.method not in self.methods:
                continue
            days = days_between(period.starts, period.ends)
            if days is not None and days < self.days_min_of.get(tender.method_details or "", self.days_min):
                self.flagged[process.ocid] = None

    def kept(self) -> tuple[Any, ...]:
        """所存."""
        return (self.flagged,)

    def merge(self, flagged: dict[str, None]) -> None:
        """并入后续部分."""
        self.flagged |= flagged

    def conclude(self) -> Findings:
        """One, for every process that gave too little time."""
        return Findings({PROCESS: dict.fromkeys(self.flagged, 1.0)})
