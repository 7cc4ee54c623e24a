"""优先购买权的共用场景: a claim, its decision, and a holder that is asked."""

from datetime import datetime
from typing import Any

from ggzy.kernel.codes import LotCode
from ggzy.trading.auctions import services
from ggzy.trading.auctions.services import Seat
from ggzy.trading.auctions.values import Document, PriorityMode, PriorityTerms
from tests.services.auctions.stage import (
    DAY,
    MINUTE,
    NOW,
    OPENS,
    admit,
    announced,
    document,
    offer,
    press,
)
from tests.world import Player, World, clock

AFTER = PriorityTerms(mode=PriorityMode.AFTER, asking_s=300)


def claim(world: World, lot: LotCode, bidder: Player, at: datetime = NOW + 2 * DAY) -> Document:
    proof = document(world, f"{bidder.name}的章程")
    with clock(at):
        services.claim_priority(bidder.acts(), lot, "公司章程载明的其他股东", (proof,))
    return proof


def decide(
    world: World, lot: LotCode, bidder: Player, order: int | None, at: datetime = NOW + 4 * DAY
) -> Any:
    with clock(at):
        return services.decide_priority(
            world.operator.acts(), lot, bidder.organisation, "经核对章程", order=order
        )


def asked(world: World) -> tuple[LotCode, list[int], Seat]:
    """The contest is over and the first bidder, whose right was recognised, is asked for its word."""
    lot = announced(world, "ascending", priority=AFTER)
    paddles = [admit(world, lot, bidder) for bidder in world.bidders[:3]]
    claim(world, lot, world.bidders[0], NOW + 3 * DAY + MINUTE)
    decide(world, lot, world.bidders[0], 1)
    with clock(OPENS - 5 * MINUTE):
        services.prepare_room(world.system(), lot)
    with clock(OPENS):
        seat = services.take(lot)
        seat.serve()
    press(seat, OPENS + MINUTE, offer(paddles[1], 1))
    with clock(OPENS + 60 * MINUTE):
        seat.serve()
    return lot, paddles, seat
