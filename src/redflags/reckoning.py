"""汇总: folds the releases of a stretch of lines into all flags; two that follow each other merge."""

from __future__ import annotations

from redflags import doubts, process, releases
from redflags.doubts import Doubts
from redflags.findings import Findings, join, joined
from redflags.indicators import asked
from redflags.prices import Currency, Differences
from redflags.process import Process
from redflags.releases import Malformed, Release
from redflags.settings import Settings
from redflags.trees import unwrapped

NAMED_MAX = 80  # letters shown of what a hostile file calls itself


class Reckoning:
    """汇总."""

    def __init__(self, settings: Settings, currency: str | None = None) -> None:
        self.settings = settings
        self.currency = Currency(currency if settings.currency is None else settings.currency)
        self.differences = Differences(settings, self.currency)
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
        is_text = _is_text(block)
        for line in block.split(b"\n"):
            self.lines += 1
            self.take_one(line, self.lines, is_text)

    def take_one(self, line: bytes, number: int, is_text: bool = False) -> None:
        """计入一行 or one part of a document; what cannot be read is noted."""
        release = releases.typed(line) if is_text or _is_text(line) else None
        if release is not None and release.ocid is not None:
            self.fold(release, number)
        elif line and not line.isspace():
            try:
                for found in unwrapped(releases.tree(line)):
                    self.fold(releases.release_of(found), number)
            except Malformed as fault:
                self.doubts.note(doubts.UNREADABLE, number, str(fault))

    def pass_over(self, why: str) -> None:
        """略过一行."""
        self.lines += 1
        self.doubts.note(doubts.UNREADABLE, self.lines, why)

    def fold(self, release: Release, number: int) -> None:
        """计入一个采购过程, unless the settings or its own status leave it out."""
        if release.ocid is None or not process.counts(release, self.settings):
            return
        self.processes += 1
        one = Process(release.ocid, release)
        others = self.currency.others
        for fold in self.folds:
            fold(one)
        if self.settings.with_maps:
            self._remember_bidders(one)
        self.doubts.look_at(one, number)
        if self.currency.others != others:
            self.doubts.note(doubts.OTHER_CURRENCY, number, release.ocid[:NAMED_MAX])

    def _remember_bidders(self, one: Process) -> None:
        names = tuple(
            tenderer.id
            for bid in one.submitted
            for tenderer in bid.tenderers or ()
            if tenderer.id is not None
        )
        if names:
            self.bidders[one.ocid] = joined(self.bidders.get(one.ocid, ()), names)

    def merge(self, later: Reckoning) -> None:
        """并入后续部分."""
        self.currency.others += later.currency.others
        self.differences.merge(later.differences)
        for mine, other in zip(self.flags, later.flags, strict=True):
            mine.merge(other)
        join(self.bidders, later.bidders)
        self.doubts.merge(later.doubts, self.lines)
        self.lines += later.lines
        self.processes += later.processes

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
