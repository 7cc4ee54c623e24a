"""案件的值."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.kernel.money import Money


class Source(StrEnum):
    """案件来源."""

    ALERT = "alert"  # 监管预警
    COMPLAINT = "complaint"  # 投诉
    PETITION = "petition"  # 举报
    CHECK = "check"  # 双随机抽查
    OWN = "own"  # 依职权

    @property
    def label(self) -> str:
        return {
            "alert": "监管预警",
            "complaint": "投诉",
            "petition": "举报",
            "check": "抽查",
            "own": "依职权发现",
        }[self.value]


class CaseState(StrEnum):
    """案件状态."""

    OPEN = "open"  # 调查中
    NOTIFIED = "notified"  # 已告知
    DECIDED = "decided"  # 已决定
    PUBLISHED = "published"  # 已公开
    CLOSED = "closed"  # 已结案
    DROPPED = "dropped"  # 不予处罚
    TRANSFERRED = "transferred"  # 已移送

    @property
    def label(self) -> str:
        return CASE_LABELS[self]

    @property
    def is_over(self) -> bool:
        return self in (CaseState.CLOSED, CaseState.DROPPED, CaseState.TRANSFERRED)


CASE_LABELS = {
    CaseState.OPEN: "调查中",
    CaseState.NOTIFIED: "已告知",
    CaseState.DECIDED: "已决定",
    CaseState.PUBLISHED: "已公开",
    CaseState.CLOSED: "已结案",
    CaseState.DROPPED: "不予处罚",
    CaseState.TRANSFERRED: "已移送",
}


class MeasureKind(StrEnum):
    """处理措施."""

    WARN = "warn"
    CORRECT = "correct"
    FINE = "fine"
    BAN = "ban"
    INVALIDATE = "invalidate"
    REEVALUATE = "reevaluate"
    RETENDER = "retender"

    @property
    def label(self) -> str:
        return MEASURE_LABELS[self]

    @property
    def is_penalty(self) -> bool:
        """行政处罚: what a party must be heard on first; the others are orders."""
        return self in (MeasureKind.WARN, MeasureKind.FINE, MeasureKind.BAN)

    @property
    def is_order(self) -> bool:
        """责令: what goes to a lot."""
        return not self.is_penalty


MEASURE_LABELS = {
    MeasureKind.WARN: "警告",
    MeasureKind.CORRECT: "责令改正",
    MeasureKind.FINE: "罚款",
    MeasureKind.BAN: "市场禁入",
    MeasureKind.INVALIDATE: "确认环节无效",
    MeasureKind.REEVALUATE: "责令重新评审",
    MeasureKind.RETENDER: "责令重新招标",
}


@dataclass(frozen=True)
class Measure:
    """一项措施: against whom, and how much or how long."""

    kind: MeasureKind
    party: CreditCode | None = None
    amount: Money | None = None
    months: int | None = None


@dataclass(frozen=True)
class Offence:
    """违法情形: the article, and what may follow."""

    code: str
    name: str
    article: str
    measures: tuple[MeasureKind, ...]
    per_mille: tuple[int, int] | None = None
    yuan: tuple[int, int] | None = None
    ban: str = ""
    gravity: str = "general"


@dataclass(frozen=True)
class NewCase:
    """立案: what is suspected, of whom, and where it came from."""

    title: str
    text: str
    offence: str
    parties: tuple[CreditCode, ...]
    region: RegionCode
    source: Source = Source.OWN
    reference: str = ""
    lot: LotCode | None = None


@dataclass(frozen=True)
class Proposal:
    """拟作出的处理: what the party is told and later what is decided. `base` is what a share of is a fine."""

    text: str
    measures: tuple[Measure, ...]
    base: Money | None = None


@dataclass(frozen=True)
class PartyFacts:
    """当事人: what it was told and what it said."""

    code: CreditCode
    name: str
    statement: str = ""
    stated_at: datetime | None = None
    wants_hearing: bool = False


@dataclass(frozen=True)
class EvidenceFacts:
    """证据材料, sealed by its digest."""

    digest: str
    title: str
    kept_at: datetime


@dataclass(frozen=True)
class OrderFacts:
    """责令事项 to a lot."""

    code: str
    kind: MeasureKind
    lot: LotCode
    until: date
    reason: str
    met_at: datetime | None
    note: str
    is_late: bool
    reply: str = ""
    replied_at: datetime | None = None
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Officer:
    """承办人: one of the officers who lead the investigation."""

    person: str
    name: str
    joined_at: datetime


@dataclass(frozen=True)
class Opinion:
    """审核或者讨论的意见 of one person."""

    person: str
    name: str
    is_agreed: bool
    text: str
    at: datetime


@dataclass(frozen=True)
class Draft:
    """处理意见: what the investigators propose; `grounds` are the reasons for which the law wants it reviewed."""

    decision: Proposal
    grounds: tuple[str, ...]
    by: str
    name: str
    at: datetime
    review: Opinion | None = None
    voices: tuple[Opinion, ...] = ()


@dataclass(frozen=True)
class CaseFacts:
    """案件: one matter from its opening to its end."""

    code: str
    title: str
    text: str
    offence: Offence
    source: Source
    reference: str
    lot: LotCode | None
    region: RegionCode
    authority: str
    state: CaseState
    opened_at: datetime
    decide_by: date
    parties: tuple[PartyFacts, ...]
    evidence: tuple[EvidenceFacts, ...]
    orders: tuple[OrderFacts, ...]
    proposal: Proposal | None
    notified_at: datetime | None
    state_by: date | None
    hearing_on: date | None
    hearing_text: str
    document: str
    decision: Proposal | None
    decided_at: datetime | None
    publish_by: date | None
    published_at: datetime | None
    ending: str
    ended_at: datetime | None
    is_overdue: bool
    organisation: CreditCode | None = None
    officers: tuple[Officer, ...] = ()
    draft: Draft | None = None

    @property
    def wants_hearing(self) -> bool:
        return any(party.wants_hearing for party in self.parties)

    @property
    def is_hearing_open(self) -> bool:
        """听证待举行: somebody asked for it and it has not been held."""
        return self.wants_hearing and not self.hearing_text
