"""公开竞价的推演: one press in a room whose price everybody sees.

(room, offer, moment) → a new room with its facts, or a refusal with every reason.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from ggzy.kernel.verdict import Reason
from ggzy.trading.auctions import events
from ggzy.trading.auctions.rules import amounts, flow, proxies
from ggzy.trading.auctions.rules.judging import ADMISSION, Case, Check, failed, phase_is
from ggzy.trading.auctions.rules.replaying import Sheet
from ggzy.trading.auctions.values import Accepted, Amount, Offer, OfferKind, Refusal, Room, RoomPhase

Judge = Callable[[Room, Offer, datetime], Accepted | Refusal]
Close = Callable[[Room, datetime], Accepted | Refusal]
Weigh = Callable[[Room, Offer], Amount | None]
"""What of an offer is counted on the ladder; None where it cannot be counted."""

OPEN = (RoomPhase.FREE, RoomPhase.TIMED)
EXTENDED = (RoomPhase.TIMED, RoomPhase.SECOND)
STRANGE = Reason("kind", "本场竞价不受理此操作")


def plain(room: Room, offer: Offer) -> Amount | None:
    """价格: the amount itself, where it is in the measure of the phase."""
    amount = offer.amount
    return amount if amount is not None and amount.measure is room.scale.measure else None


def judge(turns: flow.Turns, weigh: Weigh = plain, extra: tuple[Check, ...] = ()) -> Judge:
    """竞价规则: the function that judges one press, for a format with this flow and this way to count."""
    checks = {kind: (*ADMISSION, *own) for kind, own in CHECKS.items()}
    checks[OfferKind.PRICE] += extra

    def offered(room: Room, offer: Offer, at: datetime) -> Accepted | Refusal:
        sheet = flow.advance(room, at, turns)
        now = sheet.room
        counted = weigh(now, offer)
        case = Case.of(now, offer, at, counted)
        reasons = failed(checks[offer.kind], case) if offer.kind in checks else (STRANGE,)
        if reasons:
            return Refusal(now, reasons, tuple(sheet.facts))
        ACTS[offer.kind](sheet, case, counted)
        if flow.is_answered(sheet.room):
            sheet.tell(flow.closed(sheet.room, at))
        return Accepted(sheet.room, tuple(sheet.facts))

    return offered


def closing(turns: flow.Turns) -> Close:
    """到点处理: the function that brings about what the clock has made due."""

    def close(room: Room, at: datetime) -> Accepted | Refusal:
        sheet = flow.advance(room, at, turns)
        if not sheet.facts:
            return Refusal(room, (_nothing_due(room),))
        return Accepted(sheet.room, tuple(sheet.facts))

    return close


def _nothing_due(room: Room) -> Reason:
    if room.phase is RoomPhase.CLOSED:
        return Reason("ended", "竞价已经结束")
    if room.pause is not None:
        return Reason("paused", "竞价已暂停，时间停止计算")
    if room.end is None:
        return Reason("waiting", f"{room.phase.label}，不由时间推进")
    return Reason("too_early", "本阶段尚未到期")


def _make(sheet: Sheet, case: Case, counted: Amount | None) -> None:
    offer = case.offer
    assert offer.amount is not None and counted is not None
    score = None if counted is offer.amount else counted
    _tell(sheet, case.at, offer.paddle, offer.amount, offer.press, offer.items, score)
    _settle_proxies(sheet, case.at)


def _set_proxy(sheet: Sheet, case: Case, counted: Amount | None) -> None:
    offer, room = case.offer, sheet.room
    assert counted is not None
    sheet.tell(
        events.ProxySet(
            lot=room.lot, round=room.round, paddle=offer.paddle, limit=counted, press=offer.press, at=case.at
        )
    )
    _settle_proxies(sheet, case.at)


def _withdraw_proxy(sheet: Sheet, case: Case, counted: Amount | None) -> None:
    offer, room = case.offer, sheet.room
    sheet.tell(
        events.ProxyWithdrawn(
            lot=room.lot, round=room.round, paddle=offer.paddle, press=offer.press, at=case.at
        )
    )


def _join(sheet: Sheet, case: Case, counted: Amount | None) -> None:
    offer, room = case.offer, sheet.room
    sheet.tell(
        events.ContestJoined(
            lot=room.lot, round=room.round, paddle=offer.paddle, press=offer.press, at=case.at
        )
    )


def _waive(sheet: Sheet, case: Case, counted: Amount | None) -> None:
    offer, room = case.offer, sheet.room
    sheet.tell(
        events.PriorityWaived(
            lot=room.lot, round=room.round, paddle=offer.paddle, press=offer.press, at=case.at
        )
    )


def _settle_proxies(sheet: Sheet, at: datetime) -> None:
    """自动应价, until no rival's limit reaches the next step."""
    if not sheet.room.proxies or sheet.room.phase not in OPEN or sheet.room.capped is not None:
        return
    for paddle, gain in proxies.answers(sheet.room):
        _tell(sheet, at, paddle, sheet.room.scale.amount(gain), is_automatic=True)


