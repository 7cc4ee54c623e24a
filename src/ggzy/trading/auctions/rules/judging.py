"""报价的判断: a table of checks, each with its own reason. All are asked; the reasons of those that fail
are written only then, for an accepted offer pays for no words.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from ggzy.kernel.verdict import Reason
from ggzy.trading.auctions.rules import words
from ggzy.trading.auctions.values import Amount, Bar, Offer, Paddle, Room, RoomPhase, Scale

ENDED = "ended"


@dataclass(slots=True)
class Case:
    """一次判断: the room, the press and who pressed. `gain` is None where no amount can be counted."""

    room: Room
    offer: Offer
    at: datetime
    paddle: Paddle | None
    scale: Scale
    gain: int | None

    @classmethod
    def of(cls, room: Room, offer: Offer, at: datetime, counted: Amount | None) -> "Case":
        """The case of this press; `counted` is what of it the ladder counts."""
        scale = room.scale
        gain = None if counted is None else scale.gain(counted)
        return cls(room, offer, at, room.roster.find(offer.paddle), scale, gain)


class Check(NamedTuple):
    """一项条件: what must hold, and the words for when it does not."""

    holds: Callable[[Case], bool]
    reason: Callable[[Case], Reason]


def failed(checks: Iterable[Check], case: Case) -> tuple[Reason, ...]:
    """Every reason, in the order of the table."""
    return tuple([reason(case) for holds, reason in checks if not holds(case)])


def _has_started(case: Case) -> bool:
    return case.room.phase is not RoomPhase.WAITING


def _not_started(case: Case) -> Reason:
    starts = words.moment(case.room.terms.timing.starts_at)
    return Reason("not_started", "竞价尚未开始", remedy=f"{starts} 开始")


def _is_running(case: Case) -> bool:
    return case.room.phase is not RoomPhase.CLOSED


def _ended(case: Case) -> Reason:
    """By the moment of its judgement; of what waited over the end, the moment it came is told too."""
    end, came = case.room.end or case.at, case.offer.arrived or case.at
    text = f"竞价已于 {words.moment(end)} 结束，您的操作于 {words.moment(came)} 到达"
    if came < end:
        text += f"，于 {words.moment(case.at)} 受理，以受理时间为准"
    return Reason(ENDED, text)


def _moves(case: Case) -> bool:
    return case.room.pause is None


def _paused(case: Case) -> Reason:
    return Reason("paused", "竞价已暂停，时间停止计算", remedy="恢复后按剩余时间继续，请留意页面提示")


def _is_first_press(case: Case) -> bool:
    return case.offer.press not in case.room.presses


def _repeated(case: Case) -> Reason:
    return Reason("repeated", "同一次操作已经受理，不重复计算")


def _has_paddle(case: Case) -> bool:
    return case.paddle is not None


def _no_paddle(case: Case) -> Reason:
    text = f"本场没有 {case.offer.paddle} 号牌" if case.offer.paddle else "您在本场没有号牌"
    return Reason("no_paddle", text, remedy="请先取得竞买资格和号牌")


def _may_offer(case: Case) -> bool:
    return case.paddle is None or case.paddle.bar is None


BARS = {
    Bar.UNQUALIFIED: ("竞买资格尚未确认", "请等待资格确认，或联系交易中心"),
    Bar.DEPOSIT: ("竞买保证金未到账或已退回", "请补足保证金"),
    Bar.BANNED: ("主体处于市场禁入期", ""),
    Bar.INSIDER: ("出让方、转让方一方的人及其关联方不得参与竞买", ""),
    Bar.FROZEN: ("号牌已被冻结", "请联系交易中心"),
}


def _barred(case: Case) -> Reason:
    assert case.paddle is not None and case.paddle.bar is not None
    text, remedy = BARS[case.paddle.bar]
    note = f"：{case.paddle.note}" if case.paddle.note else ""
    article = "拍卖法 §22、§30" if case.paddle.bar is Bar.INSIDER else ""
    return Reason(case.paddle.bar.value, text + note, article, remedy)


ADMISSION = (
    Check(_has_started, _not_started),
    Check(_is_running, _ended),
    Check(_moves, _paused),
    Check(_is_first_press, _repeated),
    Check(_has_paddle, _no_paddle),
    Check(_may_offer, _barred),
)
"""能否在竞价室中操作: asked of everything that is pressed."""


def phase_is(*phases: RoomPhase) -> Check:
    """本阶段可办: the act belongs to these phases."""
    named = "、".join(phase.label for phase in phases)

    def holds(case: Case) -> bool:
        return case.room.phase in phases or case.room.phase in (RoomPhase.WAITING, RoomPhase.CLOSED)

    def reason(case: Case) -> Reason:
        return Reason("phase", f"当前为{case.room.phase.label}，不能办理", remedy=f"此操作在{named}办理")

    return Check(holds, reason)
