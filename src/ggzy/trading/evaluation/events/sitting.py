"""评标的事实: the scheme, the sitting from its first signature to the report, and the names at its end."""

from decimal import Decimal

from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.events import Audience, event
from ggzy.trading.evaluation.values import (
    Benchmark,
    Candidate,
    Coefficient,
    Correction,
    Entry,
    Mark,
    Measure,
    NamedMember,
    Note,
    Rejection,
    Result,
    Scheme,
)

EVALUATION = "lot/{lot}/{round}/evaluation"


@event("scheme.published", Audience.PUBLIC, subject=EVALUATION)
class SchemePublished:
    """评标办法已公开. Published again before closing, the later one holds."""

    lot: LotCode
    round: int
    scheme: Scheme
    digest: str


@event("member.seated", Audience.SEALED, subject=EVALUATION)
class MemberSeated:
    """评委已签到, declaring that no ground for recusal exists."""

    lot: LotCode
    round: int
    seat: int


@event("committee.read", Audience.RESTRICTED, subject=EVALUATION)
class CommitteeRead:
    """评委名单已调阅: written before the names leave. Who, why, on which case."""

    lot: LotCode
    round: int
    reason: str
    case: str


@event("clues.read", Audience.RESTRICTED, subject=EVALUATION)
class CluesRead:
    """评委已查看雷同性核查线索: written before they are shown."""

    lot: LotCode
    round: int
    seat: int


@event("evaluation.begun", Audience.SEALED, subject=EVALUATION)
class EvaluationBegun:
    """评标已开始. `chair` is the seat the members elected."""

    lot: LotCode
    round: int
    chair: int
    seats: tuple[int, ...]


@event("measures.recorded", Audience.SEALED, subject=EVALUATION)
class MeasuresRecorded:
    """价格调整因素量值已核定."""

    lot: LotCode
    round: int
    measures: tuple[Measure, ...]


@event("clarification.asked", Audience.SEALED, subject=EVALUATION)
class QuestionAsked:
    """已要求澄清、说明."""

    lot: LotCode
    round: int
    number: int
    bid: str
    is_about_price: bool
    text: str


@event("clarification.answered", Audience.SEALED, subject=EVALUATION)
class QuestionAnswered:
    """投标人已澄清、说明."""

    lot: LotCode
    round: int
    number: int
    bid: str
    bidder: CreditCode
    text: str


@event("price.corrected", Audience.SEALED, subject=EVALUATION)
class PriceCorrected:
    """已作算术修正, 待投标人确认."""

    lot: LotCode
    round: int
    correction: Correction


@event("correction.answered", Audience.SEALED, subject=EVALUATION)
class CorrectionAnswered:
    """投标人已答复算术修正."""

    lot: LotCode
    round: int
    bid: str
    bidder: CreditCode
    is_accepted: bool


@event("review.submitted", Audience.SEALED, subject=EVALUATION)
class ReviewSubmitted:
    """初步评审意见已提交. Every opened bid not named passes."""

    lot: LotCode
    round: int
    seat: int
    bids: int
    rejections: tuple[Rejection, ...]


@event("review.finished", Audience.SEALED, subject=EVALUATION)
class ReviewFinished:
    """初步评审已汇总, by majority. `entered` are the bids of a benchmark that is now announced and frozen."""

    lot: LotCode
    round: int
    passed: int
    rejected: tuple[Rejection, ...]
    is_all_rejected: bool
    competition: str
    entered: tuple[str, ...]


@event("scores.submitted", Audience.SEALED, subject=EVALUATION)
class ScoresSubmitted:
    """评分已提交. Points in the order of `criteria`; a later generation replaces the sheet, with its reason."""

    lot: LotCode
    round: int
    seat: int
    gen: int
    criteria: tuple[str, ...]
    marks: tuple[Mark, ...]
    notes: tuple[Note, ...]
    reason: str = ""


@event("committee.reseated", Audience.SEALED, subject=EVALUATION)
class CommitteeReseated:
    """评委更换, 已回到初步评审. The leaving member's sheets are void."""

    lot: LotCode
    round: int
    seat: int


@event("evaluation.concluded", Audience.SEALED, subject=EVALUATION)
class EvaluationConcluded:
    """评审结果已汇总: every input of the arithmetic and its whole outcome."""

    lot: LotCode
    round: int
    scheme: str
    coefficients: tuple[Coefficient, ...]
    tie_order: tuple[str, ...]
    ceiling: Decimal | None
    entered: tuple[str, ...]
    entries: tuple[Entry, ...]
    benchmark: Benchmark | None
    results: tuple[Result, ...]
    candidates: tuple[Candidate, ...]
    is_all_rejected: bool
    digest: str
    floor: Decimal | None = None


@event("evaluation.reopened", Audience.SEALED, subject=EVALUATION)
class EvaluationReopened:
    """汇总已撤回: before the first signature, for one of the grounds the rules allow."""

    lot: LotCode
    round: int
    ground: str
    text: str


@event("report.signed", Audience.SEALED, subject=EVALUATION)
class ReportSigned:
    """评标报告已签署. A dissent is signed with it; silence without a reason counts as consent."""

    lot: LotCode
    round: int
    seat: int
    digest: str
    dissent: str
    is_silent: bool


@event("evaluation.reported", Audience.SEALED, subject=EVALUATION)
class EvaluationReported:
    """评标报告已提交."""

    lot: LotCode
    round: int
    digest: str
    candidates: int
    is_all_rejected: bool


@event("committee.published", Audience.PUBLIC, subject=EVALUATION)
class CommitteePublished:
    """评标委员会名单已公开, with the award notice: names and salts, so that anyone can finish the check."""

    lot: LotCode
    round: int
    members: tuple[NamedMember, ...]
