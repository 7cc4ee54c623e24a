"""定标与合同的值: what crosses the border of contracting."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.money import Money
from ggzy.trading.projects.values import Payment
from ggzy.trading.tendering.values import Bidder, Price


class AwardState(StrEnum):
    """定标状态."""

    PUBLICISED = "publicised"  # 公示期内: candidates are shown, objections may come
    AWARDED = "awarded"  # 已定标: the winner is fixed, the letter is due
    NOTIFIED = "notified"  # 已发中标通知书: the contract is due
    DECLINED = "declined"  # 中标人放弃: the next candidate, or a new round
    OFFERED = "offered"  # 合同待签: the owner has drafted, the winner signs
    SIGNED = "signed"  # 已签约: performance runs
    COMPLETED = "completed"  # 已履约
    ENDED = "ended"  # 未产生中标人: the round failed after its opening

    @property
    def label(self) -> str:
        return STATE_LABELS[self]


STATE_LABELS = {
    AwardState.PUBLICISED: "公示期内",
    AwardState.AWARDED: "已定标",
    AwardState.NOTIFIED: "已发中标通知书",
    AwardState.DECLINED: "中标人放弃",
    AwardState.OFFERED: "合同待签",
    AwardState.SIGNED: "已签约",
    AwardState.COMPLETED: "已履约",
    AwardState.ENDED: "未产生中标人",
}


SALE_LABELS = {AwardState.NOTIFIED: "成交已确认", AwardState.ENDED: "竞得人违约，合同终结"}


class Passing(StrEnum):
    """越过排名在前的候选人的法定情形 (实施条例 §55)."""

    GAVE_UP = "gave_up"  # 放弃中标
    FORCE_MAJEURE = "force_majeure"  # 因不可抗力不能履行合同
    NO_SECURITY = "no_security"  # 不按照招标文件要求提交履约保证金
    VIOLATION = "violation"  # 被查实存在影响中标结果的违法行为

    @property
    def label(self) -> str:
        return PASSING_LABELS[self]


PASSING_LABELS = {
    Passing.GAVE_UP: "放弃中标",
    Passing.FORCE_MAJEURE: "因不可抗力不能履行合同",
    Passing.NO_SECURITY: "不按照招标文件要求提交履约保证金",
    Passing.VIOLATION: "被查实存在影响中标结果的违法行为",
}


@dataclass(frozen=True)
class Passed:
    """未中标的在前候选人, and why the law lets the owner pass it."""

    rank: int
    ground: Passing
    reason: str


@dataclass(frozen=True)
class Runner:
    """公示的中标候选人."""

    rank: int
    bid: str
    bidder: Bidder
    price: Price | None
    total: Decimal
    period: str = ""
    quality: str = ""
    leader: str = ""


@dataclass(frozen=True)
class ContractForm:
    """合同要点. `amount` is None where the price is a rate or a sentence; `file` is the text's digest."""

    number: str
    price: Price
    amount: Money | None
    security: Money
    period: str
    quality: str
    file: str


class StepKind(StrEnum):
    """履约事项."""

    REPORT = "report"  # 履约报告
    CHANGE = "change"  # 合同变更
    PAYMENT = "payment"  # 支付
    ACCEPTANCE = "acceptance"  # 验收: of what the owner buys
    TRANSFER = "transfer"  # 移交: of what the owner sells

    @property
    def label(self) -> str:
        return STEP_LABELS[self]


STEP_LABELS = {
    StepKind.REPORT: "履约报告",
    StepKind.CHANGE: "合同变更",
    StepKind.PAYMENT: "支付",
    StepKind.ACCEPTANCE: "验收",
    StepKind.TRANSFER: "移交",
}


@dataclass(frozen=True)
class Step:
    """履约登记: what happened, on which day, with which sum; `due_on` tells lateness."""

    kind: StepKind
    text: str
    on: date
    amount: Money | None = None
    due_on: date | None = None

    @property
    def days_late(self) -> int:
        """逾期天数; 0 where nothing was due or it came in time."""
        return max((self.on - self.due_on).days, 0) if self.due_on else 0


@dataclass(frozen=True)
class LetterFacts:
    """中标通知书. `code` is printed on it and looked up at the portal."""

    number: str
    code: str
    digest: str
    issued_at: datetime


@dataclass(frozen=True)
class Sale:
    """成交的合同条件: what a sale brings along, from its confirmation or with its letter.

    `deposit` is what of it became a part of the price; `is_bought` where the owner pays, not the winner.
    """

    sign_by: datetime
    payment: Payment
    is_bought: bool
    deposit: Money = Money.zero


@dataclass(frozen=True)
class Instalment:
    """一期价款: by its last day so much must have been paid in `total`."""

    due_on: date
    total: Money


@dataclass(frozen=True)
class ContractFacts:
    """合同. `instalments` are those of a sale, once it is signed."""

    form: ContractForm
    drafted_at: datetime
    signed_at: datetime | None
    sign_by: datetime
    completed_at: datetime | None
    instalments: tuple[Instalment, ...] = ()


@dataclass(frozen=True)
class Due:
    """应办事项: what the owner still has to do on a lot, its last moment and the article that sets it."""

    lot: LotCode
    what: str
    until: datetime
    article: str


@dataclass(frozen=True)
class Delay:
    """逾期事项: what was done after its lawful day, when it was due, and the article that says so."""

    title: str
    due: datetime
    done_at: datetime
    article: str


@dataclass(frozen=True)
class AwardFacts:
    """定标. One per lot and round, from the publicity of candidates on; of a sale, from its confirmation on."""

    lot: LotCode
    round: int
    state: AwardState
    runners: tuple[Runner, ...]
    publicised_at: datetime
    publicity_until: datetime
    is_late: bool
    notice: str
    passed: tuple[Passed, ...] = ()
    rank: int | None = None
    awarded_at: datetime | None = None
    reported_at: datetime | None = None
    letter: LetterFacts | None = None
    contract: ContractFacts | None = None
    steps: tuple[Step, ...] = ()
    sale: Sale | None = None

    @property
    def is_auctioned(self) -> bool:
        """是否由竞价成交: a confirmation took the place of the letter. A sale by tender has its letter."""
        return self.sale is not None and self.letter is None

    @property
    def label(self) -> str:
        """状态, in the words of a tender or of an auction."""
        return SALE_LABELS.get(self.state, self.state.label) if self.is_auctioned else self.state.label

    @property
    def winner(self) -> Runner | None:
        """中标人, once the owner has decided."""
        return next((r for r in self.runners if r.rank == self.rank), None)

    @property
    def next_rank(self) -> int | None:
        """依法可以定标的下一名: the first that was not passed."""
        passed = {one.rank for one in self.passed}
        return next((r.rank for r in self.runners if r.rank not in passed), None)

    def is_winner(self, party: CreditCode | None) -> bool:
        """Whether this party is, or leads, the winner."""
        return self.winner is not None and party == self.winner.bidder.leader
