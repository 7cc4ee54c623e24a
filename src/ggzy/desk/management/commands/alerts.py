"""监管模型的全量运行: every fact from the first, the same way as live; alerts and decisions stay as they are.

./ggzy manage alerts --all        looks at everything again
./ggzy manage alerts              says how the models stand

Alerts already raised keep their number, and nothing is told to the journal twice.
"""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import RegionCode
from ggzy.oversight.alerts import queries, services


class Command(BaseCommand):
    help = "looks at every lot with every model (监管模型全量运行)"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="forgets what was found and hears every fact again"
        )

    def handle(self, *args: object, **options: Any) -> None:
        if options["all"]:
            began = time.perf_counter()
            heard = services.look_at_all(journal.now())
            took = time.perf_counter() - began
            self.stdout.write(
                f"重听事实 {heard:,} 条，{took:.1f} 秒，每秒 {heard / max(took, 0.001):,.0f} 条"
            )
        stands = queries.coverage(RegionCode.COUNTRY)
        waiting = queries.counts(RegionCode.COUNTRY)
        self.stdout.write(
            f"覆盖标段 {stands.lots:,} 个，未覆盖 {stands.uncovered:,} 个；"
            f"待处置预警：严重 {waiting.get('red', 0):,} 项，预警 {waiting.get('yellow', 0):,} 项"
        )
        for one in stands.failing:
            self.stdout.write(
                f"  {one.indicator.code} {one.indicator.name}：{one.failed} 个标段未能查看，{one.error}"
            )
