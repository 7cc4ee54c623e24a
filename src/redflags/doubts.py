"""存疑数据: what is odd in a release, or could not be read at all; told with its line, never a reason to stop."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from redflags.process import Process

WORDS_MAX = 120
SHOWN = 20  # of each kind; the rest are counted
UNREADABLE = "无法读取"
NEGATIVE = "金额为负"
NO_BIDDER = "投标没有投标人"
NO_BUYER = "没有采购人"
OTHER_CURRENCY = "币种与主要币种不同，未参与比价"
REPEATED = "ocid 重复"
KINDS = (UNREADABLE, NEGATIVE, NO_BIDDER, NO_BUYER, OTHER_CURRENCY, REPEATED)


class Doubts:
    """存疑清单: by kind, how many and the first of them; with every ocid's line, to tell the repeated ones."""

    def __init__(self) -> None:
        self.counts = dict.fromkeys(KINDS, 0)
        self.first: dict[str, list[tuple[int, str]]] = {kind: [] for kind in KINDS}
        self.digests: array[int] = array("q")
        self.lines: array[int] = array("q")

    def note(self, kind: str, line: int, words: str = "") -> None:
        """记下一处."""
        self.counts[kind] += 1
        if len(self.first[kind]) < SHOWN:
            self.first[kind].append((line, words))

    def look_at(self, processes: Sequence[Process]) -> None:
        """检查若干采购过程."""
        self.digests.extend([hash(process.ocid) for process in processes])
        self.lines.extend([process.line for process in processes])
        for process in processes:
            buyer, amounts = process.release.buyer, process.amounts
            if buyer is None or buyer.id is None:
                self.note(NO_BUYER, process.line, process.ocid)
            for bid in process.submitted:
                if not bid.tenderers or bid.tenderers[0].id is None:
                    self.note(NO_BIDDER, process.line, process.ocid)
            if amounts and min(amounts) < 0:
                for amount in amounts:
                    if amount < 0:
                        self.note(NEGATIVE, process.line, f"{process.ocid}：{amount:g}")
            if process.other_currency:
                self.note(OTHER_CURRENCY, process.line, process.ocid)

    def kept(self) -> tuple[Any, ...]:
        """所存."""
        return self.counts, self.first, self.digests.tobytes(), self.lines.tobytes()

    def merge(
        self,
        before: int,
        counts: dict[str, int],
        first: dict[str, list[tuple[int, str]]],
        digests: bytes,
        lines: bytes,
    ) -> None:
        """并入后续部分, which began after so many lines."""
        for kind, shown in first.items():
            room = SHOWN - len(self.first[kind])
            self.first[kind] += [(line + before, words) for line, words in shown[:room]]
            self.counts[kind] += counts[kind]
        self.digests.frombytes(digests)
        self.lines.extend([line + before for line in array("q", lines)])

    def find_repeated(self) -> None:
        """查重复: equal names stand beside each other once sorted; each but the first is noted."""
        if len(set(self.digests)) == len(self.digests):
            return
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
