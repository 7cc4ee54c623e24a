"""现在时: the scalars of the rows, to be held against the fold of the facts."""

from ggzy.kernel import canon, digest
from ggzy.kernel.codes import LotCode
from ggzy.kernel.events import instant_text
from ggzy.trading.tendering.models import Bid, Opening, Tender
from ggzy.trading.tendering.values import BidState


def standing(lot: LotCode) -> dict[str, object]:
    """标段招标现状, by round: the same keys as `rules.fold`."""
    found: dict[str, object] = {}
    for row in Tender.objects.filter(lot_id=lot).exclude(custody=None).order_by("round"):
        found |= {f"{row.round}.{name}": value for name, value in _scalars(row).items()}
    return found


def _scalars(row: Tender) -> dict[str, object]:
    bids = Bid.objects.filter(tender=row).order_by("bid", "-gen").distinct("bid")
    latest = [(bid.bid, bid.gen, bid.manifest, bid.state, bid.price) for bid in bids]
    was_read_out = Opening.objects.filter(tender=row, read_out_at__isnull=False).exists()
    prices = {
        bid: price["text"] if price else None
        for bid, _, _, state, price in latest
        if was_read_out and state == BidState.OPENED
    }
    return {
        "state": str(row.state),
        "keys": len(row.keys_posted),
        "version": row.documents_version,
        "documents": row.documents_digest,
        "deadline": instant_text(row.deadline) if row.deadline else "",
        "plan": row.plan_digest,
        "bids": len(latest),
        "bids_digest": digest.digest(canon.dumps(sorted([b, g, m, str(s)] for b, g, m, s, _ in latest))),
        "prices": len(prices),
        "prices_digest": digest.digest(canon.dumps([list(pair) for pair in sorted(prices.items())])),
    }
