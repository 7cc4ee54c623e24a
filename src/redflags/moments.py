"""时刻: RFC 3339 text as nanoseconds, by the strict grammar of the published definition."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

MOMENT = (
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
    if len(text) == 20 and text[10] == "T" and text[19] == "Z" and text[13] == text[16] == ":":
        year, month, day, clock = text[:4], text[5:7], text[8:10], (text[11:13], text[14:16], text[17:19])
        if text[4] == text[7] == "-" and text.isascii() and "".join((year, month, day, *clock)).isdigit():
            return _since_the_first_day(
                year, month, day, *clock
            )  # as most are written; the same below, but slower
    return _written_otherwise(text)


def _written_otherwise(text: str) -> int | None:
    import re  # rarely wanted

    found = re.fullmatch(MOMENT, text)
    if found is None or (found[9] and int(found[10]) > 23):
        return None
    moment = _since_the_first_day(*found.groups()[:6])
    if moment is None:
        return None
    if found[9]:
        ahead = (int(found[10]) * 3600 + int(found[11]) * 60) * NANO
        moment += -ahead if found[9] == "+" else ahead
    return moment + (int(found[7][:9].ljust(9, "0")) if found[7] else 0)


def _since_the_first_day(*words: str) -> int | None:
    year, month, day, hour, minute, second = map(int, words)
    if hour > 23 or minute > 59 or second > 60:
        return None
    try:
        days = date(year or LEAP, month, day).toordinal() - (0 if year else LEAP_DAYS)
    except ValueError:
        return None
    return (days * DAY + hour * 3600 + minute * 60 + second) * NANO


def days_between(starts: str, ends: str) -> int | None:
    """相隔整日数: whole days, cut towards nothing; None when either is no moment."""
    first, last = nanoseconds(starts), nanoseconds(ends)
    if first is None or last is None:
        return None
    days = abs(last - first) // (DAY * NANO)
    return days if last >= first else -days
