"""采购过程: one release as the flags see it; what several of them need is worked out once."""

from __future__ import annotations

from sys import (
    intern,
)  # few names stand in many processes: one text for all is found, counted and kept quicker

from redflags.releases import Award, Bid, Price, Release, Tender
from redflags.settings import Settings

FINAL = ("cancelled", "unsuccessful")  # an award that will not change, beside the active ones
NOT_SUBMITTED = ("invited", "withdrawn")
NO_TENDER = Tender()
NO_BIDS: list[Bid] = []
NO_AWARDS: list[Award] = []


class Process:
    """采购过程: a contracting process with the bids that were handed in and the awards that are active."""

    __slots__ = (
        "active", "alone", "amounts", "compares_prices", "disqualified", "is_settled", "late", "line", "ocid",
        "other_currency", "release", "submitted", "tender", "valid", "winner",
    )  # fmt: skip

    def __init__(self, release: Release, line: int, settings: Settings) -> None:
        self.ocid = release.ocid
        self.line = line
        self.release = release
        self.tender = tender = release.tender or NO_TENDER
        self.compares_prices = compares_prices(tender, settings)
        self.other_currency = False  # whether a price could not be compared
        self.submitted: list[Bid] = []
        self.valid: list[Bid] = []
        self.disqualified: list[Bid] = []
        bids = None if release.bids is None else release.bids.details
        self.late: list[Bid] = []  # the valid bids after the end of the period, as text is compared
        if bids:
            self._sort(bids, None if tender.period is None else tender.period.ends)
        self.amounts = [
            value.amount
            for bid in self.submitted
            if (value := bid.value) is not None and value.amount is not None
        ]
        self._settle(release.awards, bids)

    def _sort(self, bids: list[Bid], ends: str | None) -> None:
        submitted, valid = self.submitted, self.valid
        for bid in bids:
            status = bid.status
            if status == "valid":
                valid.append(bid)
                if ends is not None and (date := bid.date) is not None and date > ends:
                    self.late.append(bid)
            elif status == "disqualified":
                self.disqualified.append(bid)
            elif status is None or status in NOT_SUBMITTED:
                continue
            submitted.append(bid)
            for bidder in bid.tenderers or ():
                if bidder.id is not None:
                    bidder.id = intern(bidder.id)

    def _settle(self, awards: list[Award] | None, bids: list[Bid] | None) -> None:
        """Settled while no award is pending; one without status says nothing."""
        self.active: list[Award] = NO_AWARDS
        self.is_settled = awards is not None and bids is not None
        self.winner: str | None = None
        self.alone: list[tuple[str | None, Price | None]] = []  # who made a valid bid with nobody else
        if awards is None:
            return
        self.active = [award for award in awards if award.status == "active"]
        for award in self.active:
            for supplier in award.suppliers or ():
                if supplier.id is not None:
                    supplier.id = intern(supplier.id)
        if len(self.active) < len(awards):
            self.is_settled &= all(award.status in SAYS_NOTHING_NEW for award in awards)
        if self.is_settled and len(self.active) == 1:
            self.winner = _sole_supplier(self.active[0])
        if self.winner is not None:
            self.alone = [
                (bidders[0].id, bid.value)
                for bid in self.valid
                if (bidders := bid.tenderers) is not None and len(bidders) == 1
            ]


SAYS_NOTHING_NEW = (None, "active", *FINAL)


def _sole_supplier(award: Award) -> str | None:
    """Bids compete for one thing when one award is active, and one supplier has it."""
    suppliers = award.suppliers
    return suppliers[0].id if suppliers is not None and len(suppliers) == 1 else None


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
