"""批量: a file of any size on all cores; a part each, joined in the order of the file."""

from __future__ import annotations

import marshal
import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from redflags import doubts
from redflags.reading import (
    BYTE_ORDER_MARK,
    TOO_LONG,
    Rewound,
    Source,
    Stretch,
    is_lined,
    opened,
    stretches,
    to_next_line,
)
from redflags.reckoning import Reckoning
from redflags.releases import Unreadable
from redflags.settings import Settings

if TYPE_CHECKING:
    from redflags.documents import Part
    from redflags.reckoning import Kept

ALONE_MAX = 2 << 20  # a smaller file is done before another process has begun
LAYERS = 2  # a list of packages is no deeper; each layer is walked again where it is broken
AHEAD = 50_000  # bytes the parent takes while a helper begins
TOLD = 0.04  # what telling the findings costs a helper, of what they cost to find


def cores() -> int:
    """可用核数."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def reckon(source: Source, settings: Settings, currency: str | None, workers: int) -> Reckoning:
    """汇总一个来源: `currency` is what an earlier file has settled. Damage ends it, and is told."""
    reckoning = Reckoning(settings, currency)
    try:
        _reckon(reckoning, source, workers)
    except Unreadable as damage:
        reckoning.pass_over(str(damage))
    return reckoning


def _reckon(reckoning: Reckoning, source: Source, workers: int) -> None:
    if not is_lined(source.head):
        from redflags.documents import Parts

        for part in Parts(Rewound(source).read):
            _take_part(reckoning, part)
    elif source.path is None or os.path.getsize(source.path) <= ALONE_MAX or workers < 2:
        _take_lines(reckoning, stretches(Rewound(source).read))
    else:
        _reckon_together(reckoning, source.path, workers)


def settled_currency(names: Sequence[str], settings: Settings) -> str | None:
    """主要币种: the settings' own, else the first compared; reads no further than it must. Raises Unreadable."""
    reckoning = Reckoning(settings)
    for name in names:
        with opened(name) as sources:
            for source in sources:
                for part in stretches(Rewound(source).read):
                    if reckoning.currency.code is not None:
                        return reckoning.currency.code
                    reckoning.take(part.lines)
    return reckoning.currency.code


def _take_part(reckoning: Reckoning, part: Part, layers: int = LAYERS) -> None:
    """What is no JSON as a whole is told, and what is whole in it is taken."""
    from redflags.documents import apart

    reckoning.lines = part.line
    if part.fault:
        reckoning.doubts.note(doubts.UNREADABLE, part.line, part.fault)
    elif not reckoning.take_one(part.value, part.line) and layers:
        for one in apart(part):
            _take_part(reckoning, one, layers - 1)


def _take_lines(reckoning: Reckoning, parts: Iterable[Stretch]) -> None:
    for part in parts:
        if part.too_long:
            reckoning.pass_over(TOO_LONG)
        elif reckoning.lines == 0:
            reckoning.take(part.lines.removeprefix(BYTE_ORDER_MARK))
        else:
            reckoning.take(part.lines)


def _reckon_together(reckoning: Reckoning, path: str, workers: int) -> None:
    """The first lines settle the currency for all; the parts after the first go to other processes."""
    size = os.path.getsize(path)
    part = int(max(size - AHEAD, 0) / workers * (1 - TOLD))  # so that all end at once
    bounds = [size - part * place for place in range(workers - 1, -1, -1)]
    mine = _lines_of(path, 0, bounds[0])
    _take_lines(reckoning, [next(mine)])
    code = reckoning.currency.code
    helpers = [Helper(path, start, end, reckoning.settings, code) for start, end in pairwise(bounds)]
    _take_lines(reckoning, mine)
    for helper in helpers:
        reckoning.merge(helper.kept(reckoning))
    for helper in helpers:
        os.waitpid(helper.process, 0)  # last, since its end takes time too


def _lines_of(path: str, start: int, end: int) -> Iterator[Stretch]:
    """The lines that begin between two places of a file."""
    with open(path, "rb", buffering=0) as file:
        if start > 0:
            file.seek(start - 1)
            start += to_next_line(file.read)[0] - 1
            file.seek(start)
        if start < end:
            yield from stretches(file.read, end - start)


class Helper:
    """助手进程: reckons one part; what it answers is checked for having used the same currency."""

    def __init__(self, path: str, start: int, end: int, settings: Settings, code: str | None) -> None:
        self.part = (path, start, end)
        self.settings = settings
        self.answer, told = os.pipe()
        self.process = os.fork()
        if self.process == 0:
            try:
                with open(told, "wb") as answer:
                    answer.write(marshal.dumps(self._reckoned(code)))
            finally:
                os._exit(0)  # what the parent has open is the parent's
        os.close(told)

    def kept(self, before: Reckoning) -> Kept:
        """结果: done again here if the helper died, or took another currency for the main one."""
        try:
            with open(self.answer, "rb") as answer:
                code, kept = marshal.loads(answer.read())
        except (EOFError, ValueError, TypeError):
            code, kept = self._reckoned(before.currency.code)
        if before.currency.code is None:
            before.currency.code = code
        elif code not in (None, before.currency.code):
            _, kept = self._reckoned(before.currency.code)
        return kept

    def _reckoned(self, code: str | None) -> tuple[str | None, Kept]:
        reckoning = Reckoning(self.settings, code)
        _take_lines(reckoning, _lines_of(*self.part))
        return reckoning.currency.code, reckoning.kept()
