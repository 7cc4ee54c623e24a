"""归并: which findings make one alert, and which a decision has already answered. Pure."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ggzy.oversight.alerts.values import Grade
from ggzy.oversight.alerts.values.alerts import Found

WINDOW = timedelta(days=180)
SUPPRESSED_FOR = timedelta(days=90)
CODE_CHARS = 12
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class Standing:
    """已有的预警 of a group, as far as grouping needs it. `is_dismissed` at `decided_at`."""

    code: str
    raised_at: datetime
    decided_at: datetime | None = None
    is_dismissed: bool = False


def raises(found: Found) -> bool:
    """是否产生预警: yellow and red findings that are no countdown and still hold."""
    return found.grade is not Grade.GREEN and not found.is_countdown and found.vanished_at is None


def group(found: Found) -> str:
    """归并键: one indicator about one lot, or about one circle of parties."""
    whom = found.note_key or str(found.lot)
    return hashlib.sha256(f"{found.indicator}\n{whom}".encode()).hexdigest()[:32]


def answered(found: Found, known: Sequence[Standing], at: datetime) -> tuple[str, bool]:
    """归入哪个预警 and whether a decision already covers it; an empty code asks for a new alert.

    An open alert of the group takes it while it is not older than the window. After a dismissal the same
    group stays quiet for a while, but for what is red.
    """
    before = [one for one in known if one.raised_at <= at]
    if not before:
        return "", False
    last = max(before, key=lambda one: (one.raised_at, one.code))
    is_open = last.decided_at is None or last.decided_at > at
    if is_open:
        return (last.code, False) if at - last.raised_at <= WINDOW else ("", False)
    assert last.decided_at is not None
    is_quiet = last.is_dismissed and at - last.decided_at <= SUPPRESSED_FOR and found.grade is not Grade.RED
    return (last.code, True) if is_quiet else ("", False)


def alert_code(found: Found) -> str:
    """预警编号: from its first finding, so that a replay gives the same."""
    number = int.from_bytes(hashlib.sha256(found.uid.encode()).digest()[:8], "big")
    text = ""
    for _ in range(CODE_CHARS):
        number, place = divmod(number, len(ALPHABET))
        text += ALPHABET[place]
    return f"YJ{text}"


def put(found: Found, alert: str, is_answered: bool) -> Found:
    """归入预警."""
    return replace(found, alert=alert, is_suppressed=is_answered)
