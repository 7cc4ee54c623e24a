"""拍卖、挂牌、竞价的值: the whole procedure around the room, from the notice to the confirmation."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.instants import Period
from ggzy.kernel.money import Money, Rate
from ggzy.kernel.verdict import Reason
from ggzy.trading.auctions.values.amounts import Amount
from ggzy.trading.auctions.values.room import Outcome
from ggzy.trading.auctions.values.terms import FormatTerms
from ggzy.trading.projects.values import Payment


class AuctionState(StrEnum):
    """竞价状态."""

    DRAFTED = "drafted"  # 编制中: only the owner's side sees it
    ANNOUNCED = "announced"  # 公告中: applications and deposits may arrive
    OPEN = "open"  # 竞价中: the room is open
    PAUSED = "paused"  # 已暂停: the room's clock stands still
    CLOSED = "closed"  # 已结束: the room is over, the result is being established
    SOLD = "sold"  # 已成交: the confirmation is due
    CONFIRMED = "confirmed"  # 已签成交确认书
    FAILED = "failed"  # 未成交: the lot may be announced again
    DEFAULTED = "defaulted"  # 违约: the winner did not keep the bargain

    @property
    def label(self) -> str:
        return STATE_LABELS[self]


NO_COMMISSION = Rate(0)

STATE_LABELS = {
    AuctionState.DRAFTED: "编制中",
    AuctionState.ANNOUNCED: "公告中",
    AuctionState.OPEN: "竞价中",
    AuctionState.PAUSED: "已暂停",
    AuctionState.CLOSED: "已结束",
    AuctionState.SOLD: "已成交",
    AuctionState.CONFIRMED: "已签成交确认书",
    AuctionState.FAILED: "未成交",
    AuctionState.DEFAULTED: "已违约",
}


class ApplicationState(StrEnum):
    """竞买申请状态."""

    FILED = "filed"  # 已提交
    ADMITTED = "admitted"  # 已确认资格: a paddle is given
    DECLINED = "declined"  # 不符合公告条件
    WITHDRAWN = "withdrawn"  # 已撤回


@dataclass(frozen=True)
class Document:
    """文件: by digest in the vault. `material` names what it is handed in as, among those a notice asks for."""

    name: str
    digest: str
    bytes: int
    material: str = ""


@dataclass(frozen=True, kw_only=True)
class Consent:
    """批准单位的书面同意: who consents to the price, by which paper, when."""

    authority: str
    document: str
    on: date


@dataclass(frozen=True, kw_only=True)
class AuctionTerms:
    """公告的条件. Days count from the contract; `appraisal` is the appraised value where there is one.

    `materials` names what every applicant hands in. `is_immovable`: houses and land, for which some rules
    want a longer notice.
    """

    format: FormatTerms
    apply_from: datetime
    apply_until: datetime
    deposit: Money
    deposit_until: datetime
    documents: tuple[Document, ...]
    payment: Payment
    contract_days: int
    viewings: tuple[Period, ...] = ()
    appraisal: Money | None = None
    conditions: str = ""
    commission: Rate = NO_COMMISSION
    is_immovable: bool = False
    contact: str = ""
    materials: tuple[str, ...] = ()
    deposit_by_credit: bool = False

    @property
    def floor(self) -> Money:
        """起始总价."""
        return self.format.total(self.format.start)


@dataclass(frozen=True, kw_only=True)
class AuctionFacts:
    """竞价. The current round; `first_announced_on` is the day of the first notice of any round.

    `apply_until` and `deposit_until` are the ends of the notice, moved by the time the clocks of the lot
    stood still; so is `publicity_until`, None where no publicity of the result is due.
    """

    lot: LotCode
    round: int
    state: AuctionState
    format: str
    terms: AuctionTerms | None = None
    announced_at: datetime | None = None
    first_announced_on: date | None = None
    admitted: int = 0
    closed_at: datetime | None = None
    outcome: Outcome | None = None
    winner: int | None = None
    price: Amount | None = None
    confirmed_at: datetime | None = None
    signed: tuple[str, ...] = ()
    is_prepared: bool = False
    apply_until: datetime | None = None
    deposit_until: datetime | None = None
    publicity_until: datetime | None = None

    @property
    def apply_end(self) -> datetime | None:
        """报名截止时间 as it stands now."""
        return self.apply_until or (self.terms.apply_until if self.terms else None)

    @property
    def deposit_end(self) -> datetime | None:
        """保证金截止时间 as it stands now."""
        return self.deposit_until or (self.terms.deposit_until if self.terms else None)


@dataclass(frozen=True, kw_only=True)
class Ends:
    """期限: the last moments of an auction as they stand now; None where none was set."""

    apply_until: datetime | None = None
    deposit_until: datetime | None = None
    confirm_by: datetime | None = None
    publicity_until: datetime | None = None
    contract_by: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ApplicantFacts:
    """竞买申请人: what the registers and the ledger say, at one moment.

    `tie` says in words what ties it to the owner's side; `missing` names materials it has not handed in;
    `clashes` says in words what it shares with parties behind other applications for this lot, naming none;
    `owed` is its own deposit, which credit may have moved, None where none is asked.
    """

    is_registered: bool = True
    ban: str = ""
    is_owner_side: bool = False
    tie: str = ""
    missing: tuple[str, ...] = ()
    clashes: tuple[str, ...] = ()
    is_secured: bool = False
    owed: Money | None = None
    secured_at: datetime | None = None
    state: ApplicationState | None = None


@dataclass(frozen=True, kw_only=True)
class PriorityClaim:
    """优先购买权主张: on what grounds, with what proof; `reason` says why it was decided so, `order` as what."""

    grounds: str
    documents: tuple[Document, ...]
    filed_at: datetime
    order: int | None = None
    reason: str = ""

    @property
    def is_waiting(self) -> bool:
        """待认定."""
        return not self.reason


@dataclass(frozen=True)
class Reserve:
    """保留价: the secret amount and the salt that opens its commitment."""

    amount: Amount
    salt: str


@dataclass(frozen=True)
class Settlement:
    """竞价结论. `cause` is empty for a sale; `is_reserve_public`: only a reserve that was met is told."""

    is_sold: bool
    cause: str = ""
    reason: str = ""
    price: Money | None = None
    premium: Rate | None = None
    is_reserve_public: bool = False


class Side(StrEnum):
    """成交确认书的签署方."""

    OWNER = "owner"  # 出让人、转让方、采购人
    WINNER = "winner"  # 竞得人、受让方、成交供应商


@dataclass(frozen=True)
class Winner:
    """竞得人: the party behind the paddle that won."""

    paddle: int
    party: CreditCode
    name: str


@dataclass(frozen=True, kw_only=True)
class ConfirmedSale:
    """已确认的成交: what the contract must say, and by when. `is_bought` where the owner pays and not the winner."""

    lot: LotCode
    round: int
    winner: Winner
    price: Amount
    total: Money
    closed_at: datetime
    confirmed_at: datetime
    contract_by: datetime
    publicity_until: datetime | None
    payment: Payment
    is_bought: bool


@dataclass(frozen=True)
class DateLine:
    """一个法定日期的核对: what was chosen, the earliest lawful day, the article, and what is against it."""

    name: str
    chosen: datetime
    earliest: date
    article: str
    reason: Reason | None = None
    warning: Reason | None = None
