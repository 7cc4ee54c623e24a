"""报价数额的判断: enough, not too much, on the ladder, and in the right quantity."""

from ggzy.kernel.verdict import Reason
from ggzy.trading.auctions.rules.judging import Case, Check
from ggzy.trading.auctions.values import (
    UNITS_MAX,
    Amount,
    Entry,
    PriorityMode,
    RoomPhase,
    Standing,
)


def is_match(case: Case, leader: Standing) -> bool:
    """优先购买权人以相同价格应价: the same price, with a better right than the leader's."""
    priority, paddle = case.room.terms.priority, case.paddle
    if priority is None or paddle is None or paddle.priority is None or paddle.has_waived:
        return False
    if case.gain != leader.gain:
        return False
    is_time = priority.mode is PriorityMode.IN_ROOM or case.room.phase is RoomPhase.PRIORITY
    return is_time and (leader.priority is None or paddle.priority < leader.priority)


def _may_contest(case: Case) -> bool:
    paddle, entry = case.paddle, case.room.terms.entry
    if case.room.phase is not RoomPhase.TIMED or paddle is None or entry is Entry.ANYONE:
        return True
    return paddle.has_offered if entry is Entry.OFFERED else paddle.has_joined


def _not_in_contest(case: Case) -> Reason:
    if case.room.terms.entry is Entry.OFFERED:
        return Reason("not_in_contest", "挂牌期内没有有效报价的竞买人不参加限时竞价")
    return Reason("not_in_contest", "询问期内没有表示继续竞价的竞买人不参加限时竞价")


def _may_still_bid(case: Case) -> bool:
    return case.room.capped is None or case.room.phase is not RoomPhase.FREE


def _ceiling_reached(case: Case) -> Reason:
    return Reason(
        "ceiling_reached", "已达到最高限价，本阶段不再报价", remedy="期满后按公告载明的规则确定竞得人"
    )


def _has_measure(case: Case) -> bool:
    return case.gain is not None


def _wrong_measure(case: Case) -> Reason:
    return Reason("measure", f"本阶段应填报{_measured(case)}")


def _measured(case: Case) -> str:
    ceiling = case.room.terms.ceiling
    if case.room.phase is RoomPhase.SECOND and ceiling and ceiling.second:
        return ceiling.second.name
    return "价格" if not case.room.terms.items else "价格和全部权重项"


def _is_positive(case: Case) -> bool:
    return case.offer.amount is None or case.offer.amount.units > 0


def _not_positive(case: Case) -> Reason:
    return Reason("not_positive", f"报价 {case.offer.amount} 不大于零")


def _is_sane(case: Case) -> bool:
    return case.offer.amount is None or case.offer.amount.units <= UNITS_MAX


def _enormous(case: Case) -> Reason:
    return Reason("enormous", "报价超出可受理的范围", remedy="请核对是否多输入了数字或选错了单位")


def _is_not_leading(case: Case) -> bool:
    leader = case.room.leader
    return leader is None or leader.paddle != case.offer.paddle or case.room.terms.may_raise_own


def _leading(case: Case) -> Reason:
    return Reason("leading", "您已是当前领先的报价人，无需再次报价")


def _is_enough(case: Case) -> bool:
    gain, leader = case.gain, case.room.leader
    if gain is None or (leader is not None and is_match(case, leader)):
        return True
    if case.room.phase is RoomPhase.PRIORITY or not _may_still_bid(case):
        return True
    return gain >= case.room.least


def _too_little(case: Case) -> Reason:
    scale, room = case.scale, case.room
    least = scale.amount(room.least)
    if room.leader is None:
        word = "低于" if scale.sign > 0 else "高于"
        return Reason("start", f"报价{word}起始价 {least}", remedy=f"首次报价可为 {least}")
    bound = "不低于" if scale.sign > 0 else "不高于"
    size = Amount(scale.measure, scale.steps.at(room.leader.gain))
    return Reason("step", f"与当前报价相差不足一个幅度（{size}）", remedy=f"报价应{bound} {least}")


def _is_within(case: Case) -> bool:
    cap = case.scale.cap
    return case.gain is None or cap is None or case.gain <= cap


def _beyond(case: Case) -> Reason:
    scale = case.scale
    assert scale.cap is not None
    bound = scale.amount(scale.cap)
    word, name = ("高于", "最高限价") if scale.sign > 0 else ("低于", "最低限价")
    if case.room.phase is RoomPhase.SECOND:
        name = "上限"
    return Reason("ceiling", f"报价{word}{name} {bound}", remedy=f"不得超过 {bound}")


def _is_on_ladder(case: Case) -> bool:
    scale, gain, leader = case.scale, case.gain, case.room.leader
    if gain is None or gain < 0 or not scale.steps.is_exact or (leader and gain == leader.gain):
        return True
    return scale.is_rung(gain)


def _off_ladder(case: Case) -> Reason:
    scale, gain = case.scale, case.gain
    assert gain is not None
    below, above = scale.amount(scale.rung_before(gain)), scale.amount(scale.rung_from(gain))
    near = sorted((below, above))
    return Reason("ladder", "报价不是增减幅度的整数倍", remedy=f"最近的有效数额为 {near[0]} 和 {near[1]}")


def _is_no_leap(case: Case) -> bool:
    steps, gain, leader = case.scale.steps, case.gain, case.room.leader
    if gain is None or steps.leap_max is None:
        return True
    current = 0 if leader is None else leader.gain
    return gain - current <= steps.leap_max * steps.at(current)


def _leap(case: Case) -> Reason:
    most = case.scale.steps.leap_max
    return Reason("leap", f"单次报价超过 {most} 个幅度", remedy="请核对数额；如确需大幅报价，请分次进行")


def _is_for_holders(case: Case) -> bool:
    if case.room.phase is not RoomPhase.PRIORITY or case.gain is None:
        return True
    return case.room.leader is not None and is_match(case, case.room.leader)


def _only_holders(case: Case) -> Reason:
    return Reason(
        "priority",
        "优先购买权询问期只接受顺位在先的优先购买权人以相同价格应价",
        remedy=f"应价数额为 {case.room.price}",
    )


CONTEST = Check(_may_contest, _not_in_contest)
MEASURE = Check(_has_measure, _wrong_measure)
POSITIVE = Check(_is_positive, _not_positive)
SANE = Check(_is_sane, _enormous)
ENOUGH = Check(_is_enough, _too_little)
WITHIN = Check(_is_within, _beyond)
LADDER = Check(_is_on_ladder, _off_ladder)

PRICE = (
    CONTEST,
    Check(_may_still_bid, _ceiling_reached),
    MEASURE,
    POSITIVE,
    SANE,
    Check(_is_not_leading, _leading),
    ENOUGH,
    WITHIN,
    LADDER,
    Check(_is_no_leap, _leap),
    Check(_is_for_holders, _only_holders),
)
"""报价的条件, besides those of being in the room at all."""

PROXY = (
    CONTEST,
    Check(_may_still_bid, _ceiling_reached),
    MEASURE,
    POSITIVE,
    SANE,
    ENOUGH,
    WITHIN,
    Check(lambda case: case.gain is None or case.gain < 0 or case.scale.is_rung(case.gain), _off_ladder),
)
"""自动出价上限的条件. A limit always stands on the ladder, or two proxies could not be settled."""
