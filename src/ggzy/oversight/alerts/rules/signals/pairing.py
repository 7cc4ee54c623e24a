"""两两相同: marks that bidders of one lot share, and how they are told without telling them whole."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from ggzy.oversight.alerts.values import Evidence, Finding, Grade
from ggzy.trading.dossier.values.record import LotRecord
from ggzy.trading.dossier.values.stages import Bid
from ggzy.trading.dossier.values.traces import Trace

CLUE = "属于线索，是否构成串通投标由评标委员会、监督部门核实认定。"
TAIL = 4
PEEK = 2  # characters shown of what is short


@dataclass(frozen=True)
class Side:
    """一方: one opened bid and its trace."""

    bid: Bid
    trace: Trace


@dataclass(frozen=True)
class Signal:
    """信号. `parties` are the bidders' codes, in order; `family` names the cause it may share with others."""

    code: str
    family: str
    parties: tuple[str, ...]
    sentence: str
    evidence: tuple[Evidence, ...]
    weight: Decimal
    grade: Grade | None = None
    about: str = ""

    def finding(self) -> Finding:
        """As an indicator of its own tells it."""
        return Finding(
            sentence=self.sentence,
            key="+".join((*self.parties, self.about) if self.about else self.parties),
            parties=self.parties,
            evidence=self.evidence,
            score=self.weight,
            grade=self.grade,
        )


def sides(record: LotRecord) -> tuple[Side, ...]:
    """各方: every bid that was opened and traced."""
    bids = {bid.bid: bid for bid in record.bids}
    return tuple(Side(bids[trace.bid], trace) for trace in record.traces if trace.bid in bids)


def pairs(record: LotRecord) -> Iterator[tuple[Side, Side]]:
    """每两方."""
    return combinations(sides(record), 2)


def sharing(
    among: Sequence[Side], marks: Callable[[Side], Iterable[str]]
) -> Iterator[tuple[str, tuple[Side, ...]]]:
    """相同的标记, each with all who hold it; in order of the mark."""
    held: dict[str, list[Side]] = {}
    for side in among:
        for mark in dict.fromkeys(marks(side)):
            held.setdefault(mark, []).append(side)
    return ((mark, tuple(some)) for mark, some in sorted(held.items()) if len(some) > 1)


def parties(some: Iterable[Side]) -> tuple[str, ...]:
    """代码, in order."""
    return tuple(sorted(str(side.bid.bidder) for side in some))


def names(some: Iterable[Side]) -> str:
    """名称."""
    return "、".join(side.bid.name for side in some)


def row(side: Side, text: str) -> Evidence:
    """证据: who, what in masked form, and the fact it stands in."""
    return Evidence(side.bid.name, text, height=side.trace.height)


def tail(mark: str) -> str:
    """尾号: enough to compare by eye, too little to use."""
    plain = mark.rpartition(":")[2].strip("{}")
    return f"尾号 {plain[-TAIL:].upper()}" if len(plain) > TAIL * 2 else f"{plain[:PEEK]}***"


def masked(address: str) -> str:
    """地址 without its last part."""
    mark = ":" if ":" in address else "."
    return address.rpartition(mark)[0] + mark + "*"
