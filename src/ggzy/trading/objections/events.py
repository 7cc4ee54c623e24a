"""异议的事实. Who objects to a document is sealed: it would tell who is going to bid."""

from datetime import date, datetime

from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.events import Audience, event


@event("objection.window_opened", Audience.PUBLIC, subject="lot/{lot}")
class ObjectionWindowOpened:
    """异议期开始或者变更."""

    lot: LotCode
    round: int
    stage: str
    opens: datetime
    closes: datetime


@event("objection.window_closed", Audience.PUBLIC, subject="lot/{lot}")
class ObjectionWindowClosed:
    """异议期提前结束."""

    lot: LotCode
    round: int
    stage: str


@event("objection.raised", Audience.SEALED, subject="lot/{lot}")
class ObjectionRaised:
    """提出异议."""

    lot: LotCode
    round: int
    objection: str
    stage: str
    raised_by: CreditCode
    text: str
    files: tuple[str, ...]
    due_on: date


@event("objection.answered", Audience.PARTIES, subject="lot/{lot}")
class ObjectionAnswered:
    """答复异议."""

    lot: LotCode
    round: int
    objection: str
    stage: str
    answer: str
    upheld: bool
    is_late: bool


@event("objection.withdrawn", Audience.PARTIES, subject="lot/{lot}")
class ObjectionWithdrawn:
    """撤回异议."""

    lot: LotCode
    round: int
    objection: str
    stage: str
