"""竞价页面的读取: the hall, the ladder and the curve of a room, one bidder's own acts, the frames of the film."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Mod

from ggzy.foundation.journal import queries as journal
from ggzy.kernel import events as kernel_events
from ggzy.kernel.codes import LotCode, RegionCode
from ggzy.kernel.events import Audience
from ggzy.kernel.verdict import Reason
from ggzy.trading.auctions import events
from ggzy.trading.auctions.events.room import ROOM
from ggzy.trading.auctions.lifecycle import LIVE
from ggzy.trading.auctions.models import Auction, OfferRow, RoomRow, amount_of
from ggzy.trading.auctions.queries.rooms import stream
from ggzy.trading.auctions.values import AuctionState, AuctionTerms, Measure, OfferKind, OfferLine, RoomPhase
from ggzy.trading.auctions.values.showing import Barred, Frame, HallRow, OwnAct, Refused, Turn

ENDED = (
    AuctionState.CLOSED,
    AuctionState.SOLD,
    AuctionState.CONFIRMED,
    AuctionState.FAILED,
    AuctionState.DEFAULTED,
)
SOON_WITHIN = timedelta(days=60)
LADDER, CURVE, OWN = 50, 300, 20
KINDS: Mapping[type, OfferKind] = {
    events.OfferMade: OfferKind.PRICE,
    events.ProxySet: OfferKind.PROXY,
    events.ProxyWithdrawn: OfferKind.UNPROXY,
    events.ContestJoined: OfferKind.JOIN,
    events.OfferSealed: OfferKind.SEALED,
    events.PriorityWaived: OfferKind.WAIVE,
}
PUBLIC = tuple(
    kind
    for kind, told in kernel_events.KINDS.items()
    if told.subject == ROOM and told.audience is Audience.PUBLIC
)
REFUSED = "offer.refused"


def hall(turn: Turn, at: datetime, *, limit: int = 100) -> tuple[HallRow, ...]:
    """竞价大厅 of one column: what ends or starts first, or what ended last."""
    rows = _column(turn, at).select_related("lot")[:limit]
    rooms = RoomRow.objects.in_bulk([row.pk for row in rows])
    return tuple(_hall_row(row, rooms.get(row.pk)) for row in rows)


def _column(turn: Turn, at: datetime) -> "QuerySet[Auction]":
    rows = Auction.objects.filter(lot__terminated_at__isnull=True)
    if turn is Turn.LIVE:
        return rows.filter(state__in=LIVE).order_by("starts_at", "lot_id")
    if turn is Turn.SOON:
        soon = rows.filter(state=AuctionState.ANNOUNCED, starts_at__lt=at + SOON_WITHIN, outcome="")
        return soon.order_by("starts_at", "lot_id")
    return rows.filter(state__in=ENDED, closed_at__isnull=False).order_by("-closed_at", "lot_id")


def _hall_row(row: Auction, room: RoomRow | None) -> HallRow:
    terms = kernel_events.restore(AuctionTerms, row.terms)
    price = room.price if room else row.price
    return HallRow(
        lot=LotCode(row.lot_id), title=row.lot.title, region=RegionCode(row.lot.region), round=row.round,
        format=row.format, state=AuctionState(row.state), starts_at=terms.format.timing.starts_at,
        start=terms.format.start, per=terms.format.per, phase=RoomPhase(room.phase) if room else None,
        ends_at=room.ends_at if room else None, is_paused=room.is_paused if room else False,
        price=amount_of(price), leader=room.leader if room else row.paddle, offers=room.seq if room else 0,
        closed_at=row.closed_at,
    )  # fmt: skip


def running() -> int:
    """正在竞价的标的数."""
    return Auction.objects.filter(state__in=LIVE, lot__terminated_at__isnull=True).count()


def ladder(lot: LotCode, round: int, *, limit: int = LADDER) -> tuple[OfferLine, ...]:
    """最近的报价, newest first."""
    rows = _offers(lot, round).order_by("-pk")[:limit]
    return tuple(
        OfferLine(one.pk, one.seq or 0, one.paddle, one.amount, one.at, one.is_automatic) for one in rows
    )


def curve(lot: LotCode, round: int, measure: Measure, offers: int) -> tuple[tuple[datetime, int], ...]:
    """价格走势: (moment, units) in order; of a long contest every so many-th offer and the last."""
    every = -(-offers // CURVE) or 1
    rows = _offers(lot, round).filter(measure=measure)
    if every > 1:
        rows = rows.annotate(rest=Mod(F("seq"), every)).filter(Q(rest=0) | Q(seq__in=(1, offers)))
    return tuple(
        (at, units) for at, units in rows.order_by("pk").values_list("at", "units") if units is not None
    )


def _offers(lot: LotCode, round: int) -> "QuerySet[OfferRow]":
    return OfferRow.objects.filter(auction__lot_id=lot, auction__round=round, seq__isnull=False)


def own_acts(lot: LotCode, round: int, paddle: int, *, limit: int = OWN) -> tuple[OwnAct, ...]:
    """本号牌的操作, newest first, each with its receipt. Of oneself only."""
    rows = OfferRow.objects.filter(auction__lot_id=lot, auction__round=round, paddle=paddle).exclude(press="")
    pressed = {row.height: row for row in rows.order_by("-height")[:limit]}
    return tuple(
        _own_act(code, fact, pressed[fact.height])
        for code, fact in sorted(journal.told_at(pressed), key=lambda told: -told[1].height)
    )


def _own_act(code: str, fact: Any, row: OfferRow) -> OwnAct:
    told = fact.event
    amount = getattr(told, "amount", None) or getattr(told, "limit", None)
    return OwnAct(
        code=code, height=fact.height, at=told.at, amount=amount, seq=getattr(told, "seq", None),
        kind=told.kind if isinstance(told, events.OfferRefused) else KINDS[type(told)],
        reasons=tuple(kernel_events.restore(Reason, one) for one in row.reasons),
    )  # fmt: skip


def pause(lot: LotCode, round: int) -> events.AuctionPaused | None:
    """最近一次暂停."""
    paused = [fact.event for fact in journal.facts(subject=stream(lot, round), kinds=["auction.paused"])]
    return paused[-1] if paused else None


def closing(lot: LotCode, round: int) -> tuple[int, events.AuctionClosed] | None:
    """竞价结束 with the height of its fact; None while the room is open."""
    for fact in journal.facts(subject=stream(lot, round), kinds=["auction.closed"]):
        return fact.height, fact.event
    return None


def refusals(lot: LotCode, round: int, *, limit: int) -> tuple[Refused, ...]:
    """未接受的操作, newest first. Sealed until the end: ask `rules.may_see` first."""
    rows = OfferRow.objects.filter(auction__lot_id=lot, auction__round=round, press__gt="")
    found = rows.exclude(reasons=[]).order_by("-height")[:limit]
    return tuple(
        Refused(
            one.paddle,
            one.at,
            one.amount,
            tuple(kernel_events.restore(Reason, kept).text for kept in one.reasons),
        )
        for one in found
    )


def barred(lot: LotCode, round: int) -> tuple[Barred, ...]:
    """停用的号牌, by number: for those who conduct the room."""
    found: dict[int, Barred] = {}
    for fact in journal.facts(subject=stream(lot, round), kinds=["paddle.barred", "paddle.cleared"]):
        if isinstance(fact.event, events.PaddleBarred):
            found[fact.event.paddle] = Barred(fact.event.paddle, fact.event.reason)
        else:
            found.pop(fact.event.paddle, None)
    return tuple(found[number] for number in sorted(found))


def frames(lot: LotCode, round: int, *, with_refusals: bool = False) -> Iterator[Frame]:
    """竞价过程的各帧, in order: what everybody may see, and the refusals for who may: ask `rules.may_see`."""
    kinds = [*PUBLIC, REFUSED] if with_refusals else list(PUBLIC)
    for fact in journal.facts(subject=stream(lot, round), kinds=kinds):
        yield Frame(fact.height, getattr(fact.event, "at", fact.at), fact.event)
