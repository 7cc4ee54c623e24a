"""确定监督领域 at the machine: which departments' trades a registered authority supervises.

./ggzy manage give_branches --code CODE --branch housing --branch water; without --branch it supervises all.
"""

from argparse import ArgumentParser
from typing import Any

from ggzy.desk.management.enrolment import Enrolment, installer, parsed
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import CreditCode
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.parties import queries, services


class Command(Enrolment):
    help = "says what an authority supervises (确定监督领域)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--code", required=True, type=parsed(CreditCode.parse), help="统一社会信用代码")
        parser.add_argument(
            "--branch", default=[], action="append", choices=list(catalog.branches()),
            help="监督领域，可以多次给出；一个也不给出的为综合监管",
        )  # fmt: skip

    def enrol(self, options: dict[str, Any], ready: str) -> str:
        code = options["code"]
        receipt = services.give_branches(installer(), code, tuple(options["branch"]), at=journal.now())
        found = queries.party(code)
        return f"已确定监督领域：{found.name}（{queries.supervises(found)}），留痕第 {receipt.height} 条"
