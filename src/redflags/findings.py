"""发现: what one flag concludes, in the groups of the published result."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Protocol

import msgspec

from redflags.prices import Differences
from redflags.process import Process
from redflags.settings import Settings

PROCESS, BUYER, ENTITY, TENDERER = "OCID", "Buyer", "ProcuringEntity", "Tenderer"
GROUPS = (PROCESS, BUYER, ENTITY, TENDERER)


class Findings(msgspec.Struct):
    """发现: values by group and name, the figures they were judged by, and who stands behind which process."""

    values: dict[str, dict[str, float]] = {}
    meta: dict[str, float] = {}
    behind: dict[str, tuple[str, ...]] = {}
    bodies: dict[str, dict[str, str]] = {}  # by group: the body of each process

    def raise_for(self, group: str, name: str, value: float) -> None:
        """标红."""
        self.values.setdefault(group, {})[name] = value


class Flag(Protocol):
    """红旗: folds processes in the order of their lines, joins what another kept of later ones, and concludes."""

    code: ClassVar[str]

    def __init__(self, settings: Settings, differences: Differences) -> None: ...

    def fold(self, processes: Sequence[Process]) -> None:
        """计入若干采购过程."""

    def kept(self) -> tuple[Any, ...]:
        """所存: what `merge` takes, in plain values that another process can be told."""

    def merge(self, *kept: Any) -> None:
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
