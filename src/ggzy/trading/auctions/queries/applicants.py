"""竞买人的读取: what the registers say about an applicant, and who is behind a paddle."""

from datetime import datetime

from django.db.models import F, Q

from ggzy.kernel import events
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.registers.credit import queries as credit
from ggzy.registers.parties import queries as parties
from ggzy.registers.parties.values import PartyRole
from ggzy.trading.auctions.lifecycle import RUNNING, STANDS
from ggzy.trading.auctions.models import Application, Auction
from ggzy.trading.auctions.queries.auctions import row_of
from ggzy.trading.auctions.queries.ends import ends_of
from ggzy.trading.auctions.rules import ties
from ggzy.trading.auctions.values import (
    ApplicantFacts,
    ApplicationState,
    AuctionState,
    Document,
    Paddle,
    Winner,
)
from ggzy.trading.deposits import queries as deposits
from ggzy.trading.projects.values import LotFacts

RUNS = Q(
    auction__lot__suspended=False,
    auction__lot__terminated_at__isnull=True,
    auction__state__in=[AuctionState.ANNOUNCED, AuctionState.OPEN],
)
WAITING = Q(claim__reason="")  # 待认定的优先购买权主张
CLAIMING = WAITING & Q(state__in=STANDS)
SEATING = WAITING & Q(state=ApplicationState.ADMITTED)  # 其号牌即将进入竞价室


def applicant_facts(lot: LotFacts, row: Auction, party: CreditCode, at: datetime) -> ApplicantFacts:
    """能否参加竞买的事实, at one moment. Late money never counts as secured: the ledger sends it back."""
    own, terms = application(row, party), row.facts().terms
    pending = documents_of(own) if own and own.state == ApplicationState.FILED else None
    ban = credit.is_banned(
        party, at, must_tender=lot.must_tender, region=lot.region, category=lot.category, as_agency=False
    )
    side, others = [code for code in (lot.owner, lot.agency) if code], applied(row)
    known = parties.parties([party, *side, *others])
    me, owed = known.get(party), deposits.owed(lot.code, party, at)
    return ApplicantFacts(
        is_registered=me is not None and me.has(PartyRole.BIDDER),
        ban=ban.reason if ban else "",
        is_owner_side=party in side,
        tie=ties.tie(me, (known[code] for code in side if code in known)) if me else "",
        missing=ties.missing(terms.materials, pending) if terms and pending is not None else (),
        clashes=ties.clashes(me, (known[code] for code in others if code in known)) if me else (),
        is_secured=deposits.is_secured(lot.code, party),
        owed=owed.amount if owed else None,
        state=ApplicationState(own.state) if own else None,
    )


def applied(row: Auction) -> tuple[CreditCode, ...]:
    """申请尚在的竞买人: filed or admitted. Sealed until the end; for this app's own use."""
    rows = Application.objects.filter(auction=row, state__in=STANDS)
    return tuple(CreditCode(party) for party in rows.order_by("pk").values_list("party", flat=True))


def documents_of(own: Application | None) -> tuple[Document, ...]:
    """申请材料 of an application."""
    return tuple(events.restore(Document, kept) for kept in own.documents) if own else ()


def application(row: Auction, party: CreditCode) -> Application | None:
    """The row, for this app's own use."""
    return Application.objects.filter(auction=row, party=party).first()


def paddle_of(lot: LotCode, round: int, party: CreditCode) -> int | None:
    """本单位的号牌; None where none was given. Of oneself only, or after the end: ask `rules.may_see`."""
    rows = Application.objects.filter(auction__lot_id=lot, auction__round=round, party=party)
    return rows.values_list("paddle", flat=True).first()


def bidders(row: Auction) -> tuple[Winner, ...]:
    """号牌背后的竞买人, by number. Sealed until the end: ask `rules.may_see` first."""
    rows = Application.objects.filter(auction=row, state=ApplicationState.ADMITTED).order_by("paddle")
    return tuple(Winner(one.paddle, one.party, one.name) for one in rows if one.paddle is not None)


def paddles(row: Auction) -> tuple[Paddle, ...]:
    """已发放的号牌, by number; for this app's own use."""
    rows = Application.objects.filter(auction=row).order_by("paddle").values_list("paddle", "priority")
    return tuple(Paddle(number, priority) for number, priority in rows if number is not None)


def admitted(lot: LotCode, round: int) -> int:
    """已确认资格的竞买人数. Sealed until the end."""
    row = row_of(lot, round)
    return Application.objects.filter(auction=row, state=ApplicationState.ADMITTED).count()


def claims_waiting(row: Auction) -> tuple[Application, ...]:
    """待认定的主张 of paddles that the room is about to take, for this app's own use."""
    return tuple(Application.objects.filter(SEATING, auction=row).order_by("filed_at"))


def overdue(at: datetime) -> tuple[tuple[LotCode, CreditCode], ...]:
    """报名和缴款均已截止而未确认的申请, the earliest first: lot and party."""
    rows = Application.objects.filter(RUNS, state=ApplicationState.FILED).select_related("auction")
    filed = list(rows.order_by("filed_at"))
    auctions = {one.auction_id: one.auction for one in filed}
    ends = ends_of(((row, row.facts().terms) for row in auctions.values()), at)
    over = {
        key for key, end in ends.items()
        if end.apply_until and end.deposit_until and at >= max(end.apply_until, end.deposit_until)
    }  # fmt: skip
    return tuple(
        (LotCode(one.auction.lot_id), CreditCode(one.party)) for one in filed if one.auction_id in over
    )


def lapsed() -> tuple[tuple[LotCode, CreditCode], ...]:
    """竞价已经结束而未确认的申请: the room gives no more paddles; lot and party."""
    rows = Application.objects.filter(state=ApplicationState.FILED, auction__round=F("auction__lot__round"))
    rows = rows.filter(auction__lot__suspended=False, auction__lot__terminated_at__isnull=True)
    over = rows.exclude(auction__state__in=RUNNING)
    pairs = over.order_by("filed_at").values_list("auction__lot_id", "party")
    return tuple((LotCode(lot), CreditCode(party)) for lot, party in pairs)
