"""演练: reads real notices as published and drives each lot to its lawful end at simulated time."""

import gc
import json
import os
import resource
import sys
import tempfile
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.core.management.base import CommandError, SystemCheckError

from ggzy.desk.management.rehearsal import crew
from ggzy.desk.management.rehearsal.readings import ParcelReading, Unreadable
from ggzy.desk.management.rehearsal.runner import Outcome, Rehearsal, read
from ggzy.foundation.journal import queries as journal

JOBS_MAX = 16


def usable() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0))


class Command(BaseCommand):
    help = "drives the lots of published notices to their lawful end at simulated time"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--limit", type=int, help="so many lots at most")
        parser.add_argument("--jobs", type=int, default=usable(), help="so many processes; one a core")
        parser.add_argument("--json", action="store_true", help="one object a line, the summary last")

    def handle(self, *args: object, **options: Any) -> None:
        if not settings.SIMULATION:
            raise CommandError("正式运行的平台不得演练")
        missing = [str(path) for path in options["files"] if not path.is_file()]
        if missing:
            raise CommandError(f"没有这个文件：{'、'.join(missing)}")
        # Millions of short-lived values: looking for cycles among them is a tenth of the time.
        gc.freeze()
        gc.set_threshold(20_000, 50, 1_000)
        self.is_json = options["json"]
        began, since = perf_counter(), journal.head()
        readings, unreadable = read(options["files"], options["limit"])
        jobs = min(options["jobs"], len(readings), JOBS_MAX)
        for record in unreadable:
            self._say_unreadable(record)
        with tempfile.TemporaryDirectory(prefix="ggzy-custodians-") as folder:
            rehearsal = Rehearsal("r", Path(folder), readings, first_serial=1)
            outcomes = []
            walked = rehearsal.run() if jobs < 2 else crew.run(rehearsal, jobs)
            for number, outcome in enumerate(walked, start=1):
                outcomes.append(outcome)
                self._say(number, len(readings), outcome)
        verified = self._verify()
        bad = [outcome for outcome in outcomes if not outcome.is_good]
        self._sum_up(outcomes, unreadable, since, perf_counter() - began, verified)
        if bad or not verified or not outcomes:
            sys.exit(1)

    def _verify(self) -> bool:
        """The whole journal, by the same verb an auditor uses."""
        try:
            call_command("verify", stdout=self.stderr)
        except (SystemExit, CommandError, SystemCheckError) as error:
            return getattr(error, "code", 1) in (0, None)
        return True

    def _say(self, number: int, total: int, outcome: Outcome) -> None:
        reading = outcome.reading
        if self.is_json:
            self._line(
                source=reading.source,
                line=reading.line,
                title=reading.title,
                lot=outcome.lot,
                bids=outcome.bids,
                rounds=outcome.rounds,
                seconds=round(outcome.seconds, 3),
                said=outcome.said,
                problems=outcome.problems,
            )
            return
        mark = "✓ 已归档" if outcome.is_good else "✗ 未到终点"
        rounds = f"，{outcome.rounds} 轮" if outcome.rounds > 1 else ""
        came = "竞买人 {} 家" if isinstance(reading, ParcelReading) else "投标 {} 份"
        self.stdout.write(
            f"[{number}/{total}] {mark} {reading.source}:{reading.line} {reading.title} "
            f"（{came.format(outcome.bids)}{rounds}，{outcome.seconds:.1f} 秒）{outcome.lot or ''}"
        )
        for words in outcome.said:
            self.stdout.write(f"    · {words}")
        for problem in outcome.problems:
            self.stdout.write(f"    ✗ {problem}")
        self.stdout.flush()

    def _say_unreadable(self, bad: Unreadable) -> None:
        if self.is_json:
            self._line(source=bad.source, line=bad.line, unreadable=bad.reason)
        else:
            self.stdout.write(f"– 读不出 {bad.source}:{bad.line} {bad.reason}")

    def _sum_up(
        self,
        outcomes: list[Outcome],
        unreadable: list[Unreadable],
        since: int,
        seconds: float,
        verified: bool,
    ) -> None:
        good = sum(outcome.is_good for outcome in outcomes)
        bids = sum(outcome.bids for outcome in outcomes)
        reasons = Counter(said.split("，")[-1] for o in outcomes for said in o.said)
        memory = max(
            resource.getrusage(who).ru_maxrss // 1024
            for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        facts = journal.head() - since
        if self.is_json:
            self._line(
                summary=True,
                lots=len(outcomes),
                archived=good,
                unreadable=len(unreadable),
                bids=bids,
                facts=facts,
                seconds=round(seconds, 1),
                memory_mib=memory,
                verified=verified,
            )
            return
        self.stdout.write(
            f"演练 {len(outcomes)} 个标段，{good} 个走到归档，{len(outcomes) - good} 个未到；"
            f"读不出 {len(unreadable)} 条；投标 {bids} 份，事实 {facts} 条，"
            f"说明 {sum(reasons.values())} 处；用时 {seconds:.0f} 秒，内存 {memory} MiB；"
            f"核验{'通过' if verified else '未通过'}。"
        )

    def _line(self, **said: Any) -> None:
        self.stdout.write(json.dumps(said, ensure_ascii=False))
        self.stdout.flush()
