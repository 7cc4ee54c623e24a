"""报价的规则: one row per reason, in the order of the reasons; and what may be refused together."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from ggzy.kernel.events import body, restore
from ggzy.trading.auctions import events, rules
from ggzy.trading.auctions.values import (
    UNITS_MAX,
    Accepted,
    Amount,
    Bar,
    Ceiling,
    Entry,
    Measure,
    Offer,
    OfferKind,
    Outcome,
    Refusal,
    Room,
    RoomPhase,
    Rung,
    Steps,
)
from tests.rules.auctions.auction_setting import CODE, END, LISTING, NOW, START, TERMS, Hall, running, yuan

AT = START + timedelta(minutes=5)
MICROSECOND = timedelta(microseconds=1)
PRICE = yuan(2_600_000)
ENORMOUS = TERMS.start.units + UNITS_MAX // TERMS.steps.step * TERMS.steps.step


def led(**change) -> Hall:
    """A running room in which paddle 1002 leads at the start price."""
    hall = running(**change)
    hall.offer(1002, 2_590_000, START, press="press-leader")
    return hall


def refused(hall: Hall, at=AT, **change: Any) -> tuple[str, ...]:
    given: dict[str, Any] = {"paddle": 1001, "press": "press-mine", "amount": PRICE} | change
    outcome = hall.do(Offer(**given), at)
    assert isinstance(outcome, Refusal)
    assert all(reason.text for reason in outcome.reasons)
    return outcome.codes


def test_an_offer_a_step_above_the_leader_is_accepted():
    hall = led()
    outcome = hall.offer(1001, PRICE, AT)
    assert isinstance(outcome, Accepted)
    (made,) = outcome.facts
    assert (made.seq, made.paddle, made.amount, made.at) == (2, 1001, PRICE, AT)
    assert hall.room.leader.paddle == 1001 and hall.room.price == PRICE


def barred(bar: Bar) -> Hall:
    hall = led()
    hall.take(rules.bar(hall.room, 1001, bar, "有关部门来函", AT))
    return hall


def paused() -> Hall:
    hall = led()
    hall.take(rules.pause(hall.room, "系统维护", AT))
    return hall


def capped() -> Hall:
    hall = running(terms=replace(LISTING, ceiling=Ceiling(amount=yuan(3_000_000))), code="listing")
    hall.offer(1002, 3_000_000, START)
    return hall


def only_those_who_offered() -> Hall:
    hall = running(terms=replace(LISTING, entry=Entry.OFFERED), code="listing")
    hall.offer(1002, 2_590_000, START)
    hall.close(LISTING.timing.ends_at)
    return hall


def asking() -> Hall:
    timing = replace(LISTING.timing, asking_s=300)
    hall = running(terms=replace(LISTING, entry=Entry.JOINED, timing=timing), code="listing")
    hall.offer(1002, 2_590_000, START)
    hall.close(timing.ends_at)
    return hall


def with_steps(**change) -> Hall:
    return led(terms=replace(TERMS, steps=replace(TERMS.steps, **change)))


@pytest.mark.parametrize(
    "hall, change, reason",
    [
        (Hall, {"at": START - MICROSECOND}, "not_started"),
        (led, {"at": END}, "ended"),
        (led, {"at": END + MICROSECOND}, "ended"),
        (paused, {}, "paused"),
        (led, {"press": "press-leader"}, "repeated"),
        (led, {"paddle": 7777}, "no_paddle"),
        (lambda: barred(Bar.UNQUALIFIED), {}, "unqualified"),
        (lambda: barred(Bar.DEPOSIT), {}, "deposit"),
        (lambda: barred(Bar.BANNED), {}, "banned"),
        (lambda: barred(Bar.INSIDER), {}, "insider"),
        (lambda: barred(Bar.FROZEN), {}, "frozen"),
        (asking, {"at": LISTING.timing.ends_at + MICROSECOND}, "phase"),
        (only_those_who_offered, {"at": LISTING.timing.ends_at + MICROSECOND}, "not_in_contest"),
        (capped, {"amount": yuan(3_000_000)}, "ceiling_reached"),
        (led, {"amount": None}, "measure"),
        (led, {"amount": Amount(Measure.AREA, 10)}, "measure"),
        (led, {"amount": Amount(Measure.MONEY, ENORMOUS)}, "enormous"),
        (led, {"paddle": 1002}, "leading"),
        (running, {"amount": yuan(2_580_000)}, "start"),
        (led, {"amount": yuan(2_590_000)}, "step"),
        (
            lambda: led(terms=replace(TERMS, ceiling=Ceiling(amount=yuan(3_000_000)))),
            {"amount": yuan(3_010_000)},
            "ceiling",
        ),
        (led, {"amount": yuan(2_605_000)}, "ladder"),
        (lambda: with_steps(leap_max=5), {"amount": yuan(2_650_000)}, "leap"),
    ],
)
def test_an_offer_is_refused(hall, change, reason):
    assert refused(hall(), **change) == (reason,)


def test_a_negative_amount_is_refused_for_what_it_is_and_for_being_too_little():
    assert refused(led(), amount=Amount(Measure.MONEY, -100)) == ("not_positive", "step")


def test_every_reason_is_given_at_once():
    hall = led()
    hall.take(rules.bar(hall.room, 1001, Bar.FROZEN, "保证金冲正", AT))
    hall.take(rules.pause(hall.room, "系统维护", AT))
    assert refused(hall, press="press-leader", amount=yuan(2_595_000)) == (
        "paused", "repeated", "frozen", "step", "ladder",
    )  # fmt: skip


def test_a_late_offer_says_when_it_came_and_when_the_end_was():
    hall = led()
    outcome = hall.do(Offer(1001, "press-mine", PRICE), END + MICROSECOND)
    (reason,) = outcome.reasons
    assert reason.text == (
        "竞价已于 2026年6月22日 10:00:00 结束，您的操作于 2026年6月22日 10:00:00.000001 到达"
    )
    assert [type(fact) for fact in outcome.facts] == [events.AuctionClosed]
    assert hall.room.outcome is Outcome.LED and hall.room.leader.paddle == 1002


def test_too_little_is_answered_with_the_least_that_counts():
    outcome = led().do(Offer(1001, "press-mine", yuan(2_595_000)), AT)
    assert [str(reason) for reason in outcome.reasons] == [
        "与当前报价相差不足一个幅度（10,000.00 元）。报价应不低于 2,600,000.00 元",
        "报价不是增减幅度的整数倍。最近的有效数额为 2,590,000.00 元 和 2,600,000.00 元",
    ]


def test_the_first_offer_may_be_the_start_price_and_the_last_step_may_be_short():
    hall = running(terms=replace(TERMS, ceiling=Ceiling(amount=yuan(2_604_000))))
    assert isinstance(hall.offer(1001, 2_590_000, AT), Accepted)
    assert isinstance(hall.offer(1002, 2_600_000, AT), Accepted)
    assert hall.offer(1001, 2_610_000, AT).codes == ("ceiling",)
    assert isinstance(hall.offer(1001, 2_604_000, AT), Accepted)


def test_steps_change_as_the_price_moves_on():
    steps = Steps(step=10_000_00, ladder=(Rung(beyond=20_000_00, step=50_000_00),))
    hall = running(terms=replace(TERMS, steps=steps))
    hall.offer(1001, 2_610_000, AT)
    assert hall.offer(1002, 2_620_000, AT).codes == ("step", "ladder")
    assert isinstance(hall.offer(1002, 2_660_000, AT), Accepted)


def test_where_the_notice_does_not_ask_for_whole_steps_any_amount_from_a_step_on_counts():
    hall = with_steps(is_exact=False)
    assert isinstance(hall.offer(1001, Decimal("2612345.67"), AT), Accepted)


def test_a_leap_of_exactly_so_many_steps_is_allowed():
    assert isinstance(with_steps(leap_max=5).offer(1001, 2_640_000, AT), Accepted)


def test_a_leader_may_raise_its_own_offer_where_the_notice_says_so():
    assert isinstance(led(terms=replace(TERMS, may_raise_own=True)).offer(1002, 2_600_000, AT), Accepted)


@pytest.mark.parametrize(
    "hall, offer, reason",
    [
        (lambda: led(terms=replace(TERMS, has_proxies=False)), {"kind": OfferKind.PROXY}, "proxies"),
        (led, {"kind": OfferKind.PROXY, "amount": None}, "measure"),
        (led, {"kind": OfferKind.PROXY, "amount": yuan(2_590_000)}, "step"),
        (led, {"kind": OfferKind.PROXY, "amount": yuan(2_605_000)}, "ladder"),
        (led, {"kind": OfferKind.UNPROXY, "amount": None}, "no_proxy"),
        (led, {"kind": OfferKind.JOIN, "amount": None}, "phase"),
        (led, {"kind": OfferKind.SEALED, "amount": None}, "kind"),
    ],
)
def test_other_presses_are_refused(hall, offer, reason):
    assert refused(hall(), **offer) == (reason,)


def test_who_said_yes_need_not_say_it_twice():
    hall = asking()
    at = LISTING.timing.ends_at + timedelta(seconds=1)
    assert isinstance(hall.join(1001, at), Accepted)
    assert hall.join(1001, at).codes == ("joined",)


def test_a_press_is_remembered_whoever_leads_by_now():
    hall = led()
    hall.offer(1001, 2_600_000, AT, press="press-first")
    hall.offer(1003, 2_610_000, AT)
    assert refused(hall, press="press-first", amount=yuan(2_620_000)) == ("repeated",)


def test_an_accepted_offer_can_never_be_accepted_again_even_when_its_press_is_forgotten():
    hall = led()
    hall.offer(1001, 2_600_000, AT, press="press-first")
    for number in range(80):
        hall.offer((1002, 1003)[number % 2], 2_610_000 + 10_000 * number, AT)
    assert refused(hall, press="press-first") == ("step",)


def test_the_clock_is_brought_up_to_the_offer_before_it_is_judged():
    hall = Hall()
    outcome = hall.offer(1001, 2_590_000, AT)
    began, made = outcome.facts
    assert (began.phase, began.at) == (RoomPhase.TIMED, START)
    assert made.at == AT


def test_too_few_bidders_and_the_room_never_opens():
    hall = Hall(paddles=(1001, 1002))
    outcome = hall.offer(1001, 2_590_000, AT)
    assert outcome.codes == ("ended",)
    assert hall.room.outcome is Outcome.TOO_FEW


def test_nothing_is_due_before_its_time():
    hall = Hall()
    assert hall.close(NOW).codes == ("too_early",)
    hall.close(START)
    assert hall.close(END - MICROSECOND).codes == ("too_early",)
    hall.close(END)
    assert hall.close(END).codes == ("ended",)
    assert hall.room.outcome is Outcome.NO_OFFER


def test_a_room_goes_to_canonical_values_and_back():
    hall = led()
    hall.proxy(1001, 3_000_000, AT)
    hall.take(rules.pause(hall.room, "系统维护", AT))
    assert restore(Room, body(hall.room)) == hall.room


def test_every_fact_of_a_room_goes_to_canonical_values_and_back():
    hall = led()
    hall.proxy(1001, 3_000_000, AT)
    refused(hall)
    hall.close(END)
    assert all(restore(type(fact), body(fact)) == fact for fact in hall.facts)
    assert all(fact.lot == CODE for fact in hall.facts)
