"""试算的值: what the indicators found in lots of others, and which of them could be asked."""

from dataclasses import dataclass
from decimal import Decimal

from ggzy.oversight.alerts.values import Evidence, Indicator


@dataclass(frozen=True, kw_only=True)
class Clue:
    """一条线索. `about` is the lot, or whose lots; `currency` is that of amounts in the sentence, where known."""

    indicator: Indicator
    grade: str
    about: str
    sentence: str
    parties: tuple[str, ...]
    score: Decimal
    evidence: tuple[Evidence, ...]
    currency: str = ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """一项指标 over all lots: in how many it could be computed, or why in none."""

    indicator: Indicator
    lots: int
    found: int
    failed: int
    needs: str


@dataclass(frozen=True)
class Tried:
    """试算结果."""

    processes: int
    lots: int
    clues: tuple[Clue, ...]
    asked: tuple[Asked, ...]
