"""主持竞价: it works · each refusal · who may not · what is recorded · twice the same request."""

from datetime import timedelta

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.instants import Period
from ggzy.trading.auctions import queries, services, timers
from ggzy.trading.auctions.values import (
    AtCeiling,
    AuctionState,
    Bar,
    Ceiling,
    Entry,
    Offer,
    OfferKind,
    Opened,
    Outcome,
    RoomPhase,
)
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Order
from tests.services.auctions.stage import (
    DAY,
    ENDS,
    MINUTE,
    NOW,
    OPENS,
    SECOND,
    admit,
    agrees,
    announced,
    join,
    kinds,
    offer,
    opened,
    prepared,
    prepared_equipment,
    press,
    price,
    refused,
    stream,
)
from tests.world import World, clock

HOUR = timedelta(hours=1)


def do(run, at, *args, **kwargs):
    with clock(at):
        return run(*args, **kwargs)


def codes(answers):
    return [[reason.code for reason in answer.reasons] for answer in answers]


def tick(at) -> int:
    """What the clock owes at that moment, until it owes nothing more."""
    done = 0
    with clock(at):
        while acts := list(timers.due(at)):
            done += len([act() for act in acts])
            assert done < 50, "the clock never comes to rest"
    return done


def test_a_room_is_prepared_with_the_paddles_in_the_order_of_their_numbers(world: World):
    lot, paddles = prepared(world)
    first, *given = stream(lot)
    announced_terms = queries.auction(lot).terms
    assert announced_terms is not None and first.terms == announced_terms.format
    assert [fact.paddle for fact in given] == sorted(paddles)
    assert queries.auction(lot).is_prepared and agrees(lot)


def test_a_room_is_prepared_once_and_not_too_early(world: World):
    lot = announced(world)
    assert do(refused, OPENS - 11 * MINUTE, services.prepare_room, world.system(), lot) == ["too_early"]
    actor = world.operator.acts("prepare-once")
    first = do(services.prepare_room, OPENS - 9 * MINUTE, actor, lot)
    assert do(services.prepare_room, OPENS - 8 * MINUTE, actor, lot).height == first.height
    assert do(refused, OPENS - 7 * MINUTE, services.prepare_room, world.system(), lot) == ["prepared"]


def test_a_room_prepared_late_opens_when_it_was_due(world: World):
    lot = announced(world, "ascending", bidders_min=3)
    assert tick(OPENS + MINUTE) > 0
    facts = stream(lot)
    assert facts[0].at < OPENS and facts[-1].at == OPENS
    assert facts[-1].outcome is Outcome.TOO_FEW and agrees(lot)
    assert all(fact.at > OPENS + MINUTE for fact in journal.facts(subject=queries.stream(lot, 1)))


@pytest.mark.parametrize("who", ["owner", "agency", "supervisor", "bidder"])
def test_only_the_centre_conducts(world: World, who):
    lot, paddles, _ = opened(world)
    player = world.bidders[0] if who == "bidder" else getattr(world, who)
    for run, *args in (
        (services.pause, "停电"),
        (services.resume,),
        (services.bar_paddle, paddles[0], Bar.FROZEN, "冻结"),
        (services.clear_paddle, paddles[0], "恢复"),
        (services.stand_still, Period(OPENS, OPENS + MINUTE)),
        (services.unseal, ()),
        (services.draw_lots,),
    ):
        with pytest.raises(Forbidden), clock(OPENS + 2 * MINUTE):
            run(player.acts(), lot, *args)


def test_there_is_nothing_to_conduct_before_the_room_is_prepared(world: World):
    lot = announced(world)
    with pytest.raises(Missing), clock(NOW + DAY):
        services.pause(world.operator.acts(), lot, "停电")


