"""What the tests of credit share: two firms, those who enter, and a moment to count from."""

import itertools
from datetime import date, timedelta

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.instants import local_date
from ggzy.kernel.roles import Role
from ggzy.registers.credit import queries, rules
from ggzy.registers.credit.values import Decision
from ggzy.registers.parties import services as parties
from ggzy.registers.parties.values import BankAccount, PartyForm, PartyKind, PartyRole

CITY = RegionCode("980100")
AUTHORITY = CreditCode.make(authority="11", region=CITY, serial=1)
PARTY = CreditCode.make(region=CITY, serial=7)
OTHER = CreditCode.make(region=CITY, serial=8)
_requests = itertools.count(1)


def supervisor(role: Role = Role.SUPERVISOR) -> Actor:
    return Actor("p-sup", AUTHORITY, role, CITY, f"credit-{next(_requests)}")


def firm(code: CreditCode = PARTY, role: Role = Role.BIDDER) -> Actor:
    return Actor(f"p-{code}", code, role, CITY, f"credit-{next(_requests)}")


def register(code: CreditCode, name: str, representative: str = "张三") -> None:
    form = PartyForm(
        code=code,
        name=name,
        kind=PartyKind.LEGAL,
        region=CITY,
        roles=(PartyRole.BIDDER,),
        representative=representative,
        address="云岭省江州市望江区一路1号",
        phone="0999-1234567",
        basic_account=BankAccount(name, "江州银行望江支行", "6222000000000001"),
        licence_until=date(2099, 1, 1),
        is_pledged=True,
    )
    parties.register(firm(code), form, at=journal.now())


def today() -> date:
    return local_date(journal.now())


def decision(document: str = "云建罚〔2026〕7号", days_ago: int = 0) -> Decision:
    return Decision("云岭省住房和城乡建设厅", document, "招标投标法 §53", today() - timedelta(days=days_ago))


def is_folded(code: CreditCode = PARTY) -> bool:
    """What the facts say and what the rows say is one and the same."""
    return rules.fold(journal.facts(prefix=f"party/{code}/credit")) == queries.standing(code)
