"""平台的事实: when nobody could press, by the platform's own record."""

from datetime import datetime

from ggzy.kernel.events import Audience, event


@event("outage.noted", Audience.PUBLIC, subject="platform/outages")
class OutageNoted:
    """平台中断已登记: between these two moments no process said that it could be reached."""

    since: datetime
    until: datetime
