"""保证金的值: what is asked, what arrived, what goes back."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.money import Money, Rate


class LineKind(StrEnum):
    """流水种类. What a line of a bank statement says."""

    CREDIT = "credit"  # 来账: money arrived
    REVERSAL = "reversal"  # 冲正: the bank takes an earlier credit back
    REFUND = "refund"  # 退款: a return we ordered has left the account
    BOUNCED = "bounced"  # 退汇: a return we ordered came back


class Outcome(StrEnum):
    """认款结果. What a credited line counts for."""

    ACCEPTED = "accepted"  # 已认款: counts towards the deposit
    WRONG_PAYER = "wrong_payer"  # 付款人不符: somebody else paid
    NOT_BASIC = "not_basic"  # 非基本账户: not paid from the basic account
    LATE = "late"  # 逾期到账: arrived at or after the deadline
    CLOSED = "closed"  # 已办结: the deposit was already released or forfeited
    REVERSED = "reversed"  # 已冲正: taken back by the bank

    @property
    def label(self) -> str:
        return OUTCOME_LABELS[self]


OUTCOME_LABELS = {
    Outcome.ACCEPTED: "已认款",
    Outcome.WRONG_PAYER: "付款人与投标人不符，将原路退回",
    Outcome.NOT_BASIC: "不是从基本账户转出，将原路退回",
    Outcome.LATE: "逾期到账，将原路退回",
    Outcome.CLOSED: "保证金已办结，将原路退回",
    Outcome.REVERSED: "银行已冲正",
}


class AccountState(StrEnum):
    """保证金状态 of one bidder in one round."""

    OPEN = "open"  # 未缴足: the account exists; money or a guarantee is still missing
    SECURED = "secured"  # 已缴足
    RELEASED = "released"  # 待退还: released, the return is on its way
    RETURNED = "returned"  # 已退还
    FORFEITED = "forfeited"  # 不予退还
    APPLIED = "applied"  # 已转作价款: of the winner of a sale, who has signed the contract

    @property
    def label(self) -> str:
        return ACCOUNT_LABELS[self]


ACCOUNT_LABELS = {
    AccountState.OPEN: "未缴足",
    AccountState.SECURED: "已缴足",
    AccountState.RELEASED: "待退还",
    AccountState.RETURNED: "已退还",
    AccountState.FORFEITED: "不予退还",
    AccountState.APPLIED: "已转作价款",
}


class ReturnState(StrEnum):
    """退款状态."""

    DUE = "due"  # 待退: to be ordered at the bank
    ORDERED = "ordered"  # 已提交银行
    PAID = "paid"  # 已退
    BOUNCED = "bounced"  # 退汇: the payer's account does not take it; a person must help
    CANCELLED = "cancelled"  # 已取消: the bank took the money back before we returned it

    @property
    def label(self) -> str:
        return RETURN_LABELS[self]


RETURN_LABELS = {
    ReturnState.DUE: "待退款",
    ReturnState.ORDERED: "已提交银行",
    ReturnState.PAID: "已退款",
    ReturnState.BOUNCED: "银行退汇",
    ReturnState.CANCELLED: "银行已冲正，不再退款",
}


@dataclass(frozen=True)
class BankLine:
    """银行流水: one line of a statement. `serial` is the bank's own number and never repeats.

    `reference` is the serial a reversal takes back, or the number of the return we ordered.
    """

    serial: str
    kind: LineKind
    account: str
    payer_name: str
    payer_account: str
    amount: Money
    booked_at: datetime
    reference: str = ""
    note: str = ""


@dataclass(frozen=True)
class Transfer:
    """转账: what a customer orders at a bank; only the simulated bank takes such orders from us."""

    payer_name: str
    payer_account: str
    account: str
    amount: Money
    note: str = ""


@dataclass(frozen=True)
class ReturnOrder:
    """退款指令 to the bank: principal and interest, to the account that paid."""

    number: str
    from_account: str
    payee_name: str
    payee_account: str
    amount: Money


class Memory(Protocol):
    """网关记忆: what a gateway keeps between calls; rows in the platform, opaque to it."""

    def read(self, keys: Iterable[str]) -> dict[str, dict[str, Any]]: ...

    def put(self, bodies: Mapping[str, dict[str, Any]]) -> None: ...

    def drop(self, keys: Iterable[str]) -> None: ...

    def items(self, prefix: str) -> Iterator[tuple[str, dict[str, Any]]]: ...


class Gateway(Protocol):
    """银行接口: one plug-in per bank, in `gateways/`."""

    code: str
    name: str
    is_simulated: bool

    def account_number(self, lot: LotCode, round: int, serial: int) -> str: ...

    def statement(
        self, memory: Memory, at: datetime, accounts: Collection[str] | None = None
    ) -> Sequence[BankLine]: ...

    def order_returns(self, memory: Memory, orders: Sequence[ReturnOrder], at: datetime) -> None: ...

    def deposit_rate(self, on: date) -> Rate: ...


@runtime_checkable
class TakesOrders(Protocol):
    """模拟银行: the one bank at which a customer can be pretended."""

    def transfer(self, memory: Memory, order: Transfer, at: datetime) -> str: ...


@dataclass(frozen=True)
class Bounds:
    """随信用增减的上下限: the least and the most the law lets this lot ask of anybody."""

    least: Money
    most: Money


@dataclass(frozen=True)
class CreditGround:
    """信用依据: the measure that moved an amount, its article, and the entry or grade it rests on."""

    measure: str
    article: str
    because: str
    entry: str = ""  # the code of the credit entry; empty where a grade decides


@dataclass(frozen=True)
class Owed:
    """应缴: what one bidder owes for one lot. `ground` is None where it is what the notice asks."""

    amount: Money
    ground: CreditGround | None = None


@dataclass(frozen=True)
class RequirementFacts:
    """保证金要求. `due` already moved by the time the clock stood still; `bounds` where credit counts."""

    lot: LotCode
    round: int
    amount: Money
    set_at: datetime
    due: datetime | None
    valid_until: date | None
    bounds: Bounds | None = None


@dataclass(frozen=True)
class LineFacts:
    """到账记录: a credited line and what it counts for."""

    serial: str
    payer_name: str
    payer_tail: str
    amount: Money
    booked_at: datetime
    outcome: Outcome


@dataclass(frozen=True)
class GuaranteeForm:
    """电子保函: what the issuer's letter says. `beneficiary` is who may claim."""

    number: str
    issuer: str
    beneficiary: CreditCode
    amount: Money
    valid_from: date
    valid_until: date
    is_unconditional: bool
    file: str = ""
    phone: str = ""  # 申请经办人电话, as the issuer has it


