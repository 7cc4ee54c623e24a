"""公告的建议值: what the lot, its rulebook and the calendar already say; the owner may choose otherwise."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from ggzy.kernel.instants import BEIJING, Calendar
from ggzy.kernel.money import Money, Rate
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.auctions import rules
from ggzy.trading.auctions.values import (
    Amount,
    AuctionTerms,
    DateLine,
    FormatTerms,
    Measure,
    Payment,
    Steps,
    Timing,
)
from ggzy.trading.auctions.views.place import Place

FIELDS = {"竞价（挂牌）开始": "starts_at", "挂牌截止": "ends_at"}
"""Which field each lawful date belongs to."""
MORNING, EVENING = time(9, 0), time(17, 0)
WINDOW_S, TIMED_S = 300, 300
STEP_RATE, DEPOSIT_RATE = Rate("0.01"), Rate("0.1")
YUAN = 100


def initial(place: Place) -> dict[str, Any]:
    """建议值 for an empty form."""
    lot, start = place.lot, place.lot.estimate
    calendar = catalog.calendar()
    starts_at, ends_at = _lawful(place, calendar)
    closes = (ends_at if place.format.is_joined_late else starts_at) - timedelta(days=1)
    until = datetime.combine(closes.astimezone(BEIJING).date(), EVENING, BEIJING)
    minutes = _number(place, "contest.extension_minutes", WINDOW_S // 60)
    first_days = _number(place, "payment.first_days_max", 5)
    is_rate = lot.price_form == "rate"
    return {
        "start": None if is_rate else Amount.of_money(start),
        "step": None if is_rate else Amount.of_money(_whole(start.times(STEP_RATE))),
        "is_exact": "yes",
        "deposit": _deposit(place, start),
        "window": minutes * 60,
        "length": minutes * 60,
        "timed": TIMED_S if place.format.is_joined_late else None,
        "entry": "anyone",
        "proxies": "yes",
        "may_raise_own": "no",
        "priority": "",
        "ties": "earlier",
        "bidders_min": _number(place, f"{place.format.code}.bidders_min", 1),
        "apply_from": place.at.replace(second=0, microsecond=0),
        "apply_until": until,
        "deposit_until": until,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "viewings": _viewings(place, starts_at, calendar),
        "first": _first(place),
        "first_days": first_days,
        "all_days": _number(place, "payment.all_days_max", first_days),
        "contract_days": _number(place, "sale.contract_days_max", 10),
        "is_immovable": "no",
        "materials": "竞买申请书\n主体资格证明",
    }


def _lawful(place: Place, calendar: Calendar) -> tuple[datetime, datetime]:
    """The earliest lawful start, and the earliest lawful end after it."""
    draft = _blank(place, place.at, place.at + timedelta(hours=8))
    starts_at = _at(_earliest(place, draft, calendar, "starts_at"), place.at + timedelta(days=1))
    draft = _blank(place, starts_at, starts_at + timedelta(hours=8))
    end = _earliest(place, draft, calendar, "ends_at")
    least = timedelta(hours=_number(place, "contest.hours_min", 8))
    ends_at = datetime.combine(calendar.next_workday(end), EVENING, BEIJING) if end else starts_at + least
    return starts_at, ends_at


def _viewings(place: Place, starts_at: datetime, calendar: Calendar) -> str:
    """展示（踏勘）: as many of the last working days before the start as the rulebook wants, a line for each."""
    days, day = [], starts_at.astimezone(BEIJING).date()
    for _ in range(_number(place, "viewing.days_min", 0)):
        day = calendar.previous_workday(day - timedelta(days=1))
        days.append(f"{day} {MORNING:%H:%M} 至 {EVENING:%H:%M}")
    return "\n".join(reversed(days))


def _earliest(place: Place, draft: AuctionTerms, calendar: Calendar, field: str) -> date | None:
    lines = rules.dates(place.lot, place.format, draft, calendar, place.at)
    return next((line.earliest for line in lines if FIELDS.get(line.name) == field), None)


def _at(day: date | None, otherwise: datetime) -> datetime:
    return datetime.combine(day or otherwise.astimezone(BEIJING).date(), MORNING, BEIJING)


def _blank(place: Place, starts_at: datetime, ends_at: datetime) -> AuctionTerms:
    """Terms with nothing but their times, so that the rules can say what is lawful."""
    start = Amount(Measure.MONEY, max(place.lot.estimate.fen, 1))
    timing = Timing(starts_at=starts_at, ends_at=ends_at)
    return AuctionTerms(
        format=FormatTerms(start=start, steps=Steps(1), timing=timing),
        apply_from=place.at,
        apply_until=place.at,
        deposit=Money.zero,
        deposit_until=place.at,
        documents=(),
        payment=Payment(first=Rate(1), first_days=0, all_days=0),
        contract_days=1,
    )


def _deposit(place: Place, start: Money) -> Money:
    """What the rulebook lets: no less than its least share, no more than its largest."""
    book = place.lot.rulebook
    least, most = book.get("deposit.rate_min"), book.get("deposit.rate_max")
    share = max(DEPOSIT_RATE.value, least.value if least else DEPOSIT_RATE.value)
    return _whole(start.times(Rate(min(share, most.value) if most else share)))


def _first(place: Place) -> Rate:
    limit = place.lot.rulebook.get("payment.first_rate_min")
    return Rate(limit.value) if limit else Rate(1)


def _number(place: Place, name: str, otherwise: int) -> int:
    limit = place.lot.rulebook.get(name)
    return int(limit.value) if limit else otherwise


def _whole(amount: Money) -> Money:
    """Whole yuan, rounded up: nobody bids fractions of them unless the owner wants it."""
    return Money(-(-amount.fen // YUAN) * YUAN)


def moved(terms: AuctionTerms, line: DateLine) -> dict[str, datetime]:
    """采用最早日期: the field of this line on its earliest day, what follows it moved by as much."""
    timing = terms.format.timing
    day = line.earliest - line.chosen.astimezone(BEIJING).date()
    ends = replace(timing, ends_at=timing.ends_at + day)
    if FIELDS.get(line.name) == "ends_at":
        return {"ends_at": ends.ends_at}
    return {
        "starts_at": timing.starts_at + day,
        "ends_at": ends.ends_at,
        "apply_until": terms.apply_until + day,
        "deposit_until": terms.deposit_until + day,
    }
