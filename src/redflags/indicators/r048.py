"""R048 中标品类过杂: one supplier wins what no one supplier usually sells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from sys import intern
from typing import Any, ClassVar

from redflags.findings import TENDERER, Findings
from redflags.prices import Differences
from redflags.process import Process
from redflags.releases import Item
from redflags.settings import Settings
from redflags.statistics import quartiles, upper_fence

DIGITS = 2
PROCESSES_MIN = 20


class R048:
    """中标品类过杂."""

    code: ClassVar[str] = "R048"

    def __init__(self, settings: Settings, differences: Differences) -> None:
        told = settings.flags[self.code]
        self.digits: int = told.get("digits", DIGITS)
        self.threshold: int | None = told.get("threshold")
        self.processes_min: int = told.get("minimum_contracting_processes", PROCESSES_MIN)
        self.kinds: dict[str, set[str]] = {}
        self.processes: Counter[str] = Counter()

    def fold(self, processes: Sequence[Process]) -> None:
        """Only awards to one supplier: of several nobody knows who supplies what."""
        won: list[str] = []
        for process in processes:
            names = []
            for award in process.active:
                suppliers, items = award.suppliers, award.items
                if suppliers is None or len(suppliers) != 1 or items is None:
                    continue
                name = suppliers[0].id
                if name is not None and self._has_kinds(name, items):
                    names.append(name)
            won += dict.fromkeys(names) if len(names) > 1 else names
        self.processes.update(won)

    def _has_kinds(self, supplier: str, items: list[Item]) -> bool:
        kinds, has_some = self.kinds.get(supplier), False
        for item in items:
            kind = item.classification
            if kind is not None and kind.id is not None:
                has_some, name = True, kind.id[: self.digits]
                if kinds is None:
                    kinds = self.kinds[supplier] = set()
                if name not in kinds:
                    kinds.add(intern(name))
        return has_some

    def kept(self) -> tuple[Any, ...]:
        """所存."""
        return self.kinds, dict(self.processes)

    def merge(self, kinds_by: dict[str, set[str]], processes: dict[str, int]) -> None:
        """并入后续部分."""
        for supplier, kinds in kinds_by.items():
            self.kinds.setdefault(supplier, set()).update(kinds)
        self.processes.update(processes)

    def conclude(self) -> Findings:
        """How many kinds, for each supplier at or over the fence."""
        found = Findings()
        counts = {
            supplier: float(len(kinds))
            for supplier, kinds in self.kinds.items()
            if self.processes[supplier] >= self.processes_min
        }
        if self.threshold is None:
            q1, q3 = quartiles(counts.values())
            fence = upper_fence(q1, q3)
            found.meta |= {"q1": q1, "q3": q3}
        else:
            fence = float(self.threshold)
        found.meta["upper_fence"] = fence
        for supplier, count in counts.items():
            if count >= fence:
                found.raise_for(TENDERER, supplier, count)
        return found
