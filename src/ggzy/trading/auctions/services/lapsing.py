"""逾期未认定的优先购买权: told as a decision with its reason, never passed over in silence."""

from collections.abc import Iterable
from dataclasses import replace

from ggzy.kernel import events as kernel_events
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.trading.auctions import events, rules
from ggzy.trading.auctions.models import Application, Auction


def lapse(rows: Iterable[Application], auction: Auction) -> list[events.PriorityDecided]:
    """逾期未认定: not recognised, with its reason, as the contest cannot wait. The facts."""
    told = []
    for row in rows:
        claim = row.claimed()
        assert claim is not None and claim.is_waiting, "found by its claim"
        row.claim = kernel_events.body(replace(claim, reason=rules.LAPSED))
        row.save(update_fields=["claim"])
        told.append(
            events.PriorityDecided(
                lot=LotCode(auction.lot_id), round=auction.round, bidder=CreditCode(row.party), order=None,
                reason=rules.LAPSED,
            )
        )  # fmt: skip
    return told
