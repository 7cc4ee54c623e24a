"""专家入库 at the machine, for somebody registered with the role of an expert.

./ggzy manage register_expert PERSON --specialty A080101 --employer NAME --region 980100 --title 副高级 …
"""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from ggzy.desk.management.enrolment import Enrolment, installer, known_region, parsed, require_person
from ggzy.foundation.journal import queries as journal
from ggzy.registers.experts import services as experts
from ggzy.registers.experts.values import NewExpert


class Command(Enrolment):
    help = "enters a registered person into the pool of experts (专家入库)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("person", help="人员编号")
        parser.add_argument("--specialty", required=True, action="append", help="三级专业代码，可以多次给出")
        parser.add_argument("--employer", required=True, help="工作单位")
        parser.add_argument("--region", required=True, type=parsed(known_region), help="行政区划代码")
        parser.add_argument("--title", required=True, help="职称：正高级、副高级、高级、同等专业水平")
        parser.add_argument("--years", required=True, type=int, help="从事相关领域工作年数")
        parser.add_argument("--until", required=True, type=parsed(date.fromisoformat), help="聘期截止日")

    def enrol(self, options: dict[str, Any], ready: str) -> str:
        name = require_person(options["person"])
        new = NewExpert(
            person=options["person"],
            specialties=tuple(options["specialty"]),
            employer=options["employer"],
            region=options["region"],
            title=options["title"],
            years=options["years"],
            term_until=options["until"],
        )
        receipt = experts.register(installer(), new, at=journal.now())
        return f"已入库：{name}（专家编号 {receipt.subject.split('/')[1]}），留痕第 {receipt.height} 条"
