"""刹车的值."""

from dataclasses import dataclass
from datetime import date, datetime

from ggzy.kernel.codes import LotCode


@dataclass(frozen=True)
class BrakeFacts:
    """暂停令: who stopped the lot, why, on which article, and when it is looked at again."""

    lot: LotCode
    lot_title: str
    authority: str
    reason: str
    article: str
    review_on: date
    pulled_at: datetime
    released_at: datetime | None
    is_overdue: bool
