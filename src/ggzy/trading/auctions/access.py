"""谁能办理: may this person hold this auction, and its lock.

The lot is locked first, its room after it, the journal's head last. Owner and agency act on their own
lots, a bidder on any that is announced, the operator in its region. A stranger gets Missing.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from ggzy.foundation.identity import queries as identity
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission, Role
from ggzy.trading.auctions import models, queries, rules
from ggzy.trading.auctions.rules.seating import SECRET_BYTES
from ggzy.trading.auctions.values import AuctionFacts, Format, Side
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects import services as project_services
from ggzy.trading.projects.values import Held, Holder, LotFacts

WATCHERS = (Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR)
NO_ROOM = "本标的的竞价室尚未就绪"


@dataclass(frozen=True)
class Grip:
    """握住的竞价: the locked lot, its auction of this round, and the moment of the lock."""

    lot: LotFacts
    at: datetime
    row: models.Auction
    facts: AuctionFacts

    @property
    def format(self) -> Format:
        return queries.formats()[self.row.format]


def auction_to_run(actor: Actor, code: LotCode, permission: Permission) -> Grip:
    """转让方一方、工作人员办理: whoever may see the lot and carries the permission; the clock too."""
    return _grip(project_services.hold_for(actor, code, permission))


def auction_for_applicant(actor: Actor, code: LotCode, permission: Permission) -> tuple[Grip, CreditCode]:
    """竞买人办理: in the name of its organisation."""
    identity.permit(actor, permission)
    if actor.organisation is None:
        raise Missing()
    return _grip(project_services.hold(code)), actor.organisation


def auction_to_sign(actor: Actor, code: LotCode) -> tuple[Grip, Side]:
    """签署成交确认书: the owner for its side, the winner for its own."""
    identity.permit(actor, Permission.SALE_SIGN)
    grip = _grip(project_services.hold(code))
    if actor.role is Role.OWNER and actor.organisation == grip.lot.owner:
        return grip, Side.OWNER
    if actor.role is Role.BIDDER and actor.organisation == grip.row.winner:
        return grip, Side.WINNER
    raise Missing()


def auction_of_custodian(actor: Actor, code: LotCode, permission: Permission) -> tuple[Grip, Holder]:
    """报价密钥保管人办理: only for an auction that names this person. Raises Missing."""
    identity.permit(actor, permission)
    grip = _grip(project_services.hold(code))
    return grip, holder_of(actor, grip.row)


def holder_of(actor: Actor, row: models.Auction) -> Holder:
    """本人在保管人中的位置. Raises Missing to everybody else."""
    custody = queries.custody_of(row)
    for holder in custody.holders if custody else ():
        if (holder.person, holder.organisation) == (actor.person, actor.organisation):
            return holder
    raise Missing()


def room_of(row: models.Auction) -> models.RoomRow:
    """锁定竞价室 until the end of the transaction. Raises `Missing` before it is prepared."""
    found = models.RoomRow.objects.select_for_update().filter(pk=row.pk).first()
    if found is None:
        raise Missing(NO_ROOM)
    return found


def relation(actor: Actor | None, lot: LotFacts) -> rules.Relation:
    """与标的的关系, for what is shown: see `rules.may_see`."""
    if actor is None:
        return rules.Relation.PUBLIC
    if actor.role in (Role.OWNER, Role.AGENCY):
        is_own = actor.organisation in (lot.owner, lot.agency)
        return rules.Relation.OWNER if is_own else rules.Relation.PUBLIC
    if actor.role in WATCHERS:
        is_here = actor.region.contains(lot.region)
        return rules.Relation.SUPERVISOR if is_here else rules.Relation.PUBLIC
    if actor.role is Role.OPERATOR:
        return rules.Relation.SERVANT
    if actor.role is Role.BIDDER and actor.organisation is not None:
        given = queries.paddle_of(lot.code, lot.round, actor.organisation)
        return rules.Relation.PUBLIC if given is None else rules.Relation.BIDDER
    return rules.Relation.PUBLIC


def current(code: LotCode) -> tuple[LotFacts, models.Auction]:
    """The lot and the auction of its round, without a lock. Raises `Missing`."""
    lot = projects.lot(code)
    row = queries.row_of(code, lot.round)
    if row is None:
        raise Missing(NO_ROOM)
    return lot, row


def _grip(held: Held) -> Grip:
    row, _ = models.Auction.objects.get_or_create(
        lot_id=held.lot.code,
        round=held.lot.round,
        defaults={"format": held.lot.method, "secret": secrets.token_bytes(SECRET_BYTES)},
    )
    return Grip(held.lot, held.at, row, queries.facts_of(row))
