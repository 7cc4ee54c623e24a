"""降价、一次报价、权重报价: the price that falls, the offers that are opened together, the score."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from ggzy.trading.auctions import events, rules
from ggzy.trading.auctions.formats import descending, weighted
from ggzy.trading.auctions.values import (
    POINT,
    Accepted,
    Amount,
    Ceiling,
    Measure,
    Opened,
    Outcome,
    PriorityMode,
    PriorityTerms,
    RoomPhase,
    TieRule,
    Ties,
)
from tests.rules.auctions.auction_setting import (
    END,
    FALLING,
    SEALED,
    START,
    WEIGHTED,
    Hall,
    codes,
    running,
    yuan,
)

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
MICROSECOND = timedelta(microseconds=1)


def falling() -> Hall:
    return running(terms=FALLING, code="descending")


@pytest.mark.parametrize(
    "after, price",
    [
        (timedelta(), 2_590_000),
        (MINUTE - MICROSECOND, 2_590_000),
        (MINUTE, 2_580_000),
        (3 * MINUTE, 2_560_000),
        (9 * MINUTE, 2_560_000),
    ],
)
def test_the_price_falls_at_each_interval_and_not_below_the_floor(after, price):
    assert descending.price_at(falling().room, START + after) == yuan(price)


def test_the_first_to_take_the_price_wins_and_pays_the_price_of_that_moment():
    hall = falling()
    assert hall.offer(1001, 2_570_000, START + MINUTE).codes == ("step",)
    outcome = hall.offer(1002, 2_590_000, START + MINUTE)  # pressed at the price before the last fall
    assert [type(fact) for fact in outcome.facts] == [events.OfferMade, events.AuctionClosed]
    assert (hall.room.leader.paddle, hall.room.price) == (1002, yuan(2_580_000))
    assert hall.offer(1003, 2_580_000, START + MINUTE).codes == ("ended",)


@pytest.mark.parametrize(
    "hall, change, reason",
    [
        (lambda: Hall(terms=FALLING, code="descending"), {"at": START - SECOND}, "not_started"),
        (falling, {"at": START + 4 * MINUTE}, "ended"),
        (falling, {"paddle": 9}, "no_paddle"),
        (falling, {"amount": Amount(Measure.AREA, 5)}, "measure"),
        (falling, {"amount": Amount(Measure.MONEY, 10**16)}, "enormous"),
        (falling, {"amount": yuan(2_560_000)}, "step"),
    ],
)
def test_a_press_on_a_falling_price_is_refused(hall, change, reason):
    given = {"paddle": 1001, "amount": yuan(2_590_000), "at": START + SECOND} | change
    assert hall().offer(**given).codes == (reason,)


def test_the_price_stands_still_while_the_room_is_paused():
    hall = falling()
    hall.take(rules.pause(hall.room, "系统维护", START + MINUTE + 30 * SECOND))
    hall.take(rules.resume(hall.room, START + 10 * MINUTE))
    assert descending.price_at(hall.room, START + 10 * MINUTE + 29 * SECOND) == yuan(2_580_000)
    assert descending.price_at(hall.room, START + 10 * MINUTE + 30 * SECOND) == yuan(2_570_000)
    assert hall.room.end == START + 12 * MINUTE + 30 * SECOND


def test_two_pauses_add_up():
    hall = falling()
    for begins in (MINUTE, 3 * MINUTE):
        hall.take(rules.pause(hall.room, "系统维护", START + begins))
        hall.take(rules.resume(hall.room, START + begins + MINUTE))
    assert descending.price_at(hall.room, START + 4 * MINUTE) == yuan(2_570_000)


def test_nobody_takes_the_lowest_price_and_the_room_is_over():
    hall = falling()
    hall.close(START + 4 * MINUTE)
    assert hall.room.outcome is Outcome.NO_OFFER


def sealed(terms=SEALED, paddles=(1001, 1002, 1003), **change) -> Hall:
    """Three sealed offers, in the order of the paddles, and the time is over."""
    hall = running(terms=terms, code="sealed_offer", **change)
    for number, paddle in enumerate(paddles):
        assert isinstance(hall.seal(paddle, START + number * SECOND), Accepted)
    hall.close(END)
    return hall


def opened(hall: Hall, *prices: int, paddles=(1001, 1002, 1003)) -> Accepted:
    told = [Opened(paddle, yuan(price)) for paddle, price in zip(paddles, prices, strict=True)]
    return hall.take(rules.unseal(hall.room, told, END + MINUTE))


def test_the_highest_sealed_offer_wins():
    hall = sealed()
    assert hall.room.phase is RoomPhase.UNSEALING
    opened(hall, 2_600_000, 2_700_000, 2_650_000)
    assert (hall.room.outcome, hall.room.leader.paddle) == (Outcome.LED, 1002)
    assert hall.room.price == yuan(2_700_000)


def test_nothing_of_a_sealed_offer_is_told_but_its_digest():
    told = [fact for fact in sealed().facts if isinstance(fact, events.OfferSealed)]
    assert [fact.order for fact in told] == [1, 2, 3]
    assert all(not hasattr(fact, "amount") for fact in told)


@pytest.mark.parametrize(
    "offer, reason",
    [
        (lambda hall: hall.seal(1001, START + MINUTE), "offered"),
        (lambda hall: hall.seal(9, START + MINUTE), "no_paddle"),
        (lambda hall: hall.offer(1002, 2_600_000, START + MINUTE), "not_sealed"),
        (lambda hall: hall.seal(1002, END), "phase"),
        (lambda hall: hall.join(1002, START + MINUTE), "kind"),
    ],
)
def test_a_sealed_offer_is_refused(offer, reason):
    hall = running(terms=SEALED, code="sealed_offer")
    hall.seal(1001, START)
    hall.seal(1003, START)
    assert offer(hall).codes[0] == reason


def test_too_few_sealed_offers_are_never_opened():
    hall = running(terms=SEALED, code="sealed_offer")
    hall.seal(1001, START)
    hall.close(END)
    assert hall.room.outcome is Outcome.TOO_FEW


CAPPED = replace(SEALED, ceiling=Ceiling(amount=yuan(3_000_000)))


@pytest.mark.parametrize(
    "amount, reason",
    [
        (None, "unreadable"),
        (Amount(Measure.AREA, 5), "unreadable"),
        (yuan(2_580_000), "start"),
        (yuan(3_010_000), "ceiling"),
        (yuan(2_595_000), "ladder"),
    ],
)
def test_an_offer_that_does_not_count_is_told_with_its_reason(amount, reason):
    hall = sealed(terms=CAPPED)
    told = [Opened(1001, amount), Opened(1002, yuan(2_600_000)), Opened(1003, yuan(2_590_000))]
    outcome = hall.take(rules.unseal(hall.room, told, END))
    assert outcome.facts[0].reasons == (reason,)
    assert hall.room.leader.paddle == 1002


def test_where_no_sealed_offer_counts_there_is_no_result():
    hall = sealed()
    hall.take(rules.unseal(hall.room, [Opened(paddle, None) for paddle in (1001, 1002, 1003)], END))
    assert hall.room.outcome is Outcome.NO_OFFER


@pytest.mark.parametrize(
    "paddles, reason",
    [((1001, 1002), "missing"), ((1001, 1002, 1003, 1009), "strange")],
)
def test_all_that_was_received_is_opened_and_nothing_else(paddles, reason):
    told = [Opened(paddle, yuan(2_600_000)) for paddle in paddles]
    assert codes(rules.unseal(sealed().room, told, END)) == [reason]


def test_sealed_offers_are_not_opened_before_the_end_or_twice():
    hall = running(terms=SEALED, code="sealed_offer")
    assert codes(rules.unseal(hall.room, [], START)) == ["phase"]
    hall = sealed()
    opened(hall, 2_600_000, 2_700_000, 2_650_000)
    assert codes(rules.unseal(hall.room, [], END + MINUTE))[0] == "phase"


def test_of_equal_sealed_offers_the_earlier_wins_where_the_notice_says_so():
    hall = sealed(paddles=(1003, 1001, 1002))
    opened(hall, 2_700_000, 2_700_000, 2_650_000)
    assert hall.room.leader.paddle == 1001


AGAIN = replace(SEALED, ties=Ties(rule=TieRule.AGAIN, rounds_max=1, round_s=600))


def tied() -> Hall:
    hall = sealed(terms=AGAIN)
    opened(hall, 2_700_000, 2_600_000, 2_700_000)
    return hall


def test_those_who_tied_offer_again_and_higher():
    hall = tied()
    assert (hall.room.phase, hall.room.turn) == (RoomPhase.TIMED, 2)
    at = END + 2 * MINUTE
    assert hall.seal(1002, at).codes == ("not_in_contest",)
    hall.seal(1003, at)
    hall.seal(1001, at)
    hall.close(hall.room.end)
    told = [Opened(1001, yuan(2_700_000)), Opened(1003, yuan(2_710_000))]
    outcome = hall.take(rules.unseal(hall.room, told, hall.room.at))
    assert [fact.reasons for fact in outcome.facts[:2]] == [(), ("step",)]
    assert (hall.room.leader.paddle, hall.room.price) == (1003, yuan(2_710_000))


SALTS = {number: number.to_bytes(32) for number in (1001, 1002, 1003)}


def test_a_tie_that_stays_is_drawn():
    hall = tied()
    for paddle in (1001, 1003):
        hall.seal(paddle, END + 2 * MINUTE)
    hall.close(hall.room.end)
    told = [Opened(1001, yuan(2_710_000)), Opened(1003, yuan(2_710_000))]
    hall.take(rules.unseal(hall.room, told, hall.room.at))
    assert (hall.room.phase, hall.room.entrants) == (RoomPhase.DRAWING, (1001, 1003))
    hall.take(rules.draw_lots(hall.room, bytes(32), SALTS, hall.room.at))
    assert hall.room.leader.paddle in (1001, 1003)
    assert hall.room.price == yuan(2_710_000)


def test_a_tie_nobody_offers_on_is_drawn_among_those_who_tied():
    hall = tied()
    hall.close(hall.room.end)
    assert (hall.room.phase, hall.room.entrants) == (RoomPhase.DRAWING, (1001, 1003))


def test_a_holder_of_priority_may_waive_the_price_that_the_opening_found():
    terms = replace(SEALED, priority=PriorityTerms(mode=PriorityMode.AFTER, asking_s=300))
    hall = sealed(terms=terms, priority={1003: 1})
    opened(hall, 2_700_000, 2_600_000, 2_650_000)
    assert isinstance(hall.waive(1003, hall.room.at), Accepted)
    assert hall.offer(1003, 2_700_000, hall.room.at).codes == ("priority",)
    hall.close(hall.room.end)
    assert hall.room.leader.paddle == 1001


def test_a_holder_of_priority_may_take_the_price_that_the_opening_found():
    terms = replace(SEALED, priority=PriorityTerms(mode=PriorityMode.AFTER, asking_s=300))
    hall = sealed(terms=terms, priority={1003: 1})
    opened(hall, 2_700_000, 2_600_000, 2_650_000)
    assert hall.room.phase is RoomPhase.PRIORITY
    assert hall.offer(1002, 2_700_000, hall.room.at).codes == ("priority",)
    assert isinstance(hall.offer(1003, 2_700_000, hall.room.at), Accepted)
    hall.close(hall.room.end)
    assert hall.room.leader.paddle == 1003


def weigh(price: int, days: int, staff: str) -> Amount:
    return weighted.points(WEIGHTED, yuan(price), (Decimal(days), Decimal(staff)))


@pytest.mark.parametrize(
    "price, days, staff, points",
    [
        (2_590_000, 90, "0", "0"),
        (5_180_000, 0, "100", "100"),
        (9_000_000, 0, "100", "100"),
        (3_885_000, 45, "50", "50"),
        (2_590_000, 30, "0", "13.333333"),
        (2_590_000, 60, "0", "6.666667"),
        (2_590_000, 120, "33.3", "3.33"),
    ],
)
def test_each_item_earns_its_share_of_its_weight(price, days, staff, points):
    assert weigh(price, days, staff) == Amount.of(Measure.POINTS, Decimal(points))


def scored() -> Hall:
    hall = running(terms=WEIGHTED, code="weighted")
    hall.offer(1001, 3_885_000, START, items=(Decimal(45), Decimal(50)))
    return hall


def test_the_highest_score_leads_and_a_lower_price_may_win():
    hall = scored()
    assert hall.room.leader.score == Amount(Measure.POINTS, 50 * POINT)
    outcome = hall.offer(1002, 3_800_000, START, items=(Decimal(0), Decimal(100)))
    assert isinstance(outcome, Accepted)
    assert hall.room.leader.paddle == 1002
    assert (hall.room.price, hall.room.leader.items) == (yuan(3_800_000), (Decimal(0), Decimal(100)))


@pytest.mark.parametrize(
    "amount, items, reason",
    [
        (yuan(3_900_000), (), ["measure"]),
        (yuan(3_900_000), (Decimal(1), Decimal("NaN")), ["measure"]),
        (Amount(Measure.AREA, 5), (Decimal(1), Decimal(1)), ["measure"]),
        (yuan(3_885_001), (Decimal(45), Decimal(50)), ["step"]),
        (yuan(2_580_000), (Decimal(0), Decimal(100)), ["step", "price"]),
    ],
)
def test_a_weighted_offer_is_refused(amount, items, reason):
    assert list(scored().offer(1002, amount, START, items=items).codes) == reason


def test_a_weighted_room_replays_and_stands_the_audit():
    hall = scored()
    hall.offer(1002, 3_885_001, START, items=(Decimal(45), Decimal(50)))
    hall.offer(1002, 4_885_000, START, items=(Decimal(45), Decimal(50)))
    hall.close(END)
    assert rules.replay(hall.facts) == hall.room
    assert rules.audit(hall.format, hall.facts) == ()
