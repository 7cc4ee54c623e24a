"""摇号的读取: the promises and nonces of a round, and the rooms whose lots can be drawn."""

from collections.abc import Mapping
from datetime import datetime

from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.roles import Role
from ggzy.trading.auctions.models import Auction, LotNonce, RoomRow
from ggzy.trading.auctions.queries.applicants import paddle_of
from ggzy.trading.auctions.queries.auctions import row_of
from ggzy.trading.auctions.queries.rooms import SERVED, restored
from ggzy.trading.auctions.rules import lottery
from ggzy.trading.auctions.values import RoomPhase
from ggzy.trading.auctions.values.givers import paddle_party

PARTIES = {
    Role.OPERATOR: "centre",
    Role.OWNER: "owner",
    Role.AGENCY: "owner",
    Role.SUPERVISOR: "supervisor",
}
"""Whose nonce it is. A bidder gives its own under its paddle; the platform always promises one."""


def party_of(actor: Actor, lot: LotCode, round: int) -> str | None:
    """本人的提供方名称; None for who gives no nonce here."""
    if actor.role is Role.BIDDER and actor.organisation is not None:
        paddle = paddle_of(lot, round, actor.organisation)
        return None if paddle is None else paddle_party(paddle)
    return PARTIES.get(actor.role)


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


def owing(parties: Mapping[int, str]) -> frozenset[int]:
    """待公开随机数的竞价, by key: lots wait for the nonce of the party named beside it."""
    drawing = RoomRow.objects.filter(pk__in=list(parties), phase=RoomPhase.DRAWING).values("pk")
    waiting = LotNonce.objects.filter(auction__in=drawing, nonce__isnull=True, is_missed=False)
    return frozenset(
        key for key, party in waiting.values_list("auction_id", "party") if parties[key] == party
    )
