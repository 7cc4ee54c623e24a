"""重置口令 at the machine, of anybody: the way for those who watch the centre, and for its last operator.

./ggzy manage reset_password PERSON --reason 本人携证到场
"""

from argparse import ArgumentParser
from typing import Any

from ggzy.desk.management.enrolment import Enrolment, installer, require_person
from ggzy.foundation.identity import services as identity
from ggzy.foundation.journal import queries as journal


class Command(Enrolment):
    help = "shuts a password and gives a one-time one (重置口令); `members` lists the people's numbers"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("person", help="人员编号")
        parser.add_argument("--reason", required=True, help="原因")

    def enrol(self, options: dict[str, Any], ready: str) -> str:
        person, actor = options["person"], installer()
        name, once = require_person(person), identity.once_password(actor.request)
        receipt = identity.reset_password(
            actor, person, identity.once_hash(once), options["reason"], at=journal.now()
        )
        return (
            f"已重置口令：{name}（人员编号 {person}），留痕第 {receipt.height} 条\n"
            f"一次性口令：{once}（24 小时内在 /sign-in/password/ 使用一次）"
        )
