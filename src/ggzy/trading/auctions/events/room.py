"""竞价室的事实: one dense stream. Each bears the moment by which it was judged, so that the stream replays the room."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from ggzy.kernel.codes import LotCode
from ggzy.kernel.events import Audience, event
from ggzy.trading.auctions.values import Amount, Bar, FormatTerms, OfferKind, Outcome, RoomPhase

ROOM = "lot/{lot}/{round}/offers"


@event("room.prepared", Audience.PUBLIC, subject=ROOM)
class RoomPrepared:
    """竞价室已就绪: the terms that the room runs by."""

    lot: LotCode
    round: int
    format: str
    terms: FormatTerms
    at: datetime


@event("paddle.given", Audience.SEALED, subject=ROOM)
class PaddleGiven:
    """号牌已发放. The number says nothing about the bidder or the order of arrival."""

    lot: LotCode
    round: int
    paddle: int
    priority: int | None
    at: datetime


@event("paddle.barred", Audience.SEALED, subject=ROOM)
class PaddleBarred:
    """号牌已停用. Offers already made stand; its automatic offers end."""

    lot: LotCode
    round: int
    paddle: int
    bar: Bar
    reason: str
    at: datetime


@event("paddle.cleared", Audience.SEALED, subject=ROOM)
class PaddleCleared:
    """号牌已恢复."""

    lot: LotCode
    round: int
    paddle: int
    reason: str
    at: datetime


@event("phase.began", Audience.PUBLIC, subject=ROOM)
class PhaseBegan:
    """进入新阶段. `end` is exclusive; None where the phase waits for people and not for the clock."""

    lot: LotCode
    round: int
    phase: RoomPhase
    at: datetime
    end: datetime | None
    entrants: tuple[int, ...] = ()


@event("offer.made", Audience.PUBLIC, subject=ROOM)
class OfferMade:
    """报价已接受. `seq` is dense from 1; `score` is what a weighted offer earns."""

    lot: LotCode
    round: int
    seq: int
    paddle: int
    amount: Amount
    press: str
    at: datetime
    is_automatic: bool = False
    items: tuple[Decimal, ...] = ()
    score: Amount | None = None


@event("offer.refused", Audience.SEALED, subject=ROOM)
class OfferRefused:
    """报价未接受: the codes of every reason. Kept as evidence, changes nothing.

    `raw` is what arrived where it could not be read; whoever reads it again finds the same reasons. `arrived` is
    when the door had what was judged after the end.
    """

    lot: LotCode
    round: int
    paddle: int
    press: str
    amount: Amount | None
    reasons: tuple[str, ...]
    at: datetime
    kind: OfferKind = OfferKind.PRICE
    items: tuple[Decimal, ...] = ()
    digest: str = ""
    raw: str = ""
    arrived: datetime | None = None


@event("proxy.set", Audience.SEALED, subject=ROOM)
class ProxySet:
    """自动出价已设定: the room answers for the paddle up to this amount."""

    lot: LotCode
    round: int
    paddle: int
    limit: Amount
    press: str
    at: datetime


@event("proxy.withdrawn", Audience.SEALED, subject=ROOM)
class ProxyWithdrawn:
    """自动出价已撤销. What it has offered stands."""

    lot: LotCode
    round: int
    paddle: int
    press: str
    at: datetime


@event("contest.joined", Audience.SEALED, subject=ROOM)
class ContestJoined:
    """已表示继续竞价或参加摇号."""

    lot: LotCode
    round: int
    paddle: int
    press: str
    at: datetime


@event("priority.waived", Audience.SEALED, subject=ROOM)
class PriorityWaived:
    """已表示放弃行使优先购买权, for this price; the others keep the time they were given.

    Where the notice says so, the inquiry ends with the last answer.
    """

    lot: LotCode
    round: int
    paddle: int
    press: str
    at: datetime


@event("offer.sealed", Audience.SEALED, subject=ROOM)
class OfferSealed:
    """密封报价已递交: its digest; nobody knows how many there are before the end."""

    lot: LotCode
    round: int
    order: int
    paddle: int
    digest: str
    press: str
    at: datetime


@event("offer.unsealed", Audience.PUBLIC, subject=ROOM)
class OfferUnsealed:
    """密封报价已开启. `reasons` say why one does not count; empty for a valid offer."""

    lot: LotCode
    round: int
    paddle: int
    amount: Amount | None
    reasons: tuple[str, ...]
    at: datetime


@event("auction.extended", Audience.PUBLIC, subject=ROOM)
class AuctionExtended:
    """竞价时间已延长 by the offer `seq`, by the rule of the notice."""

    lot: LotCode
    round: int
    seq: int
    before: datetime
    after: datetime
    at: datetime


@event("ceiling.reached", Audience.PUBLIC, subject=ROOM)
class CeilingReached:
    """已达到最高限价."""

    lot: LotCode
    round: int
    seq: int
    at: datetime


@event("auction.paused", Audience.PUBLIC, subject=ROOM)
class AuctionPaused:
    """竞价已暂停. `since` lies before `at` where the platform's record shows it was out of reach."""

    lot: LotCode
    round: int
    cause: Literal["operator", "outage", "brake"]
    reason: str
    since: datetime
    at: datetime


@event("auction.resumed", Audience.PUBLIC, subject=ROOM)
class AuctionResumed:
    """竞价已恢复: the phase ends at `end`, after the time that was left."""

    lot: LotCode
    round: int
    end: datetime | None
    at: datetime


@event("lots.drawn", Audience.PUBLIC, subject=ROOM)
class LotsDrawn:
    """摇号结果. Anyone can draw again from the seed and the salted leaves (`leaves[i]` is `paddles[i]`)."""

    lot: LotCode
    round: int
    seed: bytes
    paddles: tuple[int, ...]
    leaves: tuple[bytes, ...]
    winner: int
    at: datetime


@event("auction.closed", Audience.PUBLIC, subject=ROOM)
class AuctionClosed:
    """竞价已结束: the offer that leads, if any. `second` is the quantity offered beside the ceiling price."""

    lot: LotCode
    round: int
    outcome: Outcome
    paddle: int | None
    price: Amount | None
    second: Amount | None
    seq: int
    extensions: int
    at: datetime
