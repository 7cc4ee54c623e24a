"""优先购买权: it works · each refusal · who may not · what is recorded · the room and the paper."""

from typing import Any

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Forbidden
from ggzy.trading.auctions import queries, rules, services
from ggzy.trading.auctions.queries import offering, sales, tasks
from ggzy.trading.auctions.values import Document, Offer, OfferKind, RoomPhase
from ggzy.trading.projects import queries as projects
from tests.services.auctions.claims import AFTER, asked, claim, decide
from tests.services.auctions.stage import (
    DAY,
    MINUTE,
    NOW,
    OPENS,
    SECOND,
    admit,
    agrees,
    announced,
    apply,
    offer,
    pay,
    press,
    refused,
)
from tests.world import Player, World, clock


@pytest.mark.parametrize("is_first", [True, False], ids=["before admission", "after admission"])
def test_a_recognised_claim_is_kept_on_the_paddle(world: World, is_first: bool):
    lot, bidder = announced(world, priority=AFTER), world.bidders[0]
    if is_first:
        apply(world, lot, bidder)
        claim(world, lot, bidder)
        decide(world, lot, bidder, 1, NOW + 2 * DAY + MINUTE)
        with clock(NOW + 2 * DAY + 2 * MINUTE):
            services.withdraw(bidder.acts(), lot)
    number = admit(world, lot, bidder)
    if not is_first:
        claim(world, lot, bidder, NOW + 3 * DAY + MINUTE)
        decide(world, lot, bidder, 1)
    row = queries.row_of(lot, 1)
    assert row is not None and queries.paddles(row)[0].priority == 1 and agrees(lot)
    with clock(OPENS - 5 * MINUTE):
        services.prepare_room(world.system(), lot)
    given = journal.facts(prefix=f"lot/{lot}", kinds=["paddle.given"])
    assert [(one.event.paddle, one.event.priority) for one in given] == [(number, 1)]


def test_what_was_claimed_and_decided_is_sealed_and_told_to_its_bidder(world: World):
    lot, bidder = announced(world, priority=AFTER), world.bidders[0]
    apply(world, lot, bidder)
    claim(world, lot, bidder)
    decide(world, lot, bidder, None)
    facts = journal.facts(prefix=f"lot/{lot}", kinds=["priority.claimed", "priority.decided"])
    assert [(one.audience, one.event.bidder) for one in facts] == [("sealed", bidder.organisation)] * 2
    own = sales.own(lot, 1, bidder.organisation)
    assert own and own.claim and (own.claim.order, own.claim.reason) == (None, "经核对章程")
    claim(world, lot, bidder, NOW + 5 * DAY)
    assert [one.party for one in sales.claims(lot, 1)] == [bidder.organisation]


def test_refused_claims(world: World):
    lot, bidder = announced(world, priority=AFTER), world.bidders[0]
    assert refused(claim, world, lot, bidder) == ["no_application"]
    apply(world, lot, bidder)
    with clock(NOW + 2 * DAY):
        assert refused(services.claim_priority, bidder.acts(), lot, " ", ()) == ["grounds", "proof"]
        lost = Document("章程.pdf", "0" * 64, 3)
        assert refused(services.claim_priority, bidder.acts(), lot, "股东", (lost,)) == ["document_missing"]
    claim(world, lot, bidder)
    assert refused(claim, world, lot, bidder) == ["claimed"]


def test_refused_decisions(world: World):
    lot, bidder = announced(world, priority=AFTER), world.bidders[0]
    admit(world, lot, bidder)
    assert refused(decide, world, lot, bidder, 1) == ["no_claim"]
    claim(world, lot, bidder, NOW + 3 * DAY + MINUTE)
    assert refused(decide, world, lot, bidder, 0) == ["order"]
    with clock(OPENS - MINUTE):
        services.prepare_room(world.system(), lot)
    assert refused(decide, world, lot, bidder, 1, OPENS - 30 * SECOND) == ["no_claim", "prepared"]


def told(lot: LotCode, kind: str) -> list[Any]:
    return [one.event for one in journal.facts(prefix=f"lot/{lot}", kinds=[kind])]


def undecided(world: World, **change: Any) -> tuple[LotCode, Player]:
    """An admitted bidder whose claim nobody has decided."""
    lot, bidder = announced(world, priority=AFTER, **change), world.bidders[0]
    admit(world, lot, bidder)
    claim(world, lot, bidder, NOW + 3 * DAY + MINUTE)
    return lot, bidder


