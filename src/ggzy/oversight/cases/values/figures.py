"""监督数据的值."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.kernel.money import Money


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """标段的结果, counted once, on the day of its award or failure. `amount` is None for rates and unit prices."""

    lot: LotCode
    region: RegionCode
    category: str
    at: datetime
    is_failed: bool
    is_sold: bool
    estimate: Money
    amount: Money | None = None
    winner: CreditCode | None = None
    winner_name: str = ""
    winner_region: RegionCode | None = None
    announced_at: datetime | None = None
    bidders: int | None = None
    objections: int = 0
    complaints: int = 0


@dataclass(frozen=True, kw_only=True)
class Figures:
    """一组标段的数据. Shares are in a hundred; None where nothing can be said."""

    awarded: int
    failed: int
    value: Money
    saving: Decimal | None
    premium: Decimal | None
    bidders: Decimal | None
    outside: Decimal | None
    days: Decimal | None
    failed_share: Decimal | None
    cr4: Decimal | None
    hhi: int | None
    objections: Decimal | None
    complaints: Decimal | None


@dataclass(frozen=True)
class Winner:
    """中标人 and its part of the value, in a hundred."""

    code: CreditCode
    name: str
    lots: int
    value: Money
    share: Decimal
