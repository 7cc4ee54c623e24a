"""席位: order, one commit a batch, the fence, the same press twice, the brake, and a start that came late."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.errors import Missing
from ggzy.trading.auctions import events, queries, services
from ggzy.trading.auctions.models import OfferRow, RoomRow
from ggzy.trading.auctions.services import committing, seats
from ggzy.trading.auctions.values import AuctionState, RoomPhase
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Order
from tests.services.auctions.stage import (
    DAY,
    MINUTE,
    OPENS,
    SECOND,
    admit,
    agrees,
    announced,
    kinds,
    offer,
    opened,
    prepared,
    press,
    price,
    stream,
)
from tests.world import World, clock

ORDER = Order("江州市自然资源局", "收到举报", "土地管理法 §67", (OPENS + DAY).date())


def codes(answers):
    return [[reason.code for reason in answer.reasons] for answer in answers]


def is_about(room, end) -> bool:
    """The room ends then, or within the second that the test took."""
    return timedelta(0) <= room.end - end < SECOND


def test_a_batch_is_judged_in_order_and_answered_with_a_receipt_each(world: World):
    lot, (one, two, _), seat = opened(world)
    answers = press(seat, OPENS + MINUTE, offer(one, 0), offer(two, 0), offer(two, 1))
    assert codes(answers) == [[], ["step"], []]
    receipts = [answer.receipt for answer in answers if answer.receipt]
    assert [receipt.kind for receipt in receipts] == ["offer.made", "offer.refused", "offer.made"]
    assert [receipt.height for receipt in receipts] == list(range(receipts[0].height, receipts[0].height + 3))
    assert all(journal.receipt(receipt.code).receipt.chain == receipt.chain for receipt in receipts)
    assert [(row.seq, row.paddle, row.amount) for row in queries.offers(lot, 1)] == [
        (1, one, price(0)),
        (2, two, price(1)),
    ]
    assert agrees(lot)


def test_offers_of_a_room_are_told_under_the_platforms_name(world: World):
    lot, (one, *_), seat = opened(world)
    press(seat, OPENS + MINUTE, offer(one, 0))
    facts = journal.facts(subject=queries.stream(lot, 1), kinds=["offer.made"])
    assert [(fact.actor.person, fact.actor.organisation) for fact in facts] == [("system", None)]


def test_the_same_press_twice_gives_the_same_answer(world: World):
    lot, (one, two, _), seat = opened(world)
    first, refusal = offer(one, 0, "press-the-first"), offer(two, 0, "press-refused")
    answers = press(seat, OPENS + MINUTE, first, refusal)
    told = len(stream(lot))
    again = tuple(replace(answer, is_repeated=True) for answer in answers)
    assert press(seat, OPENS + 2 * MINUTE, first, refusal, first) == (*again, again[0])
    assert press(services.take(lot), OPENS + 3 * MINUTE, refusal) == again[1:]
    assert len(stream(lot)) == told


def test_the_same_press_twice_in_one_batch_is_one_offer(world: World):
    lot, (one, *_), seat = opened(world)
    made = offer(one, 0)
    first, again = press(seat, OPENS + MINUTE, made, made)
    assert first == again and first.is_accepted
    assert len(queries.offers(lot, 1)) == 1


def test_a_press_used_for_another_offer_is_refused_kept_once_and_changes_nothing(world: World):
    lot, (one, *_), seat = opened(world)
    first, other = offer(one, 0, "press-used"), offer(one, 5, "press-used")
    made, refusal, same = press(seat, OPENS + MINUTE, first, other, other)
    assert codes([made, refusal]) == [[], ["press_reused"]] and refusal.press == "press-used"
    assert same == refusal and refusal.receipt is not None
    again, repeated = press(services.take(lot), OPENS + 2 * MINUTE, first, other)
    assert again == replace(made, is_repeated=True) and repeated == replace(refusal, is_repeated=True)
    (kept,) = [fact for fact in stream(lot) if isinstance(fact, events.OfferRefused)]
    assert (kept.amount, kept.reasons) == (other.amount, ("press_reused",)) and "press-used" in kept.raw
    assert len(queries.offers(lot, 1)) == 1 and agrees(lot)


def test_whoever_held_the_seat_before_is_fenced(world: World):
    lot, (one, two, _), old = opened(world)
    new = services.take(lot)
    assert new.epoch == old.epoch + 1
    with pytest.raises(services.Fenced):
        press(old, OPENS + MINUTE, offer(one, 0))
    (answer,) = press(new, OPENS + MINUTE, offer(two, 0))
    assert answer.is_accepted and agrees(lot)


def test_a_command_in_the_room_fences_the_seat(world: World):
    lot, (one, *_), seat = opened(world)
    with clock(OPENS + MINUTE):
        services.pause(world.operator.acts(), lot, "网络故障")
    with pytest.raises(services.Fenced):
        press(seat, OPENS + 2 * MINUTE, offer(one, 0))
    (answer,) = press(services.take(lot), OPENS + 2 * MINUTE, offer(one, 0))
    assert codes([answer]) == [["paused"]] and agrees(lot)


def test_a_seat_that_does_not_know_the_last_commit_is_fenced(world: World):
    """The commit went through and the writer never heard of it."""
    _, (one, two, _), seat = opened(world)
    blind = seats.Seat(**vars(seat))
    press(seat, OPENS + MINUTE, offer(one, 0))
    with pytest.raises(services.Fenced):
        press(blind, OPENS + MINUTE, offer(two, 0))


def test_nothing_is_kept_of_a_batch_that_was_not_committed(world: World):
    """The writer believes that it has committed, and the database knows better."""
    lot, (one, *_), seat = opened(world)
    before = journal.head()
    made = offer(one, 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        press(seat, OPENS + MINUTE, made)
        raise ZeroDivisionError
    assert journal.head() == before and not OfferRow.objects.exists()
    with pytest.raises(services.Fenced):
        press(seat, OPENS + MINUTE, made)
    (answer,) = press(services.take(lot), OPENS + MINUTE, made)
    assert answer.is_accepted and agrees(lot)


@pytest.mark.parametrize("every", [1, 4, 1000])
def test_a_room_is_restored_from_its_snapshot_and_the_facts_after_it(world: World, monkeypatch, every):
    monkeypatch.setattr(committing, "SNAPSHOT_EVERY", every)
    lot, (one, two, _), seat = opened(world)
    for turn in range(5):
        press(seat, OPENS + (1 + turn) * MINUTE, offer((one, two)[turn % 2], turn))
        assert services.take(lot).room == seat.room
        seat = services.take(lot)
    row = RoomRow.objects.get()
    assert (row.height == row.head) is (every == 1)


def test_an_offer_at_the_end_is_late_by_the_databases_clock(world: World):
    lot, (one, two, _), seat = opened(world)
    press(seat, OPENS + MINUTE, offer(one, 0))
    assert seat.room.end == OPENS + timedelta(hours=1)
    (answer,) = press(seat, OPENS + timedelta(hours=1), offer(two, 1))
    assert codes([answer]) == [["ended"]]
    assert queries.auction(lot).state is AuctionState.CLOSED and agrees(lot)


def test_an_offer_in_the_last_minutes_moves_the_end(world: World):
    lot, (one, _, _), seat = opened(world)
    press(seat, OPENS + timedelta(minutes=59), offer(one, 0))
    row = RoomRow.objects.get()
    assert row.extensions == 1
    assert row.ends_at is not None and timedelta(0) <= row.ends_at - (OPENS + timedelta(minutes=64)) < SECOND
    assert agrees(lot)


def test_a_stopped_lot_makes_its_room_stand_from_the_moment_of_the_order(world: World):
    lot, (one, *_), seat = opened(world)
    with clock(OPENS + 10 * MINUTE):
        projects.suspend(world.supervisor.acts(), lot, ORDER, at=OPENS + 10 * MINUTE)
    assert queries.to_brake() == (lot,)
    (answer,) = press(seat, OPENS + 20 * MINUTE, offer(one, 0))
    assert codes([answer]) == [["paused"]]
    assert seat.room.pause is not None and seat.room.pause.since == OPENS + 10 * MINUTE
    with clock(OPENS + 30 * MINUTE):
        projects.resume(world.supervisor.acts(), lot, ORDER, at=OPENS + 30 * MINUTE)
        services.resume(world.operator.acts(), lot)
    assert is_about(queries.room(lot), OPENS + 80 * MINUTE)
    assert queries.to_brake() == () and agrees(lot)


def test_a_start_within_a_standstill_comes_later_with_all_its_time(world: World):
    lot, (one, *_) = prepared(world, "ascending")
    with clock(OPENS - 2 * MINUTE):
        projects.suspend(world.supervisor.acts(), lot, ORDER, at=OPENS - 2 * MINUTE)
    seat = services.take(lot)
    (answer,) = press(seat, OPENS + MINUTE, offer(one, 0))
    assert codes([answer]) == [["not_started"]] and seat.room.phase is RoomPhase.WAITING
    with clock(OPENS + 3 * DAY):
        projects.resume(world.supervisor.acts(), lot, ORDER, at=OPENS + 3 * DAY)
        assert not seat.serve()
    with clock(OPENS + 3 * DAY + 2 * MINUTE):
        assert seat.serve()
        assert seat.room.phase is RoomPhase.TIMED and seat.room.pause is None
    assert is_about(seat.room, OPENS + 3 * DAY + 62 * MINUTE)
    assert agrees(lot)


def test_what_was_left_before_the_start_is_left_after_the_standstill(world: World):
    """Stopped before the room was made ready, an hour before its start; it opens an hour after the resume."""
    lot = announced(world, "ascending")
    for bidder in world.bidders[:3]:
        admit(world, lot, bidder)
    with clock(OPENS - 60 * MINUTE):
        projects.suspend(world.supervisor.acts(), lot, ORDER, at=OPENS - 60 * MINUTE)
    with clock(OPENS + 3 * DAY):
        projects.resume(world.supervisor.acts(), lot, ORDER, at=OPENS + 3 * DAY)
        services.prepare_room(world.system(), lot)
        seat = services.take(lot)
        assert not seat.serve() and seat.room.phase is RoomPhase.WAITING
    with clock(OPENS + 3 * DAY + 59 * MINUTE):
        assert not seat.serve()
    with clock(OPENS + 3 * DAY + 60 * MINUTE):
        assert seat.serve() and seat.room.phase is RoomPhase.TIMED
    assert is_about(seat.room, OPENS + 3 * DAY + 120 * MINUTE)
    assert agrees(lot)


def test_there_is_no_seat_before_the_room_is_prepared(world: World):
    lot = announced(world)
    with pytest.raises(Missing):
        services.take(lot)
    assert kinds(lot)[-1] == "auction.announced"
