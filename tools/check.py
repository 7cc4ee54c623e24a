"""The verb check: formatting, linting, types, contracts, tests. Every step runs, whatever the one before said."""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tools import system
from tools.world import ROOT

PLACES = ("src", "tests", "tools", "bench", "manage.py")
TYPED = ("src/ggzy", "tools", "tests")
PROGRAMS = (
    "sealer",
    "custodian",
    "witness",
    "verify",
    "imprint",
    "screens",
    "likeness",
    "redflags",
)  # beside the platform, in src
WORKERS = ("-n", "auto", "--dist", "loadfile")  # a process a core, each with a database of its own


@dataclass(frozen=True)
class Step:
    """One step's outcome; `words` are its figures in a few words."""

    name: str
    ok: bool
    seconds: float
    words: str


def main(words: list[str]) -> int:
    """formatting, linting, types, contracts, tests: the same here and in the build."""
    options = argparse.ArgumentParser(prog="ggzy check", description=main.__doc__)
    options.add_argument("--json", action="store_true", help="the figures as JSON on the last line")
    options.add_argument("tests", nargs="*", help="only these tests (the other steps run in full)")
    chosen = options.parse_args(words)
    began = time.monotonic()
    present = [place for place in PLACES if (ROOT / place).exists()]
    typed = [*TYPED, *(f"src/{name}" for name in PROGRAMS if list((ROOT / "src" / name).glob("**/*.py")))]
    steps = [
        step("format", [_tool("ruff"), "format", "--check", *present]),
        step("lint", [_tool("ruff"), "check", *present]),
        step("types", [_tool("mypy"), *typed]),
        step("contracts", [_tool("lint-imports"), "--no-logo"]),
    ]
    tested, counts = tests(chosen.tests)
    steps.append(tested)
    seconds = round(time.monotonic() - began, 1)
    summary = " · ".join(f"{done.name} {'ok' if done.ok else 'FAILED'}{done.words}" for done in steps)
    failed = not all(done.ok for done in steps)
    if chosen.json:
        report = {
            "ok": not failed,
            "seconds": seconds,
            "tests": counts,
            "steps": [asdict(done) for done in steps],
        }
        print(json.dumps(report, ensure_ascii=False))
    print(f"check: {'FAILED' if failed else 'ok'} in {seconds} s: {summary}")
    return int(failed)


def step(name: str, command: Sequence[str]) -> Step:
    """Runs one tool; what it says is shown only if it has something to say against the work."""
    began = time.monotonic()
    print(f"── {name}", flush=True)
    done = subprocess.run(command, cwd=ROOT, env=_environment(), capture_output=True, text=True, check=False)
    said = (done.stdout + done.stderr).strip()
    if done.returncode:
        print(said, flush=True)
    return Step(name, done.returncode == 0, round(time.monotonic() - began, 1), _figures(name, said))


def tests(chosen: Sequence[str]) -> tuple[Step, dict[str, int]]:
    """pytest; the browser tests too where there is a Chromium, else their number is said."""
    began = time.monotonic()
    print("── tests", flush=True)
    browser = system.chromium()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        told = {"GGZY_TEST_REPORT": str(report), **({"GGZY_CHROMIUM": browser} if browser else {})}
        command = [sys.executable, "-m", "pytest", "-q", "-p", "tools.counts", *WORKERS, *chosen]
        done = subprocess.run(command, cwd=ROOT, env=_environment(told), check=False)
        counts = json.loads(report.read_text()) if report.exists() else {}
    idle = counts.get("browser_not_run", 0)
    words = (
        f" ({counts.get('passed', 0)} passed, {counts.get('failed', 0)} failed, {idle} browser tests not run"
    )
    words += ": no browser that can be driven)" if idle else ")"
    return Step("tests", done.returncode == 0, round(time.monotonic() - began, 1), words), counts


def _tool(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def _environment(more: dict[str, str] | None = None) -> dict[str, str]:
    """Tests make their own database and their own mode, whatever the caller has set for the platform."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GGZY_")}
    passed_on = {name: os.environ[name] for name in ("GGZY_CHROMIUM",) if name in os.environ}
    return {**kept, **passed_on, "GGZY_MODE": "test", **(more or {})}


def _figures(name: str, said: str) -> str:
    patterns = {
        "format": r"(\d+ files?) already formatted",
        "types": r"in (\d+ source files?)",
        "contracts": r"Contracts: (\d+ kept, \d+ broken)",
    }
    found = re.search(patterns.get(name, r"(?!)"), said)
    return f" ({found.group(1)})" if found else ""
