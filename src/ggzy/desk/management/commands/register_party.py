"""主体登记 at the machine: an organisation, at once and for the whole province.

./ggzy manage register_party --code CODE --name NAME --region 980100 --role owner …
"""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from ggzy.desk.management.enrolment import Enrolment, installer, known_region, parsed
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import CreditCode
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.parties import services as parties
from ggzy.registers.parties.values import BankAccount, PartyForm, PartyKind, PartyRole


class Command(Enrolment):
    help = "registers an organisation (主体登记)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--code", required=True, type=parsed(CreditCode.parse), help="统一社会信用代码")
        parser.add_argument("--name", required=True, help="主体名称")
        parser.add_argument("--kind", default="legal", choices=[kind.value for kind in PartyKind])
        parser.add_argument("--region", required=True, type=parsed(known_region), help="行政区划代码")
        roles = [role.value for role in PartyRole]
        parser.add_argument(
            "--role", required=True, action="append", choices=roles, help="身份，可以多次给出"
        )
        parser.add_argument(
            "--branch", default=[], action="append", choices=list(catalog.branches()),
            help="监督领域，可以多次给出；行政监督部门不给出的为综合监管",
        )  # fmt: skip
        parser.add_argument("--representative", required=True, help="法定代表人或负责人")
        parser.add_argument("--address", required=True, help="住所")
        parser.add_argument("--phone", required=True, help="联系电话")
        parser.add_argument("--bank", default="", help="基本账户开户行（投标人必填）")
        parser.add_argument("--account", default="", help="基本账户账号（投标人必填）")
        parser.add_argument("--licence-until", type=parsed(date.fromisoformat), help="证照有效期至")
        parser.add_argument(
            "--pledged", action="store_true", help="该主体已书面承诺所填信息真实、合法、有效（信用承诺）"
        )

    def enrol(self, options: dict[str, Any], ready: str) -> str:
        account = BankAccount(options["name"], options["bank"], options["account"])
        form = PartyForm(
            code=options["code"],
            name=options["name"],
            kind=PartyKind(options["kind"]),
            region=options["region"],
            roles=tuple(PartyRole(role) for role in options["role"]),
            representative=options["representative"],
            address=options["address"],
            phone=options["phone"],
            basic_account=account if options["bank"] or options["account"] else None,
            licence_until=options["licence_until"],
            is_pledged=options["pledged"],
            branches=tuple(options["branch"]),
        )
        receipt = parties.register(installer(), form, at=journal.now())
        labels = "、".join(role.label for role in form.roles)
        return f"已登记主体：{form.name}（{form.code}，{labels}），留痕第 {receipt.height} 条"
