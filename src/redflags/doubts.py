"""存疑数据: what is odd in a release, or could not be read at all; told with its line, never a reason to stop."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from redflags.process import Process

WORDS_MAX = 120
SHOWN = 20  # of each kind; the rest are counted
UNREADABLE = "无法读取"
NEGATIVE = "金额为负"
NO_BIDDER = "投标没有投标人"
NO_BUYER = "没有采购人"
OTHER_CURRENCY = "币种与主要币种不同，未参与比价"
REPEATED = "ocid 重复"


@dataclass
class Doubts:
    """存疑清单: by kind, how many and the first of them; with every ocid's line, to tell the repeated ones."""

    counts: Counter[str] = field(default_factory=Counter)
    first: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    digests: array[int] = field(default_factory=lambda: array("q"))
    lines: array[int] = field(default_factory=lambda: array("q"))

    def note(self, kind: str, line: int, words: str = "") -> None:
        """记下一处."""
        self.counts[kind] += 1
        shown = self.first.setdefault(kind, [])
        if len(shown) < SHOWN:
            shown.append((line, words))

    def look_at(self, process: Process, line: int) -> None:
        """检查一个采购过程."""
        self.digests.append(hash(process.ocid))
        self.lines.append(line)
        buyer = process.release.buyer
        if buyer is None or buyer.id is None:
            self.note(NO_BUYER, line, process.ocid)
        for bid in process.submitted:
            tenderers, value = bid.tenderers, bid.value
            if not tenderers or tenderers[0].id is None:
                self.note(NO_BIDDER, line, process.ocid)
            if value is not None and (value.amount or 0) < 0:
                self.note(NEGATIVE, line, f"{process.ocid}：{value.amount:g}")

    def merge(self, later: Doubts, lines: int) -> None:
        """并入后续部分, which began after so many lines."""
        for kind, shown in later.first.items():
            room = SHOWN - len(self.first.setdefault(kind, []))
            self.first[kind] += [(line + lines, words) for line, words in shown[:room]]
        self.counts += later.counts
        self.digests += later.digests
        self.lines.extend([line + lines for line in later.lines])

    def find_repeated(self) -> None:
        """查重复: equal names stand beside each other once sorted; each but the first is noted."""
        order = sorted(range(len(self.digests)), key=self.digests.__getitem__)
        repeated: list[tuple[int, int]] = []
        first = 0
        for before, after in pairwise(order):
            if self.digests[before] != self.digests[after]:
                first = after
                continue
            if not repeated or self.digests[repeated[-1][1]] != self.digests[after]:
                first = before
            repeated.append((first, after))
        for before, after in sorted(repeated, key=lambda pair: pair[1]):
            self.note(REPEATED, self.lines[after], f"与第 {self.lines[before]} 行相同")

    def told(self) -> list[str]:
        """报告: a line each, in the order of their kinds."""
        said = []
        for kind, count in self.counts.items():
            for line, words in self.first[kind]:
                said.append(f"第 {line} 行：{kind}" + (f"（{_printable(words)}）" if words else ""))
            if count > len(self.first[kind]):
                said.append(f"……“{kind}”共 {count} 处，以上为前 {len(self.first[kind])} 处")
        return said


def _printable(words: str) -> str:
    """A hostile text cannot move the cursor or end the line."""
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in words[:WORDS_MAX]
    )
