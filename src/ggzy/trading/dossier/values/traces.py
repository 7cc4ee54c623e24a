"""投标痕迹 in the record: visits, what opened bids say of their making, what every two have in common."""

from dataclasses import dataclass
from datetime import datetime

from ggzy.foundation.sealing.trace import Device
from ggzy.kernel.codes import CreditCode
from ggzy.trading.tendering.values.traces import Common, Contact, FileTrace, Person, PricePattern

__all__ = ["Common", "Compared", "Contact", "FileTrace", "Person", "PricePattern", "Trace", "Visited"]


@dataclass(frozen=True, kw_only=True)
class Visited:
    """来访: from where a party took documents ("download") or carried a sealed bid here ("upload")."""

    at: datetime
    height: int
    act: str
    party: CreditCode
    address: str
    browser: str = ""
    mark: str = ""


@dataclass(frozen=True, kw_only=True)
class Trace:
    """投标痕迹 of one opened bid."""

    at: datetime
    height: int
    bid: str
    device: Device | None = None
    files: tuple[FileTrace, ...] = ()
    people: tuple[Person, ...] = ()
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Compared:
    """投标文件比对."""

    at: datetime
    height: int
    bids: int
    common: tuple[Common, ...] = ()
    is_complete: bool = True
    documents: tuple[FileTrace, ...] = ()
