"""任职名册 at the machine: who may act, for whom, as what.

./ggzy manage members
"""

from typing import Any

from django.core.management.base import BaseCommand

from ggzy.desk.management.enrolment import GRANTED
from ggzy.foundation.identity import queries as identity
from ggzy.kernel.roles import Role
from ggzy.registers.parties import queries as parties


class Command(BaseCommand):
    help = "lists the memberships in force (任职名册)"
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: Any) -> None:
        held = [one for role in GRANTED for one in identity.serving(Role(role))]
        names = parties.names({one.organisation for one in held if one.organisation})
        for one in held:
            where = names.get(one.organisation, one.organisation) if one.organisation else "—"
            self.stdout.write(
                f"{one.id}\t{one.person}\t{one.person_name}\t{one.role.label}\t{where}\t{one.region}"
            )
        self.stdout.write(f"任职身份 {len(held)} 个")
