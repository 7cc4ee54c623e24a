"""发现: what one flag concludes, in the groups of the published result."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from redflags.prices import Differences
from redflags.process import Process
from redflags.settings import Settings

PROCESS, BUYER, ENTITY, TENDERER = "OCID", "Buyer", "ProcuringEntity", "Tenderer"
GROUPS = (PROCESS, BUYER, ENTITY, TENDERER)


@dataclass
class Findings:
    """发现: values by group and name, the figures they were judged by, and who stands behind which process."""

    values: dict[str, dict[str, float]] = field(default_factory=dict)
    meta: dict[str, float] = field(default_factory=dict)
    behind: dict[str, tuple[str, ...]] = field(default_factory=dict)
    bodies: dict[str, dict[str, str]] = field(default_factory=dict)  # by group: the body of each process

    def raise_for(self, group: str, name: str, value: float) -> None:
        """标红."""
        self.values.setdefault(group, {})[name] = value


class Flag(Protocol):
    """红旗: folds processes one by one, joins what another folded of later lines, and concludes."""

    code: ClassVar[str]

    def __init__(self, settings: Settings, differences: Differences) -> None: ...

    def fold(self, process: Process) -> None:
        """计入一个采购过程."""

    def merge(self, later: Any) -> None:
        """并入后续部分."""

    def conclude(self) -> Findings:
        """得出结论."""


def joined(one: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """合并名单: without saying anyone twice."""
    return tuple(dict.fromkeys((*one, *more)))


def join(mine: dict[str, tuple[str, ...]], later: dict[str, tuple[str, ...]]) -> None:
    """并入名单: of processes that another folded; only a repeated one is on both sides."""
    both = {ocid: joined(mine[ocid], later[ocid]) for ocid in mine.keys() & later.keys()}
    mine |= later
    mine |= both


def add(mine: dict[str, int], more: dict[str, int]) -> None:
    """累加: counts by name."""
    for name, times in more.items():
        mine[name] = mine.get(name, 0) + times
