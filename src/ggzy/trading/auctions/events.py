"""拍卖、挂牌、竞价的事实.

What is ordered against the offers and the end of a room stands in the room's own dense stream and
carries the moment by which it was judged, so that the stream alone replays the room. Who is behind a
paddle stands elsewhere, sealed until the end (trust §12, §14.4).
"""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.events import Audience, event
from ggzy.kernel.money import Money, Rate
from ggzy.trading.auctions.values import (
    Amount,
    AuctionTerms,
    Bar,
    Consent,
    Document,
    FormatTerms,
    OfferKind,
    Outcome,
    RoomPhase,
    Side,
    Winner,
)

LOT = "lot/{lot}"
ROOM = "lot/{lot}/{round}/offers"
BIDDERS = "lot/{lot}/{round}/bidders"


@event("auction.announced", Audience.PUBLIC, subject=LOT)
class AuctionAnnounced:
    """公告已发布. `warnings` are the codes of what the check page warned of and the owner kept."""

    lot: LotCode
    round: int
    format: str
    terms: AuctionTerms
    notice: str
    warnings: tuple[str, ...] = ()


@event("auction.amended", Audience.PUBLIC, subject=LOT)
class AuctionAmended:
    """公告已变更, through the channel of the first notice; `is_material` starts its period anew."""

    lot: LotCode
    round: int
    terms: AuctionTerms
    is_material: bool
    reason: str
    notice: str


@event("disclosure.extended", Audience.PUBLIC, subject=LOT)
class DisclosureExtended:
    """信息披露已延长: nobody came, the conditions stay."""

    lot: LotCode
    round: int
    apply_until: datetime
    starts_at: datetime
    ends_at: datetime
    notice: str


@event("consent.recorded", Audience.PUBLIC, subject=LOT)
class ConsentRecorded:
    """批准单位已书面同意 the lower price of this round."""

    lot: LotCode
    round: int
    consent: Consent


@event("application.filed", Audience.SEALED, subject=BIDDERS)
class ApplicationFiled:
    """竞买申请已提交: who applies is told to nobody before the end."""

    lot: LotCode
    round: int
    bidder: CreditCode
    documents: tuple[Document, ...]


@event("application.declined", Audience.SEALED, subject=BIDDERS)
class ApplicationDeclined:
    """竞买申请不符合公告条件: each condition that is not met."""

    lot: LotCode
    round: int
    bidder: CreditCode
    reasons: tuple[str, ...]


@event("application.withdrawn", Audience.SEALED, subject=BIDDERS)
class ApplicationWithdrawn:
    """竞买申请已撤回, before the applications closed."""

    lot: LotCode
    round: int
    bidder: CreditCode


@event("bidder.admitted", Audience.SEALED, subject=BIDDERS)
class BidderAdmitted:
    """竞买资格已确认: the paddle that hides this bidder in the room."""

    lot: LotCode
    round: int
    bidder: CreditCode
    name: str
    paddle: int
    priority: int | None = None


@event("viewing.booked", Audience.SEALED, subject=BIDDERS)
class ViewingBooked:
    """已预约现场踏勘."""

    lot: LotCode
    round: int
    visitor: CreditCode
    on: datetime


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
    """报价未接受: the codes of every reason. Kept as evidence, changes nothing."""

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


@event("reserve.opened", Audience.PUBLIC, subject=LOT)
class ReserveOpened:
    """保留价已公开: it opens the commitment of the notice. Only a reserve that was met is told."""

    lot: LotCode
    round: int
    amount: Amount
    salt: str


@event("reserve.unmet", Audience.RESTRICTED, subject=LOT)
class ReserveUnmet:
    """未达到保留价: the amount stays secret but to those who supervise."""

    lot: LotCode
    round: int
    amount: Amount
    salt: str


@event("auction.sold", Audience.PUBLIC, subject=LOT)
class AuctionSold:
    """已成交. `total` is the whole price; `premium` stands against the start price."""

    lot: LotCode
    round: int
    winner: Winner
    price: Amount
    total: Money
    premium: Rate
    second: Amount | None
    confirm_by: datetime


@event("auction.failed", Audience.PUBLIC, subject=LOT)
class AuctionFailed:
    """未成交: too few bidders, no offer, or the reserve was not met."""

    lot: LotCode
    round: int
    cause: str
    reason: str
    notice: str = ""


@event("paddles.revealed", Audience.PARTIES, subject=BIDDERS)
class PaddlesRevealed:
    """号牌身份已公开: the secret from which anyone derives the numbers again."""

    lot: LotCode
    round: int
    secret: bytes
    bidders: tuple[Winner, ...]


@event("sale.signed", Audience.PARTIES, subject=LOT)
class SaleSigned:
    """成交确认书已由一方签署."""

    lot: LotCode
    round: int
    side: Side
    digest: str


@event("sale.confirmed", Audience.PUBLIC, subject=LOT)
class SaleConfirmed:
    """成交确认书已签订: both sides have signed; the contract is due."""

    lot: LotCode
    round: int
    digest: str
    contract_by: datetime


@event("sale.defaulted", Audience.PUBLIC, subject=LOT)
class SaleDefaulted:
    """竞得人违约: what was not kept, and whether the deposit is forfeited."""

    lot: LotCode
    round: int
    paddle: int
    cause: str
    reason: str
    is_forfeited: bool
