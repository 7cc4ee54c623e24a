"""竞价的读取: the auction of a round, and what the clock owes it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db.models import F, Q

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.plugins import discover
from ggzy.trading.auctions.models import Application, Auction, RoomRow
from ggzy.trading.auctions.queries.ends import ends_of
from ggzy.trading.auctions.rules.seating import LAPSE_LEAD, PREPARE_LEAD
from ggzy.trading.auctions.values import (
    ApplicationState,
    AuctionFacts,
    AuctionState,
    ConfirmedSale,
    Consent,
    Direction,
    Format,
    Winner,
)
from ggzy.trading.projects import queries as projects

FORMATS: Mapping[str, Format] = discover("ggzy.trading.auctions.formats", "FORMAT")
RUNS = Q(lot__suspended=False, lot__terminated_at__isnull=True)
"""Of lots that neither stand still nor have ended."""


def formats() -> Mapping[str, Format]:
    """竞价方式, by code."""
    return FORMATS


def auction(lot: LotCode, round: int | None = None) -> AuctionFacts:
    """竞价 of the current round, or of another. A round that nobody has announced is DRAFTED and empty.

    Raises Missing for an unknown lot.
    """
    facts = projects.lot(lot)
    number = facts.round if round is None else round
    row = row_of(lot, number)
    if row is None:
        return AuctionFacts(lot=lot, round=number, state=AuctionState.DRAFTED, format=facts.method)
    return facts_of(row)


def row_of(lot: LotCode, round: int) -> Auction | None:
    """The row, for this app's own use."""
    return Auction.objects.filter(lot_id=lot, round=round).first()


def facts_of(row: Auction) -> AuctionFacts:
    """竞价 of a row, with what its applications and its room say, and its ends as they stand now."""
    given = Application.objects.filter(auction=row, state=ApplicationState.ADMITTED).count()
    facts = row.facts(given, is_prepared=RoomRow.objects.filter(pk=row.pk).exists())
    if facts.terms is None:
        return facts
    ends = ends_of([(row, facts.terms)], journal.now())[row.pk]
    return replace(
        facts,
        apply_until=ends.apply_until,
        deposit_until=ends.deposit_until,
        publicity_until=ends.publicity_until,
    )


def consent(lot: LotCode, round: int) -> Consent | None:
    """批准单位对本轮价格的书面同意."""
    row = row_of(lot, round)
    return row.consented() if row else None


def auctions(*states: AuctionState) -> tuple[AuctionFacts, ...]:
    """竞价 in these states, by their start; for lists."""
    rows = Auction.objects.filter(state__in=states).order_by("starts_at", "lot_id")
    return tuple(row.facts() for row in rows)


def winner_of(lot: LotCode, round: int) -> CreditCode | None:
    """竞得人; None before the result."""
    found = Auction.objects.filter(lot_id=lot, round=round).values_list("winner", flat=True).first()
    return CreditCode(found) if found else None


def confirmed_sale(lot: LotCode, round: int) -> ConfirmedSale | None:
    """已确认的成交 of a round; None before both sides have signed, and after a default."""
    row = Auction.objects.filter(lot_id=lot, round=round, state=AuctionState.CONFIRMED).first()
    if row is None:
        return None
    facts = row.facts()
    won = Application.objects.get(auction=row, party=row.winner)
    assert facts.terms and facts.price and row.total, "sold"
    assert row.closed_at and row.confirmed_at and row.contract_by, "confirmed"
    return ConfirmedSale(
        lot=lot,
        round=round,
        winner=Winner(won.paddle or 0, CreditCode(won.party), won.name),
        price=facts.price,
        total=row.total,
        closed_at=row.closed_at,
        confirmed_at=row.confirmed_at,
        contract_by=row.contract_by,
        publicity_until=row.publicity_until,
        payment=facts.terms.payment,
        is_bought=facts.terms.format.direction is Direction.DOWN,
    )


def ended_sales(state: AuctionState) -> tuple[tuple[LotCode, int], ...]:
    """成交后处于某一状态的标的 of running lots, in their current rounds: confirmed, or in default."""
    rows = Auction.objects.filter(RUNS, state=state, round=F("lot__round")).order_by("confirmed_at", "pk")
    return tuple((LotCode(lot), round) for lot, round in rows.values_list("lot_id", "round"))


def to_prepare(at: datetime) -> tuple[LotCode, ...]:
    """应准备竞价室的标的: their contest starts soon and there is no room yet; at the last minute where claims wait."""
    rows = Auction.objects.filter(state=AuctionState.ANNOUNCED, starts_at__lte=at + PREPARE_LEAD)
    claimed = Application.objects.filter(state=ApplicationState.ADMITTED, claim__reason="").values(
        "auction_id"
    )
    rows = rows.filter(Q(starts_at__lte=at + LAPSE_LEAD) | ~Q(pk__in=claimed))
    rows = rows.exclude(pk__in=RoomRow.objects.values("pk")).filter(RUNS).order_by("starts_at")
    return tuple(LotCode(lot) for lot in rows.values_list("lot_id", flat=True))


def to_settle() -> tuple[LotCode, ...]:
    """待由平台确定结果的标的: over, and without a secret reserve that only its keeper can open."""
    rows = Auction.objects.filter(state__in=[AuctionState.CLOSED, AuctionState.ANNOUNCED], outcome__gt="")
    found = []
    for row in rows.filter(RUNS).order_by("closed_at"):
        terms = row.facts().terms
        if terms is not None and not terms.format.reserve:
            found.append(LotCode(row.lot_id))
    return tuple(found)


def to_reveal() -> tuple[LotCode, ...]:
    """结果已定而号牌身份未公开的标的."""
    over = [AuctionState.SOLD, AuctionState.CONFIRMED, AuctionState.FAILED]
    rows = Auction.objects.filter(RUNS, state__in=over, revealed_at=None, round=F("lot__round"))
    return tuple(LotCode(lot) for lot in rows.order_by("closed_at").values_list("lot_id", flat=True))
