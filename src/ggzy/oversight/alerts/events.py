"""预警的事实. Restricted: a clue is nobody's business but the supervisors' and, when asked, the asked party's."""

from datetime import date, datetime

from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.events import Audience, event
from ggzy.kernel.money import Money

ALERT = "alert/{alert}"


@event("alert.raised", Audience.RESTRICTED, subject=ALERT)
class AlertRaised:
    """预警已产生: by which version of which indicator, about what, found when. `lot` is empty for parties."""

    alert: str
    indicator: str
    version: int
    grade: str
    lot: str
    parties: tuple[str, ...]
    region: RegionCode
    category: str
    group: str
    sentence: str
    evidence: tuple[tuple[str, str], ...]
    findings: tuple[str, ...]
    found_at: datetime


@event("alert.extended", Audience.RESTRICTED, subject=ALERT)
class AlertExtended:
    """预警有新的发现: of the same indicator about the same object, while the alert is open."""

    alert: str
    finding: str
    grade: str
    sentence: str
    evidence: tuple[tuple[str, str], ...]
    found_at: datetime
    parties: tuple[str, ...] = ()


@event("alert.asked", Audience.RESTRICTED, subject=ALERT)
class AlertAsked:
    """已要求当事人说明."""

    alert: str
    party: CreditCode
    text: str
    due_on: date


@event("alert.explained", Audience.RESTRICTED, subject=ALERT)
class AlertExplained:
    """当事人已说明."""

    alert: str
    party: CreditCode
    text: str


@event("alert.dismissed", Audience.RESTRICTED, subject=ALERT)
class AlertDismissed:
    """不予处置, with the reason."""

    alert: str
    reason: str


@event("alert.confirmed", Audience.RESTRICTED, subject=ALERT)
class AlertConfirmed:
    """预警属实."""

    alert: str
    reason: str


@event("alert.transferred", Audience.RESTRICTED, subject=ALERT)
class AlertTransferred:
    """已移送: to a case, the discipline inspection, the police or another regulator."""

    alert: str
    target: str
    office: str
    reason: str
    document: str


@event("parameter.changed", Audience.RESTRICTED, subject="indicator/{indicator}")
class ParameterChanged:
    """指标参数已调整, for one region and what lies in it."""

    indicator: str
    region: RegionCode
    name: str
    before: str
    after: str
    reason: str


@event("contract.reported", Audience.RESTRICTED, subject="register/{entry}")
class ContractReported:
    """合同登记: a contract another register knows of. `lot` is the code it gives, unchecked."""

    entry: str
    number: str
    owner: CreditCode
    title: str
    amount: Money
    signed_on: date
    supplier: str
    category: str
    nature: str
    region: RegionCode
    lot: str
