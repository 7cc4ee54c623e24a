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
