"""登记、阶段、停表的事实."""

from datetime import date, datetime

from ggzy.kernel.codes import CreditCode, LotCode, ProjectCode, RegionCode
from ggzy.kernel.events import Audience, event
from ggzy.kernel.money import Money
from ggzy.registers.catalog.values import Particular


@event("project.registered", Audience.PUBLIC, subject="project/{project}")
class ProjectRegistered:
    """项目登记."""

    project: ProjectCode
    title: str
    owner: CreditCode
    agency: CreditCode | None
    region: RegionCode
    funding: str
    approval: str
    invest_code: str


@event("lot.registered", Audience.PUBLIC, subject="lot/{lot}")
class LotRegistered:
    """标段入场登记. `rulebook` is the digest of the copy the lot keeps."""

    lot: LotCode
    project: ProjectCode
    title: str
    content: str
    owner: CreditCode
    agency: CreditCode | None
    region: RegionCode
    category: str
    classification: str
    must_tender: bool
    nature: str
    method: str
    scoring: str
    estimate: Money
    price_form: str
    period: str
    quality: str
    rulebook: str
    particulars: tuple[Particular, ...] = ()


@event("lot.advanced", Audience.PUBLIC, subject="lot/{lot}")
class LotAdvanced:
    """阶段推进."""

    lot: LotCode
    round: int
    phase: str


@event("round.begun", Audience.PUBLIC, subject="lot/{lot}")
class RoundBegun:
    """重新招标: the same lot is contested again."""

    lot: LotCode
    round: int
    reason: str


@event("lot.suspended", Audience.PUBLIC, subject="lot/{lot}")
class LotSuspended:
    """暂停交易: every clock of the lot stands still from `since`."""

    lot: LotCode
    authority: str
    reason: str
    article: str
    review_on: date | None
    since: datetime


@event("lot.resumed", Audience.PUBLIC, subject="lot/{lot}")
class LotResumed:
    """恢复交易."""

    lot: LotCode
    authority: str
    reason: str
    article: str
    until: datetime


@event("lot.terminated", Audience.PUBLIC, subject="lot/{lot}")
class LotTerminated:
    """终止交易. Final."""

    lot: LotCode
    round: int
    authority: str
    reason: str
    article: str


@event("clock.paused", Audience.PUBLIC, subject="lot/{lot}")
class ClockPaused:
    """停止计时: a pending question stops the clock; the lot itself is not suspended."""

    lot: LotCode
    cause: str
    since: datetime


@event("clock.unpaused", Audience.PUBLIC, subject="lot/{lot}")
class ClockUnpaused:
    """继续计时."""

    lot: LotCode
    cause: str
    until: datetime


@event("brake.reviewed", Audience.PUBLIC, subject="lot/{lot}")
class BrakeReviewed:
    """复查暂停令: the lot stays suspended until the next review."""

    lot: LotCode
    authority: str
    reason: str
    review_on: date


@event("lot.ordered", Audience.PUBLIC, subject="lot/{lot}")
class LotOrdered:
    """责令: what a supervisor orders of the owner's side; `kind` is correct, invalidate, reevaluate or retender."""

    lot: LotCode
    round: int
    order: str
    kind: str
    authority: str
    reason: str
    article: str
    until: date


@event("order.answered", Audience.PARTIES, subject="lot/{lot}")
class OrderAnswered:
    """已报告改正情况: the owner's side has answered an order; what it says stands in the case."""

    lot: LotCode
    order: str


@event("order.met", Audience.PUBLIC, subject="lot/{lot}")
class OrderMet:
    """责令事项已办结."""

    lot: LotCode
    order: str
    note: str


# 投诉: decided on the supervisors' floor, told in the stream of the lot, and without a name.


@event("complaint.filed", Audience.PARTIES, subject="lot/{lot}")
class ComplaintFiled:
    """收到投诉: to be accepted or refused by a day."""

    lot: LotCode
    complaint: str
    regime: str
    stage: str
    accept_by: date


@event("complaint.accepted", Audience.PARTIES, subject="lot/{lot}")
class ComplaintAccepted:
    """受理投诉: to be decided by a day."""

    lot: LotCode
    complaint: str
    decide_by: date


@event("complaint.stayed", Audience.PARTIES, subject="lot/{lot}")
class ComplaintStayed:
    """扣除期间: tests, expertise or corrections do not count, so the last day moves."""

    lot: LotCode
    complaint: str
    reason: str
    workdays: int
    decide_by: date


@event("complaint.postponed", Audience.PARTIES, subject="lot/{lot}")
class ComplaintPostponed:
    """受理期限顺延: the time in which a complaint is corrected does not count."""

    lot: LotCode
    complaint: str
    accept_by: date


@event("complaint.refused", Audience.PARTIES, subject="lot/{lot}")
class ComplaintRefused:
    """不予受理投诉, with every ground."""

    lot: LotCode
    complaint: str
    grounds: tuple[str, ...]
    article: str


@event("complaint.withdrawn", Audience.PARTIES, subject="lot/{lot}")
class ComplaintWithdrawn:
    """撤回投诉: the case behind it may go on."""

    lot: LotCode
    complaint: str


@event("complaint.decided", Audience.PUBLIC, subject="lot/{lot}")
class ComplaintDecided:
    """投诉处理决定. `outcome` is upheld, rejected or dismissed."""

    lot: LotCode
    complaint: str
    outcome: str
    document: str
    text: str
    article: str
    is_late: bool
