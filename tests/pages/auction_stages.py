"""竞价标的的各个阶段: a lot made as far as each, the moment, and who looks at it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from ggzy.kernel.codes import LotCode
from ggzy.trading.auctions import services
from tests.services.auctions import stage
from tests.services.auctions.stage import DAY, MINUTE, NOW, OPENS
from tests.world import Player, World, clock

AFTER = OPENS + timedelta(hours=3)
Stage = tuple[LotCode, Any]


def registered(world: World) -> Stage:
    return stage.land(world), NOW


def announced(world: World) -> Stage:
    return stage.announced(world), NOW + DAY


def applied(world: World) -> Stage:
    lot = stage.announced(world)
    stage.apply(world, lot, world.bidders[0])
    return lot, NOW + 2 * DAY


def admitted(world: World) -> Stage:
    lot = stage.announced(world)
    stage.admit(world, lot, world.bidders[0])
    return lot, NOW + 4 * DAY


def opened(world: World) -> Stage:
    lot, paddles, seat = stage.opened(world)
    stage.press(seat, OPENS + MINUTE, stage.offer(paddles[0], 0))
    return lot, OPENS + 2 * MINUTE


def closed(world: World) -> Stage:
    return stage.closed(world)[0], AFTER


def sold(world: World) -> Stage:
    lot, when = closed(world)
    with clock(when):
        services.settle(world.system(), lot, at=when)
    return lot, when


def failed(world: World) -> Stage:
    lot, _, seat = stage.opened(world)
    with clock(AFTER):
        seat.serve()
        services.settle(world.system(), lot, at=AFTER)
    return lot, AFTER


STAGES: dict[str, Callable[[World], Stage]] = {
    one.__name__: one for one in (registered, announced, applied, admitted, opened, closed, sold, failed)
}


def people(world: World) -> dict[str, Player]:
    return {
        "owner": world.owner, "agency": world.agency, "bidder": world.bidders[0], "other bidder": world.bidders[4],
        "operator": world.operator, "supervisor": world.supervisor, "inspector": world.inspector,
        "auditor": world.auditor, "expert": world.experts[0], "custodian": world.custodians[0],
    }  # fmt: skip
