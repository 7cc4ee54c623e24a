"""标段档案: 异议、投诉与责令. Companions of `record`."""

from dataclasses import dataclass
from datetime import date, datetime

from ggzy.kernel.codes import CreditCode


@dataclass(frozen=True, kw_only=True)
class Objection:
    """异议. `raised_by` is None while it would tell who is going to bid."""

    at: datetime
    height: int
    objection: str
    stage: str
    due_on: date
    raised_by: CreditCode | None = None
    text: str = ""
    answered_at: datetime | None = None
    is_upheld: bool = False
    is_late: bool = False
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """投诉: without a name. `decide_by` is None until it is accepted; `outcome` until it is decided.

    `ended_at` is when it was refused, withdrawn or decided.
    """

    at: datetime
    height: int
    complaint: str
    regime: str
    stage: str
    accept_by: date
    accepted_at: datetime | None = None
    decide_by: date | None = None
    ended_at: datetime | None = None
    ended_height: int | None = None
    outcome: str = ""
    is_late: bool = False


@dataclass(frozen=True, kw_only=True)
class Ordered:
    """责令: correct, invalidate, reevaluate or retender, by a day; when first answered, when met."""

    at: datetime
    height: int
    order: str
    kind: str
    until: date
    answered_at: datetime | None = None
    met_at: datetime | None = None
