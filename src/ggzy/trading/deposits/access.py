"""谁可以动保证金. Before the deadline only the bidder himself sees his own; the owner learns nothing."""

from dataclasses import dataclass
from datetime import datetime

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.roles import Permission, Role
from ggzy.kernel.verdict import Reason, Refused
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.deposits import queries
from ggzy.trading.deposits.models import Account, Requirement
from ggzy.trading.deposits.values import AccountFacts, RequirementFacts
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects import services as project_services
from ggzy.trading.projects.values import Held, LotFacts, Phase

# Money goes back whatever became of the lot.
ALWAYS = frozenset({"suspended", "terminated", "archived"})


@dataclass(frozen=True)
class Asked:
    """要求与锁: the locked lot, the moment, and what is asked in this round."""

    lot: LotFacts
    at: datetime
    row: Requirement | None
    facts: RequirementFacts | None


def lot_to_require(actor: Actor, lot: LotCode) -> Asked:
    """可设定保证金的标段: the owner's side's own."""
    return _asked(project_services.hold_for(actor, lot, Permission.DEPOSIT_REQUIRE))


def lot_to_secure(actor: Actor, lot: LotCode) -> Asked:
    """可缴纳保证金的标段: open to every registered bidder."""
    if actor.organisation is None:
        raise Forbidden("请先选择所代表的单位")
    return _asked(project_services.hold_for(actor, lot, Permission.DEPOSIT_SECURE))


def lot_to_settle(actor: Actor, lot: LotCode, permission: Permission) -> Asked:
    """可办结保证金的标段, whatever state it is in."""
    return _asked(project_services.hold_for(actor, lot, permission, ALWAYS))


def may_receive(actor: Actor) -> None:
    """登记到账: the platform, or the operator who loads a statement by hand."""
    identity.permit(actor, Permission.DEPOSIT_RECEIVE)


def own_account(actor: Actor, lot: LotCode) -> AccountFacts:
    """自己的保证金账户. Raises `Missing`."""
    if actor.role is not Role.BIDDER or actor.organisation is None:
        raise Missing(projects.NO_LOT)
    projects.seen(actor, lot)
    return queries.account(lot, actor.organisation, journal.now())


def accounts(actor: Actor, lot: LotCode, at: datetime) -> tuple[AccountFacts, ...]:
    """全部保证金账户, from the deadline on. Before it nobody is told how many paid (招标投标法 §22)."""
    _may_read_all(actor, lot, at)
    return queries.accounts(lot, at)


def require_revealed(lot: LotCode, at: datetime) -> None:
    """Raises `Refused` before the deadline; where an open price decides, before its result."""
    held = projects.lot(lot)
    is_open = held.phase is Phase.CONTESTED and not held.terminated
    if is_open and not catalog.is_scored(held.method):
        text = "竞价结果确定前，任何人不能查看竞买人名称、数量和保证金缴纳情况"
        raise Refused([Reason("sealed_until_result", text)])
    row = queries.requirement_row(lot)
    facts = queries.requirement_facts(row, at) if row else None
    if facts is not None and (facts.due is None or at < facts.due):
        raise Refused(
            [
                Reason(
                    "sealed_until_deadline",
                    "投标截止前，任何人不能查看投标人名称、数量和保证金缴纳情况",
                    "招标投标法 §22",
                )
            ]
        )


def account_row(asked: Asked, party: CreditCode) -> Account | None:
    """投标人的账户, locked with its lot."""
    return Account.objects.filter(lot_id=asked.lot.code, round=asked.lot.round, party=party).first()


def _may_read_all(actor: Actor, lot: LotCode, at: datetime) -> None:
    """A bidder reads its own deposit only, at any time."""
    identity.permit(actor, Permission.DEPOSIT_READ)
    if actor.role is Role.BIDDER:
        raise Forbidden("投标人只能查看本单位的保证金")
    projects.seen(actor, lot)
    require_revealed(lot, at)


def _asked(held: Held) -> Asked:
    row = queries.requirement_row(held.lot.code, held.lot.round)
    return Asked(held.lot, held.at, row, queries.requirement_facts(row, held.at) if row else None)