@dataclass(frozen=True)
class GuaranteeFacts:
    """已接收的保函."""

    form: GuaranteeForm
    placed_at: datetime
    state: AccountState


@dataclass(frozen=True)
class ReturnFacts:
    """退款: principal and deposit interest to the account that paid."""

    number: str
    party: CreditCode | None
    payee_name: str
    payee_tail: str
    principal: Money
    interest: Money
    reason: str
    due_on: date
    state: ReturnState
    paid_at: datetime | None
    is_late: bool


@dataclass(frozen=True)
class AccountFacts:
    """投标人的保证金账户: one virtual account per lot, round and bidder."""

    lot: LotCode
    round: int
    party: CreditCode
    party_name: str
    number: str
    bank: str
    state: AccountState
    required: Money
    paid: Money
    due: datetime | None
    lines: tuple[LineFacts, ...]
    guarantees: tuple[GuaranteeFacts, ...]
    returns: tuple[ReturnFacts, ...]
    ground: CreditGround | None = None

    @property
    def missing(self) -> Money:
        """还差多少."""
        return max(self.required - self.paid, Money(0))


@dataclass(frozen=True)
class DepositSummary:
    """保证金汇总 of one round. To be shown to nobody before the deadline."""

    lot: LotCode
    round: int
    required: Money | None
    accounts: int
    secured: int
    by_guarantee: int
    received: Money
    rejected: Money
    released: Money
    returned: Money
    interest: Money
    forfeited: Money
    late_returns: int
    is_balanced: bool
    applied: Money = Money.zero


@dataclass(frozen=True)
class Posting:
    """分录: one side of an entry, in fen; debits positive, credits negative."""

    account: str
    fen: int


@dataclass(frozen=True)
class Payer:
    """应付款人: who may pay this deposit, and the basic accounts it may come from."""

    names: frozenset[str]
    accounts: frozenset[str]


@dataclass(frozen=True)
class MyDeposit:
    """本单位的一笔保证金, for a list."""

    lot: LotCode
    lot_title: str
    round: int
    state: AccountState
    required: Money
    paid: Money
    due: datetime | None


@dataclass(frozen=True)
class Wording:
    """用语: what the two sorts of trade call the same things. `page` is where the payer goes next."""

    deposit: str
    bidder: str
    due: str
    sealed_until: str
    act: str
    page: str


BY_CREDIT = (
    "按信用等级核定：守信的减收但不低于法定最低额，失信的加收但不超过法定上限；"
    "各家应缴数额在办理时核定并载明依据，此后不变"
)
TENDER_WORDING = Wording("投标保证金", "投标人", "即投标截止时间", "开标前", "去投标", "bid")
SALE_WORDING = Wording(
    "竞买保证金", "竞买人", "即保证金到账截止时间", "竞价结果确定前", "去报名", "auction/apply"
)
