"""密封报价的开启与摇号: what follows where people, and not the clock, bring the next fact."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from ggzy.kernel import canon, draw
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.auctions import events
from ggzy.trading.auctions.rules import flow, words
from ggzy.trading.auctions.rules.replaying import Sheet
from ggzy.trading.auctions.values import (
    UNITS_MAX,
    Accepted,
    Opened,
    Refusal,
    Room,
    RoomPhase,
    TieRule,
)


def invalid(room: Room, opened: Opened) -> tuple[Reason, ...]:
    """密封报价无效的理由; empty for a valid one."""
    amount, scale = opened.amount, room.scale
    if amount is None or amount.measure is not scale.measure:
        return (Reason("unreadable", "报价文件中没有可识别的报价"),)
    gain = scale.gain(amount)
    before = room.leader.gain if room.turn > 1 and room.leader else None
    return judge(
        [
            (0 < amount.units <= UNITS_MAX, Reason("not_positive", f"报价 {amount} 不是有效的数额")),
            (gain >= 0, Reason("start", f"报价低于起始价 {room.terms.start}")),
            (before is None or gain > before, Reason("step", "再次报价应高于上一轮的最高报价")),
            (scale.cap is None or gain <= scale.cap, Reason("ceiling", "报价高于最高限价")),
            (
                not scale.steps.is_exact or gain < 0 or scale.is_rung(gain),
                Reason("ladder", "报价不是增减幅度的整数倍"),
            ),
        ]
    ).reasons


def unseal(room: Room, opened: Sequence[Opened], at: datetime) -> Accepted | Refusal:
    """开启密封报价: all of them at once, in the order of their arrival; then the highest, or a tie."""
    by_paddle = {one.paddle: one for one in opened}
    may = may_unseal(room, tuple(by_paddle), at)
    if not may.ok:
        return Refusal(room, may.reasons)
    sheet = Sheet(room)
    tops: list[tuple[int, int]] = []
    for sealed in room.sealed:
        one = by_paddle[sealed.paddle]
        reasons = invalid(room, one)
        sheet.tell(
            events.OfferUnsealed(
                lot=room.lot, round=room.round, paddle=one.paddle, amount=one.amount,
                reasons=tuple(reason.code for reason in reasons), at=at,
            )
        )  # fmt: skip
        if not reasons and one.amount is not None:
            tops.append((room.scale.gain(one.amount), sealed.paddle))
    best = max((gain for gain, _ in tops), default=None)
    tied = tuple(paddle for gain, paddle in tops if gain == best) or room.entrants
    sheet.tell(_conclusion(sheet.room, tied, at))
    return Accepted(sheet.room, tuple(sheet.facts))


def may_unseal(room: Room, opened: Sequence[int], at: datetime) -> Verdict:
    """开启条件: the time is over and every file that was received is there."""
    expected = [sealed.paddle for sealed in room.sealed]
    missing = sorted(set(expected) - set(opened))
    strange = sorted(set(opened) - set(expected))
    return judge(
        [
            (room.phase is RoomPhase.UNSEALING, Reason("phase", "报价截止之前、开启之后不能开启报价")),
            (room.pause is None, Reason("paused", "竞价已暂停")),
            (room.at is None or at >= room.at, Reason("too_early", f"不早于 {words.moment(room.at or at)}")),
            (
                not missing,
                Reason("missing", f"还有 {len(missing)} 份报价未解密", remedy="未能解密的，请登记为无法识别"),
            ),
            (not strange, Reason("strange", f"没有收到过 {'、'.join(map(str, strange))} 号牌的报价")),
        ]
    )


def _conclusion(room: Room, tied: tuple[int, ...], at: datetime) -> object:
    """The one fact that follows the opening."""
    ties = room.terms.ties
    if len(tied) < 2 or (ties.rule is TieRule.EARLIER):
        return flow.finish(room, at)
    if ties.rule is TieRule.AGAIN and room.turn <= ties.rounds_max:
        return flow.began(room, RoomPhase.TIMED, at, ties.round_s, tied)
    return flow.began(room, RoomPhase.DRAWING, at, None, tied)


def lot_leaf(salt: bytes, paddle: int) -> bytes:
    """号签: the salted leaf of a paddle; it can be published before the draw."""
    return draw.leaf(salt, canon.dumps({"paddle": paddle}))


def draw_lots(room: Room, seed: bytes, salts: Mapping[int, bytes], at: datetime) -> Accepted | Refusal:
    """摇号: one of the entrants, by `kernel.draw`. The seed is made as for the draw of experts (trust §11)."""
    may = may_draw_lots(room, tuple(salts))
    if not may.ok:
        return Refusal(room, may.reasons)
    paddles = tuple(sorted(room.entrants))
    leaves = tuple(lot_leaf(salts[paddle], paddle) for paddle in paddles)
    (drawn,) = draw.draw(leaves, 1, seed)
    sheet = Sheet(room)
    sheet.tell(
        events.LotsDrawn(
            lot=room.lot, round=room.round, seed=seed, paddles=paddles, leaves=leaves,
            winner=paddles[leaves.index(drawn)], at=at,
        )
    )  # fmt: skip
    sheet.tell(flow.closed(sheet.room, at))
    return Accepted(sheet.room, tuple(sheet.facts))


def may_draw_lots(room: Room, salted: Sequence[int]) -> Verdict:
    """摇号条件: the room waits for lots, and every entrant has its salt."""
    missing = sorted(set(room.entrants) - set(salted))
    return judge(
        [
            (room.phase is RoomPhase.DRAWING, Reason("phase", "当前阶段不摇号")),
            (room.pause is None, Reason("paused", "竞价已暂停")),
            (not missing, Reason("salts", f"{'、'.join(map(str, missing))} 号牌没有号签")),
        ]
    )
