"""A pytest plug-in of `./ggzy check`: the counts of a run as JSON in the file that GGZY_TEST_REPORT names."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

BROWSER_NOT_RUN = pytest.StashKey[int]()


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    """Browser tests are left out where there is no browser; their number is not forgotten."""
    idle = sum(item.get_closest_marker("browser") is not None for item in items)
    if idle:
        stash = items[0].config.stash
        stash[BROWSER_NOT_RUN] = stash.get(BROWSER_NOT_RUN, 0) + idle


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    stats = {name: len(terminalreporter.stats.get(name, ())) for name in ("passed", "failed", "error")}
    idle = config.stash.get(BROWSER_NOT_RUN, 0)
    counts = {
        "passed": stats["passed"],
        "failed": stats["failed"] + stats["error"],
        "browser_not_run": idle,
    }
    Path(os.environ["GGZY_TEST_REPORT"]).write_text(json.dumps(counts))
