"""Listings as two land offices published them: each is lawful by our numbers and runs as a room."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from ggzy.kernel.codes import RegionCode
from ggzy.kernel.instants import BEIJING
from ggzy.kernel.money import Money
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.auctions import rules
from ggzy.trading.auctions.values import Accepted, Outcome, Steps
from tests.rules.auctions.auction_setting import (
    CALENDAR,
    DRAFTED,
    FORMATS,
    LOT,
    NOTICE,
    Hall,
    codes,
    yuan,
)

MU = Decimal(10_000) / Decimal(15)  # 亩: ㎡ in one
REGION = RegionCode("420500")


@dataclass(frozen=True)
class Parcel:
    """宗地. Amounts in 万元 as printed; `per_mu` where the price is contested by the 亩."""

    number: str
    area: str
    start: str
    deposit: str
    step: str
    opens: datetime
    closes: datetime
    per_mu: str = ""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


LATE_2024: dict[str, Any] = {"opens": at("2024-10-12T09:00"), "closes": at("2024-11-11T10:00")}
SPRING_2025: dict[str, Any] = {"opens": at("2025-04-01T09:00"), "closes": at("2025-04-10T10:00")}
PARCELS = [
    Parcel("G(2024)043", "32917.91", "1897", "380", "1", **LATE_2024),
    Parcel("G(2024)044", "5479.97", "305", "61", "1", **LATE_2024),
    Parcel("G(2024)045", "507.56", "29", "6", "1", **LATE_2024),
    Parcel("G(2024)046", "4649.75", "259", "52", "1", **LATE_2024),
    Parcel("G(2024)048", "20136.64", "1279", "256", "1", **LATE_2024),
    Parcel("工挂(2025)A-1", "5329", "95.922", "50", "0.2", **SPRING_2025, per_mu="12"),
    Parcel("工挂(2025)A-2", "12038", "252.798", "60", "0.2", **SPRING_2025, per_mu="14"),
]


def wan(text: str) -> Money:
    return Money.yuan(Decimal(text) * 10_000)


def terms_of(parcel: Parcel):
    """The notice of a parcel; the year is its own and the notice was out in time."""
    timing = replace(NOTICE.format.timing, starts_at=parcel.opens, ends_at=parcel.closes)
    room = replace(
        NOTICE.format,
        start=yuan(wan(parcel.per_mu or parcel.start).to_yuan()),
        steps=Steps(step=wan(parcel.step).fen),
        timing=timing,
    )
    if parcel.per_mu:
        mu = (Decimal(parcel.area) / MU).quantize(Decimal("0.0001"), ROUND_HALF_UP)
        room = replace(room, per="亩", quantity=mu)
    until = parcel.closes - timedelta(days=2)
    published = parcel.opens - timedelta(days=30)
    return replace(
        NOTICE,
        format=room,
        deposit=wan(parcel.deposit),
        apply_from=published,
        apply_until=until,
        deposit_until=until,
    )


@pytest.mark.parametrize("parcel", PARCELS, ids=lambda parcel: parcel.number)
def test_a_published_listing_is_lawful(parcel):
    lot = replace(LOT, rulebook=catalog.rulebook("land", REGION, date(2024, 9, 1)))
    terms = terms_of(parcel)
    published = parcel.opens - timedelta(days=30)
    verdict = rules.may_announce(lot, DRAFTED, FORMATS["listing"], terms, CALENDAR, published)
    assert codes(verdict) == []
    assert abs(terms.floor.fen - wan(parcel.start).fen) < 100_00  # the printed total is itself rounded


def test_ten_days_with_both_ends_counted_are_lawful_and_warned_of():
    lot = replace(LOT, rulebook=catalog.rulebook("land", REGION, date(2025, 3, 1)))
    draft = rules.Draft(lot, FORMATS["listing"], terms_of(PARCELS[5]))
    found = rules.warnings(draft, CALENDAR, PARCELS[5].opens - timedelta(days=30))
    assert [reason.code for reason in found] == ["listing_days_strict"]


@pytest.mark.parametrize("parcel", PARCELS, ids=lambda parcel: parcel.number)
def test_a_published_listing_runs_to_a_sale(parcel):
    hall = Hall(terms=terms_of(parcel).format, code="listing", paddles=(1001, 1002))
    start, step = hall.terms.start.value, Decimal(hall.terms.steps.step) / 100
    hall.offer(1001, start, parcel.opens + timedelta(hours=1))
    hall.offer(1002, start + step, parcel.opens + timedelta(days=1))
    assert isinstance(hall.offer(1001, start + 3 * step, parcel.closes + timedelta(minutes=4)), Accepted)
    hall.close(parcel.closes + timedelta(minutes=9))
    assert (hall.room.outcome, hall.room.leader.paddle) == (Outcome.LED, 1001)
    found = rules.settle(LOT.rulebook, terms_of(parcel), hall.room)
    assert found.price == hall.terms.total(yuan(start + 3 * step))
    assert found.premium is not None and found.premium.value > 0
