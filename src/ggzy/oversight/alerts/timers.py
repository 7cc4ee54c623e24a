"""预警的定时: limits that have come, and alerts the journal does not know of yet."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from ggzy.kernel.actor import Actor
from ggzy.oversight.alerts import queries, services

# Facts of the last moments may still be on their way to be committed.
GRACE = timedelta(seconds=2)


def due(at: datetime) -> Iterator[Callable[[], object]]:
    """到点的动作, each in its own transaction."""
    for lot in queries.lots_to_look_at(at - GRACE):
        yield partial(services.look_again, lot, at - GRACE)
    for alert, told in queries.untold():
        yield partial(services.tell, Actor.system(f"alert:{alert}:{told}"), alert, at=at)
