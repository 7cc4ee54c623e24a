"""标段档案: 拍卖、挂牌、竞价. Companion of `record`."""

from dataclasses import dataclass
from datetime import datetime

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.money import Money, Rate


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """竞买申请人. `paddle` once admitted; told to nobody before the end."""

    at: datetime
    height: int
    party: CreditCode
    name: str = ""
    paddle: int | None = None
    priority: int | None = None
    declined: tuple[str, ...] = ()
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Offers:
    """一个号牌的报价: how many, when, and the last in units of the room's measure."""

    paddle: int
    count: int
    first_at: datetime
    last_at: datetime
    last: int


@dataclass(frozen=True, kw_only=True)
class Auction:
    """竞价: terms, applicants, offers by paddle, and the outcome. Money where the room counts in money."""

    at: datetime
    height: int
    format: str
    apply_from: datetime
    apply_until: datetime
    starts_at: datetime
    ends_at: datetime
    deposit: Money
    start: Money
    conditions: str = ""
    appraisal: Money | None = None
    amended: tuple[tuple[datetime, bool, str], ...] = ()
    extended: int = 0
    applicants: tuple[Applicant, ...] = ()
    offers: tuple[Offers, ...] = ()
    began_at: datetime | None = None
    ended_at: datetime | None = None
    winner: CreditCode | None = None
    winner_name: str = ""
    total: Money | None = None
    premium: Rate | None = None
    sold_at: datetime | None = None
    publicity_until: datetime | None = None
    confirmed_at: datetime | None = None
    contract_by: datetime | None = None
    defaulted_at: datetime | None = None
