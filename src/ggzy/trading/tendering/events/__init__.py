"""招标采购的事实.

Lifecycle facts stand in the lot's own stream. Bids stand in a dense stream of their own, so that "in
time" has one meaning: a place before `BiddingClosed`. Nothing else enters that stream.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ggzy.foundation.sealing.plan import OpeningPlan
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.events import Audience, event
from ggzy.kernel.money import Money
from ggzy.trading.projects.values import CustodyPlan
from ggzy.trading.tendering.events.traces import BidsCompared, BidTraced, VisitNoted
from ggzy.trading.tendering.values import Bidder, Cause, DocumentFile, Price, TenderTerms

__all__ = ["BidTraced", "BidsCompared", "VisitNoted"]
LOT = "lot/{lot}"
BIDS = "lot/{lot}/{round}/bids"
OPENING = "lot/{lot}/{round}/opening"


@event("tender.prepared", Audience.PARTIES, subject=LOT)
class TenderPrepared:
    """招标已编制: the custodians are named; each now posts a key made for this tender alone."""

    lot: LotCode
    round: int
    method: str
    custody: CustodyPlan


@event("custodian_key.posted", Audience.PUBLIC, subject=OPENING)
class CustodianKeyPosted:
    """保管人公钥已登记. `key` is made for this tender alone; `certificate` (fingerprint) signed it."""

    lot: LotCode
    round: int
    x: int
    organisation: CreditCode
    certificate: str
    key: str
    signature: str


@event("plan.fixed", Audience.PUBLIC, subject=OPENING)
class OpeningPlanFixed:
    """开标方案已定: trust §7.2. `digest` is what every manifest names."""

    lot: LotCode
    round: int
    plan: OpeningPlan
    digest: str


@event("tender.announced", Audience.PUBLIC, subject=LOT)
class TenderAnnounced:
    """招标公告已发布. `warnings` are the codes of what the check page warned of and the owner kept."""

    lot: LotCode
    round: int
    method: str
    terms: TenderTerms
    documents: str
    plan: str
    notice: str
    warnings: tuple[str, ...] = ()


@event("bidders.invited", Audience.SEALED, subject=OPENING)
class BiddersInvited:
    """投标邀请已发出: whom the owner invited; secret until the opening (招标投标法 §22)."""

    lot: LotCode
    round: int
    invitees: tuple[CreditCode, ...]


@event("question.asked", Audience.SEALED, subject="lot/{lot}/{round}/questions")
class QuestionAsked:
    """提出疑问: who asked is told to nobody; the answer goes to all."""

    lot: LotCode
    round: int
    question: int
    text: str


@event("documents.taken", Audience.SEALED, subject="lot/{lot}/{round}/documents")
class DocumentsTaken:
    """招标文件已下载: a signed-in party's first download of a version; secret until the close."""

    lot: LotCode
    round: int
    version: int
    party: CreditCode


@event("tender.clarified", Audience.PUBLIC, subject=LOT)
class TenderClarified:
    """澄清、修改. A person classified it as material or not, and said why (招标投标法 §23)."""

    lot: LotCode
    round: int
    version: int
    documents: str
    files: tuple[DocumentFile, ...]
    text: str
    is_material: bool
    classification: str
    answers: tuple[int, ...]
    notice: str


@event("deadline.moved", Audience.PUBLIC, subject=LOT)
class DeadlineMoved:
    """投标截止时间已顺延. Never earlier than before."""

    lot: LotCode
    round: int
    before: datetime
    after: datetime
    cause: Literal["clarification", "extension", "disturbance"]
    reason: str
    notice: str = ""


@dataclass(frozen=True)
class PartFacts:
    """分册: root of the ciphertext chunks and its size in bytes."""

    part: str
    root: str
    bytes: int


@event("bid.submitted", Audience.SEALED, subject=BIDS)
class BidSubmitted:
    """投标文件已递交: digests only. `prev` is the manifest it replaces."""

    lot: LotCode
    round: int
    bid: str
    gen: int
    bidder: Bidder
    manifest: str
    prev: str | None
    documents: str
    plan: str
    parts: tuple[PartFacts, ...]


@event("bid.withdrawn", Audience.SEALED, subject=BIDS)
class BidWithdrawn:
    """投标文件已撤回, before the deadline. `refund_by` is the last day of the deposit's return."""

    lot: LotCode
    round: int
    bid: str
    gen: int
    bidder: CreditCode
    manifest: str
    refund_by: datetime


