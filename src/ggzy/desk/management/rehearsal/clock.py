"""演练时间: everything inside happens at a given moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.journal import services


@contextmanager
def at_moment(moment: datetime) -> Iterator[None]:
    """在这一刻: moves simulated time so that it is `moment` now, and runs on from there."""
    with services.simulate(timedelta()):
        real = journal.now()
    with services.simulate(moment - real):
        yield
