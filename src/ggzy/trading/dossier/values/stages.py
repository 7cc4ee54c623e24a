"""标段档案的各段, from the bids to the contract. Companions of `record`."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.money import Money, Rate


@dataclass(frozen=True, kw_only=True)
class Taken:
    """招标文件下载: a party's first download of a version."""

    at: datetime
    height: int
    party: CreditCode
    version: int


@dataclass(frozen=True, kw_only=True)
class Bid:
    """投标: one bidder's live generation. What was read out is empty until the opening told it.

    `by` is the person who handed it in; empty where nobody says.

    `state` is submitted, withdrawn, opened, not_opened or late (refused after the deadline).
    """

    at: datetime
    height: int
    bid: str
    bidder: CreditCode
    name: str
    members: tuple[CreditCode, ...] = ()
    gen: int = 1
    manifest: str = ""
    bytes: int = 0
    state: str = "submitted"
    seq: int = 0
    price: str = ""
    amount: Money | None = None
    rate: Rate | None = None
    period: str = ""
    quality: str = ""
    leader: str = ""
    note: str = ""
    read_height: int | None = None
    by: str = ""

    @property
    def parties(self) -> tuple[CreditCode, ...]:
        """All organisations behind the bid, the leader first."""
        return (self.bidder, *self.members)


@dataclass(frozen=True, kw_only=True)
class Opening:
    """截止与开标. `at` is the close; `began_at` and `opened_at` follow where there was an opening."""

    at: datetime
    height: int
    deadline: datetime
    count: int
    began_at: datetime | None = None
    began_height: int | None = None
    opened_at: datetime | None = None
    opened_height: int | None = None
    opened: int = 0
    failed: int = 0
    base_price: Money | None = None


@dataclass(frozen=True, kw_only=True)
class Failure:
    """流标、未成交 or 未产生中标人: the cause by its code."""

    at: datetime
    height: int
    cause: str
    reason: str
    count: int = 0
    required: int = 0


@dataclass(frozen=True, kw_only=True)
class Payment:
    """保证金到账. `kind` is received, or why it was rejected; the account is known by its last four figures, and two by their
    `mark` to be the same."""

    at: datetime
    height: int
    kind: str
    party: CreditCode
    serial: str
    amount: Money
    payer: str
    account: str
    booked_at: datetime
    mark: str = ""


@dataclass(frozen=True, kw_only=True)
class Guarantee:
    """电子保函."""

    at: datetime
    height: int
    party: CreditCode
    number: str
    issuer: str
    amount: Money
    valid_from: date
    valid_until: date
    phone_tail: str = ""
    phone_mark: str = ""


@dataclass(frozen=True, kw_only=True)
class Released:
    """保证金解除: to go back by `due_on`; `ordered_at` and `returned_at` say when it did."""

    at: datetime
    height: int
    party: CreditCode
    principal: Money
    reason: str
    article: str
    due_on: date
    ordered_at: datetime | None = None
    returned_at: datetime | None = None
    is_late: bool = False


@dataclass(frozen=True, kw_only=True)
class Forfeited:
    """保证金不予退还."""

    at: datetime
    height: int
    party: CreditCode
    amount: Money
    reason: str


