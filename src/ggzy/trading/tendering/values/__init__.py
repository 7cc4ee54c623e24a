"""招标采购的值: what crosses the border of tendering.

Terms and plans, bids as the floors above may see them, and the counters of an opening.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from ggzy.foundation.sealing.plan import OpeningPlan
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.money import Money, Rate
from ggzy.kernel.verdict import Reason, Verdict
from ggzy.trading.projects.values import CustodyPlan, Payment

PriceKind = Literal["amount", "rate", "text"]
STAGE = "open-1"  # 开标: the one stage of a tender that opens all parts together
PRICE_PART = "price"  # 报价文件: the part whose offer is read out
PARTS = (("business", "商务技术文件"), (PRICE_PART, "报价文件"))


class TenderState(StrEnum):
    """招标状态."""

    DRAFTED = "drafted"  # 编制中: only the owner's side and the custodians see it
    ANNOUNCED = "announced"  # 公告中: bids may arrive
    CLOSED = "closed"  # 已截止: the opening runs; nobody may submit, replace or withdraw
    OPENED = "opened"  # 已开标: prices are public
    FAILED = "failed"  # 流标: the lot may enter a new round


class BidState(StrEnum):
    """投标文件状态."""

    SUBMITTED = "submitted"  # 已递交: the live generation
    REPLACED = "replaced"  # 已被替换: only its digest is kept
    WITHDRAWN = "withdrawn"  # 已撤回: by the bidder, before the deadline
    OPENED = "opened"  # 已解密
    REVOKED = "revoked"  # 视为撤销: not opened, the cause lies with the bidder
    LAPSED = "lapsed"  # 视为撤回: not opened, the cause lies elsewhere
    RETURNED = "returned"  # 未拆封退回: the tender failed


@dataclass(frozen=True)
class Price:
    """报价. `text` always keeps the price as the bidder wrote it; `amount` or `rate` is its reading."""

    kind: PriceKind
    amount: Money | None = None
    rate: Rate | None = None
    text: str = ""


@dataclass(frozen=True)
class Bidder:
    """投标人: one party, or a consortium named by its leader. `members` leaves the leader out."""

    leader: CreditCode
    name: str
    members: tuple[CreditCode, ...] = ()

    @property
    def parties(self) -> tuple[CreditCode, ...]:
        """All organisations behind the bid, the leader first."""
        return (self.leader, *self.members)


@dataclass(frozen=True)
class OpenedFile:
    """已解密的分册: its plaintext lies in the vault under `digest`."""

    part: str
    digest: str
    bytes: int


@dataclass(frozen=True)
class BidFacts:
    """投标文件. Price, period and quality are empty until the opening has read them out.

    `seq` is its place in the order of delivery, from 1, among the bids of the opening set.
    """

    bid: str
    bidder: Bidder
    gen: int
    submitted_at: datetime
    state: BidState
    price: Price | None = None
    period: str = ""
    quality: str = ""
    leader: str = ""  # 项目负责人, as written
    note: str = ""
    seq: int = 0
    manifest: str = ""
    documents: str = ""
    opened_at: datetime | None = None
    files: tuple[OpenedFile, ...] = ()
    bytes: int = 0  # of the sealed package
    height: int | None = None  # 回执高度
    signed_in_at: datetime | None = None
    confirmed_at: datetime | None = None
    has_released: bool = False  # 投标人已交出解密密钥
    finding: str = ""  # F1 … F9 where it did not open


@dataclass(frozen=True)
class DocumentFile:
    """招标文件: one file of the bidding documents, by digest in the vault."""

    name: str
    digest: str
    bytes: int
    media_type: str = "application/octet-stream"


@dataclass(frozen=True)
class DocumentsVersion:
    """招标文件的一个版本. `digest` covers names and digests of all files; a bid says which it answers."""

    version: int
    digest: str
    files: tuple[DocumentFile, ...]
    issued_at: datetime
    text: str = ""  # what a clarification says
    is_material: bool = False


@dataclass(frozen=True)
class TenderTerms:
    """招标公告的条件, as announced.

    `deadline` is the opening instant too (投标截止时间即开标时间) and exclusive. `base_price` is the
    commitment to a secret base price (`rules.base_price_commitment`). Windows are seconds;
    `validity_days` counts from the deadline. The scoring scheme is published by evaluation. A sale has a
    `floor` (起始价) instead of a ceiling, says how its price is paid, and its secret price is a reserve (底价).
    """

    sale_start: datetime
    sale_end: datetime
    deadline: datetime
    venue: str
    documents: tuple[DocumentFile, ...]
    deposit: Money
    validity_days: int
    ceiling: Price | None = None
    base_price: str | None = None
    bidder_window_s: int = 1800
    custodian_window_s: int = 1800
    remedy: Literal["none", "plaintext-match"] = "plaintext-match"
    qualification: str = ""
    is_consortium_allowed: bool = True
    contact: str = ""
    floor: Price | None = None
    payment: Payment | None = None
    pad_bytes: int = 1 << 20  # 填充单位: the size of a sealed part says no more than this
    deposit_by_credit: bool = False


@dataclass(frozen=True)
class TenderFacts:
    """招标. The current round unless another was asked for.

    `deadline` is the one in force: moved by clarifications and extensions and by the time the lot stood
    still. Until a tender is announced, `terms`, `deadline` and `announced_at` are None. The number of
    bids is not here: nobody may know it before the close (`OpeningFacts.submitted` afterwards).
    """

    lot: LotCode
    round: int
    state: TenderState
    method: str
    terms: TenderTerms | None = None
    deadline: datetime | None = None
    announced_at: datetime | None = None
    documents: tuple[DocumentsVersion, ...] = ()
    documents_version: int = 0
    documents_digest: str = ""  # of the version in force, which a bid must answer
    custody: CustodyPlan | None = None
    keys_posted: tuple[int, ...] = ()
    plan: OpeningPlan | None = None  # 开标方案: what a bidder's tool seals to
    plan_digest: str = ""
    notice: str = ""
    closed_at: datetime | None = None
    opened_at: datetime | None = None
    failure: str = ""


@dataclass(frozen=True)
class ArrivedFile:
    """已到达平台、尚未递交的投标文件."""

    package: str
    name: str
    bytes: int
    gen: int
    arrived_at: datetime


@dataclass(frozen=True)
class SealedBid:
    """加密的投标文件: the package (.sbe) as it lies in the vault, by digest.

    `members` and `name` are given by a consortium only; `name` is how it signs itself.
    """

    package: str
    members: tuple[CreditCode, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class ShareRecord:
    """一份已释放的密钥份额: the record m_x of one bid's part, as the holder decrypted it."""

    bid: str
    part: str
    record: bytes


