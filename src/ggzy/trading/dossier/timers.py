"""案卷的定时: documents just issued are scanned; a lot that is over is archived the day after."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from ggzy.kernel.actor import Actor
from ggzy.trading.dossier import queries, services

QUIET = timedelta(days=1)
SCANNED_AT_ONCE = 1  # lots a round: hostile files may take their time, and others wait


def due(at: datetime) -> Iterator[Callable[[], object]]:
    """到点的动作, each in its own transaction."""
    for lot in queries.ripe(at - QUIET):
        yield partial(services.archive, Actor.system(f"archive:{lot}:{at.isoformat()}"), lot, at=at)
    for lot in queries.unscanned(at)[:SCANNED_AT_ONCE]:
        yield partial(services.scan_documents, Actor.system(f"scan:{lot}:{at.isoformat()}"), lot, at=at)
