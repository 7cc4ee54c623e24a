"""评标过程与报告的值: findings, questions, corrections, and the report others may read."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from ggzy.kernel.codes import LotCode
from ggzy.trading.evaluation.values.contest import Benchmark, Coefficient
from ggzy.trading.tendering.values import Bidder, Price


class EvaluationState(StrEnum):
    """评标状态."""

    CONVENING = "convening"  # 组建中: the committee is being drawn and called
    REVIEWING = "reviewing"  # 初步评审
    SCORING = "scoring"  # 详细评审
    CONCLUDED = "concluded"  # 待签署: the outcome stands, signatures are missing
    REPORTED = "reported"  # 已提交评标报告


class Ground(StrEnum):
    """否决投标的情形. The seven of the regulation, then the major deviations of the committee rules."""

    UNSIGNED = "unsigned"
    NO_JOINT_AGREEMENT = "no_joint_agreement"
    UNQUALIFIED = "unqualified"
    SEVERAL_BIDS = "several_bids"
    BELOW_COST = "below_cost"
    ABOVE_CEILING = "above_ceiling"
    BELOW_FLOOR = "below_floor"
    UNRESPONSIVE = "unresponsive"
    UNLAWFUL = "unlawful"
    DEPOSIT_DEFECTIVE = "deposit_defective"
    SCHEDULE_EXCEEDED = "schedule_exceeded"
    STANDARD_BELOW = "standard_below"
    PACKING = "packing"
    CONDITION_UNACCEPTABLE = "condition_unacceptable"
    CORRECTION_REFUSED = "correction_refused"


@dataclass(frozen=True)
class GroundText:
    """情形的文字与依据."""

    name: str
    article: str


_BR51 = "招标投标法实施条例 §51"
_EC25 = "评标委员会和评标方法暂行规定 §25"

GROUNDS: dict[Ground, GroundText] = {
    Ground.UNSIGNED: GroundText("投标文件未经投标单位盖章和单位负责人签字", f"{_BR51}(一)"),
    Ground.NO_JOINT_AGREEMENT: GroundText("投标联合体没有提交共同投标协议", f"{_BR51}(二)"),
    Ground.UNQUALIFIED: GroundText("投标人不符合国家或者招标文件规定的资格条件", f"{_BR51}(三)"),
    Ground.SEVERAL_BIDS: GroundText("同一投标人提交两个以上不同的投标文件或者投标报价", f"{_BR51}(四)"),
    Ground.BELOW_COST: GroundText("投标报价低于成本", f"{_BR51}(五)"),
    Ground.ABOVE_CEILING: GroundText("投标报价高于招标文件设定的最高投标限价", f"{_BR51}(五)"),
    Ground.BELOW_FLOOR: GroundText("报价低于出让、转让文件载明的起始价或者开标时公布的底价", "招标文件"),
    Ground.UNRESPONSIVE: GroundText("投标文件没有对招标文件的实质性要求和条件作出响应", f"{_BR51}(六)"),
    Ground.UNLAWFUL: GroundText("投标人有串通投标、弄虚作假、行贿等违法行为", f"{_BR51}(七)"),
    Ground.DEPOSIT_DEFECTIVE: GroundText("没有提供投标担保或者所提供的投标担保有瑕疵", f"{_EC25}(一)"),
    Ground.SCHEDULE_EXCEEDED: GroundText("载明的完成期限超过招标文件规定的期限", f"{_EC25}(三)"),
    Ground.STANDARD_BELOW: GroundText("明显不符合技术规格、技术标准的要求", f"{_EC25}(四)"),
    Ground.PACKING: GroundText("货物包装方式、检验标准和方法不符合招标文件的要求", f"{_EC25}(五)"),
    Ground.CONDITION_UNACCEPTABLE: GroundText("附有招标人不能接受的条件", f"{_EC25}(六)"),
    Ground.CORRECTION_REFUSED: GroundText("投标人不接受对算术错误的修正", "评标委员会和评标方法暂行规定 §19"),
}


@dataclass(frozen=True, kw_only=True)
class Rejection:
    """否决意见: one bid, why, in the member's own words."""

    bid: str
    grounds: tuple[Ground, ...]
    text: str


@dataclass(frozen=True, kw_only=True)
class ReviewSheet:
    """初步评审表. One member; every opened bid not named here passes."""

    seat: int
    rejections: tuple[Rejection, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Question:
    """澄清、说明: asked of one bidder by the committee, answered in writing."""

    number: int
    bid: str
    text: str
    is_about_price: bool
    asked_at: datetime
    answer: str | None = None
    answered_at: datetime | None = None


class CorrectionState(StrEnum):
    """算术修正的确认."""

    PROPOSED = "proposed"  # 待投标人确认
    CONFIRMED = "confirmed"  # 投标人已确认
    REFUSED = "refused"  # 投标人不接受


@dataclass(frozen=True, kw_only=True)
class Correction:
    """算术修正: the price of one bid as the documents' rule puts it right."""

    bid: str
    before: Price
    after: Price
    reason: str
    state: CorrectionState


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """中标候选人. `total` is points, or the evaluated price where the lowest wins."""

    rank: int
    bid: str
    bidder: Bidder
    price: Price
    total: Decimal
    evaluated: Decimal | None = None
    period: str = ""
    quality: str = ""
    leader: str = ""


@dataclass(frozen=True, kw_only=True)
class Rejected:
    """被否决的投标."""

    bid: str
    bidder: Bidder
    grounds: tuple[Ground, ...]
    text: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """评审结果的一行: a bid that passed, with its points in the scheme's order."""

    rank: int
    bid: str
    bidder: Bidder
    price: Price
    points: tuple[Decimal, ...]
    total: Decimal
    evaluated: Decimal | None = None
    deviation: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Dissent:
    """不同意见: signed beside the report. Basis: 招标投标法实施条例 §53."""

    seat: int
    text: str


@dataclass(frozen=True, kw_only=True)
class ReportFacts:
    """评标报告. `digest` covers the outcome every member signed."""

    lot: LotCode
    round: int
    state: EvaluationState
    scoring: str
    scoring_name: str
    candidates: tuple[Candidate, ...]
    lines: tuple[Line, ...]
    rejected: tuple[Rejected, ...]
    is_all_rejected: bool
    competition: str
    coefficients: tuple[Coefficient, ...]
    benchmark: Benchmark | None
    dissents: tuple[Dissent, ...]
    members: int
    concluded_at: datetime
    reported_at: datetime | None
    digest: str

    @property
    def all_rejected(self) -> bool:
        """否决所有投标."""
        return self.is_all_rejected
