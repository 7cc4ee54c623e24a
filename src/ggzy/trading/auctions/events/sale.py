"""公告、报名与成交的事实: what surrounds the room. Who is behind a paddle stands here, sealed until the end."""

from datetime import datetime

from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.events import Audience, event
from ggzy.kernel.money import Money, Rate
from ggzy.trading.auctions.values import Amount, AuctionTerms, Consent, Direction, Document, Side, Winner

LOT = "lot/{lot}"
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


@event("announcement.refused", Audience.RESTRICTED, subject="lot/{lot}/{round}/refusals")
class AnnouncementRefused:
    """公告未予发布: the codes of every reason why a notice, or its change, was turned back when it was published."""

    lot: LotCode
    round: int
    reasons: tuple[str, ...]
    is_change: bool


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


@event("priority.claimed", Audience.SEALED, subject=BIDDERS)
class PriorityClaimed:
    """已主张优先购买权, on these grounds."""

    lot: LotCode
    round: int
    bidder: CreditCode
    grounds: str
    documents: tuple[Document, ...]


@event("priority.decided", Audience.SEALED, subject=BIDDERS)
class PriorityDecided:
    """优先购买权已认定: its order, 1 first; None where it was not recognised."""

    lot: LotCode
    round: int
    bidder: CreditCode
    order: int | None
    reason: str


@event("viewing.booked", Audience.SEALED, subject=BIDDERS)
class ViewingBooked:
    """已预约现场踏勘."""

    lot: LotCode
    round: int
    visitor: CreditCode
    on: datetime


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
    publicity_until: datetime | None = None
    direction: Direction = Direction.UP


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
