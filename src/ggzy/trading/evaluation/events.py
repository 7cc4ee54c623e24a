"""评标评审的事实. Names never enter a public fact before the award notice."""

from datetime import datetime
from decimal import Decimal

from ggzy.kernel.codes import CreditCode, ExpertCode, LotCode, RegionCode
from ggzy.kernel.events import Audience, event
from ggzy.trading.evaluation.values import (
    Benchmark,
    Candidate,
    Coefficient,
    Correction,
    DrawnSeat,
    Entry,
    ExclusionCount,
    Mark,
    Measure,
    MemberKind,
    NamedMember,
    Note,
    Purpose,
    Rejection,
    Result,
    Scheme,
    SeatPlan,
    Vacancy,
)

DRAW = "draw/{lot}/{round}"
EVALUATION = "lot/{lot}/{round}/evaluation"


@event("scheme.published", Audience.PUBLIC, subject=EVALUATION)
class SchemePublished:
    """评标办法已公开. Published again before closing, the later one holds."""

    lot: LotCode
    round: int
    scheme: Scheme
    digest: str


@event("draw.requested", Audience.PUBLIC, subject=DRAW)
class DrawRequested:
    """抽取已申请. The hash of this body is the request hash of the seed. `previous` names an abandoned draw."""

    lot: LotCode
    round: int
    draw: str
    purpose: Purpose
    serial: int
    seats: tuple[SeatPlan, ...]
    owner_seats: int
    region: RegionCode
    rulebook: str
    algorithm: str = "sha256"
    previous: str = ""


@event("draw.committed", Audience.PUBLIC, subject=DRAW)
class DrawCommitted:
    """候选池已固定. One per group; all leaf hashes are public and say nothing without their salts."""

    lot: LotCode
    round: int
    draw: str
    group: str
    count: int
    root: str
    leaves: tuple[bytes, ...]
    excluded: tuple[ExclusionCount, ...]
    excluded_root: str


@event("nonce.committed", Audience.PUBLIC, subject=DRAW)
class NonceCommitted:
    """随机数已承诺. `escrow` is the digest of the nonces sealed to the custodians, where there are any."""

    lot: LotCode
    round: int
    draw: str
    party: str
    commitments: tuple[bytes, ...]
    escrow: str = ""


@event("commits.closed", Audience.PUBLIC, subject=DRAW)
class CommitsClosed:
    """承诺已截止. Its place in the journal enters the seed: nobody knew it before."""

    lot: LotCode
    round: int
    draw: str
    parties: tuple[str, ...]
    pool_root: str
    excluded_root: str
    reveal_until: datetime


@event("nonce.revealed", Audience.PUBLIC, subject=DRAW)
class NonceRevealed:
    """随机数已公开."""

    lot: LotCode
    round: int
    draw: str
    party: str
    turn: int
    nonce: bytes


@event("reveal.missed", Audience.PUBLIC, subject=DRAW)
class RevealMissed:
    """未按时公开随机数. Silence is a fact with a name."""

    lot: LotCode
    round: int
    draw: str
    party: str
    turn: int


@event("draw.abandoned", Audience.PUBLIC, subject=DRAW)
class DrawAbandoned:
    """抽取已中止."""

    lot: LotCode
    round: int
    draw: str
    reason: str


@event("committee.drawn", Audience.PUBLIC, subject=DRAW)
class CommitteeDrawn:
    """评标专家已抽取."""

    lot: LotCode
    round: int
    draw: str
    turn: int
    head: bytes
    seed: bytes
    drawn: tuple[DrawnSeat, ...]


@event("member.replaced", Audience.PUBLIC, subject=DRAW)
class MemberReplaced:
    """评标专家已补抽. Fresh nonces: nobody could know whom a refusal would bring."""

    lot: LotCode
    round: int
    draw: str
    turn: int
    seed: bytes
    drawn: tuple[DrawnSeat, ...]


@event("coefficients.drawn", Audience.PUBLIC, subject=DRAW)
class CoefficientsDrawn:
    """系数已抽取."""

    lot: LotCode
    round: int
    draw: str
    turn: int
    head: bytes
    seed: bytes
    coefficients: tuple[Coefficient, ...]


@event("tie.drawn", Audience.PUBLIC, subject=DRAW)
class TieDrawn:
    """并列已抽签."""

    lot: LotCode
    round: int
    draw: str
    turn: int
    head: bytes
    seed: bytes
    order: tuple[str, ...]


@event("member.called", Audience.RESTRICTED, subject=DRAW)
class MemberCalled:
    """已发出评标邀请. The only fact that ties a seat to an expert before the award notice."""

    lot: LotCode
    round: int
    seat: int
    leaf: bytes
    expert: ExpertCode
    specialty: str


@event("representative.named", Audience.SEALED, subject=DRAW)
class RepresentativeNamed:
    """招标人代表已确定."""

    lot: LotCode
    round: int
    seat: int
    person: str


@event("member.accepted", Audience.SEALED, subject=DRAW)
class MemberAccepted:
    """评委已接受邀请."""

    lot: LotCode
    round: int
    seat: int


@event("seat.vacated", Audience.SEALED, subject=DRAW)
class SeatVacated:
    """评委席位空缺. `text` is the expert's own answer or the call record.

    `replaced_in` is the draw whose next turn fills the seat; it is empty where no draw can.
    """

    lot: LotCode
    round: int
    seat: int
    kind: MemberKind
    reason: Vacancy
    text: str
    replaced_in: str = ""
    turn: int = 0


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
