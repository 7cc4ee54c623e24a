"""案卷的值: the only thing oversight and service read about a lot."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.kernel.events import Audience
from ggzy.kernel.instants import BEIJING
from ggzy.kernel.money import Money


class Stage(StrEnum):
    """标段走到哪一步: the one word the public sees."""

    REGISTERED = "registered"  # 已登记
    ANNOUNCED = "announced"  # 公告中
    BIDDING = "bidding"  # 竞价中: of an auction, until its result stands
    CLOSED = "closed"  # 已截止
    OPENED = "opened"  # 已开标
    EVALUATED = "evaluated"  # 评标结束
    PUBLICITY = "publicity"  # 公示期内
    AWARDED = "awarded"  # 已定标
    CONTRACTED = "contracted"  # 已签约
    COMPLETED = "completed"  # 已履约
    ARCHIVED = "archived"  # 已归档
    FAILED = "failed"  # 流标
    TERMINATED = "terminated"  # 已终止


TENDER, AUCTION = "tender", "auction"


@dataclass(frozen=True)
class Detail:
    """一项内容: a label and what stands behind it, in words."""

    label: str
    text: str

    @classmethod
    def moment(cls, label: str, at: datetime) -> "Detail":
        """一项时间, in Beijing time."""
        local = at.astimezone(BEIJING)
        return cls(label, f"{local.year}年{local.month}月{local.day}日 {local:%H:%M:%S}".removesuffix(":00"))


@dataclass(frozen=True)
class Words:
    """一条事实的文字."""

    title: str
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True)
class Line:
    """一条事实, where it stands in the journal and what it says."""

    height: int
    subject: str
    seq: int
    at: datetime
    kind: str
    audience: Audience
    words: Words


@dataclass(frozen=True)
class ChapterForm:
    """章节: which facts it tells, and how. `is_required` says whether a completed lot must have it.

    `way` names the way of a lot that it belongs to, TENDER or AUCTION; empty for both.
    """

    code: str
    name: str
    order: int
    lines: Mapping[type, Callable[[Any], Words]]
    is_required: bool = True
    way: str = ""


@dataclass(frozen=True)
class Chapter:
    """案卷中的一章."""

    code: str
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Dossier:
    """案卷: everything that happened to one lot, chapter by chapter, up to `height`."""

    lot: LotCode
    height: int
    chapters: tuple[Chapter, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """全部事实, in the order of the journal."""
        return tuple(sorted((line for c in self.chapters for line in c.lines), key=lambda line: line.height))


@dataclass(frozen=True)
class OpenedBid:
    """开标记录的一行. `price` keeps the bidder's own words; `amount` is their reading in money, if any."""

    seq: int
    bid: str
    bidder: str
    code: CreditCode
    price: str
    amount: Money | None
    period: str
    quality: str
    leader: str
    note: str


@dataclass(frozen=True)
class OpeningChapter:
    """开标: counters while it runs, rows once they were read out."""

    round: int
    began_at: datetime | None = None
    submitted: int = 0
    released: int = 0
    decrypted: int = 0
    failed: int = 0
    concluded_at: datetime | None = None
    base_price: Money | None = None
    window_until: datetime | None = None
    bids: tuple[OpenedBid, ...] = ()


@dataclass(frozen=True)
class Summary:
    """标段摘要: one row of a list. Amounts are None until they are public."""

    lot: LotCode
    stage: Stage
    title: str
    owner: CreditCode
    agency: CreditCode | None
    category: str
    region: RegionCode
    method: str
    nature: str
    estimate: Money
    registered_at: datetime
    round: int = 1
    is_suspended: bool = False
    announced_at: datetime | None = None
    deadline: datetime | None = None
    closed_at: datetime | None = None
    submitted: int | None = None
    opened_at: datetime | None = None
    publicity_until: datetime | None = None
    winner: str = ""
    winner_code: CreditCode | None = None
    award_amount: Money | None = None
    award_text: str = ""
    letter_code: str = ""
    letter_digest: str = ""
    contract_amount: Money | None = None
    height: int = 0
    changed_at: datetime | None = field(default=None)
