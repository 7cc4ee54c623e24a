"""合同登记: contracts that other registers know of, to be held against the platform's own lots."""

from dataclasses import dataclass
from datetime import date

from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.kernel.money import Money


@dataclass(frozen=True, kw_only=True)
class Entry:
    """一份合同. `number` is the register's own; `lot` is the platform's code where the register gives one."""

    line: int
    number: str
    owner: CreditCode
    title: str
    amount: Money
    signed_on: date
    supplier: str
    category: str
    nature: str
    region: RegionCode
    lot: str = ""


@dataclass(frozen=True)
class Slip:
    """读不懂的一行, and every reason."""

    line: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Traded:
    """平台上的标段 of the same owner, as far as a contract can be recognised by it."""

    lot: LotCode
    title: str
    amount: Money


@dataclass(frozen=True, kw_only=True)
class Imported:
    """登记情况. `matched` were found by their code or their title; `apart` are not the platform's business."""

    known: int
    matched: int
    apart: int
    alerted: int
