"""标段档案 for machines: what every stage of one lot said, folded from its facts. Nothing here is a row.

Each part says where it was told: `height` in the journal and the moment `at`, so that a finding can
point at the very fact. A part is None, or empty, until its stage has spoken.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from ggzy.kernel.codes import CreditCode, LotCode, ProjectCode, RegionCode
from ggzy.kernel.instants import Calendar
from ggzy.kernel.money import Money
from ggzy.registers.catalog.values import Particular, Rulebook
from ggzy.trading.dossier.values.disputes import Complaint, Objection, Ordered
from ggzy.trading.dossier.values.sales import Auction
from ggzy.trading.dossier.values.scanning import Scanned
from ggzy.trading.dossier.values.stages import (
    Award,
    Bid,
    Committee,
    Contract,
    Deposits,
    Evaluation,
    Failure,
    Opening,
    Publicity,
    Taken,
)
from ggzy.trading.dossier.values.traces import Compared, Trace, Visited

WEEKDAYS = Calendar(frozenset(), frozenset())
"""Monday to Friday, no holidays."""


@dataclass(frozen=True, kw_only=True)
class Ground:
    """立项与规则: what a lot brings along from its project, and its own copy of the rulebook.

    `salt` turns an expert's code into a label; `calendar` knows the working days.
    """

    rulebook: Rulebook
    calendar: Calendar = WEEKDAYS
    salt: bytes = field(default=b"", repr=False)
    project_title: str = ""
    funding: str = ""
    approval: str = ""


@dataclass(frozen=True, kw_only=True)
class Registered:
    """入场登记."""

    at: datetime
    height: int
    project: ProjectCode
    title: str
    content: str
    owner: CreditCode
    agency: CreditCode | None
    region: RegionCode
    category: str
    classification: str
    nature: str
    method: str
    scoring: str
    must_tender: bool
    estimate: Money
    price_form: str
    particulars: tuple[Particular, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NoticeTold:
    """公告发布. `phrases` are the excluding phrases found when it was published; `text` where it was asked for."""

    at: datetime
    height: int
    notice: str
    kind: str
    title: str
    digest: str
    amends: str | None
    phrases: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class DocumentTold:
    """招标文件的一份: its digest in the vault."""

    name: str
    digest: str
    bytes: int


@dataclass(frozen=True, kw_only=True)
class CriterionTold:
    """评审因素. `weight` of 100; `part` is price, technical, business or credit."""

    code: str
    name: str
    kind: str
    part: str
    weight: Decimal
    full: Decimal
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """招标条件, as announced. `deadline` is the one in force by the facts told so far."""

    at: datetime
    height: int
    method: str
    sale_start: datetime
    sale_end: datetime
    announced_deadline: datetime
    deadline: datetime
    deposit: Money
    validity_days: int
    ceiling: Money | None = None
    ceiling_text: str = ""
    has_base_price: bool = False
    qualification: str = ""
    is_consortium_allowed: bool = True
    contact: str = ""
    documents: tuple[DocumentTold, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Clarified:
    """澄清、修改."""

    at: datetime
    height: int
    version: int
    text: str
    is_material: bool
    answers: int
    documents: tuple[DocumentTold, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Moved:
    """投标截止时间顺延."""

    at: datetime
    height: int
    before: datetime
    after: datetime
    cause: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class OrderTold:
    """监督指令与停表: `kind` is suspended, resumed, terminated, paused or unpaused."""

    at: datetime
    height: int
    kind: str
    since: datetime
    authority: str = ""
    reason: str = ""
    article: str = ""


@dataclass(frozen=True, kw_only=True)
class Span:
    """停表的一段; `until` is None while it runs."""

    cause: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class LotRecord:
    """标段档案 of the round that runs; `earlier` are the rounds before it, oldest first.

    `height` and `at` are those of the last fact. What is sealed until the close is not in it before; an
    objection is, without whose it is. `opened` are the rounds that have closed.
    """

    lot: LotCode
    ground: Ground
    registered: Registered
    height: int
    at: datetime
    round: int = 1
    opened: frozenset[int] = frozenset()
    notices: tuple[NoticeTold, ...] = ()
    terms: Terms | None = None
    criteria: tuple[CriterionTold, ...] = ()
    clarified: tuple[Clarified, ...] = ()
    moved: tuple[Moved, ...] = ()
    taken: tuple[Taken, ...] = ()
    bids: tuple[Bid, ...] = ()
    visits: tuple[Visited, ...] = ()
    traces: tuple[Trace, ...] = ()
    compared: Compared | None = None
    scanned: tuple[Scanned, ...] = ()
    opening: Opening | None = None
    failure: Failure | None = None
    deposits: Deposits | None = None
    committee: Committee | None = None
    evaluation: Evaluation | None = None
    publicity: Publicity | None = None
    objections: tuple[Objection, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    award: Award | None = None
    contract: Contract | None = None
    auction: Auction | None = None
    orders: tuple[OrderTold, ...] = ()
    ordered: tuple[Ordered, ...] = ()
    stills: tuple[Span, ...] = ()
    is_terminated: bool = False
    archived_at: datetime | None = None
    earlier: tuple["LotRecord", ...] = field(default=())

    @property
    def rulebook(self) -> Rulebook:
        """标段的规则副本."""
        return self.ground.rulebook

    @property
    def is_closed(self) -> bool:
        """已截止: bids or offers may be read by those who supervise."""
        return self.round in self.opened

    def bid_of(self, party: CreditCode) -> Bid | None:
        """这一主体牵头的投标."""
        return next((bid for bid in self.bids if bid.bidder == party), None)

    def bid(self, code: str) -> Bid | None:
        """这一份投标, by its own code."""
        return next((bid for bid in self.bids if bid.bid == code), None)

    def effective(self, limit: datetime, set_at: datetime, at: datetime) -> datetime:
        """顺延后的期限: the limit set at `set_at`, moved by the time the lot stood still before it came."""
        moved = limit
        for start, end in self._still(at):
            begun = max(start, set_at)
            if begun >= moved:
                break
            moved += max(end - begun, timedelta())
        return moved

    def _still(self, at: datetime) -> list[tuple[datetime, datetime]]:
        """When the clocks stood, one stretch after the other; a stretch that runs on ends at `at`."""
        merged: list[tuple[datetime, datetime]] = []
        for span in sorted(self.stills, key=lambda span: span.since):
            start, end = span.since, max(span.until or at, span.since)
            if start > at:
                continue
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], end))
            else:
                merged.append((start, end))
        return merged
