"""Keeps a handful of processes alive: starts, watches, restarts and stops them. Standard library only."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import FrameType

POLL_SECONDS = 0.1
STOP_SECONDS = 15
CALM_SECONDS = 30  # a child that lived this long starts with a clean slate
DELAY_MAX_SECONDS = 10.0


@dataclass
class Child:
    """One process to keep alive."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    due: float = 0.0
    waits: bool = False  # until the platform is ready

    def start(self) -> None:
        """In a session of its own, so that Ctrl-C reaches the supervisor alone, and dies with it."""
        setpriv = shutil.which("setpriv")
        guard = [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []
        self.process = subprocess.Popen(
            [*guard, *self.command],
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.started = time.monotonic()

    def died(self) -> bool:
        """Reaps a dead child and says when it may start again: later each time, up to ten seconds."""
        if self.process is None or self.process.poll() is None:
            return False
        calm = time.monotonic() - self.started > CALM_SECONDS
        self.failures = 1 if calm else self.failures + 1
        delay = min(0.25 * 2 ** (self.failures - 1), DELAY_MAX_SECONDS)
        say(f"{self.name} ended with {self.process.returncode}; starting it again in {delay:g} s")
        self.process, self.due = None, time.monotonic() + delay
        return True

    def signal(self, number: int) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, number)


class Supervisor:
    """Runs its children until it is told to stop.

    `foundation` is asked often whether the database stands, and mends it; while it falls the children wait.
    """

    def __init__(self, children: Sequence[Child], foundation: Callable[[], None]) -> None:
        self.children = list(children)
        self.foundation = foundation
        self.stopping = False

    def run(self, ready: Callable[[], bool], announce: Callable[[], None]) -> int:
        """Until SIGINT or SIGTERM. `announce` is called once, as soon as `ready` says yes."""
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGTERM, self._stop)
        announced = False
        try:
            while not self.stopping:
                self.foundation()
                self._look_after(announced)
                if not announced and ready():
                    announce()
                    announced = True
                time.sleep(POLL_SECONDS)
        finally:
            self.stop()
        return 0

    def stop(self) -> None:
        """Asks all at once, waits, and insists; the last one started is the first to be waited for."""
        for child in self.children:
            child.signal(signal.SIGTERM)
        limit = time.monotonic() + STOP_SECONDS
        for child in reversed(self.children):
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.1, limit - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.signal(signal.SIGKILL)
                child.process.wait()
            child.process = None

    def _look_after(self, is_ready: bool) -> None:
        for child in self.children:
            may_start = time.monotonic() >= child.due and (is_ready or not child.waits)
            if not child.died() and child.process is None and may_start:
                child.start()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True


def say(words: str) -> None:
    print(f"ggzy: {words}", file=sys.stderr, flush=True)
