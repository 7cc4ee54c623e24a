"""A pytest plug-in of `./ggzy check`: the counts of a run as JSON in the file that GGZY_TEST_REPORT names.

Tests run in a process a core; each of them collects all tests, so each knows how many were left out.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

BROWSER_NOT_RUN = pytest.StashKey[int]()


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    """Browser tests are left out where there is no browser; their number is not forgotten."""
    idle = sum(item.get_closest_marker("browser") is not None for item in items)
    if idle:
        stash = items[0].config.stash
        stash[BROWSER_NOT_RUN] = stash.get(BROWSER_NOT_RUN, 0) + idle


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker tells its number to the process that counts."""
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["browser_not_run"] = session.config.stash.get(BROWSER_NOT_RUN, 0)


def pytest_testnodedown(node: Any) -> None:
    idle = getattr(node, "workeroutput", {}).get("browser_not_run", 0)
    stash = node.config.stash
    stash[BROWSER_NOT_RUN] = max(stash.get(BROWSER_NOT_RUN, 0), idle)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    stats = {name: len(terminalreporter.stats.get(name, ())) for name in ("passed", "failed", "error")}
    idle = config.stash.get(BROWSER_NOT_RUN, 0)
    counts = {
        "passed": stats["passed"],
        "failed": stats["failed"] + stats["error"],
        "browser_not_run": idle,
    }
    Path(os.environ["GGZY_TEST_REPORT"]).write_text(json.dumps(counts))