def test_a_pause_stops_the_clock_and_the_rest_runs_on(world: World):
    lot, (one, *_), seat = opened(world)
    actor = world.operator.acts("pause-once")
    first = do(services.pause, OPENS + 20 * MINUTE, actor, lot, "停电")
    assert do(services.pause, OPENS + 21 * MINUTE, actor, lot, "停电").height == first.height
    assert queries.auction(lot).state is AuctionState.PAUSED
    assert do(refused, OPENS + 2 * HOUR, services.pause, world.operator.acts(), lot, "停电") == ["paused"]
    assert tick(OPENS + 3 * HOUR) == 0
    do(services.resume, OPENS + 3 * HOUR, world.operator.acts(), lot)
    assert do(refused, OPENS + 3 * HOUR, services.resume, world.operator.acts(), lot) == ["not_paused"]
    room = queries.room(lot)
    assert room is not None and room.end is not None
    assert abs(room.end - (OPENS + 3 * HOUR + 40 * MINUTE)) < 2 * SECOND
    (answer,) = press(services.take(lot), OPENS + 3 * HOUR + MINUTE, offer(one, 0))
    assert answer.is_accepted and agrees(lot)
    assert seat.epoch < services.take(lot).epoch


def test_a_pause_needs_a_reason_and_a_running_room(world: World):
    lot, _ = prepared(world, "ascending")
    run = services.pause
    assert do(refused, OPENS - MINUTE, run, world.operator.acts(), lot, "停电") == ["not_started"]
    assert do(refused, OPENS + MINUTE, run, world.operator.acts(), lot, " ") == ["no_reason"]
    assert do(refused, OPENS + 2 * HOUR, run, world.operator.acts(), lot, "停电") == ["ended"]


def test_an_outage_stops_the_clock_from_its_beginning(world: World):
    lot, _, _ = opened(world)
    outage = Period(OPENS + 30 * MINUTE, OPENS + 90 * MINUTE)
    do(services.stand_still, OPENS + 91 * MINUTE, world.system(), lot, outage)
    do(services.resume, OPENS + 92 * MINUTE, world.operator.acts(), lot)
    room = queries.room(lot)
    assert room is not None and room.end is not None
    assert abs(room.end - (OPENS + 122 * MINUTE)) < 2 * SECOND and agrees(lot)


@pytest.mark.parametrize(
    ("outage", "reasons"),
    [
        (Period(OPENS + MINUTE, OPENS + MINUTE + SECOND), ["too_short"]),
        (Period(OPENS + 70 * MINUTE, OPENS + 80 * MINUTE), ["after_end"]),
        (Period(OPENS + MINUTE, OPENS + 100 * MINUTE), ["not_over"]),
    ],
)
def test_what_is_no_outage(world: World, outage, reasons):
    lot, _, _ = opened(world)
    assert do(refused, OPENS + 90 * MINUTE, services.stand_still, world.system(), lot, outage) == reasons


def test_an_outage_over_the_start_leaves_the_whole_time(world: World):
    lot, _ = prepared(world, "ascending")
    do(
        services.stand_still,
        OPENS + 9 * MINUTE,
        world.system(),
        lot,
        Period(OPENS - MINUTE, OPENS + 8 * MINUTE),
    )
    do(services.resume, OPENS + 10 * MINUTE, world.operator.acts(), lot)
    room = queries.room(lot)
    assert room is not None and room.end is not None
    assert abs(room.end - (OPENS + 70 * MINUTE)) < 2 * SECOND and agrees(lot)


def test_a_barred_paddle_offers_no_more_until_it_is_cleared(world: World):
    lot, (one, *_), _ = opened(world)
    do(services.bar_paddle, OPENS + MINUTE, world.operator.acts(), lot, one, Bar.FROZEN, "司法冻结")
    seat = services.take(lot)
    assert codes(press(seat, OPENS + 2 * MINUTE, offer(one, 0))) == [["frozen"]]
    run = services.clear_paddle
    assert do(refused, OPENS + 2 * MINUTE, run, world.operator.acts(), lot, one, "") == ["no_reason"]
    do(run, OPENS + 3 * MINUTE, world.operator.acts(), lot, one, "解除冻结")
    assert do(refused, OPENS + 4 * MINUTE, run, world.operator.acts(), lot, one, "解除") == ["not_barred"]
    assert codes(press(services.take(lot), OPENS + 4 * MINUTE, offer(one, 0))) == [[]]
    assert kinds(lot)[-4:] == ["paddle.barred", "offer.refused", "paddle.cleared", "offer.made"]
    assert agrees(lot)