def _tell(
    sheet: Sheet,
    at: datetime,
    paddle: int,
    amount: Amount,
    press: str = "",
    items: tuple[Decimal, ...] = (),
    score: Amount | None = None,
    *,
    is_automatic: bool = False,
) -> None:
    """An offer and what it moves."""
    room = sheet.room
    sheet.tell(
        events.OfferMade(
            lot=room.lot, round=room.round, seq=room.seq + 1, paddle=paddle, amount=amount, press=press,
            at=at, is_automatic=is_automatic, items=items, score=score,
        )
    )  # fmt: skip
    _extend(sheet, at)
    _reach(sheet, at)


def _extend(sheet: Sheet, at: datetime) -> None:
    """延时: an offer in the last seconds of a contest moves its end; never to an earlier moment."""
    room = sheet.room
    if room.end is None or room.phase not in EXTENDED:
        return
    window, length, most = _extension(room)
    if room.end - at > timedelta(seconds=window):
        return
    after = at + timedelta(seconds=length)
    if after > room.end and (most is None or room.extensions < most):
        sheet.tell(
            events.AuctionExtended(
                lot=room.lot, round=room.round, seq=room.seq, before=room.end, after=after, at=at
            )
        )


def _extension(room: Room) -> tuple[int, int, int | None]:
    second = room.terms.ceiling.second if room.terms.ceiling else None
    if room.phase is RoomPhase.SECOND and second:
        return second.timed_s, second.timed_s, None
    timing = room.terms.timing
    return timing.window_s, timing.length_s, timing.extensions_max


def _reach(sheet: Sheet, at: datetime) -> None:
    """触顶: the ceiling price, or the most that the second contest can give, is reached."""
    room = sheet.room
    if room.terms.ceiling is None or room.leader is None or room.leader.gain != room.scale.cap:
        return
    if room.phase not in (*OPEN, RoomPhase.SECOND):
        return
    if room.phase is RoomPhase.SECOND:
        sheet.tell(flow.closed(room, at))
    elif room.capped is None:
        sheet.tell(events.CeilingReached(lot=room.lot, round=room.round, seq=room.seq, at=at))
        if room.phase is RoomPhase.TIMED:
            sheet.tell(flow.after_ceiling(sheet.room, at))


def _has_proxy(case: Case) -> bool:
    return any(proxy.paddle == case.offer.paddle for proxy in case.room.proxies)


def _may_join(case: Case) -> bool:
    paddle = case.paddle
    if paddle is None:
        return True
    return not paddle.has_joined and paddle.number not in case.room.entrants


def _may_waive(case: Case) -> bool:
    paddle, leader = case.paddle, case.room.leader
    if paddle is None:
        return True
    leads = leader is not None and leader.paddle == paddle.number
    return paddle.priority is not None and not paddle.has_waived and not leads


CHECKS: dict[OfferKind, tuple[Check, ...]] = {
    OfferKind.PRICE: (
        phase_is(RoomPhase.FREE, RoomPhase.TIMED, RoomPhase.SECOND, RoomPhase.PRIORITY),
        *amounts.PRICE,
    ),
    OfferKind.PROXY: (
        Check(lambda case: case.room.terms.has_proxies, lambda _: Reason("proxies", "本场竞价不设自动出价")),
        phase_is(*OPEN),
        *amounts.PROXY,
    ),
    OfferKind.UNPROXY: (Check(_has_proxy, lambda _: Reason("no_proxy", "没有可以撤销的自动出价")),),
    OfferKind.JOIN: (
        phase_is(RoomPhase.ASKING, RoomPhase.ENTERING),
        Check(_may_join, lambda _: Reason("joined", "您已经表示参加，无需重复操作")),
    ),
    OfferKind.WAIVE: (
        phase_is(RoomPhase.PRIORITY),
        Check(_may_waive, lambda _: Reason("not_holder", "没有可以放弃的优先购买权")),
    ),
}

ACTS: dict[OfferKind, Callable[[Sheet, Case, Amount | None], None]] = {
    OfferKind.PRICE: _make,
    OfferKind.PROXY: _set_proxy,
    OfferKind.UNPROXY: _withdraw_proxy,
    OfferKind.JOIN: _join,
    OfferKind.WAIVE: _waive,
}
