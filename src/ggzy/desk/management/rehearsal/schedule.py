"""演练日程: lawful days around the days a notice gives; each day that had to move is said.

The rulebook is asked for every number; nothing here knows one.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ggzy.desk.management.rehearsal.readings import LotReading
from ggzy.kernel.instants import BEIJING, Calendar, local_date
from ggzy.registers.catalog.values import Rulebook

FALLBACK_OPENING = datetime(2025, 6, 10, 9, 30, tzinfo=BEIJING)
PREPARATION = timedelta(days=3)
BIDDING_MARGIN = 3


@dataclass(frozen=True)
class Schedule:
    """一轮招标的日程, every instant lawful. `moved` says which published ones were not."""

    registered: datetime
    announced: datetime
    sale_end: datetime
    bids_from: datetime
    deadline: datetime
    evaluated: datetime
    publicity: datetime
    publicity_end: datetime | None
    moved: tuple[str, ...] = ()


def plan(reading: LotReading, calendar: Calendar, rulebook: Rulebook) -> Schedule:
    """按公告给出的日子排出一轮日程."""
    moved: list[str] = []
    deadline, publicity = _anchors(reading, calendar, moved)
    bidding = _days(rulebook, "tender.bidding_days_min") + BIDDING_MARGIN
    announced = _morning(_workday_before(calendar, local_date(deadline) - timedelta(days=bidding)), 9)
    sale = _days(rulebook, "tender.sale_days_min") + 1
    end = _publicity_end(reading, publicity, calendar, rulebook, moved)
    return Schedule(
        registered=announced - PREPARATION,
        announced=announced,
        sale_end=announced + timedelta(days=sale),
        bids_from=announced + timedelta(days=sale),
        deadline=deadline,
        evaluated=deadline + timedelta(hours=2),
        publicity=publicity,
        publicity_end=end,
        moved=tuple(moved),
    )


def _anchors(reading: LotReading, calendar: Calendar, moved: list[str]) -> tuple[datetime, datetime]:
    """Opening and start of publicity, from whichever the notice gives."""
    if reading.opened_at is not None:
        deadline = _on_a_workday(reading.opened_at, calendar, moved)
        return deadline, _evening(calendar, local_date(deadline))
    published = reading.publicity[0] if reading.publicity else None
    if published is None and reading.published_on:
        published = _morning(reading.published_on, 17)
    if published is None:
        return FALLBACK_OPENING, _evening(calendar, local_date(FALLBACK_OPENING))
    day = _workday_before(calendar, local_date(published) - timedelta(days=1))
    return datetime.combine(day, time(9, 30), BEIJING), published


def _on_a_workday(at: datetime, calendar: Calendar, moved: list[str]) -> datetime:
    day = local_date(at)
    while not calendar.is_workday(day):
        day += timedelta(days=1)
    if day != local_date(at):
        moved.append(f"开标日 {local_date(at):%Y-%m-%d} 不是工作日，移到 {day:%Y-%m-%d}")
    return datetime.combine(day, at.astimezone(BEIJING).timetz())


def _publicity_end(
    reading: LotReading, start: datetime, calendar: Calendar, rulebook: Rulebook, moved: list[str]
) -> datetime | None:
    """The published end if it is lawful, else the nearest lawful one; None where the notice is silent."""
    if reading.publicity is None:
        return None
    given = reading.publicity[1]
    days = _days(rulebook, "tender.publicity_days_min")
    last = calendar.period_end(local_date(start), days)
    lawful = max(given, start + timedelta(days=days))
    if _last_day(lawful) < last:
        lawful = datetime.combine(last, time(23, 59, 59), BEIJING)
    if not calendar.is_workday(_last_day(lawful)):
        lawful = datetime.combine(calendar.period_end(_last_day(lawful), 0), time(23, 59, 59), BEIJING)
    if lawful != given:
        moved.append(
            f"公示截止 {given:%Y-%m-%d %H:%M} 不足 {days} 日或者不在工作日，移到 {lawful:%Y-%m-%d %H:%M}"
        )
    return lawful


def _last_day(until: datetime) -> date:
    """A midnight belongs to the day it ends."""
    return local_date(until - timedelta(microseconds=1))


def _days(rulebook: Rulebook, name: str) -> int:
    limit = rulebook.get(name)
    return int(limit.value) if limit is not None else 0


def _workday_before(calendar: Calendar, day: date) -> date:
    """The day itself, or the last working day before it."""
    while not calendar.is_workday(day):
        day -= timedelta(days=1)
    return day


def _evening(calendar: Calendar, opened: date) -> datetime:
    """公示 starts at the end of the next working day after the opening."""
    return _morning(calendar.add_workdays(opened, 1), 17)


def _morning(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), BEIJING)
