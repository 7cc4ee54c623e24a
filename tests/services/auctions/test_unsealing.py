"""一次报价的开启: custodians hold the keys, offers come sealed, k of n open them after the end, no one before."""

import pytest

from ggzy.kernel.errors import Missing
from ggzy.kernel.money import Money
from ggzy.trading.auctions import queries, services
from ggzy.trading.auctions.queries.offering import offered
from ggzy.trading.auctions.values import AuctionState, RoomPhase
from ggzy.trading.auctions.values.custody import OfferShare
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import CustodyPlan, Holder
from tests.services.auctions.sealed import END, PAYMENT, Room, opened_room, sealed_lot, tick, told, yuan
from tests.services.auctions.stage import (
    MINUTE,
    NOW,
    OPENS,
    agrees,
    equipment,
    paddle,
    price,
    refused,
    terms,
)
from tests.world import World, clock


def notes(room: Room, x: int) -> str:
    """What the desk says the x-th custodian owes."""
    (keeping,) = offered(room.keepers[x - 1][0].acts(), projects.lot(room.lot), END)
    assert keeping.is_turn == bool(keeping.note)
    return keeping.note


def test_two_of_three_custodians_open_every_offer_and_the_highest_leads(world: World):
    room = opened_room(world)
    one, two, three = room.bidders
    room.offer(one, yuan(1))
    room.offer(two, yuan(3))
    room.offer(three, yuan(2))
    room.end()
    assert [notes(room, x) for x in (1, 2, 3)] == ["待释放份额"] * 3
    room.release(1)
    assert [notes(room, x) for x in (1, 2, 3)] == ["", "待释放份额", "待释放份额"]
    assert queries.to_open() == ()
    room.release(3)
    assert queries.to_open() == (room.lot,)
    tick(END + 2 * MINUTE)
    auction = queries.auction(room.lot)
    assert (auction.state, auction.winner) == (AuctionState.SOLD, paddle(room.lot, two))
    assert auction.price == price(3) and agrees(room.lot)
    assert told(room.lot, "sealed_offer.unopened") == []


def test_what_does_not_open_is_told_with_its_finding_and_does_not_count(world: World):
    room = opened_room(world)
    one, two, three = room.bidders
    room.offer(one, yuan(1))
    room.offer(two, None)
    room.press(three, "sha256:" + "0" * 64)
    room.end()
    room.release(1)
    room.release(2)
    tick(END + 2 * MINUTE)
    found = {
        fact.paddle: (fact.finding, fact.attributed_to) for fact in told(room.lot, "sealed_offer.unopened")
    }
    assert found == {paddle(room.lot, two): ("F11", "bidder"), paddle(room.lot, three): ("F11", "bidder")}
    opened = {fact.paddle: fact.reasons for fact in told(room.lot, "offer.unsealed")}
    assert opened[paddle(room.lot, two)] == ("unreadable",) and opened[paddle(room.lot, one)] == ()
    assert queries.auction(room.lot).winner == paddle(room.lot, one) and agrees(room.lot)


def test_an_offer_that_another_handed_in_does_not_count(world: World):
    room = opened_room(world)
    one, two, _ = room.bidders
    digest = room.hold(one, yuan(5))
    room.press(two, digest)
    room.offer(one, yuan(1))
    room.end()
    room.release(1)
    room.release(2)
    tick(END + 2 * MINUTE)
    assert queries.auction(room.lot).winner == paddle(room.lot, one)


def test_nothing_is_released_or_opened_before_the_end_or_by_one_alone(world: World):
    room = opened_room(world)
    room.offer(room.bidders[0], yuan(1))
    assert refused(room.release, 1, OPENS + 30 * MINUTE) == ["phase"]
    with pytest.raises(Missing):
        queries.offer_case(room.lot, 1)
    room.end()
    room.release(1)
    assert refused(room.release, 1) == ["released"]
    with clock(END + 2 * MINUTE):
        found = refused(services.open_offers, world.operator.acts(), room.lot)
    held = queries.room_row(room.lot, 1)
    assert found == ["too_few_holders"] and held is not None and held.phase == RoomPhase.UNSEALING


def test_a_bad_share_is_counted_and_not_kept(world: World):
    room = opened_room(world)
    room.offer(room.bidders[0], yuan(1))
    room.end()
    (share,) = room.shares(1)
    room.release(1, shares=(OfferShare(share.manifest, bytes(66)),))
    (fact,) = told(room.lot, "offer_shares.released")
    assert (fact.good, fact.bad) == (0, 1)
    room.release(2)
    room.release(3)
    tick(END + 2 * MINUTE)
    assert queries.auction(room.lot).winner == paddle(room.lot, room.bidders[0])


def test_a_file_is_taken_whole_signed_and_from_its_own_bidder_only(world: World):
    room = opened_room(world)
    one, two, _ = room.bidders
    data = room.seal(one, yuan(1))
    with clock(OPENS + MINUTE):
        run = services.hold_offer
        assert refused(run, two.acts(), room.lot, data) == ["other_bidder", "certificate"]
        assert refused(run, one.acts(), room.lot, b"5" * 900) == ["not_a_package"]
        assert refused(run, one.acts(), room.lot, data[:-1] + bytes([data[-1] ^ 1])) == ["root"]
        assert refused(run, world.bidders[4].acts(), room.lot, data) == ["no_paddle"]
    room.end()
    with clock(END + MINUTE):
        assert refused(services.hold_offer, one.acts(), room.lot, data) == ["ended"]


def test_nothing_is_announced_before_every_custodian_has_posted_a_key(world: World):
    lot = sealed_lot(world)
    with clock(NOW):
        found = terms(
            world, lasts=60 * MINUTE, timed_s=0, deposit=Money(0), has_proxies=False,
            payment=PAYMENT,
        )  # fmt: skip
        reasons = refused(services.announce, world.agency.acts(), lot, found, at=NOW)
    assert reasons == ["custody_missing"]


def test_no_organisation_alone_holds_enough(world: World):
    lot = equipment(world, "sealed_offer")
    keeper = world.custodians[0]
    holders = tuple(Holder(x, keeper.person, keeper.name, keeper.organisation, "centre") for x in (1, 2))
    with clock(NOW):
        found = refused(services.name_custody, world.agency.acts(), lot, CustodyPlan(2, holders), at=NOW)
    assert found == ["already_announced", "custody_one", "custody_inside", "custody_person"]


def test_who_is_no_custodian_of_this_auction_releases_nothing(world: World):
    room = opened_room(world)
    room.offer(room.bidders[0], yuan(1))
    room.end()
    other = equipment(world, "ascending")
    with pytest.raises(Missing), clock(END + MINUTE):
        services.release_offer_shares(world.custodians[0].acts(), other, room.shares(1))
