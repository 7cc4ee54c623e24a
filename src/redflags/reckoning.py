"""汇总: folds the releases of a stretch of lines into all flags; two that follow each other merge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from redflags import doubts, process, releases
from redflags.doubts import Doubts
from redflags.findings import Findings, join, joined
from redflags.indicators import asked
from redflags.prices import Currency, Differences
from redflags.process import Process
from redflags.releases import Malformed, Release
from redflags.settings import Settings

Kept = tuple[Any, ...]


class Reckoning:
    """汇总."""

    def __init__(self, settings: Settings, currency: str | None = None) -> None:
        self.settings = settings
        self.currency = Currency(currency if settings.currency is None else settings.currency)
        self.differences = Differences(self.currency)
        self.flags = asked(settings, self.differences)
        self.folds = [flag.fold for flag in self.flags]
        if not settings.flags.keys().isdisjoint(("R024", "R058")):
            self.folds.insert(0, self.differences.fold)
        self.bidders: dict[str, tuple[str, ...]] = {}
        self.doubts = Doubts()
        self.lines = 0
        self.processes = 0

    def take(self, block: bytes) -> None:
        """计入若干行."""
        found = releases.typed_lines(block)
        if found is None:
            self._take_closely(block.split(b"\n"), _is_text(block))
        else:
            self.fold(found, range(self.lines + 1, self.lines + 1 + len(found)))
            self.lines += len(found)

    def take_one(self, value: bytes, line: int) -> bool:
        """计入一部分 of a document; False when it is no JSON, which is noted."""
        found = self._read(value, line, _is_text(value))
        self.fold(found or (), [line] * len(found or ()))
        return found is not None

    def _take_closely(self, values: list[bytes], is_text: bool) -> None:
        found: list[Release] = []
        lines: list[int] = []
        for value in values:
            self.lines += 1
            if not value:
                continue
            these = self._read(value, self.lines, is_text or _is_text(value)) or ()
            found += these
            lines += [self.lines] * len(these)
        self.fold(found, lines)

    def _read(self, value: bytes, line: int, is_text: bool) -> list[Release] | None:
        release = releases.typed(value) if is_text else None
        if release is not None:
            return [release]
        if not value or value.isspace():
            return []
        try:
            tree = releases.tree(value)
        except Malformed as fault:
            self.doubts.note(doubts.UNREADABLE, line, str(fault))
            return None
        return self._unwrapped(tree, line)

    def _unwrapped(self, tree: Any, line: int) -> list[Release]:
        from redflags.trees import unwrapped  # rarely wanted

        found: list[Release] = []
        for one in unwrapped(tree):
            if isinstance(one, Malformed):
                self.doubts.note(doubts.UNREADABLE, line, str(one))
            else:
                found.append(releases.release_of(one))
        return found

    def pass_over(self, why: str) -> None:
        """略过一行."""
        self.lines += 1
        self.doubts.note(doubts.UNREADABLE, self.lines, why)

    def fold(self, found: Sequence[Release], lines: Sequence[int]) -> None:
        """计入若干采购过程, but for those the settings or their own status leave out."""
        told = self.settings
        processes = [
            Process(release, line, told)
            for release, line in zip(found, lines, strict=True)
            if process.counts(release, told)
        ]
        self.processes += len(processes)
        while (
            self.currency.code is None and processes
        ):  # which the first compared settles, as the file has it
            first = next((place for place, one in enumerate(processes) if one.amounts), len(processes))
            self._fold(processes[:first])
            self._fold(processes[first : first + 1])
            processes = processes[first + 1 :]
        self._fold(processes)

    def _fold(self, processes: list[Process]) -> None:
        for fold in self.folds:
            fold(processes)
        if self.settings.with_maps:
            self._remember_bidders(processes)
        self.doubts.look_at(processes)

    def _remember_bidders(self, processes: list[Process]) -> None:
        for one in processes:
            if one.names:
                self.bidders[one.ocid] = joined(self.bidders.get(one.ocid, ()), tuple(one.names))

    def kept(self) -> Kept:
        """所存: all of it in plain values, as another process can be told."""
        flags = [flag.kept() for flag in self.flags]
        return (
            self.lines, self.processes, self.bidders, self.differences.kept(), flags, self.doubts.kept()
        )  # fmt: skip

    def merge(self, kept: Kept) -> None:
        """并入后续部分."""
        lines, processes, bidders, differences, flags, noted = kept
        self.differences.merge(*differences)
        for mine, other in zip(self.flags, flags, strict=True):
            mine.merge(*other)
        join(self.bidders, bidders)
        self.doubts.merge(self.lines, *noted)
        self.lines += lines
        self.processes += processes

    def conclude(self) -> dict[str, Findings]:
        """得出结论: by the flags' codes."""
        return {flag.code: flag.conclude() for flag in self.flags}


def _is_text(block: bytes) -> bool:
    """Whether it is UTF-8 throughout; then its lines need not be asked one by one."""
    try:
        block.decode()
    except UnicodeDecodeError:
        return False
    return True