def test_a_room_is_not_prepared_while_a_claim_waits(world: World):
    lot, bidder = undecided(world)
    lots, at = [(lot, 1)], OPENS - 5 * MINUTE
    assert [task.what for task in tasks.of_operator(lots, at)] == ["竞价即将开始", "认定优先购买权"]
    (prepare,) = [
        one
        for one in offering.offered(world.operator.acts(), projects.lot(lot), at)
        if one.label == "准备竞价室"
    ]
    assert not prepare.verdict.ok and prepare.note == "1 项优先购买权的主张待认定"
    with clock(at):
        assert refused(services.prepare_room, world.operator.acts(), lot) == ["claims_waiting"]
    assert queries.to_prepare(at) == ()
    decide(world, lot, bidder, 1, at)
    assert queries.to_prepare(at) == (lot,)
    with clock(at):
        services.prepare_room(world.system(), lot)
    assert [one.priority for one in told(lot, "paddle.given")] == [1] and agrees(lot)


def test_at_the_last_minute_what_was_not_decided_is_refused_with_its_reason(world: World):
    lot, bidder = undecided(world)
    late = OPENS - MINUTE
    assert queries.to_prepare(late - SECOND) == () and queries.to_prepare(late) == (lot,)
    with clock(late):
        services.prepare_room(world.system(), lot)
    (decided,) = told(lot, "priority.decided")
    assert (decided.bidder, decided.order, decided.reason) == (bidder.organisation, None, rules.LAPSED)
    own = sales.own(lot, 1, bidder.organisation)
    assert own and own.claim and own.claim.reason == rules.LAPSED
    assert [one.priority for one in told(lot, "paddle.given")] == [None] and agrees(lot)


def test_a_room_that_is_there_takes_a_paddle_only_with_its_right_decided(world: World):
    lot, bidder = (
        announced(world, priority=AFTER, apply_until=OPENS + DAY, deposit_until=OPENS + DAY),
        world.bidders[0],
    )
    apply(world, lot, bidder)
    pay(world, lot, bidder)
    claim(world, lot, bidder)
    with clock(OPENS - 5 * MINUTE):
        services.prepare_room(world.system(), lot)
    with clock(OPENS - 4 * MINUTE):
        assert refused(services.admit, world.operator.acts(), lot, bidder.organisation) == ["claim_waiting"]
    with clock(OPENS + DAY + MINUTE):
        services.decide(world.system(), lot, bidder.organisation)
    assert [one.reason for one in told(lot, "priority.decided")] == [rules.LAPSED]
    assert [one.priority for one in told(lot, "paddle.given")] == [None] and agrees(lot)


def test_who_may_not_claim_or_decide(world: World):
    lot, bidder = announced(world, priority=AFTER), world.bidders[0]
    apply(world, lot, bidder)
    claim(world, lot, bidder)
    for player in (world.owner, world.operator, world.supervisor):
        with pytest.raises(Forbidden):
            claim(world, lot, player)
    for player in (world.owner, bidder, world.supervisor):
        with clock(NOW + 3 * DAY), pytest.raises(Forbidden):
            services.decide_priority(player.acts(), lot, bidder.organisation, "经核对", order=1)


def test_the_proof_is_read_by_the_centre_while_the_claim_waits(world: World):
    lot, bidder = announced(world, priority=AFTER), world.bidders[0]
    admit(world, lot, bidder)
    proof = claim(world, lot, bidder, NOW + 3 * DAY + MINUTE)
    centre, stranger = world.operator.acts(), world.bidders[1].acts()
    assert sales.may_read(centre, proof.digest, NOW + 4 * DAY)
    assert not sales.may_read(stranger, proof.digest, NOW + 4 * DAY)
    decide(world, lot, bidder, 1)
    assert not sales.may_read(centre, proof.digest, NOW + 5 * DAY)


@pytest.mark.parametrize("is_waived", [True, False], ids=["waived", "exercised"])
def test_the_holder_takes_the_price_or_waives_it_in_the_room(world: World, is_waived: bool):
    lot, (holder, leader, _), seat = asked(world)
    room = queries.room(lot)
    assert room is not None and room.phase is RoomPhase.PRIORITY
    at = OPENS + 61 * MINUTE
    said = Offer(holder, "waive-000001", kind=OfferKind.WAIVE) if is_waived else offer(holder, 1)
    assert press(seat, at, said)[0].is_accepted
    assert press(seat, at + MINUTE, said)[0].is_repeated
    with clock(OPENS + 66 * MINUTE):
        seat.serve()
    assert queries.auction(lot).winner == (leader if is_waived else holder) and agrees(lot)
