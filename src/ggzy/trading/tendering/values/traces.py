"""投标痕迹的值 (data specification 519, 9006, 9010): who carried a bid here, what it was made on, what its
files say of their making, and what every two bids have in common."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ggzy.foundation.sealing.trace import Device
from ggzy.kernel.codes import CreditCode


@dataclass(frozen=True)
class Visit:
    """来访: network address and browser of one request. `mark` is what this browser keeps for us; it may be
    thrown away at will, so that two that agree say something and two that differ say nothing."""

    address: str
    browser: str = ""
    mark: str = ""


@dataclass(frozen=True)
class FileTrace:
    """文件痕迹: what one file of an opened bid says of its making; `unread` says why there is none.

    `ids` are marks of creation that copies keep, `locks` numbers of pricing software, `machines` what such
    software wrote of the computer.
    """

    name: str
    kind: str
    bytes: int
    author: str = ""
    changed_by: str = ""
    company: str = ""
    template: str = ""
    tool: str = ""
    created: str = ""
    ids: tuple[str, ...] = ()
    locks: tuple[str, ...] = ()
    machines: tuple[str, ...] = ()
    unread: str = ""


@dataclass(frozen=True)
class Person:
    """投标中的人员, as the offer names them: 项目负责人, 联系人 …"""

    role: str
    name: str


@dataclass(frozen=True)
class Contact:
    """主体登记的联系方式 of one organisation behind a bid, and the ban in force, as the registers had it at the
    opening; `ban` is empty where there was none, `above` are those who control it, nearest first."""

    party: CreditCode
    representative: str = ""
    phone: str = ""
    address: str = ""
    ban: str = ""
    above: tuple[str, ...] = ()


@dataclass(frozen=True)
class PricePattern:
    """两份清单的规律: over `items` common items, `ratio` is the mean of a/b and `spread` its coefficient of
    variation; `step` a constant difference; `equal` the share of items priced alike, `tails` of those whose
    last two figures agree. `by_control`: both are a fixed share of the published control prices."""

    items: int
    ratio: Decimal
    spread: Decimal
    step: Decimal | None  # yuan
    equal: Decimal
    tails: Decimal
    by_control: bool = False


@dataclass(frozen=True)
class Common:
    """两份投标文件的共同之处. `similarity` is of the texts without what the bidding documents say, None where
    too little is left to compare; `passages` are some of what they share, `slips` errors only they share,
    `named` the bids that name the other bidder."""

    one: str
    other: str
    similarity: Decimal | None = None
    passages: tuple[str, ...] = ()
    slips: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    prices: PricePattern | None = None


@dataclass(frozen=True)
class BidTrace:
    """一份投标文件的痕迹, as it was read at the opening."""

    bid: str
    device: Device | None = None
    files: tuple[FileTrace, ...] = ()
    people: tuple[Person, ...] = ()


@dataclass(frozen=True)
class Reading:
    """比对结果 of all bids of an opening, and the traces of the bidding documents."""

    common: tuple[Common, ...]
    is_complete: bool
    documents: tuple[FileTrace, ...] = ()


Act = Literal["upload", "download"]
