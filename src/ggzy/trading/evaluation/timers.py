"""时钟推动的事: a giver who stays silent past the window ends the draw, by name."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from ggzy.kernel.actor import Actor
from ggzy.trading.evaluation import queries, services


def due(at: datetime) -> Iterable[Callable[[], object]]:
    """到期事项."""
    for draw in queries.overdue(at):
        yield partial(services.abandon_overdue, Actor.system(f"{draw}/overdue"), draw)
