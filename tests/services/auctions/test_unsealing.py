"""一次报价的开启: custodians hold the keys, offers come sealed, k of n open them after the end, no one before."""

import io
from dataclasses import dataclass, field
from typing import Any

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.sealing import custody, envelope, package, suites
from ggzy.foundation.sealing.content import Bundle
from ggzy.foundation.sealing.content import Offer as Told
from ggzy.foundation.sealing.envelope import Sealed
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.money import Money, Rate
from ggzy.trading.auctions import queries, services, timers
from ggzy.trading.auctions.queries.offering import offered
from ggzy.trading.auctions.values import AuctionState, Offer, OfferKind, Payment, RoomPhase
from ggzy.trading.auctions.values.custody import PART, OfferShare
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import CustodyPlan, Holder
from tests.services.auctions.stage import (
    DAY,
    FLOOR,
    MINUTE,
    NOW,
    OPENS,
    STEP,
    agrees,
    apply,
    certified,
    equipment,
    keep_offers,
    paddle,
    press,
    price,
    refused,
    terms,
)
from tests.world import Player, World, clock

END = OPENS + 60 * MINUTE


@dataclass
class Room:
    """A room for sealed offers that has opened, its custodians with their keys, its bidders certified."""

    world: World
    lot: LotCode
    keepers: list[tuple[Player, bytes]]
    bidders: list[Player]
    sealed: dict[str, Sealed] = field(default_factory=dict)

    def seal(self, bidder: Player, amount: Money | None, **change: Any) -> bytes:
        plan = queries.offer_plan(self.lot, 1)
        assert plan is not None
        told = Told("amount", amount=amount, text="报价") if amount else None
        made = envelope.seal(
            plan, {PART: Bundle.of(told)}, bid=str(paddle(self.lot, bidder)), gen=1, prev=None,
            bidder=change.get("party", bidder.organisation), documents="sha256:" + "d" * 64,
            certificate=bidder.certificate, signing_key=suites.private_from_pem(bidder.key), made=NOW,
        )  # fmt: skip
        file = io.BytesIO()
        package.write_package(made, file)
        self.sealed[made.manifest.digest] = made
        return file.getvalue()

    def hold(self, bidder: Player, amount: Money | None, **change: Any) -> str:
        data = self.seal(bidder, amount, **change)
        with clock(OPENS + MINUTE):
            return services.hold_offer(bidder.acts(), self.lot, data)

    def press(self, bidder: Player, digest: str) -> Any:
        number = paddle(self.lot, bidder)
        offer = Offer(number, f"sealed-{number}", kind=OfferKind.SEALED, digest=digest)
        (answer,) = press(services.take(self.lot), OPENS + 2 * MINUTE, offer)
        return answer

    def offer(self, bidder: Player, amount: Money | None) -> None:
        assert self.press(bidder, self.hold(bidder, amount)).is_accepted

    def end(self) -> None:
        with clock(END):
            services.take(self.lot).serve()

    def shares(self, x: int) -> tuple[OfferShare, ...]:
        """What the x-th custodian's tool releases."""
        private = self.keepers[x - 1][1]
        return tuple(
            OfferShare(digest, custody.release(made.manifest, PART, x, private))
            for digest, made in self.sealed.items()
        )

    def release(self, x: int, at=END + MINUTE, shares=None):
        with clock(at):
            given = self.shares(x) if shares is None else shares
            return services.release_offer_shares(self.keepers[x - 1][0].acts(), self.lot, given)


def opened_room(world: World, bidders: int = 3) -> Room:
    lot = world.lot(
        title="闲置设备一批",
        deal_category="C02",
        method="sealed_offer",
        scoring="",
        estimate=FLOOR,
        quality="",
    )
    keepers = keep_offers(world, lot)
    with clock(NOW):
        found = terms(
            world, lasts=60 * MINUTE, timed_s=0, deposit=Money(0), has_proxies=False,
            payment=PAYMENT,
        )  # fmt: skip
        services.announce(world.agency.acts(), lot, found, at=NOW)
    players = [certified(bidder) for bidder in world.bidders[:bidders]]
    for bidder in players:
        apply(world, lot, bidder)
        with clock(NOW + 3 * DAY):
            services.admit(world.operator.acts(), lot, bidder.organisation)
    with clock(OPENS - 5 * MINUTE):
        services.prepare_room(world.system(), lot)
    with clock(OPENS):
        services.take(lot).serve()
    return Room(world, lot, keepers, players)


PAYMENT = Payment(first=Rate("0.5"), first_days=5, all_days=300)


def tick(at) -> None:
    with clock(at):
        for act in timers.due(at):
            act()


def yuan(steps: int) -> Money:
    return FLOOR + Money(steps * STEP.fen)


def told(lot, kind: str) -> list:
    return [fact.event for fact in journal.facts(prefix=f"lot/{lot}", kinds=[kind])]


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
    lot = world.lot(
        title="闲置设备一批",
        deal_category="C02",
        method="sealed_offer",
        scoring="",
        estimate=FLOOR,
        quality="",
    )
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
