"""竞价条件的完整性: terms a room can run by. What the law wants of them is asked in `announcing`."""

from itertools import pairwise

from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.auctions.values import (
    UNITS_MAX,
    AtCeiling,
    Ceiling,
    Direction,
    Entry,
    FormatTerms,
    Measure,
    PriorityMode,
    Steps,
    TieRule,
)

PRICES = (Measure.MONEY, Measure.RATE)


def shared_flaws(terms: FormatTerms, direction: Direction = Direction.UP) -> Verdict:
    """各种方式共有的条件."""
    timing = terms.timing
    priority = terms.priority
    return judge(
        [
            (
                terms.start.measure in PRICES and 0 < terms.start.units <= UNITS_MAX,
                Reason("start", "请填写大于零的起始价"),
            ),
            (terms.direction is direction, Reason("direction", "竞价方向与竞价方式不一致")),
            (terms.quantity > 0, Reason("quantity", "计价数量应大于零")),
            (terms.quantity == 1 or bool(terms.per), Reason("per", "按单价竞价的，请写明计价单位")),
            (timing.starts_at < timing.ends_at, Reason("ends", "竞价结束时间应晚于开始时间")),
            (
                min(timing.asking_s, timing.timed_s, timing.window_s, timing.length_s, timing.resume_min_s)
                >= 0,
                Reason("seconds", "时长不能为负数"),
            ),
            (terms.bidders_min >= 1, Reason("bidders_min", "最少竞买人数应不少于 1 人")),
            (
                priority is None or priority.mode is PriorityMode.IN_ROOM or priority.asking_s > 0,
                Reason("priority", "请填写优先购买权询问期的时长"),
            ),
        ]
    )


def contest_flaws(terms: FormatTerms, direction: Direction = Direction.UP) -> Verdict:
    """公开竞价的条件: a step, an extension, and a way on from the ceiling price."""
    timing = terms.timing
    return (
        shared_flaws(terms, direction)
        & _steps(terms.steps)
        & _ceiling(terms)
        & judge(
            [
                (
                    0 < timing.window_s <= timing.length_s,
                    Reason("extension", "请填写延时规则，每次延长的时间不短于触发延时的时间"),
                ),
                (
                    timing.timed_s == 0 or timing.window_s <= timing.timed_s,
                    Reason("timed", "限时竞价的时长不能短于触发延时的时间"),
                ),
                (
                    terms.entry is Entry.ANYONE or timing.timed_s > 0,
                    Reason("entry", "没有限时竞价的，不设参加条件"),
                ),
                (
                    (terms.entry is Entry.JOINED) == (timing.asking_s > 0),
                    Reason("asking", "询问期与参加条件应同时设定"),
                ),
                (terms.fall is None, Reason("fall", "只有降价方式设降价规则")),
            ]
        )
    )


def no_items(terms: FormatTerms) -> Verdict:
    """不设权重项."""
    return judge([(not terms.items, Reason("items", "只有权重报价设权重项"))])


def _steps(steps: Steps) -> Verdict:
    edges = [0, *(rung.beyond for rung in steps.ladder)]
    sizes = [steps.step, *(rung.step for rung in steps.ladder)]
    return judge(
        [
            (all(size > 0 for size in sizes), Reason("step", "增减幅度应大于零")),
            (
                all(low < high for low, high in pairwise(edges)),
                Reason("ladder_order", "分段幅度应按价格由近到远排列"),
            ),
            (
                any(size <= 0 for size in sizes)
                or all(
                    (high - low) % size == 0
                    for (low, high), size in zip(pairwise(edges), sizes, strict=False)
                ),
                Reason("ladder_edge", "每段的长度应为该段幅度的整数倍"),
            ),
            (steps.leap_max is None or steps.leap_max >= 1, Reason("leap_max", "单次最多幅度数应不少于 1")),
        ]
    )


def _ceiling(terms: FormatTerms) -> Verdict:
    ceiling, priority = terms.ceiling, terms.priority
    if ceiling is None:
        return Verdict()
    gain = terms.direction.sign * (ceiling.amount.units - terms.start.units)
    return judge(
        [
            (
                ceiling.amount.measure is terms.start.measure and gain > 0,
                Reason("ceiling", "限价应与起始价同一计量，且在竞价方向上超出起始价"),
            ),
            (
                ceiling.rule is not AtCeiling.DRAW or ceiling.entering_s > 0,
                Reason("entering", "请填写摇号报名的时长"),
            ),
            (ceiling.rule is not AtCeiling.CONTEST or _is_whole(ceiling), Reason("second", SECOND)),
            (
                priority is None or (priority.mode is PriorityMode.AFTER and ceiling.rule is AtCeiling.CLOSE),
                Reason(
                    "priority_ceiling",
                    "设最高限价的，优先购买权只能在以最高限价直接成交时于竞价结束后询问",
                ),
            ),
        ]
    )


SECOND = "达到限价后转为竞争其他数量的，请填写名称、计量、起点、幅度和时长，上限应在幅度的整数倍上"


def _is_whole(ceiling: Ceiling) -> bool:
    second = ceiling.second
    if second is None or not second.name or min(second.start, second.step, second.timed_s) <= 0:
        return False
    return second.cap is None or (
        second.cap > second.start and (second.cap - second.start) % second.step == 0
    )


def tie_flaws(terms: FormatTerms) -> Verdict:
    """并列规则完整."""
    ties = terms.ties
    return judge(
        [
            (
                ties.rule is not TieRule.AGAIN or (ties.round_s > 0 and ties.rounds_max >= 1),
                Reason("ties", "并列后再次报价的，请填写轮数和每轮时长"),
            )
        ]
    )
