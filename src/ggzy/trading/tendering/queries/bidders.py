"""投标人的读取: what the registers say about a bidder, and its own bids."""

from collections.abc import Iterable
from datetime import datetime

from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.registers.credit import queries as credit
from ggzy.registers.parties import queries as parties
from ggzy.registers.parties.values import PartyRole
from ggzy.trading.deposits import queries as deposits
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts
from ggzy.trading.tendering.models import Arrival, Bid, Invitee, Opening, Stand, Tender
from ggzy.trading.tendering.queries.tenders import METHODS, row_of
from ggzy.trading.tendering.values import ArrivedFile, BidderFacts, BidFacts


def bidder_facts(
    lot: LotFacts,
    row: Tender | None,
    party: CreditCode,
    at: datetime,
    *,
    members: Iterable[CreditCode] = (),
    own: Bid | None = None,
) -> BidderFacts:
    """能否投标的事实, at one moment. `members` leaves the leader out; `own` is the party's latest bid."""
    others = tuple(members)
    registered = parties.parties((party, *others))
    known = {code: facts.name for code, facts in registered.items() if PartyRole.BIDDER in facts.roles}
    bans = credit.bans(
        (party, *others), at, must_tender=lot.must_tender, region=lot.region, category=lot.category,
        as_agency=False,
    )  # fmt: skip
    ban, owed = bans.pop(party, None), deposits.owed(lot.code, party, at)
    return BidderFacts(
        is_registered=party in known,
        is_secured=deposits.is_secured(lot.code, party),
        owed=owed.amount if owed else None,
        ban=ban.reason if ban else "",
        banned_members=tuple(f"{ban.name}{ban.reason}" for ban in bans.values()),
        unregistered_members=tuple(str(code) for code in others if code not in known),
        clashes=_clashes(row, (party, *others), own, known),
        names=tuple(facts.name for facts in (registered.get(code) for code in (party, *others)) if facts),
        is_invited=row is None or _is_invited(row, party),
        is_owner_side=not {party, *others}.isdisjoint({lot.owner, lot.agency}),
    )


def bans_of(lot: LotFacts, codes: Iterable[CreditCode], at: datetime) -> dict[CreditCode, str]:
    """在禁入期内的主体, with the reason; for this lot, at that moment."""
    found = credit.bans(
        tuple(codes), at, must_tender=lot.must_tender, region=lot.region, category=lot.category,
        as_agency=False,
    )  # fmt: skip
    return {code: ban.reason for code, ban in found.items()}


def _clashes(
    row: Tender | None, behind: tuple[CreditCode, ...], own: Bid | None, names: dict[CreditCode, str]
) -> tuple[str, ...]:
    if row is None:
        return ()
    taken = Stand.objects.filter(tender=row, party__in=behind)
    if own is not None:
        taken = taken.exclude(bid=own.bid)
    return tuple(names.get(CreditCode(code), code) for code in taken.values_list("party", flat=True))


def _is_invited(row: Tender, party: CreditCode) -> bool:
    if METHODS[row.method].is_public:
        return True
    return Invitee.objects.filter(tender=row, party=party).exists()


def is_bidder(lot: LotFacts, party: CreditCode) -> bool:
    """是否本轮投标人: alone, leading or as a member."""
    return Stand.objects.filter(tender__lot_id=lot.code, tender__round=lot.round, party=party).exists()


def own_bid(row: Tender | None, party: CreditCode) -> Bid | None:
    """The latest generation of a party's bid, whatever became of it; for this app's own use."""
    if row is None:
        return None
    return Bid.objects.filter(tender=row, party=party).order_by("-gen").first()


def my_bid(lot: LotCode, party: CreditCode) -> BidFacts | None:
    """本单位的投标文件 of the current round: the latest generation. Prices once they were read out."""
    row = row_of(lot, projects.lot(lot).round)
    bid = own_bid(row, party)
    if bid is None:
        return None
    was_read_out = Opening.objects.filter(tender=row, read_out_at__isnull=False).exists()
    return bid.facts(shows_prices=was_read_out)


def waiting(lot: LotCode, party: CreditCode) -> ArrivedFile | None:
    """已到达而尚未递交的投标文件: what has arrived and is not what already counts."""
    row = row_of(lot, projects.lot(lot).round)
    arrived = Arrival.objects.filter(tender=row, party=party).first() if row else None
    own = own_bid(row, party)
    return arrived.facts() if arrived and (own is None or arrived.gen > own.gen) else None


def my_bids(party: CreditCode) -> tuple[tuple[LotCode, int, BidFacts], ...]:
    """本单位的全部投标 as (lot, round, bid), the latest generation of each, newest first."""
    rows = (
        Bid.objects.filter(party=party)
        .select_related("tender")
        .order_by("tender_id", "-gen")
        .distinct("tender_id")
    )
    found = [(LotCode(bid.tender.lot_id), bid.tender.round, bid.facts()) for bid in rows]
    return tuple(sorted(found, key=lambda row: row[2].submitted_at, reverse=True))