@dataclass(frozen=True, kw_only=True)
class Deposits:
    """投标保证金 of one round."""

    at: datetime
    height: int
    required: Money
    due: datetime | None = None
    payments: tuple[Payment, ...] = ()
    guarantees: tuple[Guarantee, ...] = ()
    released: tuple[Released, ...] = ()
    forfeited: tuple[Forfeited, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Member:
    """评委席位. `expert` is a salted label, the same for one person in every lot; `name` once published."""

    seat: int
    kind: str  # expert, or owner for the owner's representative
    expert: str = ""
    specialty: str = ""
    called_at: datetime | None = None
    vacated: str = ""
    name: str = ""
    employer: str = ""
    height: int = 0


@dataclass(frozen=True, kw_only=True)
class Replacement:
    """补抽: one seat drawn again."""

    at: datetime
    height: int
    seat: int


@dataclass(frozen=True, kw_only=True)
class Committee:
    """评标委员会的组建: what was asked for, what was drawn, who sits."""

    at: datetime
    height: int
    drawn_seats: int
    owner_seats: int
    drawn_at: datetime | None = None
    members: tuple[Member, ...] = ()
    replacements: tuple[Replacement, ...] = ()
    draws: tuple[str, ...] = ()
    abandoned: int = 0

    @property
    def size(self) -> int:
        return self.drawn_seats + self.owner_seats


@dataclass(frozen=True, kw_only=True)
class Scores:
    """评委打分: one seat's points for one bid, in the order of `criteria`."""

    at: datetime
    height: int
    seat: int
    gen: int
    bid: str
    criteria: tuple[str, ...]
    points: tuple[Decimal, ...]


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """评审结果的一行."""

    bid: str
    rank: int
    total: Decimal
    points: tuple[Decimal, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rejected:
    """否决投标: the grounds by their codes, and the committee's words."""

    bid: str
    grounds: tuple[str, ...]
    text: str


@dataclass(frozen=True, kw_only=True)
class Corrected:
    """算术修正 of one bid; `is_accepted` is None until the bidder has answered."""

    at: datetime
    height: int
    bid: str
    before: Money | None
    after: Money | None
    reason: str
    is_accepted: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """评标: `candidates` are bids in rank order; `reported_at` is when the report arrived."""

    at: datetime
    height: int
    began_at: datetime | None = None
    scores: tuple[Scores, ...] = ()
    ranked: tuple[Ranked, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    corrected: tuple[Corrected, ...] = ()
    candidates: tuple[str, ...] = ()
    concluded_at: datetime | None = None
    concluded_height: int | None = None
    reopened: int = 0
    dissents: tuple[tuple[int, str], ...] = ()
    reported_at: datetime | None = None
    reported_height: int | None = None
    is_all_rejected: bool = False


@dataclass(frozen=True, kw_only=True)
class Shown:
    """公示的候选人."""

    rank: int
    bid: str
    bidder: CreditCode
    name: str
    amount: Money | None
    price: str
    total: Decimal


@dataclass(frozen=True, kw_only=True)
class Publicity:
    """中标候选人公示."""

    at: datetime
    height: int
    since: datetime
    until: datetime
    is_late: bool
    candidates: tuple[Shown, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Refused:
    """中标人放弃中标."""

    at: datetime
    height: int
    rank: int
    winner: CreditCode
    reason: str


@dataclass(frozen=True, kw_only=True)
class Award:
    """定标. `passed` are (rank, ground) of candidates that were passed; `reported_at` the written report."""

    at: datetime
    height: int
    rank: int
    winner: CreditCode
    name: str
    amount: Money | None
    price: str
    members: tuple[CreditCode, ...] = ()
    passed: tuple[tuple[int, str], ...] = ()
    letter_at: datetime | None = None
    letter_height: int | None = None
    refusals: tuple[Refused, ...] = ()
    ended_at: datetime | None = None
    reported_at: datetime | None = None
    is_report_late: bool = False


@dataclass(frozen=True, kw_only=True)
class Performed:
    """履约登记: report, change, payment, acceptance or transfer."""

    at: datetime
    height: int
    kind: str
    text: str
    on: date
    amount: Money | None
    days_late: int


@dataclass(frozen=True, kw_only=True)
class Contract:
    """合同. `at` is the draft's moment, or the signing where no draft was told."""

    at: datetime
    height: int
    number: str
    amount: Money | None
    price: str
    security: Money
    signed_at: datetime | None = None
    signed_height: int | None = None
    supplier: CreditCode | None = None
    sign_by: datetime | None = None
    is_late: bool = False
    performed: tuple[Performed, ...] = ()
    completed_at: datetime | None = None
