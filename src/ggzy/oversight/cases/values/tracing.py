"""倒查的值."""

from dataclasses import dataclass, replace
from datetime import datetime

from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.oversight.alerts.values.alerts import AlertFacts
from ggzy.oversight.cases.values.braking import BrakeFacts
from ggzy.oversight.cases.values.casework import CaseFacts
from ggzy.oversight.cases.values.complaints import ComplaintFacts
from ggzy.oversight.cases.values.powers import Exercise


@dataclass(frozen=True)
class Act:
    """一件事: the fact, in words, and who did it."""

    height: int
    at: datetime
    title: str
    details: tuple[tuple[str, str], ...]
    person: str
    organisation: str
    role: str


@dataclass(frozen=True)
class Doer:
    """经手人: everything one person did on the lot."""

    person: str
    organisation: str
    role: str
    heights: tuple[int, ...]
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class Paper:
    """文件 by its digest; `heights` are the facts that name it."""

    digest: str
    name: str
    heights: tuple[int, ...]


@dataclass(frozen=True)
class DeviceTrace:
    """设备和网络 behind one bid, as they were caught."""

    bidder: CreditCode
    what: str
    text: str
    at: datetime
    height: int
    name: str = ""

    def called(self, name: str) -> "DeviceTrace":
        """With the bidder's name."""
        return replace(self, name=name)


@dataclass(frozen=True)
class Track:
    """倒查: everything behind one lot, on one page."""

    lot: LotCode
    acts: tuple[Act, ...]
    doers: tuple[Doer, ...]
    papers: tuple[Paper, ...]
    devices: tuple[DeviceTrace, ...]
    alerts: tuple[AlertFacts, ...]
    cases: tuple[CaseFacts, ...]
    complaints: tuple[ComplaintFacts, ...]
    brakes: tuple[BrakeFacts, ...]
    exercises: tuple[Exercise, ...]
