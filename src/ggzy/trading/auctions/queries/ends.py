"""期限的读取: the last moments of auctions as they stand now, moved by the time the clocks of their lots stood still."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from ggzy.kernel.codes import LotCode
from ggzy.trading.auctions.models import Auction
from ggzy.trading.auctions.values import AuctionTerms, Ends
from ggzy.trading.projects import queries as projects


def ends_of(auctions: Iterable[tuple[Auction, AuctionTerms | None]], at: datetime) -> Mapping[int, Ends]:
    """期限 of many auctions, by the key of their rows, in one read."""
    rows = list(auctions)
    asked = [(row, *one) for row, terms in rows for one in _set(row, terms)]
    moved = projects.effective_among(
        ((LotCode(row.lot_id), until, set_at) for row, _, until, set_at in asked), at
    )
    found = {row.pk: Ends() for row, _ in rows}
    for (row, name, *_), until in zip(asked, moved, strict=True):
        found[row.pk] = replace(found[row.pk], **{name: until})
    return found


def _set(row: Auction, terms: AuctionTerms | None) -> Iterator[tuple[str, datetime, datetime]]:
    """Each end by its name, as it was set, and when it was set."""
    dates = (
        ("apply_until", terms.apply_until if terms else None, row.terms_at),
        ("deposit_until", terms.deposit_until if terms else None, row.terms_at),
        ("confirm_by", row.confirm_by, row.closed_at),
        ("publicity_until", row.publicity_until, row.closed_at),
        ("contract_by", row.contract_by, row.confirmed_at),
    )
    for name, until, set_at in dates:
        if until is not None and set_at is not None:
            yield name, until, set_at
