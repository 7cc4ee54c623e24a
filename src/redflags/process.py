"""采购过程: one release as the flags see it; what several of them need is worked out once."""

from __future__ import annotations

from sys import intern

from redflags.releases import Award, Bid, Price, Release, Tender
from redflags.settings import Settings

FINAL = ("cancelled", "unsuccessful")  # an award that will not change, beside the active ones
NOT_SUBMITTED = ("invited", "withdrawn")
SETTLED = (None, "active", *FINAL)  # an award without status says nothing
NO_TENDER = Tender()


class Process:
    """采购过程: a contracting process with the bids that were handed in and the awards that are active.

    A name that stands in many processes becomes one text for all: it is found and counted quicker, and kept once.
    """

    submitted: list[Bid]
    valid: list[Bid]
    disqualified: list[Bid]
    late: list[Bid]  # the valid ones after the end of the period, as text is compared
    rivals: list[str]  # where somebody won: who made a valid bid alone, and below, at what price
    offers: list[Price | None]
    names: list[str]  # of all who bid, as often as they did
    amounts: list[float]
    __slots__ = (
        "active", "amounts", "compares_prices", "disqualified", "is_settled", "late", "line", "names", "ocid", "offers",
        "other_currency", "release", "rivals", "submitted", "tender", "valid", "winner",
    )  # fmt: skip

    def __init__(self, release: Release, line: int, settings: Settings) -> None:
        self.ocid = release.ocid
        self.line = line
        self.release = release
        self.tender = tender = release.tender or NO_TENDER
        self.compares_prices = compares_prices(tender, settings)
        self.other_currency = False  # whether a price could not be compared
        bids = None if release.bids is None else release.bids.details
        self._settle(release.awards, bids is not None)
        self._sort(bids or [], None if tender.period is None else tender.period.ends)

    def _settle(self, awards: list[Award] | None, has_bids: bool) -> None:
        """Settled while no award is pending. Bids compete for one thing when one award is active, and one supplier has it."""
        self.active = [award for award in awards or () if award.status == "active"]
        self.is_settled = has_bids and awards is not None
        self.winner: str | None = None
        for award in self.active:
            for supplier in award.suppliers or ():
                if supplier.id is not None:
                    supplier.id = intern(supplier.id)
        if awards is not None and len(self.active) < len(awards):
            self.is_settled &= all(award.status in SETTLED for award in awards)
        if self.is_settled and len(self.active) == 1:
            suppliers = self.active[0].suppliers
            if suppliers is not None and len(suppliers) == 1:
                self.winner = suppliers[0].id

    def _sort(self, bids: list[Bid], ends: str | None) -> None:
        """All that is asked of the bids, in one walk."""
        winner = self.winner
        self.submitted = submitted = []
        self.valid = valid = []
        self.disqualified = disqualified = []
        self.late = late = []
        self.rivals, self.offers = rivals, offers = [], []
        self.names = names = []
        self.amounts = amounts = []
        for bid in bids:
            status, bidders, value = bid.status, bid.tenderers, bid.value
            if status is None or status in NOT_SUBMITTED:
                continue
            submitted.append(bid)
            for bidder in bidders or ():
                if bidder.id is not None:
                    bidder.id = name = intern(bidder.id)
                    names.append(name)
            if value is not None and value.amount is not None:
                amounts.append(value.amount)
            if status == "valid":
                valid.append(bid)
                if ends is not None and (date := bid.date) is not None and date > ends:
                    late.append(bid)
                if (
                    winner is not None
                    and bidders is not None
                    and len(bidders) == 1
                    and bidders[0].id is not None
                ):
                    rivals.append(bidders[0].id)
                    offers.append(value)
            elif status == "disqualified":
                disqualified.append(bid)


def counts(release: Release, settings: Settings) -> bool:
    """是否计入: was not called off, and is of no excluded kind."""
    tender = release.tender
    return tender is None or (tender.status != "cancelled" and tender.method_details not in settings.excluded)


def compares_prices(tender: Tender, settings: Settings) -> bool:
    """是否比价: whether prices decide in this kind of procurement, as the settings say."""
    details = tender.method_details
    if settings.price_methods:
        return details in settings.price_methods
    return details not in settings.no_price_methods
