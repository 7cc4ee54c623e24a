"""到期办理: what a list holds no longer leaves it on the day."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from ggzy.kernel.actor import Actor
from ggzy.registers.credit import queries, services


def due(at: datetime) -> Iterator[Callable[[], object]]:
    """到期事项, each in its own transaction."""
    for listing in queries.overdue_listings(at):
        actor = Actor.system(f"listing-expired-{listing.code}")
        yield partial(services.expire, actor, listing.code, at=at)
