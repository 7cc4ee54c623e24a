"""拍卖、挂牌、竞价 in the record."""

from typing import Any

from ggzy.trading.auctions import events as auctions
from ggzy.trading.dossier.rules.recording.telling import Steps, Told, each, moved, part, place
from ggzy.trading.dossier.values.record import LotRecord
from ggzy.trading.dossier.values.sales import Applicant, Auction, Offers
from ggzy.trading.dossier.values.stages import Failure


def _announced(record: LotRecord, fact: auctions.AuctionAnnounced, told: Told) -> LotRecord:
    auction = Auction(**place(told), format=fact.format, **_terms(fact.terms))
    return moved(record, auction=auction)


def _terms(said: Any) -> dict[str, Any]:
    timing = said.format.timing
    return {
        "apply_from": said.apply_from,
        "apply_until": said.apply_until,
        "starts_at": timing.starts_at,
        "ends_at": timing.ends_at,
        "deposit": said.deposit,
        "start": said.floor,
        "conditions": said.conditions,
        "appraisal": said.appraisal,
    }


def _amended(record: LotRecord, fact: auctions.AuctionAmended, told: Told) -> LotRecord:
    if record.auction is None:
        return record
    amended = (*record.auction.amended, (told.at, fact.is_material, fact.reason))
    return part(record, "auction", amended=amended, **_terms(fact.terms))


def _applied(record: LotRecord, fact: auctions.ApplicationFiled, told: Told) -> LotRecord:
    if record.auction is None:
        return record
    others = tuple(one for one in record.auction.applicants if one.party != fact.bidder)
    return part(record, "auction", applicants=(*others, Applicant(**place(told), party=fact.bidder)))


def _of(record: LotRecord, party: str, **fields: Any) -> LotRecord:
    if record.auction is None:
        return record
    applicants = each(record.auction.applicants, lambda one: one.party == party, **fields)
    return part(record, "auction", applicants=applicants)


def _offered(record: LotRecord, fact: auctions.OfferMade, told: Told) -> LotRecord:
    if record.auction is None:
        return record
    offers = record.auction.offers
    known = next((one for one in offers if one.paddle == fact.paddle), None)
    now = Offers(
        paddle=fact.paddle,
        count=known.count + 1 if known else 1,
        first_at=known.first_at if known else fact.at,
        last_at=fact.at,
        last=fact.amount.units,
    )
    others = tuple(one for one in offers if one.paddle != fact.paddle)
    return part(record, "auction", offers=(*others, now))


def _sold(record: LotRecord, fact: auctions.AuctionSold, told: Told) -> LotRecord:
    return part(
        record,
        "auction",
        winner=fact.winner.party,
        winner_name=fact.winner.name,
        total=fact.total,
        premium=fact.premium,
        sold_at=told.at,
        publicity_until=fact.publicity_until,
    )


def _failed(record: LotRecord, fact: auctions.AuctionFailed, told: Told) -> LotRecord:
    return moved(record, failure=Failure(**place(told), cause=fact.cause, reason=fact.reason))


def _began(record: LotRecord, fact: auctions.PhaseBegan, told: Told) -> LotRecord:
    if record.auction is None or record.auction.began_at is not None:
        return record
    return part(record, "auction", began_at=fact.at)


def _extended(record: LotRecord, fact: Any, told: Told) -> LotRecord:
    times = record.auction.extended + 1 if record.auction else 0
    return part(record, "auction", extended=times)


STEPS: Steps = {
    auctions.AuctionAnnounced: _announced,
    auctions.AuctionAmended: _amended,
    auctions.DisclosureExtended: lambda record, fact, told: part(
        record, "auction", apply_until=fact.apply_until, starts_at=fact.starts_at, ends_at=fact.ends_at
    ),
    auctions.ApplicationFiled: _applied,
    auctions.ApplicationDeclined: lambda record, fact, told: _of(
        record, fact.bidder, declined=tuple(fact.reasons)
    ),
    auctions.ApplicationWithdrawn: lambda record, fact, told: _of(record, fact.bidder, withdrawn_at=told.at),
    auctions.BidderAdmitted: lambda record, fact, told: _of(
        record, fact.bidder, name=fact.name, paddle=fact.paddle, priority=fact.priority
    ),
    auctions.PriorityDecided: lambda record, fact, told: _of(record, fact.bidder, priority=fact.order),
    auctions.PhaseBegan: _began,
    auctions.OfferMade: _offered,
    auctions.AuctionExtended: _extended,
    auctions.AuctionClosed: lambda record, fact, told: part(record, "auction", ended_at=told.at),
    auctions.AuctionSold: _sold,
    auctions.AuctionFailed: _failed,
    auctions.SaleConfirmed: lambda record, fact, told: part(
        record, "auction", confirmed_at=told.at, contract_by=fact.contract_by
    ),
    auctions.SaleDefaulted: lambda record, fact, told: part(record, "auction", defaulted_at=told.at),
}
