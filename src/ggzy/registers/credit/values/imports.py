"""导入的值: lines of a file that others made, each kept with its number."""

from dataclasses import dataclass
from datetime import date

from ggzy.kernel.codes import CreditCode
from ggzy.registers.credit.values.records import Decision, Gravity, RecordKind


@dataclass(frozen=True)
class Row:
    """一行: an entry of a list, or a record; `list` is the code of the list, "" for a record."""

    line: int
    party: CreditCode
    name: str
    decision: Decision
    text: str
    list: str = ""
    kind: RecordKind | None = None
    gravity: Gravity | None = None
    end: date | None = None

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes two lines one entry."""
        what = self.list or (self.kind.value if self.kind else "")
        return str(self.party), what, self.decision.authority, self.decision.document


@dataclass(frozen=True)
class Fault:
    """有误的一行, with every reason."""

    line: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Screened:
    """核对结果: what may be taken in, what is known already, what is wrong."""

    ready: tuple[Row, ...]
    known: tuple[int, ...]
    faults: tuple[Fault, ...]
