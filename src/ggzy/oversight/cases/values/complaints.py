"""投诉和来件的值."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ggzy.kernel.codes import CreditCode, LotCode, RegionCode


class ComplaintState(StrEnum):
    """投诉状态."""

    FILED = "filed"  # 待决定是否受理
    ACCEPTED = "accepted"  # 处理中
    REFUSED = "refused"  # 不予受理
    WITHDRAWN = "withdrawn"  # 已撤回
    DECIDED = "decided"  # 已作出决定

    @property
    def label(self) -> str:
        return COMPLAINT_LABELS[self]


COMPLAINT_LABELS = {
    ComplaintState.FILED: "待受理",
    ComplaintState.ACCEPTED: "处理中",
    ComplaintState.REFUSED: "不予受理",
    ComplaintState.WITHDRAWN: "已撤回",
    ComplaintState.DECIDED: "已决定",
}


@dataclass(frozen=True)
class Matter:
    """投诉事项: whether it must be objected to first."""

    code: str
    name: str
    must_object: bool


@dataclass(frozen=True)
class Regime:
    """投诉程序: one of the two statutory machines, with its numbers and their articles."""

    code: str
    name: str
    basis: str
    authority: str
    window: int
    window_unit: str
    window_article: str
    accept_workdays: int
    accept_article: str
    decide_workdays: int
    decide_from: str
    decide_article: str
    object_article: str
    stay_article: str
    suspend_article: str
    matters: Mapping[str, Matter]
    refusals: Mapping[str, str]
    outcomes: Mapping[str, str]
    copy_workdays: int | None = None
    reply_workdays: int | None = None
    copy_article: str = ""
    suspend_days: int | None = None
    withdraw_article: str = ""
    correct_article: str = ""


@dataclass(frozen=True)
class Raised:
    """先行的异议、质疑: when it was raised and answered; `answer_due` counts where no answer came."""

    raised_on: date
    answered_on: date | None
    answer_due: date


@dataclass(frozen=True)
class NewComplaint:
    """投诉书: against whom, on what, since when it is known, and what is asked for."""

    lot: LotCode
    matter: str
    respondent: str
    known_on: date
    text: str
    request: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Withdrawal:
    """撤回申请, and whether it was allowed; `is_granted` is None while nobody has decided."""

    reason: str
    asked_at: datetime
    is_granted: bool | None = None
    answer: str = ""


@dataclass(frozen=True)
class Correction:
    """补正: what is to be mended until when, told once; and what was handed in."""

    notice: str
    asked_at: datetime
    until: date
    text: str = ""
    made_at: datetime | None = None


@dataclass(frozen=True)
class ComplaintFacts:
    """投诉: one complaint on its way through its machine."""

    code: str
    lot: LotCode
    lot_title: str
    round: int
    region: RegionCode
    regime: Regime
    matter: Matter
    by: CreditCode
    by_name: str
    respondent: str
    known_on: date
    text: str
    request: str
    files: tuple[str, ...]
    filed_at: datetime
    state: ComplaintState
    accept_by: date
    accepted_at: datetime | None
    copy_by: date | None
    copied_at: datetime | None
    reply: str
    replied_at: datetime | None
    decide_by: date | None
    stayed_workdays: int
    grounds: tuple[str, ...]
    outcome: str
    document: str
    answer: str
    ended_at: datetime | None
    is_late: bool
    withdrawal: Withdrawal | None = None
    correction: Correction | None = None


class Category(StrEnum):
    """来件类别."""

    REPORT = "report"  # 举报
    CONSULT = "consult"  # 咨询
    ADVICE = "advice"  # 意见建议
    OBJECTION = "objection"  # 异议、质疑: belongs to the owner first
    COMPLAINT = "complaint"  # 投诉: must be named and formal

    @property
    def label(self) -> str:
        return CATEGORY_LABELS[self]


CATEGORY_LABELS = {
    Category.REPORT: "举报",
    Category.CONSULT: "咨询",
    Category.ADVICE: "意见建议",
    Category.OBJECTION: "异议、质疑",
    Category.COMPLAINT: "投诉",
}


class Channel(StrEnum):
    """来件渠道."""

    WEB = "web"
    HOTLINE = "hotline"
    LETTER = "letter"
    VISIT = "visit"

    @property
    def label(self) -> str:
        return {"web": "网上", "hotline": "热线", "letter": "来信", "visit": "来访"}[self.value]


class PetitionState(StrEnum):
    """来件状态."""

    NEW = "new"  # 待办理
    ROUTED = "routed"  # 已转办
    ANSWERED = "answered"  # 已答复

    @property
    def label(self) -> str:
        return PETITION_LABELS[self]


PETITION_LABELS = {
    PetitionState.NEW: "待办理",
    PetitionState.ROUTED: "已转办",
    PetitionState.ANSWERED: "已答复",
}


@dataclass(frozen=True)
class NewPetition:
    """来件: what is said; who says it only where that person wants to be known."""

    category: Category
    channel: Channel
    text: str
    region: RegionCode
    lot: LotCode | None = None
    name: str = ""
    contact: str = ""
    files: tuple[str, ...] = ()

    @property
    def is_anonymous(self) -> bool:
        return not self.name


@dataclass(frozen=True)
class PetitionFacts:
    """来件 on its way."""

    code: str
    new: NewPetition
    filed_at: datetime
    answer_by: date
    state: PetitionState
    route: str
    answer: str
    answered_at: datetime | None
    is_overdue: bool
