"""终止任职身份 at the machine: sessions that use it end at once.

./ggzy manage end_membership NUMBER --reason 调离
"""

from argparse import ArgumentParser
from typing import Any

from ggzy.desk.management.enrolment import Enrolment, installer
from ggzy.foundation.identity import services as identity
from ggzy.foundation.journal import queries as journal


class Command(Enrolment):
    help = "ends a membership (终止任职身份); `members` lists their numbers"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("membership", type=int, help="任职身份编号")
        parser.add_argument("--reason", required=True, help="原因")

    def enrol(self, options: dict[str, Any], ready: str) -> str:
        number = options["membership"]
        receipt = identity.end_membership(installer(), number, options["reason"], at=journal.now())
        return f"已终止任职身份 {number}，留痕第 {receipt.height} 条"
