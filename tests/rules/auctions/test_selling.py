"""成交、确认、违约与再次交易: one row per reason."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from ggzy.kernel.instants import end_of_day, local_date
from ggzy.kernel.money import Money, Rate
from ggzy.trading.auctions import rules
from ggzy.trading.auctions.values import (
    AuctionState,
    Bar,
    Consent,
    Reserve,
    Room,
    Settlement,
    Side,
)
from tests.rules.auctions.auction_setting import (
    ANNOUNCED,
    CALENDAR,
    DOWN,
    DRAFTED,
    END,
    LOT,
    NOTICE,
    START,
    TERMS,
    Hall,
    by,
    codes,
    moment,
    running,
    yuan,
)

SALT = "9f2c"
COMMITTED = replace(TERMS, reserve=rules.reserve_commitment(yuan(2_600_000), SALT))
RESERVE = Reserve(yuan(2_600_000), SALT)
OVER = replace(ANNOUNCED, state=AuctionState.CLOSED, closed_at=END)
SOLD = replace(ANNOUNCED, state=AuctionState.SOLD)
FAILED = replace(ANNOUNCED, state=AuctionState.FAILED)


def over(price: int | None = 2_600_000, **change) -> Room:
    """A room that is over, led by 1001 at this price."""
    hall = running(**change)
    if price:
        hall.offer(1001, price, START)
    hall.close(END)
    return hall.room


def settled(room: Room, lot=LOT, terms=NOTICE, **more) -> Settlement:
    return rules.settle(lot.rulebook, replace(terms, format=room.terms), room, **more)


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"room": running().room}, "not_closed"),
        ({"auction": SOLD}, "settled"),
        ({"room": over(terms=COMMITTED), "reserve": None}, "reserve_missing"),
        ({"room": over(terms=COMMITTED), "reserve": replace(RESERVE, salt="0000")}, "reserve_differs"),
        (
            {"room": over(terms=COMMITTED), "reserve": replace(RESERVE, amount=yuan(2_590_000))},
            "reserve_differs",
        ),
        ({"reserve": RESERVE}, "reserve_strange"),
    ],
)
def test_a_result_is_not_settled(change, reason):
    given = {"auction": OVER, "room": over(), "reserve": None} | change
    assert codes(rules.may_settle(**given)) == [reason]


def test_a_sale_says_its_price_and_its_premium():
    assert rules.may_settle(OVER, over(), None).ok
    found = settled(over(2_840_000))
    assert found == Settlement(True, price=Money.yuan(2_840_000), premium=Rate("0.096525"))


def test_the_reserve_decides_and_only_one_that_was_met_is_told():
    assert rules.may_settle(OVER, over(terms=COMMITTED), RESERVE).ok
    met = settled(over(2_600_000, terms=COMMITTED), reserve=RESERVE)
    assert met.is_sold and met.is_reserve_public
    unmet = settled(over(2_590_000, terms=COMMITTED), reserve=RESERVE)
    assert (unmet.is_sold, unmet.cause, unmet.is_reserve_public) == (False, "reserve_unmet", False)
    assert "2,600,000" not in unmet.reason


def test_the_reserve_of_a_purchase_is_met_from_above():
    down = replace(DOWN, reserve=COMMITTED.reserve)
    assert settled(over(2_590_000, terms=down, code="reverse"), reserve=RESERVE).is_sold
    high = Reserve(yuan(2_580_000), SALT)
    assert settled(over(2_590_000, terms=down, code="reverse"), reserve=high).cause == "reserve_unmet"


def barred() -> Room:
    hall = running()
    hall.offer(1001, 2_600_000, START)
    hall.take(rules.bar(hall.room, 1001, Bar.INSIDER, "出让方高管控股", START))
    hall.close(END)
    return hall.room


def too_few() -> Room:
    hall = Hall(paddles=(1001,))
    hall.close(START)
    return hall.room


@pytest.mark.parametrize(
    "room, cause", [(too_few, "too_few"), (lambda: over(None), "no_offer"), (barred, "winner_barred")]
)
def test_a_room_without_a_sale_says_why(room, cause):
    found = settled(room())
    assert (found.is_sold, found.cause) == (False, cause)
    assert found.reason


def test_an_office_does_not_sell_below_nine_tenths_of_the_appraisal_without_consent():
    lot, terms = by("public_asset"), replace(NOTICE, appraisal=Money.yuan(3_000_000))
    assert settled(over(2_690_000), lot, terms).cause == "consent_missing"
    assert settled(over(2_700_000), lot, terms).is_sold
    consent = Consent(authority="江州市财政局", document="sha256:" + "7" * 64, on=date(2026, 6, 22))
    assert settled(over(2_690_000), lot, terms, consent=consent).is_sold


def test_a_unit_price_is_multiplied_out():
    terms = replace(NOTICE.format, start=yuan(120_000), per="亩", quantity=Decimal("7.9935"))
    assert terms.total(yuan(124_000)) == Money.yuan(991_194)


def test_the_days_after_a_sale_of_land():
    """Closed on Monday 22 June 2026; refunds in five working days, the rest in ten."""
    found = {due.code: due.by for due in rules.dues(LOT.rulebook, CALENDAR, END)}
    assert found == {
        "result": date(2026, 7, 6),
        "contract": date(2026, 7, 6),
        "refund": date(2026, 6, 29),
    }
    assert all(due.article and due.name for due in rules.dues(LOT.rulebook, CALENDAR, END))


def test_the_days_after_a_sale_of_mining_rights():
    rulebook = by("mining").rulebook
    found = {due.code: due.by for due in rules.dues(rulebook, CALENDAR, END)}
    assert found == {
        "confirm": date(2026, 6, 25),
        "publicity_start": date(2026, 6, 29),
        "refund": date(2026, 6, 29),
    }
    assert rules.publicity_until(rulebook, CALENDAR, END) == end_of_day(date(2026, 7, 6))
    assert rules.publicity_until(LOT.rulebook, CALENDAR, END) is None


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"auction": OVER}, "not_sold"),
        ({"auction": replace(SOLD, signed=("owner",))}, "signed"),
        ({"digest": "sha256:" + "8" * 64}, "differs"),
    ],
)
def test_a_confirmation_is_not_signed(change, reason):
    text = "sha256:" + "9" * 64
    given = {"auction": SOLD, "side": Side.OWNER, "digest": text, "expected": text} | change
    assert codes(rules.may_sign(**given)) == [reason]


def test_a_sale_is_confirmed_when_both_sides_have_signed():
    assert not rules.is_confirmed(replace(SOLD, signed=("owner",)))
    assert rules.is_confirmed(replace(SOLD, signed=("winner", "owner")))


DUE = END + timedelta(days=10)


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"auction": OVER}, "not_sold"),
        ({"auction": replace(SOLD, state=AuctionState.CONFIRMED)}, "confirmed"),
        ({"at": DUE - timedelta(seconds=1)}, "not_due"),
        ({"due": None}, "not_due"),
        ({"reason": " "}, "no_reason"),
    ],
)
def test_a_default_is_not_declared(change, reason):
    given = {
        "auction": SOLD, "breach": rules.Breach.CONFIRMATION, "reason": "逾期未签", "due": DUE, "at": DUE,
    } | change  # fmt: skip
    assert reason in codes(rules.may_declare_default(**given))


def test_a_default_is_declared_when_the_day_has_gone_by_or_the_winner_refuses():
    confirmed = replace(SOLD, state=AuctionState.CONFIRMED)
    declare = rules.may_declare_default
    assert declare(SOLD, rules.Breach.CONFIRMATION, "逾期未签", DUE, DUE).ok
    assert declare(SOLD, rules.Breach.CONFIRMATION, "书面放弃", DUE, END, refused=True).ok
    assert declare(confirmed, rules.Breach.PAYMENT, "未付首期款", DUE, DUE, is_contracted=True).ok
    assert codes(declare(confirmed, rules.Breach.PAYMENT, "未付首期款", DUE, DUE)) == ["not_contracted"]
    assert codes(declare(confirmed, rules.Breach.CONTRACT, "未签", DUE, DUE, is_contracted=True)) == [
        "contracted"
    ]
    assert declare(confirmed, rules.Breach.FALSEHOOD, "提供虚假财务报表", None, END).ok
    assert all(breach.label and "§" in breach.article for breach in rules.Breach)


EQUITY = by("soe_equity").rulebook
APPRAISED = Money.yuan(3_000_000)
CONSENT = Consent(authority="江州市国资委", document="sha256:" + "7" * 64, on=date(2026, 7, 1))
LATER = moment("2026-07-20T09:00")


def relist(**change):
    given = {
        "rulebook": EQUITY, "auction": FAILED, "start": Money.yuan(2_700_000), "appraisal": APPRAISED,
        "consent": None, "at": LATER,
    } | change  # fmt: skip
    return rules.may_relist(**given)


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"auction": SOLD}, "not_failed"),
        ({"start": Money.zero, "appraisal": None}, "start"),
        ({"at": moment("2027-06-02T09:00")}, "expired"),
        ({"start": Money.yuan("2699999.99")}, "consent_missing"),
        ({"start": Money.yuan(2_000_000), "consent": replace(CONSENT, authority=" ")}, "consent_incomplete"),
        ({"start": Money.yuan(2_000_000), "consent": replace(CONSENT, on=date(2026, 7, 21))}, "consent_incomplete"),
        ({"rulebook": by("judicial_sale").rulebook, "start": Money.yuan(2_071_999)}, "cut"),
    ],
)  # fmt: skip
def test_a_lot_is_not_listed_again(change, reason):
    assert codes(relist(**change)) == [reason]


def test_a_lot_is_listed_again_at_nine_tenths_or_lower_with_consent():
    assert relist().ok
    assert relist(start=Money.yuan(2_000_000), consent=CONSENT).ok
    assert relist(at=moment("2027-06-01T09:00")).ok
    assert relist(at=moment("2027-06-02T09:00"), has_new_appraisal=True).ok
    assert relist(rulebook=by("judicial_sale").rulebook, start=Money.yuan(2_072_000)).ok


def test_the_refused_cut_names_the_lowest_price():
    (reason,) = relist(rulebook=by("judicial_sale").rulebook, start=Money.yuan(1)).reasons
    assert reason.text == "再次交易的起始价较上一轮下降超过 20%"
    assert reason.remedy == "不得低于 2,072,000.00元"


def test_a_year_ends_on_the_last_day_of_a_shorter_month():
    leap = replace(FAILED, first_announced_on=date(2024, 2, 29))
    assert codes(relist(auction=leap, at=moment("2025-03-01T09:00"))) == ["expired"]
    assert relist(auction=leap, at=moment("2025-02-28T09:00")).ok


def extend(**change):
    given = {
        "rulebook": EQUITY, "auction": ANNOUNCED, "apply_until": moment("2026-07-07T17:00"),
        "calendar": CALENDAR, "at": moment("2026-06-30T17:00"),
    } | change  # fmt: skip
    return rules.may_extend_disclosure(**given)


@pytest.mark.parametrize(
    "change, reason",
    [
        ({"auction": DRAFTED, "apply_until": moment("2026-07-20T17:00")}, "not_announced"),
        ({"rulebook": LOT.rulebook}, "no_extension"),
        ({"auction": replace(ANNOUNCED, admitted=1)}, "has_bidders"),
        ({"apply_until": moment("2026-07-06T17:00")}, "extension_too_short"),
    ],
)
def test_a_disclosure_is_not_extended(change, reason):
    assert codes(extend(**change)) == [reason]


def test_a_disclosure_to_which_nobody_came_is_extended_by_five_working_days():
    assert extend().ok
    assert local_date(NOTICE.apply_until) == date(2026, 6, 30)
