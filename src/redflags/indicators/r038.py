"""R038 否决比例过高: an unusual share of bids disqualified, per buyer, procuring entity and bidder."""

from __future__ import annotations

from typing import ClassVar

from redflags.findings import BUYER, ENTITY, TENDERER, Findings, add
from redflags.prices import Differences
from redflags.process import Process
from redflags.releases import Reference
from redflags.settings import Settings
from redflags.statistics import quartiles, upper_fence

BIDS_MIN = 2
PROCESSES_MIN = 2
Counts = dict[str, dict[str, int]]  # by group and name


class R038:
    """否决比例过高."""

    code: ClassVar[str] = "R038"

    def __init__(self, settings: Settings, differences: Differences) -> None:
        told = settings.flags[self.code]
        self.fence: float | None = told.get("threshold")
        processes_min: int = told.get("minimum_contracting_processes", PROCESSES_MIN)
        bids_min: int = told.get("minimum_submitted_bids", BIDS_MIN)
        self.submitted_min = {BUYER: processes_min, ENTITY: processes_min, TENDERER: bids_min}
        self.submitted: Counts = {BUYER: {}, ENTITY: {}, TENDERER: {}}
        self.disqualified: Counts = {BUYER: {}, ENTITY: {}, TENDERER: {}}
        self.with_maps = settings.with_maps
        self.disqualifying: dict[str, dict[str, str]] = {BUYER: {}, ENTITY: {}}

    def fold(self, process: Process) -> None:
        """Each named tenderer of a bid has the bid to its account."""
        if not process.submitted:
            return
        submitted, out = self.submitted[TENDERER], self.disqualified[TENDERER]
        disqualified = 0
        for bid in process.submitted:
            is_out = bid.status == "disqualified"
            disqualified += is_out
            for tenderer in bid.tenderers or ():
                name = tenderer.id
                if name is not None:
                    submitted[name] = submitted.get(name, 0) + 1
                    if is_out:
                        out[name] = out.get(name, 0) + 1
        self._add(BUYER, process.release.buyer, process, disqualified)
        self._add(ENTITY, process.tender.procuring_entity, process, disqualified)

    def _add(self, group: str, body: Reference | None, process: Process, disqualified: int) -> None:
        if body is None or body.id is None:
            return
        add(self.submitted[group], {body.id: len(process.submitted)})
        if disqualified:
            add(self.disqualified[group], {body.id: disqualified})
            if self.with_maps:
                self.disqualifying[group][process.ocid] = body.id

    def merge(self, later: R038) -> None:
        """并入后续部分."""
        for group in self.submitted:
            add(self.submitted[group], later.submitted[group])
            add(self.disqualified[group], later.disqualified[group])
        for group, bodies in later.disqualifying.items():
            self.disqualifying[group] |= bodies

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
