"""What the tests of the procedure indicators share: a rulebook with the law's numbers, and a lot under it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from ggzy.kernel.instants import Calendar
from ggzy.registers.catalog.values import Limit, Rulebook
from ggzy.trading.dossier.values.record import Ground, LotRecord, Terms
from ggzy.trading.dossier.values.stages import Opening
from tests.indicators.market import REGION, record, yuan

# Monday, 1 June 2026, nine in the morning in Beijing. No holidays: every day from Monday to Friday works.
START = datetime(2026, 6, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
LIMITS = {
    "tender.sale_days_min": ("5", "d", "min"),
    "tender.bidding_days_min": ("20", "d", "min"),
    "tender.clarification_days_min": ("15", "d", "min"),
    "tender.bidders_min": ("3", "count", "min"),
    "tender.deposit_rate_max": ("0.02", "ratio", "max"),
    "tender.security_rate_max": ("0.1", "ratio", "max"),
    "tender.publicity_start_days_max": ("3", "d", "max"),
    "tender.publicity_days_min": ("3", "d", "min"),
    "tender.report_days_max": ("15", "d", "max"),
    "tender.contract_days_max": ("30", "d", "max"),
    "committee.members_min": ("5", "count", "min"),
    "committee.experts_in_three_min": ("2", "count", "min"),
    "disclosure.days_min": ("20", "wd", "min"),
}


def ground(**changes: Any) -> Ground:
    limits = tuple(
        Limit(Decimal(value), unit, f"示例条款 {name}", op=op, name=name, text=f"示例限值 {name}")
        for name, (value, unit, op) in LIMITS.items()
    )
    book = Rulebook("construction", REGION, date(2024, 1, 1), (), limits)
    return Ground(rulebook=book, calendar=Calendar(frozenset(), frozenset()), **changes)


def terms(**changes: Any) -> Terms:
    deadline = changes.pop("deadline", START + 21 * DAY)
    fields: dict[str, Any] = {
        "at": START, "height": 10, "method": "open_tender", "sale_start": START, "sale_end": START + 5 * DAY,
        "announced_deadline": deadline, "deadline": deadline, "deposit": yuan(50_000), "validity_days": 60,
    }  # fmt: skip
    return Terms(**fields | changes)


def opening(**changes: Any) -> Opening:
    close = START + 21 * DAY
    fields: dict[str, Any] = {
        "at": close, "height": 50, "deadline": close, "count": 3, "began_at": close + timedelta(minutes=1),
        "began_height": 51,
    }  # fmt: skip
    return Opening(**fields | changes)


def lot(**changes: Any) -> LotRecord:
    return record(**{"ground": ground(), "at": START, **changes})
