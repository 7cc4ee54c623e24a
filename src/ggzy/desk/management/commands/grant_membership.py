"""授予任职身份 at the machine: one more role or organisation for somebody already registered.

./ggzy manage grant_membership PERSON --role custodian --organisation CODE --region 980100
"""

from argparse import ArgumentParser
from typing import Any

from ggzy.desk.management.enrolment import (
    GRANTED,
    Enrolment,
    installer,
    known_region,
    parsed,
    require_person,
    require_registered,
)
from ggzy.foundation.identity import services as identity
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.roles import Role


class Command(Enrolment):
    help = "grants a membership to a registered person (授予任职身份)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("person", help="人员编号")
        parser.add_argument("--role", required=True, choices=GRANTED, help="任职身份")
        parser.add_argument("--organisation", type=parsed(CreditCode.parse), help="所属单位（评标专家不填）")
        parser.add_argument("--region", required=True, type=parsed(known_region), help="行政区划代码")

    def enrol(self, options: dict[str, Any], ready: str) -> str:
        require_registered(options["organisation"])
        person, role = options["person"], Role(options["role"])
        name = require_person(person)
        receipt = identity.grant_membership(
            installer(), person, options["organisation"], role, options["region"], at=journal.now()
        )
        return f"已授予任职身份：{name}（人员编号 {person}，{role.label}），留痕第 {receipt.height} 条"
