"""归档的定时: a lot that is over is archived the day after, by the clock."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from ggzy.kernel.actor import Actor
from ggzy.trading.dossier import queries, services

QUIET = timedelta(days=1)


def due(at: datetime) -> Iterator[Callable[[], object]]:
    """到点的动作, each in its own transaction."""
    for lot in queries.ripe(at - QUIET):
        yield partial(services.archive, Actor.system(f"archive:{lot}:{at.isoformat()}"), lot, at=at)
