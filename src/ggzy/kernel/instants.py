"""时刻与日历: deadlines and working days. Never reads a clock.

Instants are aware and UTC; days are days in Beijing. “日” counts calendar days, “工作日” working days;
the day of the event is not counted (民法典 §201–203).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "北京时间")
_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Period:
    """期间: from `start` (included) to `end` (excluded), both aware."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("期间的起止时间必须带时区")
        if self.end < self.start:
            raise ValueError("期间的结束时间不能早于开始时间")

    def __contains__(self, at: datetime) -> bool:
        return self.start <= at < self.end

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    def overlap(self, other: "Period") -> timedelta:
        """The time both share; zero if they do not meet."""
        shared = min(self.end, other.end) - max(self.start, other.start)
        return max(shared, timedelta(0))


@dataclass(frozen=True)
class Calendar:
    """工作日历: published holidays and make-up days, by year.

    In a year whose holidays are not yet published Monday to Friday count as working days; `knows`
    says whether an answer rests on published days, so that a page can add “以国务院公布的放假安排为准”.
    """

    holidays: frozenset[date]
    workdays: frozenset[date]
    known_years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        if day in self.workdays:
            return True
        return day.weekday() < 5 and day not in self.holidays

    def knows(self, *days: date) -> bool:
        """Every year touched has published holidays."""
        years = range(min(days).year, max(days).year + 1)
        return all(year in self.known_years for year in years)

    def add_workdays(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`."""
        while count > 0:
            day += _DAY
            if self.is_workday(day):
                count -= 1
        return day

    def workdays_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`."""
        days = (start + timedelta(days=offset) for offset in range(1, (end - start).days + 1))
        return sum(self.is_workday(day) for day in days)

    def period_end(self, day: date, days: int) -> date:
        """期限届满日: the last of `days` calendar days; a last day off moves to the next working day."""
        return self.next_workday(day + timedelta(days=days))

    def next_workday(self, day: date) -> date:
        """The day itself if it is a working day, else the first one after it."""
        while not self.is_workday(day):
            day += _DAY
        return day

    def previous_workday(self, day: date) -> date:
        """The day itself if it is a working day, else the last one before it."""
        while not self.is_workday(day):
            day -= _DAY
        return day

    def at_least_days_before(self, event: date, deadline: date, days: int, *, strict: bool = False) -> bool:
        """不少于若干日: `deadline` lies at least `days` after `event`; strictly, one day more."""
        return (deadline - event).days >= days + (1 if strict else 0)

    def earliest(self, event: date, days: int, *, strict: bool = False) -> date:
        """The first working day that lies at least `days` after `event`."""
        return self.next_workday(event + timedelta(days=days + (1 if strict else 0)))

    def latest(self, deadline: date, days: int, *, strict: bool = False) -> date:
        """The last day on which an event still lies at least `days` before `deadline`."""
        return deadline - timedelta(days=days + (1 if strict else 0))


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def local_date(at: datetime) -> date:
    """The day it is in Beijing."""
    assert at.tzinfo is not None, "a moment without a time zone"
    return at.astimezone(BEIJING).date()


def start_of_day(day: date) -> datetime:
    """当日零时 in Beijing, as UTC."""
    return local_instant(day, time.min)


def end_of_day(day: date) -> datetime:
    """当日二十四时 in Beijing, as UTC: the first moment that no longer belongs to the day."""
    return local_instant(day + _DAY, time.min)


def local_instant(day: date, clock: time) -> datetime:
    """北京时间: that time of day in Beijing, as UTC."""
    return datetime.combine(day, clock, tzinfo=BEIJING).astimezone(UTC)


def parse_instant(text: str) -> datetime:
    """ISO 8601 with a time zone, as UTC. Raises `ValueError` in Chinese for anything else."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"“{text}”不是有效的日期时间，应如 2026-06-01T09:30:00+08:00") from None
    if moment.tzinfo is None:
        raise ValueError(f"时间“{text}”没有写明时区，应如 2026-06-01T09:30:00+08:00")
    return moment.astimezone(UTC)
