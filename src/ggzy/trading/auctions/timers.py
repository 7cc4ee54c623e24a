"""竞价的定时: rooms made ready, opened, moved on and closed; late applications decided; results established."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.trading.auctions import queries, services


def due(at: datetime) -> Iterator[Callable[[], object]]:
    """到点的动作, each in its own transaction."""
    for lot, party in (*queries.overdue(at), *queries.lapsed()):
        actor = Actor.system(f"decide:{lot}:{party}:{at.isoformat()}")
        yield partial(services.decide, actor, lot, party)
    for lot in queries.to_prepare(at):
        yield partial(services.prepare_room, Actor.system(f"prepare:{lot}:{at.isoformat()}"), lot)
    if queries.is_reachable(at):
        for outage in queries.outages_left():
            yield partial(services.outlast, outage)
        for lot in (*queries.due_rooms(at), *queries.to_brake()):
            yield partial(serve, lot)
    for lot in queries.to_open():
        yield partial(services.open_offers, Actor.system(f"unseal:{lot}:{at.isoformat()}"), lot)
    for lot in queries.to_draw(at):
        yield partial(services.draw_lots, Actor.system(f"lots:{lot}:{at.isoformat()}"), lot)
    for lot in queries.to_settle():
        yield partial(services.settle, Actor.system(f"settle:{lot}:{at.isoformat()}"), lot, at=at)
    for lot in queries.to_reveal():
        yield partial(services.reveal_paddles, Actor.system(f"reveal:{lot}:{at.isoformat()}"), lot, at=at)


def serve(lot: LotCode) -> bool:
    """到点处理 of one room, by whoever notices; a writer that sat there is fenced and takes it again."""
    return services.take(lot).serve()
