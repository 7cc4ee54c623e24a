"""招标出让公告的规则: one row per reason; the law of the trade sets the periods and the shares."""

from dataclasses import replace
from datetime import date

import pytest

from ggzy.kernel.money import Money, Rate
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.projects.values import Payment
from ggzy.trading.tendering import queries, rules
from ggzy.trading.tendering.values import Price
from tests.rules.tendering.tender_setting import CALENDAR, DRAFT, LOT, NOW, REGION, TERMS, codes, moment

FLOOR = Price("amount", amount=Money.yuan(10_000_000), text="10,000,000.00 元")
PAYMENT = Payment(first=Rate("0.5"), first_days=30, all_days=60)


def lot(rulebook: str, **change):
    law = catalog.rulebook(rulebook, REGION, date(2026, 5, 20))
    return replace(LOT, nature="asset", category=rulebook, must_tender=False, rulebook=law, **change)


def judged(rulebook: str = "land", of_lot=(), **change) -> list[str]:
    usual = {"floor": FLOOR, "payment": PAYMENT, "ceiling": None, "deposit": Money.yuan(2_000_000)}
    terms = replace(TERMS, **{**usual, "deadline": moment("2026-07-01T09:30"), **change})
    open_tender = queries.method("open_tender")
    return codes(
        rules.may_announce(lot(rulebook, **dict(of_lot)), DRAFT, terms, open_tender, (), CALENDAR, NOW)
    )


def payment(first: str = "0.5", first_days: int = 30, all_days: int = 60) -> Payment:
    return Payment(first=Rate(first), first_days=first_days, all_days=all_days)


@pytest.mark.parametrize(
    "change, reasons",
    [
        ({}, []),
        ({"floor": None}, ["floor_missing"]),
        ({"floor": Price("amount", amount=Money(0), text="0")}, ["floor_missing"]),
        ({"ceiling": FLOOR}, ["ceiling_of_sale"]),
        ({"payment": None}, ["payment_missing"]),
        ({"of_lot": {"price_form": "rate"}}, ["price_form"]),
        ({"deposit": Money.yuan("1999999.99")}, ["deposit"]),
        ({"payment": payment("0.49")}, ["first_payment"]),
        ({"payment": payment(first_days=31)}, ["first_payment_days"]),
        ({"payment": payment(all_days=366)}, ["payment_days"]),
        ({"payment": payment(first_days=30, all_days=29)}, ["payment"]),
        ({"deadline": moment("2026-06-19T09:30")}, ["bidding_too_short"]),
        ({"deadline": moment("2026-06-27T09:30")}, ["deadline_on_day_off"]),
    ],
)
def test_land_by_tender(change, reasons):
    assert judged(**change) == reasons


@pytest.mark.parametrize("rulebook", ["mining_rights", "state_equity"])
def test_twenty_working_days_are_counted_as_such(rulebook):
    """From the first of June over the dragon-boat festival: the thirtieth is the twentieth working day."""
    few = {"deposit": Money.yuan(1_000_000)}
    assert judged(rulebook, deadline=moment("2026-06-29T09:30"), **few) == ["bidding_too_short"]
    assert judged(rulebook, deadline=moment("2026-06-30T09:30"), **few) == []


def test_the_deposit_for_state_equity_has_a_cap():
    assert judged("state_equity", deposit=Money.yuan("3000000.01")) == ["deposit"]


def test_a_purchase_has_no_floor():
    terms = replace(TERMS, floor=FLOOR)
    found = rules.may_announce(LOT, DRAFT, terms, queries.method("open_tender"), (), CALENDAR, NOW)
    assert codes(found) == ["no_sale"]
