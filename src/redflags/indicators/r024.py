"""R024 中标价与次低价过近: the runner-up bid hardly more than the winner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from redflags.findings import PROCESS, TENDERER, Findings, joined
from redflags.prices import Differences
from redflags.process import Process
from redflags.settings import Settings
from redflags.statistics import lower_fence


class R024:
    """中标价与次低价过近."""

    code: ClassVar[str] = "R024"

    def __init__(self, settings: Settings, differences: Differences) -> None:
        self.fence: float | None = settings.flags[self.code].get("threshold")
        self.differences = differences

    def fold(self, processes: Sequence[Process]) -> None:
        """The differences are folded for this flag and R058 alike."""

    def kept(self) -> tuple[Any, ...]:
        """Nothing of its own."""
        return ()

    def merge(self) -> None:
        """As they are merged."""

    def conclude(self) -> Findings:
        """Where most runners-up tie with the winner a tie is no outlier, and nothing is flagged."""
        found = Findings()
        fence, q1 = self.fence, 1.0
        if fence is None:
            q1, q3 = self.differences.quartiles()
            fence = lower_fence(q1, q3)
            found.meta |= {"q1": q1, "q3": q3}
        found.meta["lower_fence"] = fence
        if not (q1 > 0 and fence > 0):
            return found
        for ocid, (ratio, winner, runner_up) in self.differences.by_process.items():
            if ratio <= fence:
                found.raise_for(PROCESS, ocid, ratio)
                found.raise_for(TENDERER, winner, 0.0)
                found.raise_for(TENDERER, runner_up, 0.0)
                found.behind[ocid] = joined((winner,), (runner_up,))
        return found