@dataclass(frozen=True)
class PartSecret:
    """投标人的一份解密密钥: the secret of one part, never the master."""

    part: str
    secret: bytes


@dataclass(frozen=True)
class OpeningFacts:
    """开标进度: counters only, no names and no prices. Windows are None while nothing is opening."""

    lot: LotCode
    round: int
    submitted: int
    shares_released: tuple[int, ...]  # holders, by x
    k: int
    keys_released: int
    decrypted: int
    failed: int
    began_at: datetime | None
    bidder_window_until: datetime | None
    custodian_window_until: datetime | None
    read_out_at: datetime | None
    concluded_at: datetime | None
    base_price: Money | None = None
    notice: str = ""
    extensions: int = 0

    @property
    def pending(self) -> int:
        """尚未解密也未定论的份数."""
        return self.submitted - self.decrypted - self.failed


class Cause(StrEnum):
    """未能解密的原因在谁."""

    BIDDER = "bidder"  # 投标人
    PLATFORM = "platform"  # 平台、招标人
    CUSTODY = "custody"  # 保管人

    @property
    def label(self) -> str:
        return {"bidder": "投标人", "platform": "平台或招标人", "custody": "开标密钥保管人"}[self.value]


@dataclass(frozen=True)
class OpeningFailure:
    """未能解密: the finding of trust §10, to whom it is attributed, and what was decided."""

    bid: str
    bidder: Bidder
    finding: str  # F1 … F9
    attributed_to: Cause
    evidence: str
    decided: Cause | None = None
    reason: str = ""


@dataclass(frozen=True)
class Decrypted:
    """一份投标文件的解密结果: its files and offer, or the finding that explains why there are none."""

    bid: str
    roots: tuple[str, ...] = ()
    files: tuple[OpenedFile, ...] = ()
    price: Price | None = None
    period: str = ""
    quality: str = ""
    leader: str = ""
    note: str = ""
    finding: str = ""
    attributed_to: Cause = Cause.BIDDER
    evidence: str = ""


@dataclass(frozen=True)
class BidderFacts:
    """能否投标的事实: what the registers and the ledger say about the bidder, at one moment."""

    is_registered: bool
    is_secured: bool
    ban: str = ""  # the ban in force, in words; empty when there is none
    banned_members: tuple[str, ...] = ()
    unregistered_members: tuple[str, ...] = ()
    clashes: tuple[str, ...] = ()  # organisations that already stand behind another live bid
    is_invited: bool = True
    is_owner_side: bool = False
    names: tuple[str, ...] = ()  # of the bidder and its members, as registered
    owed: Money | None = None  # its own deposit, which credit may have moved; None where none is asked


@dataclass(frozen=True)
class Method:
    """招标方式: what differs between methods of tendering.

    `may_announce(invitees, invitees_min)` and `may_bid(bidder)` add the method's own reasons to the common ones.
    """

    code: str
    name: str
    basis: str
    notice_title: str
    is_public: bool
    may_announce: Callable[[tuple[CreditCode, ...], int], Verdict]
    may_bid: Callable[[BidderFacts], Verdict]


@dataclass(frozen=True)
class DateLine:
    """一个法定日期的核对: what was chosen, the earliest lawful day, the article, and a warning if any."""

    name: str
    chosen: datetime
    earliest: date
    article: str
    reason: Reason | None = None
    warning: Reason | None = None
