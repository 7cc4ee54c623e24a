"""R058 中标价明显偏低: the winner bid far less than the runner-up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from redflags.findings import PROCESS, TENDERER, Findings
from redflags.prices import Differences
from redflags.process import Process
from redflags.settings import Settings
from redflags.statistics import upper_fence


class R058:
    """中标价明显偏低."""

    code: ClassVar[str] = "R058"

    def __init__(self, settings: Settings, differences: Differences) -> None:
        self.fence: float | None = settings.flags[self.code].get("threshold")
        self.differences = differences

    def fold(self, processes: Sequence[Process]) -> None:
        """The differences are folded for this flag and R024 alike."""

    def kept(self) -> tuple[Any, ...]:
        """Nothing of its own."""
        return ()

    def merge(self) -> None:
        """As they are merged."""

    def conclude(self) -> Findings:
        """A fence of nothing would flag nearly everyone, and flags no one."""
        found = Findings()
        fence = self.fence
        if fence is None:
            q1, q3 = self.differences.quartiles()
            fence = upper_fence(q1, q3)
            found.meta |= {"q1": q1, "q3": q3}
        found.meta["upper_fence"] = fence
        if not fence > 0:
            return found
        for ocid, (ratio, winner, _) in self.differences.by_process.items():
            if ratio >= fence:
                found.raise_for(PROCESS, ocid, ratio)
                found.raise_for(TENDERER, winner, 0.0)
                found.behind[ocid] = (winner,)
        return found
