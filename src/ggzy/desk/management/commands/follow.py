"""追随: passes each entry of the journal to every app's followers, in the order the apps are installed."""

import logging
import signal
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from types import FrameType
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections

from ggzy.foundation.journal import queries
from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.values import Fact

POLL_SECONDS = 0.05  # one small question each time, and what an alert waits for at the least
PAUSE_SECONDS = 2.0
AGAIN_SECONDS = 2.0
Followers = Mapping[str, Callable[[Fact], None]]

log = logging.getLogger("ggzy.follow")


class Command(BaseCommand):
    """The loop. Each app remembers one height; an app that fails waits at its entry, the others go on."""

    help = "Passes the journal to the followers, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="until everything is passed on, then end")
        parser.add_argument(
            "--again", choices=repeatable(), help="this app hears every fact from the first, once more"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stopping, self.seen, self.again = False, -1, 0.0
        signal.signal(signal.SIGTERM, self._stop)
        followers = found()
        if options["again"]:
            journal.follow_again(options["again"])
        while not self.stopping:
            passed = 0
            try:
                passed = self._look(followers)
            except OperationalError:
                log.exception("the database does not answer")
                close_old_connections()
                time.sleep(PAUSE_SECONDS)
            if passed == 0:
                if options["once"]:
                    return
                time.sleep(POLL_SECONDS)

    def _look(self, followers: Mapping[str, Followers]) -> int:
        """Only where something was recorded since, or it is time to offer again what an app could not take."""
        head, now = queries.head(), time.monotonic()
        if head == self.seen and now < self.again:
            return 0
        passed = follow(followers)
        if passed == 0:
            self.seen, self.again = head, now + AGAIN_SECONDS
        return passed

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True


def found() -> dict[str, Followers]:
    """追随者 of the apps by label, in the order they are installed."""
    return {label: module.FOLLOWERS for label, module in _modules().items()}


def repeatable() -> list[str]:
    """The apps that may hear a fact twice, by their own word: a row of a new kind is filled from old facts."""
    return [label for label, module in _modules().items() if getattr(module, "MAY_REPEAT", False)]


def _modules() -> dict[str, Any]:
    configs = [config for config in apps.get_app_configs() if config.name.startswith("ggzy.")]
    return {
        config.label: import_module(f"{config.name}.followers")
        for config in configs
        if find_spec(f"{config.name}.followers")
    }


def follow(followers: Mapping[str, Followers]) -> int:
    """One batch for every app; gives the number of entries passed on."""
    passed = 0
    for label, handlers in followers.items():
        try:
            passed += journal.follow(label, handlers)
        except OperationalError:
            raise
        except Exception:
            log.exception("%s could not take an entry; it is offered again", label)
    return passed
