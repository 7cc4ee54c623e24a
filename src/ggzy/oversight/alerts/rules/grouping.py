"""归并: which findings make one alert, which a decision has already answered, and what comes back after it. Pure.

A decision answers for what was known when it was taken. What its alert rests on stays as it was then; only news, a
graver grade, a further party or a fact it did not rest on, goes on from there. After a dismissal news is kept quiet for
a while, unless it is red or names somebody the alert did not.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ggzy.oversight.alerts.values import Circle, Grade
from ggzy.oversight.alerts.values.alerts import Found

WINDOW = timedelta(days=180)
SUPPRESSED_FOR = timedelta(days=90)
CODE_CHARS = 12
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANK = {Grade.GREEN: 0, Grade.YELLOW: 1, Grade.RED: 2}


@dataclass(frozen=True)
class Standing:
    """已有的预警 of a group, as far as grouping needs it. `is_dismissed` at `decided_at`; then it names `parties`."""

    code: str
    raised_at: datetime
    decided_at: datetime | None = None
    is_dismissed: bool = False
    parties: frozenset[str] = frozenset()

    def is_open(self, at: datetime) -> bool:
        """尚未办结, as of that moment."""
        return self.decided_at is None or self.decided_at > at


def raises(found: Found) -> bool:
    """是否产生预警: yellow and red findings that are no countdown and still hold."""
    return found.grade is not Grade.GREEN and not found.is_countdown and found.vanished_at is None


def group(found: Found, circle: Circle | None = None) -> str:
    """归并键: one indicator about one lot, or about one circle of parties."""
    whom = (circle or _whom)(found.note_key, found.key) if found.note_key else str(found.lot)
    return hashlib.sha256(f"{found.indicator}\n{whom}".encode()).hexdigest()[:32]


def _whom(note_key: str, key: str) -> str:
    return f"{note_key}\n{key}" if key not in ("", note_key) else note_key


def answered(found: Found, known: Sequence[Standing], at: datetime) -> tuple[str, bool]:
    """归入哪个预警 and whether a decision already covers it; an empty code asks for a new alert.

    An open alert of the group takes it while it is not older than the window. After a dismissal the same
    group stays quiet for a while, but for what is red or names a further party.
    """
    before = [one for one in known if one.raised_at <= at]
    if not before:
        return "", False
    last = max(before, key=lambda one: (one.raised_at, one.code))
    if last.is_open(at):
        return (last.code, False) if at - last.raised_at <= WINDOW else ("", False)
    assert last.decided_at is not None
    is_quiet = last.is_dismissed and at - last.decided_at <= SUPPRESSED_FOR
    is_covered = found.grade is not Grade.RED and last.parties.issuperset(found.parties)
    return (last.code, True) if is_quiet and is_covered else ("", False)


def carried(before: Found | None, now: Found, of: Standing | None, at: datetime) -> tuple[Found, ...]:
    """决定之后: what is kept of a finding that changed, `of` the alert it was put to; without an alert it asks for one.

    Until its alert is decided a finding changes in place, unless it becomes graver, which is told beside what was told
    before; and so does one kept quiet, until there is news.
    """
    if before is None or of is None:
        return (now,)
    is_open = of.is_open(at)
    is_back = raises(now) and (is_graver(before, now) if is_open else is_news(before, now, of))
    if before.is_suppressed:
        return (replace(now, alert="", is_suppressed=False) if is_back else now,)
    if is_open and not is_back:
        return (now,)
    if not is_back:
        kept = replace(before, vanished_at=now.vanished_at)
        return (kept,) if kept != before else ()
    return (
        replace(before, is_past=True),
        replace(now, uid=_next(before.uid), first_at=at, last_at=at, alert="", is_suppressed=False),
    )


def is_graver(before: Found, now: Found) -> bool:
    """变重了, of what raised an alert already."""
    return raises(before) and RANK[now.grade] > RANK[before.grade]


def is_news(before: Found, now: Found, of: Standing) -> bool:
    """有新的情况: graver, a further party, or a fact it did not rest on. Other words for the same are no news."""
    is_wider = not of.parties.union(before.parties).issuperset(now.parties)
    return is_graver(before, now) or is_wider or bool(rests_on(now) - rests_on(before))


def rests_on(found: Found) -> frozenset[str]:
    """所依据的事实: the lots and facts its evidence points to; where it points to none, its words."""
    places = (line.link or line.height for line in found.evidence)
    pointed = frozenset(str(place) for place in places if place is not None and place != "")
    return pointed or frozenset(f"{line.label}\n{line.text}" for line in found.evidence)


def _next(uid: str) -> str:
    return hashlib.sha256(f"{uid}\nagain".encode()).hexdigest()[: len(uid)]


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
