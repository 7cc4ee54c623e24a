"""定标、合同、履约的事实."""

from datetime import date, datetime

from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.events import Audience, event
from ggzy.kernel.money import Money
from ggzy.trading.contracting.values import Passed, Runner, Sale, StepKind
from ggzy.trading.tendering.values import Bidder, Price

AWARD = "lot/{lot}/{round}/award"
CONTRACT = "lot/{lot}/{round}/contract"


@event("candidates.publicised", Audience.PUBLIC, subject=AWARD)
class CandidatesPublicised:
    """中标候选人已公示. `report` is the digest every member signed."""

    lot: LotCode
    round: int
    runners: tuple[Runner, ...]
    since: datetime
    until: datetime
    report: str
    notice: str
    is_late: bool


@event("award.made", Audience.PUBLIC, subject=AWARD)
class AwardMade:
    """已定标."""

    lot: LotCode
    round: int
    rank: int
    winner: Bidder
    price: Price | None
    passed: tuple[Passed, ...]
    notice: str


@event("award_letter.issued", Audience.PUBLIC, subject=AWARD)
class AwardLetterIssued:
    """中标通知书已发出; `told` are the losers who learn of it at the same moment (招标投标法 §45).

    `sale`, of a sale: what the winner pays by when.
    """

    lot: LotCode
    round: int
    number: str
    code: str
    digest: str
    winner: CreditCode
    told: tuple[CreditCode, ...]
    sale: Sale | None = None


@event("award.refused", Audience.PUBLIC, subject=AWARD)
class AwardRefused:
    """中标人放弃中标."""

    lot: LotCode
    round: int
    rank: int
    winner: CreditCode
    reason: str


@event("award.ended", Audience.PUBLIC, subject=AWARD)
class AwardEnded:
    """未产生中标人: the round has failed after its opening."""

    lot: LotCode
    round: int
    cause: str
    reason: str


@event("award.reported", Audience.PARTIES, subject=AWARD)
class AwardReported:
    """招标投标情况书面报告已提交."""

    lot: LotCode
    round: int
    text: str
    is_late: bool


@event("contract.due", Audience.PUBLIC, subject=AWARD)
class ContractDue:
    """成交已确认，合同待签: the winner of a sale by open price, and what its contract must say."""

    lot: LotCode
    round: int
    runner: Runner
    sale: Sale


@event("contract.drafted", Audience.PARTIES, subject=CONTRACT)
class ContractDrafted:
    """合同已拟定, to be signed by the winner."""

    lot: LotCode
    round: int
    number: str
    price: Price
    amount: Money | None
    security: Money
    file: str


@event("contract.signed", Audience.PUBLIC, subject=CONTRACT)
class ContractSigned:
    """合同已订立."""

    lot: LotCode
    round: int
    number: str
    supplier: Bidder
    price: Price
    amount: Money | None
    security: Money
    file: str
    sign_by: datetime
    is_late: bool
    notice: str


@event("performance.recorded", Audience.PUBLIC, subject=CONTRACT)
class PerformanceRecorded:
    """履约情况已登记."""

    lot: LotCode
    round: int
    number: int
    step: StepKind
    text: str
    on: date
    amount: Money | None
    days_late: int


@event("contract.completed", Audience.PUBLIC, subject=CONTRACT)
class ContractCompleted:
    """合同履行完毕."""

    lot: LotCode
    round: int
    text: str
    paid: Money
