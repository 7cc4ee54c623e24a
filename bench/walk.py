"""./ggzy bench walk: one whole walk from registration to archive, durable commits, and what each page costs.

The walk is the rehearsal's own, on one invented reading with three bids. It runs first and alone, in a process
of its own; the pages are then asked for the lot it left. The commits are those of `bench journal`, beside the
disk's rate of fdatasync and a plain INSERT with its commit, all of the same run.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import django

from bench.journal import FORKED, WRITERS, fdatasync, rate_of, require_durable

if TYPE_CHECKING:
    from ggzy.desk.management.rehearsal.readings import LotReading
    from ggzy.desk.management.rehearsal.schedule import Schedule
    from ggzy.desk.management.rehearsal.walk import Walk

SECONDS = 3.0
TURNS = 9  # of each page; the median counts
BIDS = (("甲", "1799255.53"), ("乙", "1809900.75"), ("丙", "1801325.31"))
PAGES = (
    "/",
    "/notices/",
    "/lots/{lot}/",
    "/openings/{lot}/",
    "/lots/{lot}/record/",
    "/verify/",
    "/catalog/",
)


@dataclass(frozen=True)
class Walked:
    """What one walk took: preparing its cast, then registration to archive; and how many facts that wrote."""

    lot: str
    cast_s: float
    walk_s: float
    facts: int


@dataclass(frozen=True)
class Page:
    """What one page costs: statements to the database, and the median of its milliseconds."""

    path: str
    statements: int
    ms: float


def main() -> int:
    parser = argparse.ArgumentParser("./ggzy bench walk")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="length of each rate's measurement")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ggzy.settings")
    django.setup()
    require_durable()
    with FORKED.Pool(1) as alone:  # so that the writers below inherit no connection
        walked, pages = alone.apply(walk_and_pages)
    rates = commits(options.seconds)
    if options.json:
        told = {"walk": asdict(walked), "commits": rates, "pages": [asdict(page) for page in pages]}
        print(json.dumps(told, ensure_ascii=False))
    else:
        report(walked, rates, pages)
    print(summary(walked, rates, pages))
    return 0


def walk_and_pages() -> tuple[Walked, list[Page]]:
    """One walk on an empty platform, its facts passed on as `follow` would, then the pages about it."""
    from ggzy.desk.management.commands import follow

    walked = one_walk()
    followers = follow.found()
    while follow.follow(followers):
        pass
    return walked, [page(pattern, walked.lot) for pattern in PAGES]


def one_walk() -> Walked:
    """Plans the reading, registers the cast, then goes from 入场登记 to 归档."""
    from ggzy.desk.management.rehearsal.cast import Cast
    from ggzy.desk.management.rehearsal.clock import at_moment
    from ggzy.desk.management.rehearsal.custody import Custody
    from ggzy.desk.management.rehearsal.script import write
    from ggzy.desk.management.rehearsal.walk import Walk
    from ggzy.foundation.journal import queries as journal

    reading, when = planned()
    before_all = when.registered - timedelta(days=3)
    with tempfile.TemporaryDirectory(prefix="ggzy-custodians-") as folder:
        began = time.perf_counter()
        cast = Cast("bench", before_all)
        with at_moment(before_all):
            keepers = Custody(cast, Path(folder), before_all)
        walk = Walk(cast, keepers, write(reading, when))
        ready, since = time.perf_counter(), journal.head()
        to_archive(walk, when)
        ended = time.perf_counter()
    return Walked(
        lot=str(walk.lot),
        cast_s=round(ready - began, 2),
        walk_s=round(ended - ready, 2),
        facts=journal.head() - since,
    )


def to_archive(walk: "Walk", when: "Schedule") -> None:
    """Every step of one lot, each at its own simulated moment."""
    from ggzy.desk.management.rehearsal import award, sitting

    walk.register()
    walk.announce(when)
    sitting.publish_scheme(walk, when)
    entrants = walk.bid(when, walk.script.bids)
    walk.close(when)
    walk.open(when, entrants)
    sitting.convene(walk, when)
    sitting.evaluate(walk, when, entrants)
    award.publicise(walk, when)
    letter = award.award(walk)
    signed = award.contract(walk, letter, entrants)
    award.archive(walk, award.perform(walk, signed))


def planned() -> tuple["LotReading", "Schedule"]:
    """An invented reading, such as a centre publishes it, and lawful days around it."""
    from ggzy.desk.management.rehearsal.readings import BidderReading, LotReading, read_price
    from ggzy.desk.management.rehearsal.schedule import plan
    from ggzy.kernel.codes import RegionCode
    from ggzy.kernel.instants import BEIJING
    from ggzy.registers.catalog import queries as catalog

    begin = datetime(2025, 6, 13, 18, tzinfo=BEIJING)
    reading = LotReading(
        source="bench",
        line=1,
        title="江州市第一小学教学楼工程",
        publicity=(begin, begin + timedelta(days=3)),
        bidders=tuple(BidderReading(f"云岭{name}建设有限公司", read_price(text)) for name, text in BIDS),
    )
    rulebook = catalog.rulebook("construction", RegionCode("980100"), begin.date())
    return reading, plan(reading, catalog.calendar(), rulebook)


def page(pattern: str, lot: str) -> Page:
    """A visitor's GET of one page: warmed up once, counted once, then timed without the counting."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    path, client, taken = pattern.format(lot=lot), Client(), []
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    statements = len(captured)  # the next request clears the log
    assert answer.status_code == 200, f"{path} answers {answer.status_code}"
    for _ in range(TURNS):
        began = time.perf_counter()
        client.get(path)
        taken.append(1000 * (time.perf_counter() - began))
    return Page(pattern.format(lot="<code>"), statements, round(median(taken), 1))


