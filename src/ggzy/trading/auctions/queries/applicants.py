"""竞买人的读取: what the registers say about an applicant, and who is behind a paddle."""

from datetime import datetime

from django.db.models import Q

from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.registers.credit import queries as credit
from ggzy.registers.parties import queries as parties
from ggzy.registers.parties.values import PartyRole
from ggzy.trading.auctions.models import Application, Auction
from ggzy.trading.auctions.queries.auctions import row_of
from ggzy.trading.auctions.values import ApplicantFacts, ApplicationState, AuctionState, Paddle, Winner
from ggzy.trading.deposits import queries as deposits
from ggzy.trading.projects.values import LotFacts

RUNS = Q(
    auction__lot__suspended=False,
    auction__lot__terminated_at__isnull=True,
    auction__state__in=[AuctionState.ANNOUNCED, AuctionState.OPEN],
)


def applicant_facts(lot: LotFacts, row: Auction, party: CreditCode, at: datetime) -> ApplicantFacts:
    """能否参加竞买的事实, at one moment. Late money never counts as secured: the ledger sends it back."""
    own = application(row, party)
    ban = credit.is_banned(party, at, must_tender=lot.must_tender, region=lot.region)
    return ApplicantFacts(
        is_registered=parties.is_registered(party, PartyRole.BIDDER),
        ban=ban.reason if ban else "",
        is_owner_side=party in (lot.owner, lot.agency),
        is_secured=deposits.is_secured(lot.code, party),
        state=ApplicationState(own.state) if own else None,
    )


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


def overdue(at: datetime) -> tuple[tuple[LotCode, CreditCode, bool], ...]:
    """报名和缴款均已截止而未确认的申请, the earliest first: lot, party, and whether its deposit is there."""
    rows = Application.objects.filter(RUNS, state=ApplicationState.FILED).select_related("auction")
    found = []
    for one in rows.order_by("filed_at"):
        terms = one.auction.facts().terms
        if terms is not None and at >= max(terms.apply_until, terms.deposit_until):
            lot, party = LotCode(one.auction.lot_id), CreditCode(one.party)
            found.append((lot, party, deposits.is_secured(lot, party)))
    return tuple(found)
