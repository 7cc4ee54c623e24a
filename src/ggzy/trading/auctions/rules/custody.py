"""密封报价的规则: who holds the keys, what may be handed in, and what its opening is worth."""

from ggzy.foundation.sealing.content import Offer as Told
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.auctions.lifecycle import AUCTION
from ggzy.trading.auctions.values import Amount, AuctionFacts, Measure, Room, RoomPhase
from ggzy.trading.projects.values import CustodyPlan, LotFacts


def may_name_custody(
    auction: AuctionFacts, lot: LotFacts, custody: CustodyPlan, strangers: tuple[str, ...], *, is_sealed: bool
) -> Verdict:
    """确定保管人 (trust §9.1): nobody alone, and not the centre with the owner, opens an offer.

    `strangers` are the names of holders who hold no custodian's membership at their organisation.
    """
    own = judge(
        [
            (is_sealed, Reason("not_sealed", "本场竞价不用密封报价")),
            (AUCTION.may(auction.state, "announce"), Reason("already_announced", "本轮公告已经发布")),
        ]
    )
    return own & custody.flaws((lot.owner, lot.agency), strangers)


def has_keys(custody: CustodyPlan | None, posted: int) -> Verdict:
    """保管人公钥是否齐备: nobody meets an announced auction to which no offer can be sealed."""
    missing = len(custody.holders) - posted if custody else 0
    return judge(
        [
            (custody is not None, Reason("custody_missing", "一次报价须先确定报价密钥保管人")),
            (missing == 0, Reason("keys_missing", f"还有 {missing} 位保管人没有提交公钥")),
        ]
    )


def may_hold_offer(room: Room | None, paddle: int | None, *, has_plan: bool) -> Verdict:
    """交来密封报价文件的条件, before it is pressed: the file alone is no offer yet."""
    return judge(
        [
            (has_plan, Reason("no_plan", "本场竞价没有报价开启方案")),
            (paddle is not None, Reason("no_paddle", "请先取得竞买资格和号牌")),
            (
                room is None or room.phase in (RoomPhase.WAITING, RoomPhase.TIMED),
                Reason("ended", "报价已经截止"),
            ),
        ]
    )


def may_release(room: Room, x: int, released: tuple[int, ...], offered: int) -> Verdict:
    """释放份额的条件: once per holder and turn, all offers that were received together."""
    return judge(
        [
            (room.phase is RoomPhase.UNSEALING, Reason("phase", "报价截止之前、开启之后不能释放份额")),
            (room.pause is None, Reason("paused", "竞价已暂停")),
            (x not in released, Reason("released", "您已经释放过本轮报价的份额")),
            (offered > 0, Reason("no_shares", "没有收到本轮报价的密钥份额")),
        ]
    )


def may_open(room: Room, custody: CustodyPlan, released: tuple[int, ...]) -> Verdict:
    """开启条件: as many holders as the plan asks for have released."""
    short = custody.k - len(released)
    return judge(
        [
            (room.phase is RoomPhase.UNSEALING, Reason("phase", "报价截止之前、开启之后不能开启报价")),
            (short <= 0, Reason("too_few_holders", f"还差 {max(short, 0)} 位保管人释放份额")),
        ]
    )


def amount_of(told: Told | None, measure: Measure) -> Amount | None:
    """报价文件中的数额; None where there is none in the measure of the contest."""
    if told is None:
        return None
    if measure is Measure.MONEY and told.amount is not None:
        return Amount.of_money(told.amount)
    if measure is Measure.RATE and told.rate is not None:
        return Amount.of(measure, told.rate.value)
    return None
