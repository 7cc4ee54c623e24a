"""摇号: promises before anybody knows among whom, nonces after, and anyone draws the same lot again."""

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel import canon, draw
from ggzy.kernel.digest import function
from ggzy.kernel.errors import Missing
from ggzy.trading.auctions import queries, services, timers
from ggzy.trading.auctions.models import LotNonce
from ggzy.trading.auctions.rules import lottery
from ggzy.trading.auctions.values import AtCeiling, AuctionState, Ceiling, RoomPhase
from ggzy.trading.auctions.values.givers import PLATFORM, paddle_party
from tests.services.auctions import stage
from tests.services.auctions.stage import (
    MINUTE,
    OPENS,
    agrees,
    at_ceiling,
    prepared,
    price,
    refused,
    stream,
)
from tests.world import World, clock

CEILING = Ceiling(amount=price(2), rule=AtCeiling.DRAW, entering_s=300)
KNOWN = OPENS + 7 * MINUTE
NONCE = bytes(range(32))


def told(lot, *kinds: str) -> list:
    return [fact.event for fact in journal.facts(subject=f"lot/{lot}/1/lots", kinds=kinds or None)]


def promise(lot, party: str, nonce: bytes = NONCE) -> bytes:
    return draw.commitment(lottery.lottery_name(lot, 1), party, 0, nonce)


def commit(lot, player, commitment: bytes, at=OPENS + MINUTE):
    with clock(at):
        return services.commit_lot_nonce(player.acts(), lot, commitment)


def reveal(lot, player, nonce: bytes = NONCE, at=KNOWN + MINUTE):
    with clock(at):
        return services.reveal_lot_nonce(player.acts(), lot, nonce)


def known(lot):
    with clock(KNOWN):
        services.take(lot).serve()
    room = queries.room(lot)
    assert room is not None and room.phase is RoomPhase.DRAWING


def run_timers(at) -> None:
    with clock(at):
        for act in timers.due(at):
            act()


def test_the_platform_promises_its_nonce_when_the_room_is_made_ready(world: World):
    lot, _ = prepared(world, "ascending", ceiling=CEILING)
    (fact,) = told(lot)
    assert fact.party == PLATFORM
    row = LotNonce.objects.get()
    assert fact.commitment == promise(lot, PLATFORM, bytes(row.secret or b"")) and row.nonce is None


def test_where_no_lots_are_drawn_nothing_is_promised(world: World):
    lot, _ = prepared(world, "ascending")
    assert told(lot) == []
    with clock(OPENS):
        found = refused(services.commit_lot_nonce, world.owner.acts(), lot, promise(lot, "owner"))
    assert found == ["no_lottery"]


def test_lots_are_drawn_from_every_nonce_and_anyone_draws_them_again(world: World):
    lot, paddles = at_ceiling(world)
    commit(lot, world.supervisor, promise(lot, "supervisor"))
    commit(lot, world.agency, promise(lot, "owner"))
    known(lot)
    assert queries.to_draw(KNOWN) == ()
    reveal(lot, world.supervisor)
    reveal(lot, world.owner)
    run_timers(KNOWN + 2 * MINUTE)
    (drawn,) = [fact for fact in stream(lot) if type(fact).__name__ == "LotsDrawn"]
    nonces = {fact.party: fact.nonce for fact in told(lot, "lot_nonce.revealed")}
    assert set(nonces) == {"platform", "owner", "supervisor"}
    began = list(journal.facts(subject=queries.stream(lot, 1), kinds=["phase.began"]))[-1]
    leaves = [draw.leaf(bytes(32), canon.dumps({"paddle": paddle})) for paddle in paddles]
    seed = draw.seed(
        request=function("sha256")(canon.dumps({"lot": str(lot), "paddles": paddles, "round": 1})),
        pool=draw.root(leaves),
        excluded=draw.root([]),
        head=journal.entry(began.height).chain,
        nonces=nonces,
    )
    assert drawn.seed == seed and drawn.leaves == tuple(leaves)
    assert drawn.winner == paddles[leaves.index(draw.draw(leaves, 1, seed)[0])]
    assert queries.auction(lot).state is AuctionState.SOLD and agrees(lot)


def test_who_is_silent_is_named_and_the_lots_are_drawn_without_it(world: World):
    lot, _ = at_ceiling(world)
    commit(lot, world.supervisor, promise(lot, "supervisor"))
    known(lot)
    with clock(KNOWN + MINUTE):
        found = refused(services.draw_lots, world.operator.acts(), lot)
    assert found == ["waiting"]
    run_timers(KNOWN + lottery.REVEAL_WINDOW)
    assert [fact.party for fact in told(lot, "lot_nonce.missed")] == ["supervisor"]
    assert queries.givers(lot, 1)["supervisor"].is_missed
    assert LotNonce.objects.get(party="platform").secret is None and agrees(lot)


def test_a_promise_comes_once_and_before_the_entrants_are_known(world: World):
    lot, _ = at_ceiling(world)
    commit(lot, world.owner, promise(lot, "owner"))
    assert refused(commit, lot, world.agency, promise(lot, "owner")) == ["committed"]
    assert refused(commit, lot, world.operator, b"short") == ["commitment"]
    late = refused(commit, lot, world.supervisor, promise(lot, "supervisor"), KNOWN)
    assert late == ["entrants_known"]


@pytest.mark.parametrize(
    ("who", "nonce", "at", "reasons"),
    [
        ("owner", NONCE, OPENS + 3 * MINUTE, ["phase"]),
        ("owner", bytes(32), KNOWN + MINUTE, ["differs"]),
        ("owner", NONCE, KNOWN + lottery.REVEAL_WINDOW, ["late"]),
        ("supervisor", NONCE, KNOWN + MINUTE, ["not_committed"]),
    ],
)
def test_a_nonce_is_not_taken(world: World, who, nonce, at, reasons):
    lot, _ = at_ceiling(world)
    commit(lot, world.owner, promise(lot, "owner"))
    if at >= KNOWN:
        known(lot)
    assert refused(reveal, lot, getattr(world, who), nonce, at) == reasons


def test_a_bidder_gives_its_nonce_under_its_paddle_and_nobody_learns_its_name(world: World):
    lot, numbers = at_ceiling(world)
    players = {stage.paddle(lot, player): player for player in world.bidders[:3]}
    party = paddle_party(numbers[0])
    commit(lot, players[numbers[0]], promise(lot, party))
    silent = next(player for number, player in players.items() if number not in numbers)
    early = refused(commit, lot, silent, promise(lot, paddle_party(stage.paddle(lot, silent))))
    assert early == ["paddle_unknown"]
    known(lot)
    reveal(lot, players[numbers[0]])
    facts = [fact for fact in journal.facts(subject=f"lot/{lot}/1/lots") if fact.event.party == party]
    assert [(fact.kind, fact.actor.organisation) for fact in facts] == [
        ("lot_nonce.committed", None),
        ("lot_nonce.revealed", None),
    ]
    run_timers(KNOWN + 2 * MINUTE)
    assert queries.auction(lot).state is AuctionState.SOLD and agrees(lot)


def test_who_has_no_paddle_gives_no_nonce(world: World):
    lot, _ = at_ceiling(world)
    with pytest.raises(Missing):
        commit(lot, world.bidders[3], promise(lot, "bidder"))
