"""平台中断: found by the gap, noted as a fact, outlasted by every room that ran; nobody closes one meanwhile."""

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.instants import Period
from ggzy.trading.auctions import queries, services, timers
from ggzy.trading.auctions.models import Outage, Pulse
from ggzy.trading.auctions.values import Room, RoomPhase
from tests.services.auctions.stage import (
    MINUTE,
    OPENS,
    SECOND,
    admit,
    agrees,
    announced,
    offer,
    opened,
    prepared,
    press,
    stream,
)
from tests.world import World, clock


def beat(at):
    with clock(at):
        return services.pulse()


def room_of(lot) -> Room:
    found = queries.room(lot)
    assert found is not None
    return found


def is_about(found, wanted) -> bool:
    return found is not None and abs(found - wanted) < 2 * SECOND


def facts() -> list:
    return [fact.event for fact in journal.facts(subject="platform/outages")]


def test_beats_in_time_note_nothing(world: World):
    for second in (0, 1, 2):
        assert beat(OPENS + second * SECOND) is None
    assert facts() == [] and queries.is_reachable(OPENS + 4 * SECOND)


def test_a_gap_is_an_outage_and_every_running_room_outlasts_it(world: World):
    lot, (one, *_), seat = opened(world)
    beat(OPENS + 10 * MINUTE)
    press(seat, OPENS + 10 * MINUTE, offer(one, 0))
    found = beat(OPENS + 40 * MINUTE)
    assert found is not None and is_about(found.start, OPENS + 10 * MINUTE)
    (fact,) = facts()
    assert (fact.since, fact.until) == (found.start, found.end)
    assert [told.cause for told in stream(lot) if hasattr(told, "cause")] == ["outage"]
    room = room_of(lot)
    assert room.pause is None and is_about(room.end, OPENS + 90 * MINUTE) and agrees(lot)
    assert Outage.objects.get().is_done


def test_a_room_whose_end_fell_into_the_outage_runs_on_with_the_time_left(world: World):
    lot, (one, *_), seat = opened(world)
    press(seat, OPENS + 10 * MINUTE, offer(one, 0))
    beat(OPENS + 50 * MINUTE)
    late = OPENS + 3 * 60 * MINUTE
    with clock(late):
        assert not queries.is_reachable(late) and list(timers.due(late)) == []
    beat(late)
    room = room_of(lot)
    assert room.phase is RoomPhase.TIMED and is_about(room.end, late + 10 * MINUTE) and agrees(lot)


def test_a_room_that_was_to_open_then_opens_with_all_its_time(world: World):
    lot, _ = prepared(world, "ascending")
    beat(OPENS - MINUTE)
    beat(OPENS + 20 * MINUTE)
    room = room_of(lot)
    assert room.phase is RoomPhase.TIMED and is_about(room.end, OPENS + 80 * MINUTE) and agrees(lot)


def test_a_room_nobody_could_make_ready_runs_with_all_its_time(world: World):
    lot = announced(world, "ascending")
    for bidder in world.bidders[:3]:
        admit(world, lot, bidder)
    beat(OPENS - 20 * MINUTE)
    beat(OPENS + 2 * 60 * MINUTE)
    late = OPENS + 2 * 60 * MINUTE
    with clock(late):
        for act in timers.due(late):
            act()
    room = room_of(lot)
    assert room.phase is RoomPhase.TIMED and is_about(room.end, late + 60 * MINUTE) and agrees(lot)


def test_a_room_whose_time_was_over_before_is_closed_as_it_was_due(world: World):
    lot, (one, *_), seat = opened(world)
    press(seat, OPENS + MINUTE, offer(one, 0))
    beat(OPENS + 70 * MINUTE)
    beat(OPENS + 90 * MINUTE)
    with clock(OPENS + 91 * MINUTE):
        for act in timers.due(OPENS + 90 * MINUTE):
            act()
    assert room_of(lot).end == OPENS + 60 * MINUTE and agrees(lot)


def test_who_noted_an_outage_and_died_is_followed_by_the_clock(world: World):
    lot, _, _ = opened(world)
    outage = Period(OPENS + 10 * MINUTE, OPENS + 20 * MINUTE)
    with clock(OPENS + 20 * MINUTE):
        services.note_outage(world.system(), outage, at=OPENS + 20 * MINUTE)
        Pulse.objects.create(pk=1, at=OPENS + 20 * MINUTE)
        for act in timers.due(OPENS + 20 * MINUTE):
            act()
        end = room_of(lot).end
        services.outlast(outage)
    assert room_of(lot).end == end
    assert is_about(room_of(lot).end, OPENS + 70 * MINUTE) and agrees(lot)
    assert queries.outages_left() == ()
