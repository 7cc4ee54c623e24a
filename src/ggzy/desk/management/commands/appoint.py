"""任命岗位 at the machine: the first head of an authority, who then appoints the others.

./ggzy manage appoint PERSON --organisation CODE --post head --paper 江建任〔2026〕1号
"""

from argparse import ArgumentParser
from typing import Any

from ggzy.desk.management.enrolment import Enrolment, installer, parsed, require_person, require_registered
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import CreditCode
from ggzy.oversight.cases import services
from ggzy.oversight.cases.values.deciding import PostKind


class Command(Enrolment):
    help = "appoints a supervisor to a post in an authority (任命岗位)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("person", help="人员编号")
        parser.add_argument("--organisation", required=True, type=parsed(CreditCode.parse), help="机关代码")
        parser.add_argument("--post", required=True, choices=[kind.value for kind in PostKind], help="岗位")
        parser.add_argument("--paper", required=True, help="执法证号、法律职业资格证号或者任职文号")

    def enrol(self, options: dict[str, Any], ready: str) -> str:
        organisation, kind = options["organisation"], PostKind(options["post"])
        require_registered(organisation)
        name = require_person(options["person"])
        receipt = services.appoint(
            installer(), options["person"], organisation, kind, options["paper"], at=journal.now()
        )
        return f"已任命：{name}（{kind.label}），留痕第 {receipt.height} 条"
