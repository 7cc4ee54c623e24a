"""谁可以办理定标、合同、履约. A stranger cannot tell a forbidden lot from a missing one."""

from dataclasses import dataclass
from datetime import datetime

from ggzy.foundation.identity import queries as identity
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission, Role
from ggzy.trading.contracting import queries
from ggzy.trading.contracting.models import Award
from ggzy.trading.contracting.values import AwardFacts
from ggzy.trading.projects import queries as project_queries
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import LotFacts


@dataclass(frozen=True)
class Grip:
    """锁定的定标: the lot, the row and its value, and the moment of the lock."""

    lot: LotFacts
    row: Award
    facts: AwardFacts
    at: datetime


def lot_to_publicise(actor: Actor, lot: LotCode) -> LotFacts:
    """待公示的标段, locked. Raises Forbidden, Missing, Refused."""
    return projects.hold_for(actor, lot, Permission.CANDIDATES_PUBLICISE).lot


def lot_of_sale(actor: Actor, lot: LotCode) -> LotFacts:
    """成交的标的, locked, for the clock that follows an auction. Raises Forbidden, Missing, Refused."""
    return projects.hold_for(actor, lot, Permission.AUCTION_SETTLE).lot


def award_row(lot: LotFacts) -> Award | None:
    """定标的行 of the round, locked; None before there is one."""
    return Award.objects.select_for_update().filter(lot=lot.code, round=lot.round).first()


def award_of_owner(actor: Actor, lot: LotCode, permission: Permission) -> Grip:
    """招标人一方的定标, locked. Raises Forbidden, Missing, Refused.

    Both sides of a contract hold some of the permissions: here only the owner's side is meant.
    """
    held = projects.hold_for(actor, lot, permission)
    if actor.organisation not in (held.lot.owner, held.lot.agency):
        raise Missing(project_queries.NO_LOT)
    return _grip(held.lot, held.at)


def award_of_winner(actor: Actor, lot: LotCode, permission: Permission) -> Grip:
    """中标人的定标, locked; anybody else is told that there is none. Raises Forbidden, Missing, Refused."""
    identity.permit(actor, permission)
    held = projects.hold(lot)
    grip = _grip(held.lot, held.at)
    if not grip.facts.is_winner(actor.organisation):
        raise Missing("没有找到由贵单位办理的中标事项")
    return grip


def award_of_either(actor: Actor, lot: LotCode, permission: Permission) -> Grip:
    """合同双方任何一方: owner's side or winner."""
    if actor.role is Role.BIDDER:
        return award_of_winner(actor, lot, permission)
    return award_of_owner(actor, lot, permission)


def _grip(lot: LotFacts, at: datetime) -> Grip:
    row = award_row(lot)
    if row is None:
        raise Missing("本标段还没有公示中标候选人，或者成交尚未确认")
    return Grip(lot, row, queries.facts_of(row), at)
