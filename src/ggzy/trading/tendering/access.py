"""谁能办理: may this person hold this tender, and its lock.

Owner and agency act on their own lots, a custodian on tenders that name it, a bidder on any that is
announced. A stranger cannot tell a forbidden lot from a missing one.
"""

from dataclasses import dataclass
from datetime import datetime

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission, Role
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects import services as project_services
from ggzy.trading.projects.values import Held, Holder, LotFacts
from ggzy.trading.tendering import models, queries
from ggzy.trading.tendering.rules import Relation
from ggzy.trading.tendering.values import TenderFacts

WATCHERS = (Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR)
SERVANTS = (Role.OPERATOR, Role.CUSTODIAN)


@dataclass(frozen=True)
class Grip:
    """握住的招标: the locked lot, its tender of this round, and the moment of the lock."""

    lot: LotFacts
    at: datetime
    row: models.Tender
    facts: TenderFacts


def tender_to_run(actor: Actor, code: LotCode, permission: Permission) -> Grip:
    """招标人一方办理: owner or agency of the lot; the clock too where its role carries the permission."""
    return _grip(project_services.hold_for(actor, code, permission))


def tender_to_close(actor: Actor, code: LotCode) -> Grip:
    """截止: the clock's act, or of whoever's request notices that the moment has come."""
    return _grip(project_services.hold(code))


def tender_for_bidding(actor: Actor, code: LotCode, permission: Permission) -> Grip:
    """投标人办理: in the name of its organisation."""
    identity.permit(actor, permission)
    if actor.organisation is None:
        raise Missing()
    return _grip(project_services.hold(code))


def tender_of_custodian(actor: Actor, code: LotCode, permission: Permission) -> tuple[Grip, Holder]:
    """保管人办理: only for a tender that names this person."""
    identity.permit(actor, permission)
    grip = _grip(project_services.hold(code))
    return grip, holder_of(actor, grip.facts)


def holder_of(actor: Actor, tender: TenderFacts) -> Holder:
    """The place of this person among the custodians. Raises Missing."""
    holders = tender.custody.holders if tender.custody else ()
    for holder in holders:
        if (holder.person, holder.organisation) == (actor.person, actor.organisation):
            return holder
    raise Missing()


def relation(actor: Actor | None, lot: LotFacts) -> Relation:
    """与标段的关系, as far as one can tell without knowing who bids; see `queries.is_bidder`."""
    if actor is None:
        return Relation.PUBLIC
    if actor.role in (Role.OWNER, Role.AGENCY):
        return Relation.OWNER if actor.organisation in (lot.owner, lot.agency) else Relation.PUBLIC
    if actor.role in WATCHERS:
        return Relation.SUPERVISOR if actor.region.contains(lot.region) else Relation.PUBLIC
    if actor.role in SERVANTS:
        return Relation.SERVANT
    if actor.role is Role.BIDDER and actor.organisation is not None:
        return Relation.BIDDER if queries.is_bidder(lot, actor.organisation) else Relation.PUBLIC
    return Relation.PUBLIC


def lot_of_owner(actor: Actor, code: LotCode) -> LotFacts:
    """招标人一方查看, without a lock. Raises Missing to anybody else."""
    lot = queries.tendered(projects.lot(code))
    if relation(actor, lot) is not Relation.OWNER:
        raise Missing()
    return lot


def lot_in_hall(actor: Actor, code: LotCode) -> LotFacts:
    """开标控制台: the owner's side, and the operator who serves the hall and sees counters only."""
    lot = queries.tendered(projects.lot(code))
    serves = actor.role is Role.OPERATOR and actor.region.contains(lot.region)
    if relation(actor, lot) is not Relation.OWNER and not serves:
        raise Missing()
    return lot


def _grip(held: Held) -> Grip:
    queries.tendered(held.lot)
    row, _ = models.Tender.objects.get_or_create(
        lot_id=held.lot.code, round=held.lot.round, defaults={"method": held.lot.method}
    )
    return Grip(held.lot, held.at, row, queries.facts_of(row, held.at))


def now() -> datetime:
    """The moment a page is judged at."""
    return journal.now()
