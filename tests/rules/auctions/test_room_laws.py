"""Laws of a room as properties: whatever is pressed, in whatever order and whenever."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from ggzy.trading.auctions import events, rules
from ggzy.trading.auctions.values import (
    Accepted,
    Amount,
    AtCeiling,
    Ceiling,
    Direction,
    Measure,
    Offer,
    OfferKind,
    RoomPhase,
    Rung,
    Scale,
    SecondContest,
    Steps,
)
from tests.rules.auctions.auction_setting import DOWN, LISTING, START, TERMS, Hall, yuan

STEP = TERMS.steps.step
PADDLES = (1001, 1002, 1003, 1004)
LENGTH = timedelta(seconds=TERMS.timing.length_s)


@st.composite
def presses(draw, span_s=4500):
    """Presses in order of time, around the start and well past the first end."""
    moments = sorted(draw(st.lists(st.integers(-60, span_s), max_size=25)))
    return [
        (
            draw(st.sampled_from((1001, 1002, 1003, 1004, 7777))),
            draw(st.integers(-2, 60)) * STEP + draw(st.sampled_from((0, 0, 0, 1, STEP // 2))),
            draw(st.sampled_from((OfferKind.PRICE, OfferKind.PRICE, OfferKind.PROXY, OfferKind.JOIN))),
            START + timedelta(seconds=seconds),
        )
        for seconds in moments
    ]


def play(told, terms=TERMS, code="ascending") -> Hall:
    hall = Hall(terms=terms, code=code, paddles=PADDLES)
    for number, (paddle, units, kind, at) in enumerate(told):
        amount = Amount(Measure.MONEY, terms.start.units + terms.direction.sign * units)
        hall.do(Offer(paddle, f"press-{number:04d}", amount, kind), at)
    return hall


def made(hall: Hall) -> list[events.OfferMade]:
    return [fact for fact in hall.facts if isinstance(fact, events.OfferMade)]


@given(presses())
def test_accepted_offers_rise_by_a_step_at_least_and_are_numbered_without_a_gap(told):
    offers = made(play(told))
    prices = [offer.amount.units for offer in offers]
    assert all(after - before >= STEP for before, after in pairwise(prices))
    assert [offer.seq for offer in offers] == list(range(1, len(offers) + 1))
    assert all(price >= TERMS.start.units for price in prices)


@given(presses())
def test_nothing_is_accepted_before_the_start_or_from_the_end_on(told):
    hall = play(told)
    end = TERMS.timing.ends_at
    for fact in hall.facts:
        if isinstance(fact, events.AuctionExtended):
            assert fact.before == end
            end = fact.after
        if isinstance(fact, events.OfferMade):
            assert START <= fact.at < end


@given(presses())
def test_extensions_are_exact(told):
    """The end moves to a length after the offer if that offer fell in the window, and else not at all."""
    hall = play(told)
    end, extended = TERMS.timing.ends_at, 0
    for offer in made(hall):
        if end - offer.at <= LENGTH and offer.at + LENGTH > end:
            end, extended = offer.at + LENGTH, extended + 1
    assert hall.room.extensions == extended
    closed = [fact for fact in hall.facts if isinstance(fact, events.AuctionClosed)]
    assert all(fact.at == end for fact in closed)


@given(presses())
def test_the_facts_replay_to_the_room_that_was(told):
    hall = play(told)
    assert rules.replay(hall.facts) == hall.room


@given(presses())
@settings(max_examples=60)
def test_an_audit_of_what_happened_finds_nothing(told):
    hall = play(told)
    assert rules.audit(hall.format, hall.facts) == ()


@given(presses())
def test_the_reverse_contest_is_the_mirror_of_the_ascending_one(told):
    up, down = play(told), play(told, DOWN, "reverse")
    mirror = {fact.seq: 2 * TERMS.start.units - fact.amount.units for fact in made(up)}
    assert {fact.seq: fact.amount.units for fact in made(down)} == mirror
    assert [fact.paddle for fact in made(up)] == [fact.paddle for fact in made(down)]
    assert (up.room.end, up.room.phase) == (down.room.end, down.room.phase)


@given(presses(), st.data())
def test_looking_at_the_clock_between_the_presses_changes_nothing(told, data):
    """A tick that comes early, late or often: the clock's facts bear the moment that was due."""
    quiet, ticked = play(told), Hall(paddles=PADDLES)
    for number, (paddle, units, kind, at) in enumerate(told):
        if data.draw(st.booleans()):
            ticked.close(at)
        amount = Amount(Measure.MONEY, TERMS.start.units + units)
        ticked.do(Offer(paddle, f"press-{number:04d}", amount, kind), at)
    assert ticked.facts == quiet.facts


@given(presses())
def test_two_offers_never_stand_at_one_place(told):
    offers = made(play(told))
    assert len({offer.amount for offer in offers}) == len(offers)
    assert all(before.at <= after.at for before, after in pairwise(offers))


