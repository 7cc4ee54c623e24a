"""合同登记的导入: contracts of another register are held against the platform's own lots.

./ggzy manage import_contracts FILE.csv

The table has a line of heads: 合同编号,业主代码,合同名称,金额（元）,签订日期,供应方,交易分类,性质,行政区划,标识码 (the last
may be left out). A line that cannot be read is told with its number and does not keep the others out. The same
file may be brought again: what is known already stays as it is.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from ggzy.desk.management.enrolment import installer, plainly
from ggzy.foundation.journal import queries as journal
from ggzy.oversight.alerts import services
from ggzy.oversight.alerts.queries import register

BYTES_MAX = 64 * 2**20
BATCH = 500


class Command(BaseCommand):
    help = "imports a register of contracts and alerts to those traded elsewhere (应进必进)"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="合同登记表，CSV，UTF-8 或 GB18030")

    def handle(self, *args: object, **options: Any) -> None:
        entries, slips = register.contract_table(_text(options["file"]))
        for slip in slips:
            self.stderr.write(f"第 {slip.line} 行：{slip.text}")
        before = register.imported(entries)
        if len(entries) > before.known:
            for start in range(0, len(entries), BATCH):
                batch = entries[start : start + BATCH]
                if register.imported(batch).known < len(batch):
                    with plainly(), transaction.atomic():
                        services.report_contracts(installer(), batch, at=journal.now())
        now = register.imported(entries)
        self.stdout.write(
            f"读入合同 {len(entries)} 份，其中新登记 {now.known - before.known} 份、已登记 {before.known} 份；"
            f"与平台标段对上 {now.matched} 份，不属必须进场 {now.apart} 份，预警 {now.alerted} 份；"
            f"未能读入 {len(slips)} 行"
        )
        if slips and not entries:
            raise CommandError("没有一行可以读入")


def _text(file: Path) -> str:
    """The file's text. Raises CommandError where it is none, or too much."""
    try:
        if file.stat().st_size > BYTES_MAX:
            raise CommandError(f"文件超过 {BYTES_MAX // 2**20} MB，请分成几个文件")
        content = file.read_bytes()
    except OSError as error:
        raise CommandError(f"读不到文件：{error}") from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CommandError("文件既不是 UTF-8 也不是 GB18030 编码")
