"""整份文件: one JSON document of many lines, taken apart into its releases without holding all of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

from redflags.reading import BLOCK, LINE_MAX

WHOLE_MAX = 8 << 20  # a document up to this size is taken as it is, a larger one by its elements
MARK = re.compile(rb'"(?:[^"\\]|\\.)*+("?)|[\[\]{}]', re.DOTALL)
LISTED = re.compile(rb'"(?:releases|records)"\s*:\s*\[')


@dataclass(frozen=True)
class Part:
    """一部分: a JSON value and the line it begins in; empty with the reason why it was passed over."""

    line: int
    value: bytes
    fault: str = ""


class Parts:
    """拆分: follows the brackets; the values lie `level` brackets deep."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self.read = read
        self.held = b""
        self.line = 1  # of the first byte held
        self.depth = self.level = 0
        self.begin: int | None = None
        self.at = 0  # up to where the brackets are known

    def __iter__(self) -> Iterator[Part]:
        while block := self.read(BLOCK):
            self.held += block
            yield from self._found()
            yield from self._lightened()
        if self.begin is not None or self.depth > 0:
            begin = self.at if self.begin is None else self.begin
            line, cut = self._line_of(begin), self.held[begin:]
            yield from apart(Part(line, cut)) if self.level == 0 else ()
            yield Part(line, b"", "文件没有完，括号未闭合")

    def within(self, part: Part) -> Iterator[Part]:
        """其中各条: the whole elements of a document that is held."""
        self.held, self.line = part.value, part.line
        entered = self._entered(0)
        if entered is not None:
            self.at = entered
            yield from self._found()

    def _found(self) -> Iterator[Part]:
        while found := MARK.search(self.held, self.at):
            mark = found[0]
            if mark[:1] == b'"' and not found[1]:
                self.at = found.start()
                return  # the text goes on in what is still to be read
            self.at = found.end()
            if mark in b"[{":
                if self.depth == self.level:
                    self.begin = found.start()
                self.depth += 1
            elif mark in b"]}":
                yield from self._closed()
        self.at = len(self.held)

    def _closed(self) -> Iterator[Part]:
        self.depth -= 1
        if self.depth == self.level and self.begin is not None:
            yield Part(self._line_of(self.begin), self.held[self.begin : self.at])
            self.begin = None
        elif self.depth < self.level:
            self.level = 0  # the list has ended; what follows of its document is no release
        if self.depth < 0:
            yield Part(self._line_of(self.at), b"", "多出一个右括号")
            self.depth = 0

    def _lightened(self) -> Iterator[Part]:
        """Lets go of what is done with; looks into a value that grew too large to hold."""
        if self.begin is not None and len(self.held) - self.begin > (LINE_MAX if self.level else WHOLE_MAX):
            entered = self._entered(self.begin) if self.level == 0 else None
            if entered is None:
                yield Part(self._line_of(self.begin), b"", f"一条数据超过 {LINE_MAX >> 20} MiB，已略过")
                self.begin = None
            else:
                self.begin, self.at = None, entered
                self._let_go(self.at)
                yield from self._found()
                return
        self._let_go(self.at if self.begin is None else self.begin)

    def _entered(self, begin: int) -> int | None:
        """Where the elements of a large document begin, now the level that is looked at."""
        if self.held[begin : begin + 1] == b"[":
            self.level = self.depth = 1
            return begin + 1
        found = LISTED.search(self.held, begin)
        if found is None:
            return None
        self.level = self.depth = 2
        return found.end()

    def _let_go(self, upto: int) -> None:
        self.line += self.held.count(b"\n", 0, upto)
        self.held = self.held[upto:]
        self.at -= upto
        if self.begin is not None:
            self.begin -= upto

    def _line_of(self, place: int) -> int:
        return self.line + self.held.count(b"\n", 0, place)


def apart(part: Part) -> Iterator[Part]:
    """拆开: what is whole in a document that is not."""
    return Parts(BytesIO().read).within(part)
