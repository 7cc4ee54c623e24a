"""办理页面的读取: one's own application, those that wait, the deal; what a page shows around the room."""

from datetime import datetime

from django.db.models import Q

from ggzy.foundation.journal import queries as journal
from ggzy.kernel import events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.roles import Permission, Role
from ggzy.trading.auctions import rules
from ggzy.trading.auctions.lifecycle import APPLICATION
from ggzy.trading.auctions.models import Application, Auction, Viewing, amount_of
from ggzy.trading.auctions.queries.applicants import CLAIMING
from ggzy.trading.auctions.queries.auctions import FORMATS, row_of
from ggzy.trading.auctions.queries.ends import ends_of
from ggzy.trading.auctions.queries.showing import ENDED
from ggzy.trading.auctions.rules import captions
from ggzy.trading.auctions.rules.conditions import key_facts, result, viewings
from ggzy.trading.auctions.values import ApplicationState, AuctionState, Document, Winner
from ggzy.trading.auctions.values.pages import Applied, Deal
from ggzy.trading.projects.values import LotFacts

__all__ = [
    "applicants",
    "bookings",
    "claims",
    "deal",
    "failure_of",
    "key_facts",
    "may_read",
    "notice_of",
    "own",
    "result",
    "viewings",
    "waiting",
]


def own(lot: LotCode, round: int, party: CreditCode) -> Applied | None:
    """本单位的竞买申请."""
    row = Application.objects.filter(auction__lot_id=lot, auction__round=round, party=party).first()
    return _applied(row) if row else None


def waiting(lot: LotCode, round: int, *, limit: int = 100) -> tuple[Applied, ...]:
    """待确认的竞买申请, the earliest first: for who decides them, and only while they wait."""
    rows = Application.objects.filter(auction__lot_id=lot, auction__round=round, state=ApplicationState.FILED)
    return tuple(_applied(row) for row in rows.order_by("filed_at")[:limit])


def claims(lot: LotCode, round: int, *, limit: int = 100) -> tuple[Applied, ...]:
    """待认定的优先购买权主张, by the time of the application: for who decides them, while they wait."""
    rows = Application.objects.filter(CLAIMING, auction__lot_id=lot, auction__round=round)
    return tuple(_applied(row) for row in rows.order_by("filed_at")[:limit])


def applicants(lot: LotCode, round: int, *, limit: int = 200) -> tuple[Applied, ...]:
    """全部竞买申请, in the order they came. Sealed until the end: ask `rules.may_see` first."""
    rows = Application.objects.filter(auction__lot_id=lot, auction__round=round)
    return tuple(_applied(row) for row in rows.order_by("filed_at")[:limit])


def _applied(row: Application) -> Applied:
    state = ApplicationState(row.state)
    return Applied(
        party=CreditCode(row.party),
        name=row.name,
        state=state,
        label=APPLICATION.name(state),
        filed_at=row.filed_at,
        documents=tuple(events.restore(Document, kept) for kept in row.documents),
        reasons=tuple(row.reasons),
        paddle=row.paddle,
        priority=row.priority,
        claim=row.claimed(),
    )


def bookings(lot: LotCode, round: int, party: CreditCode) -> tuple[datetime, ...]:
    """本单位预约的踏勘时间."""
    rows = Viewing.objects.filter(auction__lot_id=lot, auction__round=round, visitor=party)
    return tuple(rows.order_by("on").values_list("on", flat=True))


def notice_of(lot: LotCode, round: int) -> str:
    """本轮现行公告的编号; empty before the notice."""
    found = Auction.objects.filter(lot_id=lot, round=round).values_list("notice", flat=True).first()
    return found or ""


def failure_of(lot: LotCode, round: int) -> str:
    """未成交、违约的情形."""
    found = Auction.objects.filter(lot_id=lot, round=round).values_list("failure", flat=True).first()
    return found or ""


def deal(lot: LotFacts) -> Deal | None:
    """本轮的成交; None before there is one."""
    row = row_of(lot.code, lot.round)
    if row is None or row.winner is None or row.total is None or row.paddle is None:
        return None
    price, closed_at = amount_of(row.price), row.closed_at
    winner = Application.objects.filter(auction=row, party=row.winner).first()
    if price is None or closed_at is None or winner is None:
        return None
    ends = ends_of([(row, None)], journal.now())[row.pk]
    known, terms = Winner(row.paddle, CreditCode(row.winner), winner.name), row.facts().terms
    assert terms is not None, "sold by announced terms"
    pledge = captions.pledge(terms.format, amount_of(row.second))
    return Deal(
        winner=known.party,
        name=known.name,
        paddle=known.paddle,
        price=price,
        total=row.total,
        second=amount_of(row.second),
        text=rules.confirmation(lot, FORMATS[row.format], known, price, row.total, closed_at, pledge),
        digest=row.confirmation,
        signed=tuple(row.signed),
        confirm_by=ends.confirm_by,
        confirmed_at=row.confirmed_at,
        contract_by=ends.contract_by,
    )


def may_read(actor: Actor, digest: str, at: datetime) -> bool:
    """能否查阅申请材料: who decides while it waits; the owner's side and the supervisors after the end."""
    paper = [{"digest": digest}]
    rows = Application.objects.filter(Q(documents__contains=paper) | Q(claim__documents__contains=paper))
    return any(_may_read(actor, row) for row in rows.select_related("auction__lot")[:10])


def _may_read(actor: Actor, row: Application) -> bool:
    lot = row.auction.lot
    if actor.has(Permission.APPLICATION_DECIDE):
        claim = row.claimed()
        waits = row.state == ApplicationState.FILED or (claim is not None and claim.is_waiting)
        return waits and actor.region.contains(lot.region)
    if AuctionState(row.auction.state) not in ENDED:
        return False
    if actor.role in (Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR):
        return actor.region.contains(lot.region)
    return actor.organisation in (lot.owner, lot.agency)
