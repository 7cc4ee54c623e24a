"""保证金的事实. Who paid is sealed until the deadline; that and how much is asked is public."""

from datetime import date, datetime

from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.events import Audience, event
from ggzy.kernel.money import Money
from ggzy.trading.deposits.values import Bounds, CreditGround

STREAM = "lot/{lot}/{round}/deposits"


@event("deposit.required", Audience.PUBLIC, subject="lot/{lot}")
class DepositRequired:
    """设定投标保证金. `bounds` says that credit counts, and between what amounts."""

    lot: LotCode
    round: int
    amount: Money
    due: datetime | None
    valid_until: date | None
    bounds: Bounds | None = None


@event("deposit.account_opened", Audience.SEALED, subject=STREAM)
class DepositAccountOpened:
    """开立保证金子账户. It fixes what this bidder owes; where `owed` is None, what the lot asks."""

    lot: LotCode
    round: int
    party: CreditCode
    account: str
    owed: Money | None = None
    ground: CreditGround | None = None


@event("deposit.received", Audience.SEALED, subject=STREAM)
class DepositReceived:
    """保证金到账认款. The payer's account is told by its last four figures, and by a keyed digest that says
    whether two payments came from the same account."""

    lot: LotCode
    round: int
    party: CreditCode
    serial: str
    amount: Money
    payer_name: str
    payer_tail: str
    booked_at: datetime
    is_secured: bool
    payer_mark: str = ""


@event("deposit.rejected", Audience.SEALED, subject=STREAM)
class DepositRejected:
    """来账不予认款, to go back where it came from."""

    lot: LotCode
    round: int
    party: CreditCode
    serial: str
    amount: Money
    payer_name: str
    payer_tail: str
    booked_at: datetime
    outcome: str
    payer_mark: str = ""


@event("deposit.reversed", Audience.SEALED, subject=STREAM)
class DepositReversed:
    """银行冲正: an earlier credit was taken back."""

    lot: LotCode
    round: int
    party: CreditCode
    serial: str
    reversed_serial: str
    amount: Money
    outcome: str
    is_secured: bool


@event("guarantee.placed", Audience.SEALED, subject=STREAM)
class GuaranteePlaced:
    """提交电子保函. `phone_tail` and `phone_mark` tell of the applicant's telephone what is told of an account."""

    lot: LotCode
    round: int
    party: CreditCode
    number: str
    issuer: str
    amount: Money
    valid_from: date
    valid_until: date
    file: str
    phone_tail: str = ""
    phone_mark: str = ""


@event("deposit.released", Audience.SEALED, subject=STREAM)
class DepositReleased:
    """退还投标保证金: the deposit no longer binds; it goes back with interest by `due_on`."""

    lot: LotCode
    round: int
    party: CreditCode
    principal: Money
    guarantees: int
    reason: str
    article: str
    due_on: date


@event("deposit.forfeited", Audience.SEALED, subject=STREAM)
class DepositForfeited:
    """投标保证金不予退还."""

    lot: LotCode
    round: int
    party: CreditCode
    amount: Money
    claimed: Money
    reason: str
    article: str


@event("deposit.applied", Audience.SEALED, subject=STREAM)
class DepositApplied:
    """保证金已转作价款: the winner of a sale has signed the contract."""

    lot: LotCode
    round: int
    party: CreditCode
    amount: Money


@event("deposit.return_ordered", Audience.SEALED, subject=STREAM)
class ReturnOrdered:
    """退款指令已提交银行. Interest runs from the day each sum arrived to the day of this order."""

    lot: LotCode
    round: int
    party: CreditCode
    number: str
    principal: Money
    interest: Money


@event("deposit.returned", Audience.SEALED, subject=STREAM)
class DepositReturned:
    """退款完成."""

    lot: LotCode
    round: int
    party: CreditCode
    number: str
    principal: Money
    interest: Money
    paid_at: datetime
    is_late: bool


@event("deposit.bounced", Audience.SEALED, subject=STREAM)
class ReturnBounced:
    """退款被银行退汇."""

    lot: LotCode
    round: int
    party: CreditCode
    number: str
    amount: Money


@event("statement.read", Audience.RESTRICTED, subject="bank/{gateway}")
class StatementRead:
    """读入银行对账单. `unmatched` names the lines whose account is not ours to know."""

    gateway: str
    lines: int
    repeated: int
    unmatched: tuple[str, ...]
