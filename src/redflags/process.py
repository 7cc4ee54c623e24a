"""采购过程: one release as the flags see it; what several of them need is worked out once."""

from __future__ import annotations

from redflags.releases import Award, Bid, Release, Tender
from redflags.settings import Settings

FINAL = ("cancelled", "unsuccessful")  # an award that will not change, beside the active ones
NOT_SUBMITTED = ("invited", "withdrawn")
NO_TENDER = Tender()


class Process:
    """采购过程: a contracting process with the bids that were handed in and the awards that are final."""

    __slots__ = ("actives", "awards", "bids", "ocid", "release", "submitted", "tender", "valid", "winner")

    def __init__(self, ocid: str, release: Release) -> None:
        self.ocid = ocid
        self.release = release
        self.tender = release.tender or NO_TENDER
        self.awards = release.awards
        self.bids = None if release.bids is None else release.bids.details
        self.submitted: list[Bid] = []
        self.valid: list[Bid] = []
        for bid in self.bids or ():
            status = bid.status
            if status == "valid":
                self.valid.append(bid)
                self.submitted.append(bid)
            elif status is not None and status not in NOT_SUBMITTED:
                self.submitted.append(bid)
        self.actives = _actives(self.awards) if self.awards is not None and self.bids is not None else None
        self.winner = _sole_supplier(self.actives) if self.actives is not None else None


def _actives(awards: list[Award]) -> list[Award] | None:
    """The active awards; None while any award is pending. An award without status says nothing."""
    actives = []
    for award in awards:
        status = award.status
        if status == "active":
            actives.append(award)
        elif status is not None and status not in FINAL:
            return None
    return actives


def _sole_supplier(actives: list[Award]) -> str | None:
    """Bids compete for one thing when one award is active, and one supplier has it."""
    if len(actives) != 1:
        return None
    suppliers = actives[0].suppliers
    return suppliers[0].id if suppliers is not None and len(suppliers) == 1 else None


def counts(release: Release, settings: Settings) -> bool:
    """是否计入: has a name, was not called off, and is of no excluded kind."""
    tender = release.tender
    if release.ocid is None or tender is None:
        return release.ocid is not None
    return tender.status != "cancelled" and tender.method_details not in settings.excluded


def compares_prices(tender: Tender, settings: Settings) -> bool:
    """是否比价: whether prices decide in this kind of procurement, as the settings say."""
    details = tender.method_details
    if settings.price_methods:
        return details in settings.price_methods
    return details not in settings.no_price_methods
