"""招标采购的定时: close what is due, decrypt what can be, extend once for late custodians,
read the traces of opened bids."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from ggzy.kernel.actor import Actor
from ggzy.trading.tendering import queries, services
from ggzy.trading.tendering.values import Cause

LATE_CUSTODIANS = "保管人未在规定时间内释放足够的密钥份额，解密时间自动延长一次"
MINUTES = 30
TRACED_AT_ONCE = 1  # lots a round: reading hostile files may take its time, and others wait


def due(at: datetime) -> Iterator[Callable[[], object]]:
    """到点的动作, each in its own transaction."""
    for lot in queries.due(at):
        yield partial(services.close, Actor.system(f"close:{lot}:{at.isoformat()}"), lot)
    for lot, what in queries.stirring(at):
        actor = Actor.system(f"{what}:{lot}:{at.isoformat()}")
        if what == "open":
            yield partial(services.open_bids, actor, lot)
        else:
            yield partial(services.extend_window, actor, lot, MINUTES, LATE_CUSTODIANS, cause=Cause.CUSTODY)
    for lot in queries.untraced(TRACED_AT_ONCE):
        yield partial(services.trace_bids, Actor.system(f"trace:{lot}:{at.isoformat()}"), lot)
