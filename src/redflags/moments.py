"""时刻: RFC 3339 text as nanoseconds, by the strict grammar of the published definition."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

MOMENT = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?"
    r"(?:([Zz])|([+\-\u2212])([0-9]{2}):([0-5][0-9]))"
)
DAY = 86_400
NANO = 10**9
LEAP = 4  # year 0, which Python's calendar lacks, is laid like year 4
LEAP_DAYS = 1461


@lru_cache(maxsize=8192)
def nanoseconds(text: str) -> int | None:
    """纳秒数: since the first day of the calendar, in UTC; None when it is no such moment."""
    found = MOMENT.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = map(int, found.groups()[:6])
    if hour > 23 or minute > 59 or second > 60:
        return None
    try:
        days = date(year or LEAP, month, day).toordinal() - (0 if year else LEAP_DAYS)
    except ValueError:
        return None
    whole = days * DAY + hour * 3600 + minute * 60 + second
    if found[9]:
        if int(found[10]) > 23:
            return None
        ahead = int(found[10]) * 3600 + int(found[11]) * 60
        whole += -ahead if found[9] == "+" else ahead
    return whole * NANO + (int(found[7][:9].ljust(9, "0")) if found[7] else 0)


def days_between(starts: str, ends: str) -> int | None:
    """相隔整日数: whole days, cut towards nothing; None when either is no moment."""
    first, last = nanoseconds(starts), nanoseconds(ends)
    if first is None or last is None:
        return None
    days = abs(last - first) // (DAY * NANO)
    return days if last >= first else -days
