"""成交的规则: what the room's result is worth, the confirmation, the days that follow, and default."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from ggzy.kernel.instants import BEIJING, Calendar, end_of_day, local_date
from ggzy.kernel.money import Money, Rate
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.registers.catalog.values import Rulebook
from ggzy.trading.auctions.lifecycle import AUCTION
from ggzy.trading.auctions.rules import wording, words
from ggzy.trading.auctions.rules.announcing import reserve_commitment
from ggzy.trading.auctions.rules.dating import days_after
from ggzy.trading.auctions.values import (
    Amount,
    AuctionFacts,
    AuctionState,
    AuctionTerms,
    Consent,
    Format,
    Outcome,
    Reserve,
    Room,
    RoomPhase,
    Settlement,
    Side,
    Winner,
)
from ggzy.trading.projects.values import LotFacts


def may_settle(auction: AuctionFacts, room: Room, reserve: Reserve | None) -> Verdict:
    """确定竞价结论的条件: the room is over, and a secret reserve opens its own commitment."""
    committed = room.terms.reserve
    opens = reserve is not None and reserve_commitment(reserve.amount, reserve.salt) == committed
    return judge(
        [
            (room.phase is RoomPhase.CLOSED, Reason("not_closed", "竞价尚未结束")),
            (_is_unsettled(auction, room), Reason("settled", "本轮竞价没有待确定的结果")),
            (
                not committed or reserve is not None or room.outcome is not Outcome.LED,
                Reason("reserve_missing", "公告设有保留价，请由保管人提供保留价及其密钥"),
            ),
            (
                not committed or reserve is None or opens,
                Reason("reserve_differs", "所提供的保留价与公告时的承诺不符"),
            ),
            (bool(committed) or reserve is None, Reason("reserve_strange", "公告没有设保留价")),
        ]
    )


def _is_unsettled(auction: AuctionFacts, room: Room) -> bool:
    """Too few bidders: the room never opened, and the auction is still where the notice left it."""
    never_opened = auction.state is AuctionState.ANNOUNCED and room.outcome is Outcome.TOO_FEW
    return auction.state is AuctionState.CLOSED or never_opened or room.phase is not RoomPhase.CLOSED


def settle(
    rulebook: Rulebook,
    terms: AuctionTerms,
    room: Room,
    reserve: Reserve | None = None,
    consent: Consent | None = None,
) -> Settlement:
    """竞价结论. A reserve that was not met stays secret (39号令 §10)."""
    if room.outcome is Outcome.TOO_FEW:
        return Settlement(False, "too_few", f"竞买人不足 {room.terms.bidders_min} 人，竞价终止")
    winner = room.leader or room.capped
    price = room.price
    if winner is None or price is None:
        return Settlement(False, "no_offer", "没有有效报价")
    paddle = room.roster.find(winner.paddle)
    if paddle is None or paddle.bar is not None:
        return Settlement(False, "winner_barred", "最高报价人的竞买资格已被停用")
    if reserve is not None and not _meets(room, price, reserve.amount):
        return Settlement(False, "reserve_unmet", "最高报价未达到保留价")
    total = terms.format.total(price)
    asks = rulebook.get("price.deal_rate_min")
    if asks and terms.appraisal and consent is None and total < terms.appraisal.times(Rate(asks.value)):
        text = f"成交价低于评估结果的 {Rate(asks.value).percent_text()}，应报批准单位同意后再行交易"
        return Settlement(False, "consent_missing", text)
    premium = Rate.of(total - terms.floor, terms.floor)
    return Settlement(True, price=total, premium=premium, is_reserve_public=reserve is not None)


def _meets(room: Room, price: Amount, reserve: Amount) -> bool:
    return room.terms.direction.sign * (price.units - reserve.units) >= 0


@dataclass(frozen=True)
class Due:
    """成交后的期限: what is due, by when, and the article."""

    code: str
    name: str
    by: date
    article: str


DUES = (
    ("sale.confirm_days_max", "签订成交确认书"),
    ("sale.result_days_max", "公布成交结果"),
    ("sale.publicity_start_days_max", "开始成交公示"),
    ("sale.contract_days_max", "签订合同"),
    ("deposit.refund_days_max", "退还未竞得人的保证金"),
)


def dues(rulebook: Rulebook, calendar: Calendar, closed_at: datetime) -> tuple[Due, ...]:
    """成交后的各项期限, as far as the rulebook knows them. A last day off moves to the next working day."""
    day = local_date(closed_at)
    found = []
    for name, title in DUES:
        limit = rulebook.get(name)
        if limit:
            by = calendar.next_workday(days_after(day, limit, calendar))
            found.append(Due(name.partition(".")[2].removesuffix("_days_max"), title, by, limit.article))
    return tuple(found)


def publicity_until(rulebook: Rulebook, calendar: Calendar, started_at: datetime) -> datetime | None:
    """成交公示截止时间, the end of its last day; None where no publicity is due."""
    limit = rulebook.get("sale.publicity_days_min")
    if limit is None:
        return None
    return end_of_day(calendar.next_workday(days_after(local_date(started_at), limit, calendar)))


def may_sign(auction: AuctionFacts, side: Side, digest: str, expected: str) -> Verdict:
    """签署成交确认书的条件: each side once, the very text that was made."""
    return judge(
        [
            (AUCTION.may(auction.state, "confirm"), Reason("not_sold", "没有待签署的成交确认书")),
            (side.value not in auction.signed, Reason("signed", "您已签署成交确认书")),
            (digest == expected, Reason("differs", "所签文件与成交确认书不一致", remedy="请刷新后重新签署")),
        ]
    )


def is_confirmed(auction: AuctionFacts) -> bool:
    """成交确认书是否已由双方签署."""
    return set(auction.signed) >= {side.value for side in Side}


def may_reveal(auction: AuctionFacts, *, is_revealed: bool) -> Verdict:
    """公开号牌身份的条件: the result stands."""
    over = (AuctionState.SOLD, AuctionState.CONFIRMED, AuctionState.FAILED, AuctionState.DEFAULTED)
    return judge(
        [
            (auction.state in over, Reason("not_concluded", "竞价结果尚未确定，号牌身份不公开")),
            (not is_revealed, Reason("revealed", "号牌身份已经公开")),
        ]
    )


def due_by(found: tuple[Due, ...], code: str, fallback: date) -> datetime:
    """期限届满的时刻: the end of its last day."""
    day = next((due.by for due in found if due.code == code), fallback)
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=BEIJING)


def confirmation(
    lot: LotFacts,
    format: Format,
    winner: Winner,
    price: Amount,
    total: Money,
    closed_at: datetime,
    pledge: tuple[str, str] = ("", ""),
) -> str:
    """成交确认书正文: what both sides sign. Parties by their codes, for names may change and this text may not.

    `pledge` is what the winner holds or builds beside the ceiling price, by name and amount.
    """
    called = wording.of_format(format)
    return "\n".join(
        [
            "成交确认书",
            f"标的：{lot.title}（{lot.code}，第{lot.round}次）",
            f"{called.owner}：{lot.owner}",
            f"{called.winner}：{winner.name}（{winner.party}），{winner.paddle} 号牌",
            f"成交价：{price}，总价 {total.figures()} 元（{total.characters()}）",
            *(["{}：{}".format(*pledge)] if all(pledge) else []),
            f"竞价结束时间：{words.moment(closed_at)}",
        ]
    )


LAND = "招标拍卖挂牌出让国有建设用地使用权规定"


class Breach(StrEnum):
    """违约情形."""

    CONFIRMATION = "confirmation"  # 不签成交确认书
    CONTRACT = "contract"  # 不签合同
    PAYMENT = "payment"  # 不按期付款
    FALSEHOOD = "falsehood"  # 提供虚假材料、隐瞒事实

    @property
    def label(self) -> str:
        return {
            "confirmation": "逾期不签成交确认书",
            "contract": "逾期不签合同",
            "payment": "逾期不付价款",
            "falsehood": "提供虚假材料或隐瞒事实",
        }[self.value]

    @property
    def article(self) -> str:
        """What the deposit is kept by: an award given up, a price unpaid, a falsehood."""
        return {
            "confirmation": f"{LAND} §20",
            "contract": f"{LAND} §20",
            "payment": "拍卖法 §39",
            "falsehood": f"{LAND} §25",
        }[self.value]


def may_declare_default(
    auction: AuctionFacts,
    breach: Breach,
    reason: str,
    due: datetime | None,
    at: datetime,
    *,
    refused: bool = False,
    is_contracted: bool = False,
) -> Verdict:
    """认定违约的条件: the day has gone by, or the winner said in writing that it will not."""
    waits = breach is not Breach.FALSEHOOD and not refused
    return judge(
        [
            (AUCTION.may(auction.state, "default"), Reason("not_sold", "本轮没有成交，不存在违约")),
            (
                breach is not Breach.CONFIRMATION or auction.state is AuctionState.SOLD,
                Reason("confirmed", "成交确认书已经签订"),
            ),
            (
                breach is not Breach.CONTRACT or not is_contracted,
                Reason("contracted", "合同已经签订，不存在逾期不签合同"),
            ),
            (
                breach is not Breach.PAYMENT or is_contracted,
                Reason("not_contracted", "合同尚未签订，价款没有到期"),
            ),
            (not waits or (due is not None and at >= due), Reason("not_due", "期限尚未届满，不能认定逾期")),
            (bool(reason.strip()), Reason("no_reason", "请写明违约的事实和证据")),
        ]
    )
