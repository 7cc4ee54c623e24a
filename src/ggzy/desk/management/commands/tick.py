"""时钟: asks each app what is due and makes each move in a transaction of its own."""

import logging
import signal
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from types import FrameType
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections, transaction

from ggzy.foundation.journal import queries as journal

POLL_SECONDS = 0.5
PAUSE_SECONDS = 2.0  # after the database went away
Due = Callable[[datetime], Iterable[Callable[[], object]]]

log = logging.getLogger("ggzy.tick")


class Command(BaseCommand):
    """The loop. A move that fails is logged and asked for again at the next round; the others go on."""

    help = "Makes the moves that fall due, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stopping = False
        signal.signal(signal.SIGTERM, self._stop)
        timers = found()
        while not self.stopping:
            began = time.monotonic()
            try:
                tick(timers)
            except OperationalError:
                log.exception("the database does not answer")
                close_old_connections()
                time.sleep(PAUSE_SECONDS)
            if options["once"]:
                return
            time.sleep(max(0.0, POLL_SECONDS - (time.monotonic() - began)))

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True


def found() -> dict[str, Due]:
    """定时器 of the apps, in the order they are installed."""
    names = [config.name for config in apps.get_app_configs() if config.name.startswith("ggzy.")]
    return {name: import_module(f"{name}.timers").due for name in names if find_spec(f"{name}.timers")}


def tick(timers: dict[str, Due]) -> int:
    """One round; gives the number of moves made. A lost database ends the round, nothing else does."""
    made = 0
    for name, due in timers.items():
        try:
            moves = list(due(journal.now()))
        except OperationalError:
            raise
        except Exception:
            log.exception("%s cannot say what is due", name)
            continue
        made += sum(_make(name, move) for move in moves)
    return made


def _make(name: str, move: Callable[[], object]) -> bool:
    """One move, all or nothing, and alone: what one lot cannot do must not stop the next."""
    try:
        with transaction.atomic():
            move()
    except OperationalError:
        raise
    except Exception:
        log.exception("a move of %s failed; it is asked for again", name)
        return False
    return True
