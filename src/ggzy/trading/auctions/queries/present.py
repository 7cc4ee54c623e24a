"""现在时: the scalars of the rows, to be held against the fold of the facts."""

from typing import Any

from ggzy.kernel import canon, digest
from ggzy.kernel.codes import LotCode
from ggzy.kernel.events import instant_text
from ggzy.trading.auctions.models import Application, Auction, OfferRow, RoomRow, amount_of
from ggzy.trading.auctions.queries.pictures import pictures
from ggzy.trading.auctions.rules import folding
from ggzy.trading.auctions.values import AuctionState


def standing(lot: LotCode) -> dict[str, object]:
    """标的竞价现状, by round: the same keys as `rules.fold`."""
    found: dict[str, object] = {}
    for row in Auction.objects.filter(lot_id=lot).exclude(state=AuctionState.DRAFTED).order_by("round"):
        found |= {f"{row.round}.{name}": value for name, value in _scalars(row).items()}
    shown = pictures(lot)
    return found | ({"pictures": sorted(one.digest for one in shown)} if shown else {})


def _scalars(row: Auction) -> dict[str, object]:
    applied = sorted(
        [str(party), str(state)]
        for party, state in Application.objects.filter(auction=row).values_list("party", "state")
    )
    given = Application.objects.filter(auction=row, paddle__isnull=False)
    paddles = sorted([str(party), paddle] for party, paddle in given.values_list("party", "paddle"))
    offers = [
        [one.seq, one.paddle, folding.amount_text(one.amount), instant_text(one.at)]
        for one in OfferRow.objects.filter(auction=row, seq__isnull=False).order_by("pk")
    ]
    return {
        "state": str(row.state),
        "format": row.format,
        "applications": len(applied),
        "applications_digest": digest.digest(canon.dumps(applied)),
        "paddles_digest": digest.digest(canon.dumps(paddles)),
        "offers": len(offers),
        "offers_digest": folding.offers_digest(offers),
        "winner": row.winner or "",
        "signed": sorted(row.signed),
        **_of_room(row),
    }


def _of_room(auction: Auction) -> dict[str, Any]:
    row = RoomRow.objects.filter(pk=auction.pk).first()
    return {
        "refused": row.refused if row else 0,
        "phase": row.phase if row else None,
        "end": instant_text(row.ends_at) if row and row.ends_at else None,
        "leader": row.leader if row else None,
        "price": folding.amount_text(amount_of(row.price)) if row else None,
        "extensions": row.extensions if row else 0,
        "paused": row.is_paused if row else False,
        "outcome": auction.outcome or None,
    }
