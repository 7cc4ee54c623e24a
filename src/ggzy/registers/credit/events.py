"""信用的事实."""

from datetime import date

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.events import Audience, event
from ggzy.registers.credit.values import Decision, NewBan, NewRecord


@event("credit.recorded", Audience.PUBLIC, subject="party/{party}/credit")
class CreditRecorded:
    """信用记录已记入."""

    party: CreditCode
    code: str
    record: NewRecord


@event("credit.noted", Audience.RESTRICTED, subject="party/{party}/credit")
class CreditNoted:
    """轻微失信记录已记入: kept, not published."""

    party: CreditCode
    code: str
    record: NewRecord


@event("credit.repaired", Audience.PUBLIC, subject="party/{party}/credit")
class CreditRepaired:
    """信用已修复: the record is neither shown nor used any more."""

    party: CreditCode
    code: str
    decision: Decision
    text: str


@event("ban.imposed", Audience.PUBLIC, subject="party/{party}/credit")
class BanImposed:
    """市场禁入已公布."""

    party: CreditCode
    code: str
    ban: NewBan


@event("ban.lifted", Audience.PUBLIC, subject="party/{party}/credit")
class BanLifted:
    """市场禁入已提前解除."""

    party: CreditCode
    code: str
    decision: Decision
    text: str
    until: date
