"""人员登记 at the machine: a person with a log-in and a first membership. The password is asked, never given.

./ggzy manage register_person --login LOGIN --name NAME --role operator --organisation CODE --region 980100
"""

from argparse import ArgumentParser
from typing import Any

from ggzy.desk.management.enrolment import (
    GRANTED,
    Enrolment,
    installer,
    known_region,
    parsed,
    require_registered,
    typed_password,
)
from ggzy.foundation.identity import services as identity
from ggzy.foundation.identity.values import NewPerson
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.roles import Role


class Command(Enrolment):
    help = "registers a person with a log-in and a membership (人员登记并授予任职身份)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--login", required=True, help="登录名")
        parser.add_argument("--name", required=True, help="姓名")
        parser.add_argument("--role", required=True, choices=GRANTED, help="任职身份")
        parser.add_argument("--organisation", type=parsed(CreditCode.parse), help="所属单位（评标专家不填）")
        parser.add_argument("--region", required=True, type=parsed(known_region), help="行政区划代码")

    def ask(self, options: dict[str, Any]) -> str:
        require_registered(options["organisation"])
        return identity.hash_password(typed_password(), options["login"])

    def enrol(self, options: dict[str, Any], ready: str) -> str:
        role, at = Role(options["role"]), journal.now()
        new = NewPerson(options["login"], options["name"], ready)
        person = identity.register_person(installer(), new, at=at).subject.split("/")[1]
        receipt = identity.grant_membership(
            installer(), person, options["organisation"], role, options["region"], at=at
        )
        return f"已登记人员：{new.name}（人员编号 {person}，{role.label}），留痕第 {receipt.height} 条"