@given(presses(), st.integers(0, 3600), st.integers(1, 7200))
@settings(max_examples=60)
def test_a_pause_shifts_what_follows_and_changes_nothing_else(told, since_s, length_s):
    since, length = START + timedelta(seconds=since_s), timedelta(seconds=length_s)
    before = [press for press in told if press[3] <= since]
    after = [press for press in told if press[3] > since]
    plain, paused = play(before), play(before)
    if plain.room.phase is not RoomPhase.TIMED or plain.room.end <= since:
        return
    paused.take(rules.pause(paused.room, "系统维护", since))
    assert paused.close(since + length + timedelta(days=1)).codes == ("paused",)
    paused.take(rules.resume(paused.room, since + length))
    for number, (paddle, units, kind, at) in enumerate(after):
        amount = Amount(Measure.MONEY, TERMS.start.units + units)
        plain.do(Offer(paddle, f"later-{number:04d}", amount, kind), at)
        paused.do(Offer(paddle, f"later-{number:04d}", amount, kind), at + length)
    assert paused.ladder == plain.ladder
    assert paused.room.end - plain.room.end == length
    assert rules.audit(paused.format, paused.facts) == ()


TOP = TERMS.start.units + 30 * STEP
CEILING = Ceiling(
    amount=Amount(Measure.MONEY, TOP),
    rule=AtCeiling.CONTEST,
    second=SecondContest(name="自持面积", measure=Measure.AREA, start=100, step=100, timed_s=300, cap=900),
)
CAPPED = replace(TERMS, ceiling=CEILING)


@given(presses(), presses())
@settings(max_examples=60)
def test_nothing_goes_beyond_the_ceiling_price_and_then_another_quantity_rises(told, later):
    hall = play(told, CAPPED)
    for number, (paddle, units, _, at) in enumerate(later):
        area = Amount(Measure.AREA, 100 * (units // STEP))
        hall.do(Offer(paddle, f"area-{number:04d}", area), at + timedelta(hours=2))
    prices = [offer.amount.units for offer in made(hall) if offer.amount.measure is Measure.MONEY]
    areas = [offer.amount.units for offer in made(hall) if offer.amount.measure is Measure.AREA]
    assert all(price <= TOP for price in prices)
    assert not areas or prices[-1] == TOP
    assert all(after >= before + 100 for before, after in pairwise(areas))
    assert rules.replay(hall.facts) == hall.room


@given(presses(span_s=4500), st.sampled_from(("listing", "dynamic")))
@settings(max_examples=60)
def test_a_listing_that_turns_into_a_timed_contest_replays_and_stands_the_audit(told, code):
    timing = replace(LISTING.timing, ends_at=TERMS.timing.ends_at)
    hall = play(told, replace(LISTING, timing=timing), code)
    hall.close(START + timedelta(days=1))
    assert rules.replay(hall.facts) == hall.room
    assert rules.audit(hall.format, hall.facts) == ()
    assert hall.room.phase is RoomPhase.CLOSED


@given(presses(), presses(), st.sampled_from(AtCeiling))
@settings(max_examples=60)
def test_a_listing_that_reaches_its_ceiling_price_replays_and_stands_the_audit(told, later, rule):
    timing = replace(LISTING.timing, ends_at=TERMS.timing.ends_at)
    ceiling = replace(CEILING, rule=rule, entering_s=600)
    hall = play(told, replace(LISTING, timing=timing, ceiling=ceiling), "listing")
    for number, (paddle, units, kind, at) in enumerate(later):
        area = Amount(Measure.AREA, 100 * (units // STEP))
        hall.do(Offer(paddle, f"area-{number:04d}", area, kind), at + timedelta(hours=1))
    hall.close(START + timedelta(days=1))
    assert rules.replay(hall.facts) == hall.room
    assert rules.audit(hall.format, hall.facts) == ()
    assert hall.room.phase in (RoomPhase.CLOSED, RoomPhase.DRAWING)


SCALES = st.builds(
    lambda steps, first, second, cap: Scale(
        Measure.MONEY, 10_000, 1, Steps(steps, (Rung(first * steps, second),)), cap
    ),
    st.integers(1, 40),
    st.integers(1, 20),
    st.integers(1, 60),
    st.one_of(st.none(), st.integers(2000, 9000)),
)


@given(SCALES, st.integers(0, 1999))
def test_rungs_are_ordered_and_every_least_offer_beats_the_one_before(scale, gain):
    assert scale.rung_before(gain) < gain <= scale.rung_from(gain)
    assert scale.is_rung(scale.rung_from(gain))
    assert scale.least_after(gain) > gain
    assert scale.gain(scale.amount(gain)) == gain
    rung = scale.rung_from(gain)
    assert scale.is_rung(scale.least_after(rung))
    assert scale.rung_from(rung) == rung


def test_one_press_is_judged_as_quickly_as_the_hot_path_needs():
    """A batch of two hundred must not keep anybody waiting: well under a tenth of a millisecond each."""
    from time import process_time

    hall = Hall(paddles=tuple(range(1001, 1065)))
    hall.close(START)
    offers = [
        Offer(1001 + number % 64, f"press-{number:05d}", yuan(2_590_000 + 10_000 * number))
        for number in range(3000)
    ]
    judge, room = hall.format.offer, hall.room
    began = process_time()
    for offer in offers:
        outcome = judge(room, offer, START + timedelta(minutes=58))
        assert isinstance(outcome, Accepted)
        room = outcome.room
    assert (process_time() - began) / len(offers) < 100e-6


def test_direction_has_two_signs():
    assert (Direction.UP.sign, Direction.DOWN.sign) == (1, -1)
