"""摇号的读取: the promises and nonces of a round, and the rooms whose lots can be drawn."""

from datetime import datetime

from ggzy.kernel.codes import LotCode
from ggzy.trading.auctions.models import Auction, LotNonce, RoomRow
from ggzy.trading.auctions.queries.auctions import row_of
from ggzy.trading.auctions.queries.rooms import SERVED, restored
from ggzy.trading.auctions.rules import lottery
from ggzy.trading.auctions.values import RoomPhase


def givers(lot: LotCode, round: int) -> dict[str, lottery.Giver]:
    """随机数提供方, by party."""
    row = row_of(lot, round)
    return givers_of(row) if row else {}


def givers_of(row: Auction) -> dict[str, lottery.Giver]:
    """随机数提供方 of an auction, for this app's own use."""
    return {
        one.party: lottery.Giver(
            one.party, bytes(one.commitment), bytes(one.nonce) if one.nonce else None, one.is_missed
        )
        for one in LotNonce.objects.filter(auction=row)
    }


def to_draw(at: datetime) -> tuple[LotCode, ...]:
    """可以摇号的标的: every promised nonce is told, or its time is over."""
    rows = RoomRow.objects.filter(SERVED, phase=RoomPhase.DRAWING, is_paused=False).select_related("auction")
    found = []
    for row in rows:
        lot = LotCode(row.auction.lot_id)
        room = restored(row, lot, row.auction.round)[0]
        if lottery.may_draw_now(room, givers_of(row.auction), at).ok:
            found.append(lot)
    return tuple(found)
