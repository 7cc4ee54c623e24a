"""./ggzy bench journal: how many facts the journal takes, and how fast all of it is verified.

Every figure is a durable commit of a whole command (request, fact, chain, signed receipt). Beside it stand the
disk's own rate of fdatasync and a plain INSERT with its commit, measured in the same run with as many writers.
"""

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import django

SECONDS = 3.0
WRITERS = 8
FORKED = multiprocessing.get_context("fork")
Step = Callable[[int, int], int]  # writer, turn → how many it did


@dataclass(frozen=True)
class Rate:
    """How many per second, and how long the slowest hundredth took at least."""

    per_second: float
    p99_ms: float


def main() -> int:
    parser = argparse.ArgumentParser("./ggzy bench journal")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="length of each measurement")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ggzy.settings")
    django.setup()
    figures = measured(options.seconds)
    if options.json:
        print(json.dumps(figures, ensure_ascii=False))
    else:
        for name, value in figures.items():
            print(f"  {name:<28}{value:>14,}")
    print(summary(figures))
    return 0 if figures["verify_faults"] == 0 else 1


def measured(seconds: float) -> dict[str, float]:
    """All figures, in the order they are taken."""
    figures: dict[str, float] = {
        "cores": os.cpu_count() or 1,
        "fdatasync_per_s": round(fdatasync(seconds / 2)),
    }
    from bench._facts import in_batches, on_many_lots, on_one_lot, plain_insert

    require_durable()
    steps: dict[str, Step] = {
        "plain_insert": plain_insert,
        "one_lot": on_one_lot,
        "many_lots": on_many_lots,
        "batches_of_100": in_batches,
    }
    for name, step in steps.items():
        for writers in (1, WRITERS):
            rate = rate_of(step, writers, seconds)
            figures[f"{name}_{writers}w_per_s"] = round(rate.per_second)
            figures[f"{name}_{writers}w_p99_ms"] = round(rate.p99_ms, 1)
    for name in ("one_lot", "many_lots"):
        for writers in (1, WRITERS):
            plain = figures[f"plain_insert_{writers}w_per_s"]
            figures[f"{name}_{writers}w_of_plain"] = round(figures[f"{name}_{writers}w_per_s"] / plain, 2)
    return figures | verified()


def verified() -> dict[str, float]:
    """A signed head over everything, then the whole journal walked again."""
    from ggzy.foundation.journal import queries, services

    services.pad()
    began = time.perf_counter()
    services.checkpoint()
    signed = time.perf_counter() - began
    began = time.perf_counter()
    found = queries.audit()
    walked = time.perf_counter() - began
    return {
        "entries": found.entries,
        "head_s": round(signed, 2),
        "verify_s": round(walked, 2),
        "verify_entries_per_s": round(found.entries / walked),
        "verify_faults": len(found.faults),
    }


def summary(figures: dict[str, float]) -> str:
    """The one line at the end."""
    return (
        f"留痕：{figures['one_lot_1w_per_s']:,} 条/秒（一个写入方、一个标段）、"
        f"{figures[f'many_lots_{WRITERS}w_per_s']:,} 条/秒（{WRITERS} 个写入方、多个标段）；"
        f"同时测得单纯写入提交 {figures['plain_insert_1w_per_s']:,} 与 "
        f"{figures[f'plain_insert_{WRITERS}w_per_s']:,} 次/秒，磁盘 fdatasync {figures['fdatasync_per_s']:,} 次/秒；"
        f"核验 {figures['verify_entries_per_s']:,} 条/秒"
    )


def fdatasync(seconds: float) -> float:
    """How often per second the disk beside the data makes 8 KiB durable."""
    from django.conf import settings

    settings.VAR.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=settings.VAR) as file:
        handle, page, done = file.fileno(), bytes(8192), 0
        os.pwrite(handle, bytes(8192 * 256), 0)
        os.fsync(handle)
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            os.pwrite(handle, page, 8192 * (done % 256))
            os.fdatasync(handle)
            done += 1
    return done / seconds


def require_durable() -> None:
    """Refuses to measure a database that answers before the disk has it."""
    from django.db import connection

    with connection.cursor() as cursor:
        for setting in ("fsync", "synchronous_commit"):
            cursor.execute(f"SHOW {setting}")
            assert cursor.fetchone() == ("on",), f"{setting} is off: these would be no durable commits"
    connection.close()


def rate_of(step: Step, writers: int, seconds: float) -> Rate:
    """The rate of that many processes together, each with a connection of its own."""
    gate, answers = FORKED.Barrier(writers), FORKED.SimpleQueue()
    processes = [
        FORKED.Process(target=_write, args=(step, writer, seconds, gate, answers))
        for writer in range(writers)
    ]
    for process in processes:
        process.start()
    results = [answers.get() for _ in processes]
    for process in processes:
        process.join()
    assert all(process.exitcode == 0 for process in processes), "a writer failed"
    times = sorted(moment for _, taken in results for moment in taken)
    return Rate(sum(done for done, _ in results) / seconds, 1000 * times[int(len(times) * 0.99)])


def _write(step: Step, writer: int, seconds: float, gate: Any, answers: Any) -> None:
    """One writer: warms up, waits for the others, then works for that many seconds."""
    from django.db import connection

    step(writer, 0)
    gate.wait()
    done, turn, taken = 0, 1, []
    end = time.perf_counter() + seconds
    while (began := time.perf_counter()) < end:
        done += step(writer, turn)
        taken.append(time.perf_counter() - began)
        turn += 1
    connection.close()
    answers.put((done, taken))


if __name__ == "__main__":
    sys.exit(main())
