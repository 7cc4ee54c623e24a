"""演练分队: the same rehearsal walked by several processes, each lot by one of them.

Everybody a notice names is registered beforehand, so that no name is registered twice.
"""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import datetime

from django.db import connections

from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.desk.management.rehearsal.runner import Outcome, Rehearsal
from ggzy.kernel.roles import Role

_MINE: list[Rehearsal] = []  # what this process walks for; filled when it starts


def run(rehearsal: Rehearsal, jobs: int) -> Iterator[Outcome]:
    """分队走完全部标段, in the order they end. A process that dies takes its lot's outcome with it, and says so."""
    register(rehearsal)
    connections.close_all()  # a connection does not survive a fork
    context = multiprocessing.get_context("fork")
    numbers = context.Value("i", 0)
    with ProcessPoolExecutor(jobs, context, initializer=_join, initargs=(rehearsal, numbers)) as pool:
        waiting = {pool.submit(_walk, place): place for place in range(len(rehearsal.readings))}
        for done in as_completed(waiting):
            died = done.exception()
            yield done.result() if died is None else rehearsal.lost(waiting[done], died)


def register(rehearsal: Rehearsal) -> None:
    """登记公告提到的全部单位, each at the first moment anybody needs it."""
    bidders: dict[str, datetime] = {}
    owners: dict[tuple[str, Role], datetime] = {}
    for place in range(len(rehearsal.readings)):
        script = rehearsal.script(place)
        for name, since in rehearsal.entrants(script):
            bidders[name] = min(since, bidders.get(name, since))
        since = script.schedule.registered
        for key in ((script.reading.owner, Role.OWNER), (script.reading.agency, Role.AGENCY)):
            owners[key] = min(since, owners.get(key, since))
    owners = {key: since for key, since in owners.items() if key[0]}
    for (name, role), since in owners.items():
        with at_moment(since):
            rehearsal.cast.owner_named(name, role, since)
    for name, since in bidders.items():
        with at_moment(since):
            rehearsal.cast.bidder(name, since)


def _join(rehearsal: Rehearsal, numbers: "multiprocessing.sharedctypes.Synchronized[int]") -> None:
    with numbers.get_lock():
        numbers.value += 1
        _MINE.append(rehearsal.branch(numbers.value))


def _walk(place: int) -> Outcome:
    return _MINE[0].one(place)
