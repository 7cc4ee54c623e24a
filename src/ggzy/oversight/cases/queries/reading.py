"""查阅的读取: who read what, and about whom."""

from datetime import datetime, timedelta

from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.oversight.cases.models import ReadingRow
from ggzy.oversight.cases.values.reading import Reading

LASTS = timedelta(hours=1)


def has_read(actor: Actor, what: str, at: datetime) -> bool:
    """已登记查阅: this person gave a reason for this file within the hour."""
    rows = ReadingRow.objects.filter(what=what, person=actor.person, at__gt=at - LASTS, at__lte=at)
    return rows.exists()


def readings(what: str, *, limit: int = 100) -> tuple[Reading, ...]:
    """一份材料的查阅记录, the latest first."""
    return tuple(row.facts() for row in ReadingRow.objects.filter(what=what).order_by("-height")[:limit])


def readings_about(party: CreditCode, *, limit: int = 100) -> tuple[Reading, ...]:
    """与一个主体有关的查阅记录, the latest first."""
    rows = ReadingRow.objects.filter(concerning__contains=[party]).order_by("-height")[:limit]
    return tuple(row.facts() for row in rows)
