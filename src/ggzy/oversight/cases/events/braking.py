"""刹车的事实. Stopping and releasing a lot are facts of the lot itself; what is added here is the review."""

from datetime import date

from ggzy.kernel.codes import LotCode
from ggzy.kernel.events import Audience, event


@event("brake.reviewed", Audience.PUBLIC, subject="lot/{lot}")
class BrakeReviewed:
    """复查暂停令: the lot stays suspended until the next review."""

    lot: LotCode
    authority: str
    reason: str
    review_on: date
