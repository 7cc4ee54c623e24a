"""演练日程: lawful days around the published ones; each day that had to move is said."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from ggzy.desk.management.rehearsal.cast import REGION, traded
from ggzy.desk.management.rehearsal.readings import LotReading
from ggzy.desk.management.rehearsal.schedule import FALLBACK_OPENING, Schedule, plan
from ggzy.kernel.instants import BEIJING, local_date
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.contracting import rules as contracting

DAY = timedelta(days=1)
FROM, TO = date(2022, 1, 1), date(2026, 12, 1)


def _at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=BEIJING)


def _plan(on: date = date(2025, 6, 12), **said: object) -> Schedule:
    reading = LotReading("test", 1, "江州桥", **said)  # type: ignore[arg-type]
    return plan(reading, catalog.calendar(), catalog.rulebook(traded().rulebook, REGION, on))


def _shown(start: str, end: str) -> tuple[datetime | None, tuple[str, ...]]:
    found = _plan(publicity=(_at(start), _at(end)))
    assert found.publicity == _at(start)
    return found.publicity_end, found.moved


@pytest.mark.parametrize(
    "published, lawful",
    [
        ("2025-06-12 09:30", "2025-06-12 09:30"),
        ("2025-06-14 09:30", "2025-06-16 09:30"),
        ("2023-08-26 14:00", "2023-08-28 14:00"),
        ("2023-10-01 09:00", "2023-10-07 09:00"),
        ("2025-01-28 10:00", "2025-02-05 10:00"),
        ("2025-02-08 10:00", "2025-02-08 10:00"),
    ],
    ids=[
        "a Thursday",
        "a Saturday",
        "another",
        "the national day",
        "the spring festival",
        "a make-up Saturday",
    ],
)
def test_an_opening_on_a_day_off_moves_to_the_next_working_day_and_says_so(published, lawful):
    found = _plan(opened_at=_at(published))
    assert found.deadline == _at(lawful)
    moved = [f"开标日 {published[:10]} 不是工作日，移到 {lawful[:10]}"] if published != lawful else []
    assert list(found.moved) == moved


@pytest.mark.parametrize(
    "end",
    [
        "2025-06-16 18:00",
        "2025-06-17 00:00",
        "2025-06-20 00:00",
        "2025-06-30 12:00",
    ],
    ids=["seventy-two hours and more", "midnight of Monday", "midnight of Thursday", "longer than asked"],
)
def test_a_lawful_publicity_stays_as_published(end):
    assert _shown("2025-06-13 18:00", end) == (_at(end), ())


@pytest.mark.parametrize(
    "start, end, lawful",
    [
        ("2025-06-13 18:00", "2025-06-16 17:00", "2025-06-16 18:00"),
        ("2025-06-13 18:00", "2025-06-16 00:00", "2025-06-16 18:00"),
        ("2025-06-13 18:00", "2025-06-13 18:00", "2025-06-16 18:00"),
        ("2025-06-16 18:00", "2025-06-13 18:00", "2025-06-19 18:00"),
        ("2025-06-11 09:00", "2025-06-14 09:00", "2025-06-16 23:59"),
        ("2025-06-12 00:00", "2025-06-15 00:00", "2025-06-16 23:59"),
        ("2025-06-12 09:00", "2025-06-22 00:00", "2025-06-23 23:59"),
        ("2025-09-29 09:00", "2025-10-02 09:00", "2025-10-09 23:59"),
    ],
    ids=[
        "an hour short",
        "the midnight that ends Sunday",
        "empty",
        "backwards",
        "ends on a Saturday",
        "midnight to midnight over a weekend",
        "the midnight that ends a Saturday",
        "ends in the national holiday",
    ],
)
def test_an_unlawful_publicity_moves_to_the_nearest_lawful_end_and_says_so(start, end, lawful):
    until, moved = _shown(start, end)
    assert until is not None
    assert f"{until:%Y-%m-%d %H:%M}" == lawful
    assert moved == (f"公示截止 {end} 不足 3 日或者不在工作日，移到 {lawful}",)


def test_a_notice_with_only_its_day_is_opened_the_working_day_before():
    found = _plan(published_on=date(2025, 6, 16))
    assert found.deadline == _at("2025-06-13 09:30")
    assert found.publicity == _at("2025-06-16 17:00")
    assert (found.publicity_end, found.moved) == (None, ())


def test_a_notice_without_a_day_gets_the_usual_one():
    assert _plan().deadline == FALLBACK_OPENING


def test_an_opening_counts_for_more_than_the_day_of_the_notice():
    found = _plan(opened_at=_at("2025-06-12 14:00"), published_on=date(2025, 7, 1))
    assert found.deadline == _at("2025-06-12 14:00")
    assert found.publicity == _at("2025-06-13 17:00")


@pytest.mark.parametrize("given", ["opened_at", "published_on", "publicity"])
def test_every_day_of_five_years_gives_a_lawful_schedule(given):
    calendar = catalog.calendar()
    for offset in range(0, (TO - FROM).days):
        day = FROM + offset * DAY
        opening = datetime.combine(day, time(9 + offset % 8, 30), BEIJING)
        choices: dict[str, dict[str, Any]] = {
            "opened_at": {"opened_at": opening},
            "published_on": {"published_on": day},
            "publicity": {"publicity": (opening, opening + (offset % 6) * DAY)},
        }
        book = catalog.rulebook(traded().rulebook, REGION, day)
        found = plan(LotReading("test", 1, "江州桥", **choices[given]), calendar, book)
        assert found.registered < found.announced < found.bids_from < found.deadline, day
        assert found.deadline < found.evaluated < found.publicity, day
        assert calendar.is_workday(local_date(found.deadline)), day
        announced, deadline = local_date(found.announced), local_date(found.deadline)
        assert (deadline - announced).days >= book.number("tender.bidding_days_min").value, day
        assert (local_date(found.sale_end) - announced).days >= book.number("tender.sale_days_min").value, day
        until = found.publicity_end or contracting.earliest_end(book, calendar, found.publicity)
        assert contracting.is_whole(book, calendar, found.publicity, until), day
        assert calendar.is_workday(contracting.last_day(until)), day
        assert found.publicity <= contracting.start_by(book, calendar, found.evaluated), day
