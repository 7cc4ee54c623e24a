"""密封报价的事实: custodians, their keys, the plan offers are sealed to, shares, and what did not open."""

from ggzy.foundation.sealing.plan import OpeningPlan
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.events import Audience, event
from ggzy.trading.projects.values import CustodyPlan

LOT = "lot/{lot}"
OPENING = "lot/{lot}/{round}/opening"


@event("offer_custody.named", Audience.PUBLIC, subject=LOT)
class OfferCustodyNamed:
    """报价密钥保管人已确定."""

    lot: LotCode
    round: int
    custody: CustodyPlan


@event("offer_key.posted", Audience.PUBLIC, subject=LOT)
class OfferKeyPosted:
    """报价密钥保管人的公钥已提交, signed with its certificate."""

    lot: LotCode
    round: int
    x: int
    organisation: CreditCode
    certificate: str


@event("offer_plan.fixed", Audience.PUBLIC, subject=LOT)
class OfferPlanFixed:
    """报价开启方案已确定: every sealed offer names its digest."""

    lot: LotCode
    round: int
    plan: OpeningPlan
    digest: str


@event("offer_shares.released", Audience.PUBLIC, subject=OPENING)
class OfferSharesReleased:
    """保管人已释放份额 of all offers of a turn; `root` covers the records, `bad` ones failed their check."""

    lot: LotCode
    round: int
    turn: int
    x: int
    good: int
    bad: int
    root: str


@event("sealed_offer.unopened", Audience.PUBLIC, subject=OPENING)
class SealedOfferUnopened:
    """密封报价未能开启: the finding, who caused it, and the evidence. It does not count."""

    lot: LotCode
    round: int
    paddle: int
    finding: str
    attributed_to: str
    evidence: str
