"""查阅留痕的值."""

from dataclasses import dataclass
from datetime import datetime

from ggzy.kernel.codes import CreditCode


@dataclass(frozen=True)
class Reading:
    """一次查阅: who read what, for which reason, and whom it concerns."""

    what: str
    title: str
    person: str
    organisation: str
    role: str
    reason: str
    at: datetime
    height: int
    concerning: tuple[CreditCode, ...]
