"""号牌: giving, barring and clearing paddles, and numbers that say nothing about who is behind them."""

from collections.abc import Collection
from datetime import datetime, timedelta

from ggzy.kernel import digest
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.auctions import events
from ggzy.trading.auctions.rules.replaying import apply
from ggzy.trading.auctions.values import (
    Accepted,
    AuctionFacts,
    AuctionState,
    Bar,
    Refusal,
    Room,
    RoomPhase,
)

PADDLE = b"ggzy.paddle/1"
FIRST, LAST = 1000, 9999
SECRET_BYTES = 32
PREPARE_LEAD = timedelta(minutes=10)
LAPSE_LEAD = timedelta(minutes=1)
"""竞价开始前多久, claims of pre-emption that were not decided stand in nobody's way any more."""


def number_for(secret: bytes, bidder: CreditCode, taken: Collection[int]) -> int:
    """号牌号码: derived from the auction's secret, so that it tells neither the bidder nor the order.

    The secret is revealed after the end; then anyone derives the numbers again. A taken number gives way
    to the next free one.
    """
    assert len(secret) == SECRET_BYTES, "a secret has 32 bytes"
    ticket = digest.mac(secret, PADDLE + bidder.encode())
    count = LAST - FIRST + 1
    offset = int.from_bytes(ticket[:8]) % count
    numbers = (FIRST + (offset + step) % count for step in range(count))
    return next(number for number in numbers if number not in taken)


def may_prepare(auction: AuctionFacts, at: datetime, claims: int = 0) -> Verdict:
    """准备竞价室的条件: shortly before the start, when the notice can no longer change.

    `claims` of pre-emption that still wait keep the room shut until the last minute; then the contest begins in
    time, and what was not decided is not recognised, with its reason.
    """
    starts_at = auction.terms.format.timing.starts_at if auction.terms else None
    return judge(
        [
            (auction.state is AuctionState.ANNOUNCED, Reason("not_announced", "公告未发布或竞价已经开始")),
            (not auction.is_prepared, Reason("prepared", "竞价室已经就绪")),
            (
                starts_at is None or at >= starts_at - PREPARE_LEAD,
                Reason("too_early", f"竞价室在开始前 {PREPARE_LEAD // timedelta(minutes=1)} 分钟内准备"),
            ),
            (
                claims == 0 or starts_at is None or at >= starts_at - LAPSE_LEAD,
                Reason(
                    "claims_waiting",
                    f"还有 {claims} 项优先购买权的主张没有认定",
                    remedy="请先认定；至开始前一分钟仍未认定的，按不予认定记录并准备竞价室",
                ),
            ),
        ]
    )


def may_give(room: Room, number: int, priority: int | None, *, is_joined_late: bool) -> Verdict:
    """发放号牌的条件. Where bidders are known beforehand nobody joins an open room."""
    open_now = room.phase in (RoomPhase.WAITING, RoomPhase.FREE)
    return judge(
        [
            (
                room.phase is RoomPhase.WAITING or is_joined_late,
                Reason("started", "竞价已经开始，不再接受新的竞买人"),
            ),
            (open_now or not is_joined_late, Reason("contest_began", "自由报价期已满，不再接受新的竞买人")),
            (room.roster.find(number) is None, Reason("taken", f"{number} 号牌已经发放")),
            (FIRST <= number <= LAST, Reason("number", f"号牌号码应为 {FIRST} 至 {LAST}")),
            (priority is None or priority >= 1, Reason("priority", "优先购买权的顺位从 1 起")),
        ]
    )


def give(
    room: Room, number: int, at: datetime, *, priority: int | None = None, is_joined_late: bool = False
) -> Accepted | Refusal:
    """发放号牌."""
    _assert_current(room, at)
    verdict = may_give(room, number, priority, is_joined_late=is_joined_late)
    if not verdict.ok:
        return Refusal(room, verdict.reasons)
    fact = events.PaddleGiven(lot=room.lot, round=room.round, paddle=number, priority=priority, at=at)
    return Accepted(apply(room, fact), (fact,))


def may_bar(room: Room, number: int, reason: str) -> Verdict:
    """停用号牌的条件."""
    return _running(room) & judge(
        [
            (room.roster.find(number) is not None, Reason("no_paddle", f"本场没有 {number} 号牌")),
            (bool(reason.strip()), Reason("no_reason", "请写明停用号牌的原因")),
        ]
    )


def bar(room: Room, number: int, ground: Bar, reason: str, at: datetime) -> Accepted | Refusal:
    """停用号牌: it offers no more; what it has offered stands (报价不得撤回)."""
    _assert_current(room, at)
    verdict = may_bar(room, number, reason)
    if not verdict.ok:
        return Refusal(room, verdict.reasons)
    fact = events.PaddleBarred(
        lot=room.lot, round=room.round, paddle=number, bar=ground, reason=reason.strip(), at=at
    )
    return Accepted(apply(room, fact), (fact,))


def may_clear(room: Room, number: int, reason: str) -> Verdict:
    """恢复号牌的条件."""
    paddle = room.roster.find(number)
    return _running(room) & judge(
        [
            (paddle is not None and paddle.bar is not None, Reason("not_barred", f"{number} 号牌没有停用")),
            (bool(reason.strip()), Reason("no_reason", "请写明恢复号牌的原因")),
        ]
    )


def clear(room: Room, number: int, reason: str, at: datetime) -> Accepted | Refusal:
    """恢复号牌."""
    _assert_current(room, at)
    verdict = may_clear(room, number, reason)
    if not verdict.ok:
        return Refusal(room, verdict.reasons)
    fact = events.PaddleCleared(lot=room.lot, round=room.round, paddle=number, reason=reason.strip(), at=at)
    return Accepted(apply(room, fact), (fact,))


def _assert_current(room: Room, at: datetime) -> None:
    """The clock's facts come first: a paddle changes hands in the phase it is given in."""
    assert room.pause is not None or room.end is None or at < room.end or room.phase is RoomPhase.CLOSED, (
        "advance the room before its paddles change"
    )


def _running(room: Room) -> Verdict:
    return judge([(room.phase is not RoomPhase.CLOSED, Reason("ended", "竞价已经结束"))])
