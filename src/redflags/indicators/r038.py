"""R038 否决比例过高: an unusual share of bids disqualified, per buyer, procuring entity and bidder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, ClassVar

from redflags.findings import BUYER, ENTITY, TENDERER, Findings
from redflags.prices import Differences
from redflags.process import Process
from redflags.releases import Bid, Reference
from redflags.settings import Settings
from redflags.statistics import quartiles, upper_fence

BIDS_MIN = 2
PROCESSES_MIN = 2
Counts = dict[str, Counter[str]]  # by group and name


class R038:
    """否决比例过高."""

    code: ClassVar[str] = "R038"

    def __init__(self, settings: Settings, differences: Differences) -> None:
        told = settings.flags[self.code]
        self.fence: float | None = told.get("threshold")
        processes_min: int = told.get("minimum_contracting_processes", PROCESSES_MIN)
        bids_min: int = told.get("minimum_submitted_bids", BIDS_MIN)
        self.submitted_min = {BUYER: processes_min, ENTITY: processes_min, TENDERER: bids_min}
        self.submitted: Counts = {group: Counter() for group in self.submitted_min}
        self.disqualified: Counts = {group: Counter() for group in self.submitted_min}
        self.with_maps = settings.with_maps
        self.disqualifying: dict[str, dict[str, str]] = {BUYER: {}, ENTITY: {}}

    def fold(self, processes: Sequence[Process]) -> None:
        """Each named tenderer of a bid has the bid to its account."""
        self.submitted[TENDERER].update([name for process in processes for name in process.names])
        disqualified = [bid for process in processes for bid in process.disqualified]
        self.disqualified[TENDERER].update(_named(disqualified))
        for process in processes:
            if process.submitted:
                self._add(BUYER, process.release.buyer, process)
                self._add(ENTITY, process.tender.procuring_entity, process)

    def _add(self, group: str, body: Reference | None, process: Process) -> None:
        if body is None or body.id is None:
            return
        name, submitted = body.id, self.submitted[group]
        submitted[name] = submitted.get(name, 0) + len(process.submitted)
        if process.disqualified:
            self.disqualified[group][name] += len(process.disqualified)
            if self.with_maps:
                self.disqualifying[group][process.ocid] = name

    def kept(self) -> tuple[Any, ...]:
        """所存."""
        submitted = {group: dict(counts) for group, counts in self.submitted.items()}
        disqualified = {group: dict(counts) for group, counts in self.disqualified.items()}
        return submitted, disqualified, self.disqualifying

    def merge(
        self,
        submitted: dict[str, dict[str, int]],
        disqualified: dict[str, dict[str, int]],
        disqualifying: dict[str, dict[str, str]],
    ) -> None:
        """并入后续部分."""
        for group in self.submitted:
            self.submitted[group].update(submitted[group])
            self.disqualified[group].update(disqualified[group])
            if group in disqualifying:
                self.disqualifying[group] |= disqualifying[group]

    def conclude(self) -> Findings:
        """Each group has its own fence; those with too few bids neither make it nor meet it."""
        found = Findings(bodies=self.disqualifying)
        for group, counts in self.submitted.items():
            out = self.disqualified[group]
            ratios = {
                name: out.get(name, 0) / submitted
                for name, submitted in counts.items()
                if submitted >= self.submitted_min[group]
            }
            if not ratios:
                continue
            fence = self.fence
            if fence is None:
                q1, q3 = quartiles(ratios.values())
                fence = upper_fence(q1, q3)
                found.meta |= {f"{group}_q1": q1, f"{group}_q3": q3}
            found.meta[f"{group}_upper_fence"] = fence
            for name, ratio in ratios.items():
                if fence > 0 and ratio >= fence:
                    found.raise_for(group, name, ratio)
        return found


def _named(bids: list[Bid]) -> list[str]:
    return [tenderer.id for bid in bids for tenderer in bid.tenderers or () if tenderer.id is not None]
