"""暂停与恢复: the clock of a room stands still and runs on with the time that was left."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

from ggzy.kernel.instants import Period
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.auctions import events
from ggzy.trading.auctions.rules.replaying import MICROSECOND, apply
from ggzy.trading.auctions.values import Accepted, Refusal, Room, RoomPhase

Cause = Literal["operator", "outage", "brake"]
OUTAGE_MIN = timedelta(seconds=2)
"""短于此的中断不停表: what the platform's own record cannot tell from a slow answer."""


BEAT_EVERY = timedelta(seconds=1)
"""心跳间隔 of whoever takes offers."""


def outages(beats: Sequence[datetime]) -> tuple[Period, ...]:
    """平台中断的期间: the gaps between beats, in their order, that are longer than one that came in time."""
    return tuple(
        Period(before, after)
        for before, after in pairwise(beats)
        if after - before >= BEAT_EVERY + OUTAGE_MIN
    )


def may_pause(room: Room, reason: str, at: datetime) -> Verdict:
    """暂停竞价的条件: a running room, before its end, and a reason in words."""
    return judge(
        [
            (
                room.phase is not RoomPhase.WAITING,
                Reason("not_started", "竞价尚未开始，无需暂停", remedy="可变更公告推迟开始时间"),
            ),
            (
                room.phase is not RoomPhase.CLOSED and not _is_over(room, at),
                Reason("ended", "竞价已经结束，不能暂停"),
            ),
            (room.pause is None, Reason("paused", "竞价已经暂停")),
            (bool(reason.strip()), Reason("no_reason", "请写明暂停的原因")),
        ]
    )


def _is_over(room: Room, at: datetime) -> bool:
    """Whether the end of a running phase has come. While its clock stands it never does."""
    is_running = room.phase not in (RoomPhase.WAITING, RoomPhase.CLOSED) and room.pause is None
    return is_running and room.end is not None and at >= room.end


def pause(room: Room, reason: str, at: datetime, cause: Cause = "operator") -> Accepted | Refusal:
    """暂停竞价."""
    verdict = may_pause(room, reason, at)
    if not verdict.ok:
        return Refusal(room, verdict.reasons)
    return _told(room, cause, reason, at, at)


def may_stand_still(room: Room, outage: Period, at: datetime) -> Verdict:
    """平台中断停表的条件. Decided by the platform's own record, before anything else is done in the room."""
    since = stands_since(room, outage)
    return judge(
        [
            (room.phase is not RoomPhase.WAITING, Reason("not_started", "竞价尚未开始")),
            (room.phase is not RoomPhase.CLOSED, Reason("ended", "竞价已经结束，中断不再影响结果")),
            (room.pause is None, Reason("paused", "竞价已经暂停，时间本已停止计算")),
            (outage.end <= at, Reason("not_over", "中断尚未结束")),
            (
                outage.end - since >= OUTAGE_MIN,
                Reason("too_short", f"中断不足 {OUTAGE_MIN.seconds} 秒，不停止计时"),
            ),
            (
                not _is_over(room, since),
                Reason("after_end", "中断开始之前竞价时间已经届满"),
            ),
        ]
    )


def stands_since(room: Room, outage: Period) -> datetime:
    """停表起点: the start of the outage, but not before the last fact the room could still record."""
    return outage.start if room.at is None else max(outage.start, room.at)


def stand_still(room: Room, outage: Period, at: datetime) -> Accepted | Refusal:
    """平台中断停表: from the moment the record shows, whenever that is found out."""
    verdict = may_stand_still(room, outage, at)
    if not verdict.ok:
        return Refusal(room, verdict.reasons)
    return _told(room, "outage", "平台中断，按平台运行记录停止计时", stands_since(room, outage), at)


def brake(room: Room, since: datetime, at: datetime) -> Accepted | Refusal:
    """随标的停表: the lot was stopped, so its room stands from that moment, whenever that is noticed."""
    since = since if room.at is None else max(since, room.at)
    verdict = judge(
        [
            (room.phase is not RoomPhase.WAITING, Reason("not_started", "竞价尚未开始")),
            (
                room.phase is not RoomPhase.CLOSED and not _is_over(room, since),
                Reason("ended", "竞价已经结束，停表不再影响结果"),
            ),
            (room.pause is None, Reason("paused", "竞价已经暂停")),
        ]
    )
    if not verdict.ok:
        return Refusal(room, verdict.reasons)
    return _told(room, "brake", "标的暂停或终止交易，竞价停止计时", since, max(at, since))


def _told(room: Room, cause: Cause, reason: str, since: datetime, at: datetime) -> Accepted:
    fact = events.AuctionPaused(
        lot=room.lot, round=room.round, cause=cause, reason=reason.strip(), since=since, at=at
    )
    return Accepted(apply(room, fact), (fact,))


def may_resume(room: Room) -> Verdict:
    """恢复竞价的条件."""
    return judge([(room.pause is not None, Reason("not_paused", "竞价没有暂停"))])


def resume(room: Room, at: datetime) -> Accepted | Refusal:
    """恢复竞价: with the time left, and with no less than the notice promises."""
    verdict = may_resume(room)
    if not verdict.ok:
        return Refusal(room, verdict.reasons)
    fact = events.AuctionResumed(lot=room.lot, round=room.round, end=resumed_end(room, at), at=at)
    return Accepted(apply(room, fact), (fact,))


def resumed_end(room: Room, at: datetime) -> datetime | None:
    """恢复后的结束时间; None where no clock ran."""
    assert room.pause is not None, "only a paused room resumes"
    if room.pause.left_us is None:
        return None
    left = max(room.pause.left_us * MICROSECOND, timedelta(seconds=room.terms.timing.resume_min_s))
    return at + left
