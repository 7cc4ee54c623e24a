"""发布: one notice within a command, and the number it got."""

from datetime import datetime

from ggzy.kernel.actor import Actor
from ggzy.trading.notices import queries as notices
from ggzy.trading.notices import services as notice_services
from ggzy.trading.notices.values import NoticeDraft


def publish(actor: Actor, draft: NoticeDraft, *, at: datetime) -> str:
    """公告编号 of the notice just published."""
    notice_services.publish(actor, draft, at=at)
    published = notices.notices(lot=draft.lot, round=draft.round, kinds=(draft.kind,), newest_first=True)
    return published[0].id
