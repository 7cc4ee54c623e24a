"""./ggzy bench flags: all eleven red flags beside `ocdscardinal`'s coverage, which only parses the same lines.

Each size is a made-up file. `./ggzy flags` and coverage take turns, each run a process of its own from its start to its end;
of the turns the best and the middle one are shown, since wall time is shared with whatever else the machine does. The package
stands in the extra `bench`; without it there is no ratio.
`--engine duckdb` or `spark` runs the relational expressions too (Spark on two workers of its own) and compares the findings.
"""

import argparse
import importlib.util
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench._releases import written

SIZES, TURNS = "5,50,200", 5
ROOT = Path(__file__).resolve().parents[1]
CLUSTER = "local-cluster[2,1,1024]"
COVERAGE = "import ocdscardinal, sys; ocdscardinal.coverage(sys.argv[1])"
MEGABYTE = 10**6


@dataclass(frozen=True)
class Run:
    """One process: how long, how much of the processors, how much memory at most (of its largest process)."""

    seconds: float
    processor_seconds: float
    peak_mb: int


@dataclass(frozen=True)
class Size:
    """What one file cost."""

    megabytes: int
    releases: int
    flags: Run
    coverage: Run | None
    ratio: float | None  # of the best wall times: under one is quicker than bare coverage
    middle_ratio: float | None  # of the middle ones
    engine: Run | None
    equal: bool | None


def main() -> int:
    options = argparse.ArgumentParser("./ggzy bench flags", description=__doc__)
    options.add_argument("--sizes", default=SIZES, help=f"megabytes of the files ({SIZES})")
    options.add_argument("--turns", type=int, default=TURNS, help=f"how often each runs ({TURNS})")
    options.add_argument("--engine", choices=("duckdb", "spark"), help="compare this engine's findings")
    options.add_argument("--json", action="store_true", help="figures as JSON")
    chosen = options.parse_args()
    sizes = [int(size) for size in chosen.sizes.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        measured = [_measured(Path(folder), size, chosen.turns, chosen.engine) for size in sizes]
    if chosen.json:
        print(json.dumps([asdict(size) for size in measured]))
    else:
        _print(measured, chosen.engine)
    return 1 if any(size.equal is False for size in measured) else 0


def _measured(folder: Path, megabytes: int, turns: int, engine: str | None) -> Size:
    path = folder / f"{megabytes}.jsonl"
    releases = written(path, megabytes)
    found, asked = folder / "found.json", folder / "asked.json"
    flags = [str(ROOT / "ggzy"), "flags", str(path), "--format", "cardinal"]
    _run(flags, found)  # unmeasured: it has the file at hand, and the launcher its ground made
    flagged, covered = [], []
    for _ in range(turns):
        flagged.append(_run(flags, found))
        if importlib.util.find_spec("ocdscardinal"):
            covered.append(_run([sys.executable, "-c", COVERAGE, str(path)], Path(os.devnull)))
    by_engine = _run([*flags, "--engine", engine, "--master", CLUSTER], asked) if engine else None
    equal = _read(found) == _read(asked) if engine else None
    path.unlink()
    best, middle = (_ratio(of, flagged, covered) if covered else None for of in (min, statistics.median))
    return Size(
        megabytes,
        releases,
        _best(flagged),
        _best(covered) if covered else None,
        best,
        middle,
        by_engine,
        equal,
    )


def _best(runs: Sequence[Run]) -> Run:
    return min(runs, key=lambda run: run.seconds)


def _ratio(of: Callable[[list[float]], float], flagged: Sequence[Run], covered: Sequence[Run]) -> float:
    return round(of([run.seconds for run in flagged]) / of([run.seconds for run in covered]), 2)


def _run(command: Sequence[str], out: Path) -> Run:
    began = time.perf_counter()
    with out.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return Run(
        round(time.perf_counter() - began, 3), round(used.ru_utime + used.ru_stime, 3), _megabytes(used)
    )


def _megabytes(used: resource.struct_rusage) -> int:
    return used.ru_maxrss * 1024 // MEGABYTE


def _read(path: Path) -> Any:
    return json.loads(path.read_text())


def _print(sizes: Sequence[Size], engine: str | None) -> None:
    print(
        f"  {'MB':>6}{'releases':>11}{'flags s':>9}{'cpu s':>7}{'peak MB':>9}{'coverage s':>12}{'cpu s':>7}"
        f"{'ratio':>7}{'middle':>8}"
    )
    for size in sizes:
        flags, coverage = size.flags, size.coverage
        beside = (
            f"{coverage.seconds:>12}{coverage.processor_seconds:>7}{size.ratio:>7}{size.middle_ratio:>8}"
            if coverage
            else ""
        )
        print(
            f"  {size.megabytes:>6}{size.releases:>11,}{flags.seconds:>9}{flags.processor_seconds:>7}{flags.peak_mb:>9}{beside}"
        )
        if size.engine:
            words = "equal" if size.equal else "NOT EQUAL"
            print(f"         {engine}: {size.engine.seconds} s, {size.engine.peak_mb} MB, findings {words}")
    if len(sizes) > 1:
        first, last = sizes[0], sizes[-1]
        growth = (last.flags.processor_seconds / last.megabytes) / (
            first.flags.processor_seconds / first.megabytes
        )
        more = (last.flags.peak_mb - first.flags.peak_mb) * MEGABYTE / (last.releases - first.releases)
        print(
            f"  a megabyte of the largest costs {growth:.2f} of one of the smallest; {more:.0f} bytes of memory a release"
        )
    if not any(size.coverage for size in sizes):
        print("  without ocdscardinal (var/venv/bin/pip install ocdscardinal) there is nothing beside it")


if __name__ == "__main__":
    sys.exit(main())
