"""案件的事实. Who is suspected stays restricted until a decision is published."""

from datetime import date

from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.events import Audience, event
from ggzy.oversight.cases.values.casework import NewCase, Proposal

CASE = "case/{case}"


@event("case.opened", Audience.RESTRICTED, subject=CASE)
class CaseOpened:
    """立案."""

    case: str
    new: NewCase
    authority: str
    decide_by: date


@event("case.evidence_kept", Audience.RESTRICTED, subject=CASE)
class EvidenceKept:
    """证据入卷, sealed by its digest."""

    case: str
    digest: str
    title: str


@event("case.notified", Audience.RESTRICTED, subject=CASE)
class PartiesNotified:
    """行政处罚事先告知. `state_by` is the last day to ask for a hearing."""

    case: str
    proposal: Proposal
    state_by: date


@event("case.stated", Audience.RESTRICTED, subject=CASE)
class PartyStated:
    """当事人陈述、申辩或者要求听证."""

    case: str
    party: CreditCode
    text: str
    wants_hearing: bool


@event("case.hearing_called", Audience.RESTRICTED, subject=CASE)
class HearingCalled:
    """听证通知."""

    case: str
    on: date


@event("case.hearing_held", Audience.RESTRICTED, subject=CASE)
class HearingHeld:
    """听证笔录."""

    case: str
    text: str


@event("case.decided", Audience.RESTRICTED, subject=CASE)
class CaseDecided:
    """作出处理决定."""

    case: str
    document: str
    decision: Proposal
    publish_by: date


@event("case.published", Audience.PUBLIC, subject=CASE)
class CasePublished:
    """处理决定公开."""

    case: str
    lot: LotCode | None
    authority: str
    document: str
    offence: str
    article: str
    parties: tuple[CreditCode, ...]
    decision: Proposal
    is_late: bool


@event("case.dropped", Audience.RESTRICTED, subject=CASE)
class CaseDropped:
    """不予处罚、撤销案件."""

    case: str
    reason: str


@event("case.transferred", Audience.RESTRICTED, subject=CASE)
class CaseTransferred:
    """移送."""

    case: str
    to: str
    reason: str


@event("order.replied", Audience.RESTRICTED, subject=CASE)
class OrderReplied:
    """报告改正情况: what the owner's side says it has done about an order."""

    case: str
    order: str
    by: CreditCode
    text: str
    files: tuple[str, ...]


@event("case.closed", Audience.RESTRICTED, subject=CASE)
class CaseClosed:
    """结案."""

    case: str
    reason: str
