"""降价竞价: the price falls step by step until somebody takes it; the first press wins.

The price is a function of the room's own clock, so it stands still while the room is paused.
"""

from datetime import datetime, timedelta

from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.auctions import events
from ggzy.trading.auctions.rules import amounts, contest, drafting, flow, words
from ggzy.trading.auctions.rules.judging import ADMISSION, Case, Check, failed, phase_is
from ggzy.trading.auctions.rules.replaying import MICROSECOND
from ggzy.trading.auctions.values import (
    Accepted,
    Amount,
    Format,
    FormatTerms,
    Offer,
    OfferKind,
    Refusal,
    Room,
    RoomPhase,
)

TURNS: flow.Turns = {RoomPhase.WAITING: flow.open_room, RoomPhase.TIMED: flow.last}


def price_at(room: Room, at: datetime) -> Amount:
    """此刻价格: the start price less one step for every interval that has run, never below the floor."""
    terms = room.terms
    assert terms.fall is not None, "the price of this room does not fall"
    run = at - terms.timing.starts_at - room.stood_us * MICROSECOND
    falls = run // timedelta(seconds=terms.fall.interval_s)
    return max(Amount(terms.start.measure, terms.start.units - falls * terms.steps.step), terms.fall.floor)


def ends_at(terms: FormatTerms) -> datetime:
    """降价到底的时间: every price has stood one interval, the floor included."""
    assert terms.fall is not None, "the price does not fall"
    falls = -((terms.fall.floor.units - terms.start.units) // terms.steps.step)
    return terms.timing.starts_at + timedelta(seconds=terms.fall.interval_s * (falls + 1))


def _flaws(terms: FormatTerms) -> Verdict:
    fall, step = terms.fall, terms.steps.step
    is_whole = fall is not None and fall.interval_s > 0 and step > 0
    below = is_whole and fall is not None and 0 < fall.floor.units < terms.start.units
    shaped = judge(
        [
            (is_whole, Reason("fall", "请填写每次降价的幅度和间隔")),
            (not is_whole or below, Reason("floor", "最低价应大于零并低于起始价")),
            (
                not below or terms.timing.ends_at == ends_at(terms),
                Reason(
                    "ends",
                    "结束时间应为降至最低价并保持一个间隔之后",
                    remedy=f"应为 {words.moment(ends_at(terms))}" if below else "",
                ),
            ),
            (terms.timing.timed_s == 0, Reason("timed", "降价竞价不设限时竞价")),
            (terms.ceiling is None, Reason("ceiling", "降价竞价不设最高限价")),
            (not terms.has_proxies, Reason("proxies", "降价竞价不设自动出价")),
            (terms.priority is None, Reason("priority", "降价竞价不询问优先购买权")),
        ]
    )
    return drafting.shared_flaws(terms) & drafting.no_items(terms) & shaped


def _has_fallen(case: Case) -> bool:
    offer, room = case.offer, case.room
    if case.gain is None or offer.amount is None or room.phase is not RoomPhase.TIMED:
        return True
    return offer.amount.units >= price_at(room, case.at).units


def _not_fallen(case: Case) -> Reason:
    now = price_at(case.room, case.at)
    return Reason(
        "step", f"当前价格为 {now}，尚未降至您的报价", remedy="请等待价格继续下降，或以当前价格应价"
    )


CHECKS = (
    *ADMISSION,
    phase_is(RoomPhase.TIMED),
    amounts.MEASURE,
    amounts.POSITIVE,
    amounts.SANE,
    Check(_has_fallen, _not_fallen),
)


def _offer(room: Room, offer: Offer, at: datetime) -> Accepted | Refusal:
    sheet = flow.advance(room, at, TURNS)
    now = sheet.room
    case = Case.of(now, offer, at, contest.plain(now, offer))
    reasons = failed(CHECKS, case) if offer.kind is OfferKind.PRICE else (contest.STRANGE,)
    if reasons:
        return Refusal(now, reasons, tuple(sheet.facts))
    sheet.tell(
        events.OfferMade(
            lot=now.lot, round=now.round, seq=now.seq + 1, paddle=offer.paddle, amount=price_at(now, at),
            press=offer.press, at=at,
        )
    )  # fmt: skip
    sheet.tell(flow.closed(sheet.room, at))
    return Accepted(sheet.room, tuple(sheet.facts))


FORMAT = Format(
    code="descending",
    name="降价竞价",
    basis="公告载明的竞价规则",
    rule="价格按公告的间隔和幅度下降，首个应价者以应价时的价格竞得",
    flaws=_flaws,
    offer=_offer,
    close=contest.closing(TURNS),
)