def test_an_unknown_paddle_is_not_barred(world: World):
    lot, _, _ = opened(world)
    run = services.bar_paddle
    assert do(refused, OPENS + MINUTE, run, world.operator.acts(), lot, 1, Bar.FROZEN, "冻结") == [
        "no_paddle"
    ]


def test_a_listing_goes_from_asking_to_the_timed_contest_and_is_sold(world: World):
    lot, (one, two, _) = prepared(world, asking_s=300, entry=Entry.JOINED)
    seat = services.take(lot)
    press(seat, OPENS + DAY, offer(one, 0))
    assert codes(press(seat, ENDS + MINUTE, join(two))) == [[]]
    assert seat.room.phase is RoomPhase.ASKING
    (answer,) = press(seat, ENDS + 6 * MINUTE, offer(two, 1))
    assert answer.is_accepted and seat.room.phase is RoomPhase.TIMED
    assert tick(ENDS + 12 * MINUTE) > 0
    auction = queries.auction(lot)
    assert (auction.state, auction.winner, auction.price) == (AuctionState.SOLD, two, price(1))
    assert agrees(lot)


def test_sealed_offers_are_opened_together_and_the_highest_leads(world: World):
    lot, (one, two, _) = prepared_equipment(world, "sealed_offer")
    seat = services.take(lot)
    digest = "sha256:" + "5" * 64
    given = [Offer(number, f"sealed-{number}", kind=OfferKind.SEALED, digest=digest) for number in (one, two)]
    assert codes(press(seat, OPENS + MINUTE, *given)) == [[], []]
    tick(OPENS + HOUR)
    both = (Opened(one, price(1)), Opened(two, price(3)))
    run = services.unseal
    assert do(refused, OPENS + HOUR, run, world.operator.acts(), lot, both[:1]) == ["missing"]
    do(run, OPENS + HOUR + MINUTE, world.operator.acts(), lot, both)
    auction = queries.auction(lot)
    assert (auction.outcome, auction.winner, auction.price) == (Outcome.LED, two, price(3))
    assert [line.amount for line in queries.offers(lot, 1)] == [price(1), price(3)]
    assert agrees(lot)


def test_lots_are_drawn_among_those_who_take_the_ceiling(world: World):
    ceiling = Ceiling(amount=price(2), rule=AtCeiling.DRAW, entering_s=300)
    lot, (one, two, _), seat = opened(world, ceiling=ceiling)
    press(seat, OPENS + MINUTE, offer(one, 2))
    assert codes(press(seat, OPENS + 2 * MINUTE, join(two))) == [[]]
    assert do(refused, OPENS + 5 * MINUTE, services.draw_lots, world.operator.acts(), lot) == ["phase"]
    assert tick(OPENS + 7 * MINUTE) > 0
    (drawn,) = [fact for fact in stream(lot) if type(fact).__name__ == "LotsDrawn"]
    assert drawn.paddles == tuple(sorted((one, two)))
    assert queries.auction(lot).winner == drawn.winner and agrees(lot)


def test_the_clock_prepares_opens_closes_settles_and_reveals(world: World):
    lot = announced(world, "ascending")
    paddles = [admit(world, lot, bidder) for bidder in world.bidders[:3]]
    assert tick(OPENS - 11 * MINUTE) == 0
    assert tick(OPENS - 10 * MINUTE) == 1
    assert tick(OPENS) == 1
    press(services.take(lot), OPENS + MINUTE, offer(paddles[0], 0))
    assert tick(OPENS + 59 * MINUTE) == 0
    assert tick(OPENS + HOUR) == 3
    assert queries.auction(lot).state is AuctionState.SOLD
    assert kinds(lot)[-1] == "paddles.revealed" and agrees(lot)
    assert queries.auction(lot).price == price(0)


def test_the_clock_makes_the_room_of_a_stopped_lot_stand(world: World):
    lot, _, _ = opened(world)
    order = Order("江州市自然资源局", "收到举报", "土地管理法 §67", (OPENS + DAY).date())
    projects.suspend(world.supervisor.acts(), lot, order, at=OPENS + MINUTE)
    assert tick(OPENS + 2 * HOUR) == 1
    room = queries.room(lot)
    assert room is not None and room.pause is not None and room.pause.since == OPENS + MINUTE
    assert tick(OPENS + 3 * HOUR) == 0 and agrees(lot)
