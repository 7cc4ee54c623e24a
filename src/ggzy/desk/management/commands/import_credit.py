"""导入信用名单和决定 at the machine, by a supervisor named by number; every wrong line is told by its number.

./ggzy manage import_credit FILE.csv --by PERSON --source 省法院2026年第1批
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from ggzy.desk.management.enrolment import Enrolment
from ggzy.foundation.identity import queries as identity
from ggzy.foundation.journal import queries as journal
from ggzy.foundation.ui.forms import new_request
from ggzy.kernel.actor import Actor
from ggzy.kernel.roles import Role
from ggzy.registers.credit import queries as credit
from ggzy.registers.credit import services


class Command(Enrolment):
    help = "takes in lists of serious breaches and decisions (导入信用名单和决定)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV 文件，UTF-8 或者 GB18030")
        parser.add_argument("--by", required=True, help="监督人员的人员编号")
        parser.add_argument("--source", required=True, help="文件的来源")

    def ask(self, options: dict[str, Any]) -> str:
        try:
            return credit.table(options["file"].read_bytes())
        except (OSError, ValueError) as error:
            raise CommandError(f"不能读取 {options['file']}：{error}") from None

    def enrol(self, options: dict[str, Any], ready: str) -> str:
        actor, at = supervisor(options["by"]), journal.now()
        found = credit.screened(ready, at)
        said = [f"第 {fault.line} 行：{'；'.join(fault.reasons)}" for fault in found.faults]
        said += [f"第 {line} 行：已经记入，未重复导入" for line in found.known]
        if found.ready:
            receipt = services.import_entries(actor, ready, options["source"], at=at)
            said.append(f"导入 {len(found.ready)} 条，留痕第 {receipt.height} 条")
        else:
            said.append("导入 0 条")
        return "\n".join(said)


def supervisor(person: str) -> Actor:
    """监督人员 as an actor. Raises Missing, CommandError."""
    held = [one for one in identity.memberships(person) if one.role is Role.SUPERVISOR]
    if not held:
        raise CommandError(f"不予办理：{identity.person(person).name}没有行政监督部门的任职身份")
    one = held[0]
    return Actor(one.person, one.organisation, one.role, one.region, new_request())
