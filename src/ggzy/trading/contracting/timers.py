"""成交合同的定时: what an auction has decided is taken up here."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from ggzy.kernel.actor import Actor
from ggzy.trading.contracting import queries, services


def due(at: datetime) -> Iterator[Callable[[], object]]:
    """到点的动作, each in its own transaction."""
    for lot in queries.to_receive():
        yield partial(services.receive_sale, Actor.system(f"contract:{lot}:{at.isoformat()}"), lot, at=at)
    for lot in queries.to_break():
        yield partial(services.break_sale, Actor.system(f"break:{lot}:{at.isoformat()}"), lot, at=at)