def commits(seconds: float) -> dict[str, float]:
    """Commands per second, each a durable commit, and the same run's baselines with as many writers."""
    from bench._facts import on_many_lots, on_one_lot, plain_insert

    steps = {"plain_insert": plain_insert, "one_lot": on_one_lot, "many_lots": on_many_lots}
    rates: dict[str, float] = {
        "cores": os.cpu_count() or 1,
        "fdatasync_per_s": round(fdatasync(seconds / 2)),
    }
    for writers in (1, WRITERS):
        for name, step in steps.items():
            rates[f"{name}_{writers}w_per_s"] = round(rate_of(step, writers, seconds).per_second)
        for name in ("one_lot", "many_lots"):
            plain = rates[f"plain_insert_{writers}w_per_s"]
            rates[f"{name}_{writers}w_of_plain"] = round(rates[f"{name}_{writers}w_per_s"] / plain, 2)
    return rates


def report(walked: Walked, rates: dict[str, float], pages: list[Page]) -> None:
    """The figures, one a line."""
    figures: dict[str, float] = {
        "cast_s": walked.cast_s,
        "walk_s": walked.walk_s,
        "walk_facts": walked.facts,
        **rates,
    }
    for name, value in figures.items():
        print(f"  {name:<28}{value:>14,}")
    for one in pages:
        print(f"  {one.path:<28}{one.statements:>5} statements{one.ms:>10,.1f} ms")


def summary(walked: Walked, rates: dict[str, float], pages: list[Page]) -> str:
    """The one line at the end."""
    slowest = max(pages, key=lambda one: one.ms)
    most = max(pages, key=lambda one: one.statements)
    return (
        f"全程：一个标段从入场登记到归档 {walked.walk_s:.1f} 秒、{walked.facts} 条事实；"
        f"留痕 {rates['one_lot_1w_per_s']:,} 条/秒（一个写入方、一个标段，为单纯写入提交的 "
        f"{rates['one_lot_1w_of_plain']:.2f}）、{rates[f'many_lots_{WRITERS}w_per_s']:,} 条/秒"
        f"（{WRITERS} 个写入方、多个标段，{rates[f'many_lots_{WRITERS}w_of_plain']:.2f}）；"
        f"磁盘 fdatasync {rates['fdatasync_per_s']:,} 次/秒；"
        f"页面最慢 {slowest.ms:.0f} 毫秒（{slowest.path}），查询最多 {most.statements} 条（{most.path}）"
    )


if __name__ == "__main__":
    sys.exit(main())