@event("bidding.closed", Audience.PARTIES, subject=BIDS)
class BiddingClosed:
    """投标已截止: `count` live bids; everything in time has a place up to `last_seq`, chained to `chain`."""

    lot: LotCode
    round: int
    deadline: datetime
    count: int
    last_seq: int
    chain: str


@event("bid.refused", Audience.SEALED, subject="lot/{lot}/{round}/refusals")
class BidRefused:
    """逾期投标未被接收: a party's first attempt after the deadline, kept as evidence of the refusal.

    It stands outside the bids' stream, whose last place `BiddingClosed` has named.
    """

    lot: LotCode
    round: int
    bidder: CreditCode
    arrived_at: datetime
    deadline: datetime
    manifest: str


@event("tender.failed", Audience.PUBLIC, subject=LOT)
class TenderFailed:
    """流标. `count` is the number of bids received; nothing was decrypted if it was the cause."""

    lot: LotCode
    round: int
    cause: str  # too_few_bids, or the cause a later stage names: all_rejected, award_refused …
    count: int
    required: int
    reason: str
    notice: str = ""


@event("opening.began", Audience.PARTIES, subject=OPENING)
class OpeningBegan:
    """开标开始: the opening set as count and Merkle root over (bid, gen, manifest) in order of delivery."""

    lot: LotCode
    round: int
    count: int
    root: str
    bidder_window_until: datetime
    custodian_window_until: datetime


@event("bidder.signed_in", Audience.PARTIES, subject=OPENING)
class BidderSignedIn:
    """开标签到."""

    lot: LotCode
    round: int
    bid: str


@event("shares.released", Audience.PARTIES, subject=OPENING)
class SharesReleased:
    """保管人已释放份额: how many passed their public check, how many did not, and the root over them."""

    lot: LotCode
    round: int
    x: int
    stage: str
    good: int
    bad: int
    root: str


@event("bidder_key.released", Audience.PARTIES, subject=OPENING)
class BidderKeyReleased:
    """投标人已解密: its key passed the public check of every part."""

    lot: LotCode
    round: int
    bid: str


@event("window.extended", Audience.PUBLIC, subject=OPENING)
class WindowExtended:
    """解密时间已延长: an outage of ours, or custodians who were late (trust §10, F4 and F10)."""

    lot: LotCode
    round: int
    cause: Cause
    bidder_window_until: datetime
    custodian_window_until: datetime
    reason: str


@event("bid.decrypted", Audience.PARTIES, subject=OPENING)
class BidDecrypted:
    """投标文件已解密: plaintext roots only; prices are told when all are open or the window is over."""

    lot: LotCode
    round: int
    bid: str
    parts: tuple[PartFacts, ...]


@event("bid.remedied", Audience.PARTIES, subject=OPENING)
class BidRemedied:
    """明文补救: the bidder handed in the very plaintext that was sealed; `BidDecrypted` follows."""

    lot: LotCode
    round: int
    bid: str


@event("bid.not_opened", Audience.PARTIES, subject=OPENING)
class BidNotOpened:
    """投标文件未能解密: the finding and to whom the evidence attributes it (trust §10)."""

    lot: LotCode
    round: int
    bid: str
    finding: str
    attributed_to: Cause
    evidence: str


@event("failure.decided", Audience.PUBLIC, subject=OPENING)
class FailureDecided:
    """未能解密的处理: 撤销 when the cause is the bidder's, 撤回 otherwise (电子招标投标办法 §31)."""

    lot: LotCode
    round: int
    bid: str
    bidder: Bidder
    cause: Cause
    reason: str


@event("bid.read_out", Audience.PUBLIC, subject=OPENING)
class BidReadOut:
    """唱标. `price` is None when the sheet cannot be read; `note` then says why."""

    lot: LotCode
    round: int
    bid: str
    seq: int
    bidder: Bidder
    price: Price | None
    period: str
    quality: str
    leader: str
    note: str


@event("base_price.announced", Audience.PUBLIC, subject=OPENING)
class BasePriceAnnounced:
    """标底已公布: it opens the commitment of the announcement (实施条例 §50)."""

    lot: LotCode
    round: int
    amount: Money
    salt: str


@event("record.confirmed", Audience.PARTIES, subject=OPENING)
class RecordConfirmed:
    """投标人已确认开标记录."""

    lot: LotCode
    round: int
    bid: str


@event("bids.opened", Audience.PUBLIC, subject=OPENING)
class BidsOpened:
    """开标记录. `root` is the Merkle root over the bodies of all read-outs, in order of delivery."""

    lot: LotCode
    round: int
    deadline: datetime
    submitted: int
    opened: int
    failed: int
    root: str
    base_price: Money | None
    notice: str
