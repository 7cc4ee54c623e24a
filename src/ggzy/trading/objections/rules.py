"""异议的规则: standing, time, and the answer."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.instants import Calendar, end_of_day, local_date
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.objections import events
from ggzy.trading.objections.values import ObjectionFacts, ObjectionState, Stage, WindowFacts

TEXT_MAX = 5000
DAYS_BEFORE_MIN = 10
ANSWER_DAYS_MAX = 3


def may_raise(
    stage: Stage, window: WindowFacts | None, party: CreditCode, text: str, days_before: int, at: datetime
) -> Verdict:
    """提出异议条件. Basis: 招标投标法实施条例 §22, §44, §54; of a sale, the rules on its publicity."""
    return judge(
        [
            (window is not None, Reason("not_open", f"现在不是对{stage.label}提出异议的时间", stage.article)),
            (
                window is None or at >= window.opens,
                Reason("too_early", f"对{stage.label}的异议期尚未开始", stage.article),
            ),
            (
                window is None or _is_in_time(window, days_before, at),
                Reason(
                    "too_late", _late_text(stage, window, days_before), stage.article, _late_remedy(stage)
                ),
            ),
            (
                window is None or window.parties is None or party in window.parties,
                Reason(
                    "no_standing",
                    _stranger_text(stage),
                    stage.article,
                ),
            ),
            *_worded("异议内容", text),
        ]
    )


def may_answer(objection: ObjectionFacts, text: str) -> Verdict:
    """答复异议条件. A late answer is still due; it is shown as late."""
    return judge(
        [
            (
                objection.state is ObjectionState.PENDING,
                Reason("not_pending", f"该异议{objection.state.label}，不能再答复"),
            ),
            *_worded("答复内容", text),
        ]
    )


def last_day(window: WindowFacts, days_before: int) -> date:
    """最迟提出之日: for the document so many days before the bid deadline, else the last day of the window."""
    if window.stage is Stage.DOCUMENT:
        return Calendar(frozenset(), frozenset()).latest(local_date(window.closes), days_before)
    return local_date(window.closes)


def last_moment(window: WindowFacts, days_before: int) -> datetime:
    """异议截止时刻."""
    if window.stage is Stage.DOCUMENT:
        return end_of_day(last_day(window, days_before))
    return window.closes


def answer_due(
    stage: Stage, raised_at: datetime, days_max: int, calendar: Calendar, *, is_workdays: bool = False
) -> date:
    """最迟答复之日: the same day at the opening, else within so many days, or working days, of receipt."""
    if stage is Stage.OPENING:
        return local_date(raised_at)
    if is_workdays:
        return calendar.add_workdays(local_date(raised_at), days_max)
    return calendar.period_end(local_date(raised_at), days_max)


def is_late(due_on: date, answered_at: datetime) -> bool:
    """逾期答复."""
    return local_date(answered_at) > due_on


def stops_clock(stage: Stage) -> bool:
    """是否停止计时: a pending question on the document does; the opening and the award wait by themselves."""
    return stage is Stage.DOCUMENT


def fold(facts: Iterable[Any]) -> dict[str, object]:
    """事实归并: how many objections, by state."""
    states: dict[str, ObjectionState] = {}
    upheld = 0
    for fact in facts:
        match fact.event:
            case events.ObjectionRaised() as it:
                states[it.objection] = ObjectionState.PENDING
            case events.ObjectionAnswered() as it:
                states[it.objection] = ObjectionState.ANSWERED
                upheld += it.upheld
            case events.ObjectionWithdrawn() as it:
                states[it.objection] = ObjectionState.WITHDRAWN
    count = Counter(states.values())
    found: dict[str, object] = {f"objections.{state.value}": count[state] for state in ObjectionState}
    return found | {"objections.upheld": upheld}


def _is_in_time(window: WindowFacts, days_before: int, at: datetime) -> bool:
    if window.stage is Stage.DOCUMENT:
        return local_date(at) <= last_day(window, days_before)
    return at < window.closes


def _stranger_text(stage: Stage) -> str:
    who, what = ("竞买人", "竞买") if stage is Stage.SALE else ("投标人", "投标")
    return f"对{stage.label}的异议应由{who}或者其他利害关系人提出，您没有参加本次{what}"


def _late_text(stage: Stage, window: WindowFacts | None, days_before: int) -> str:
    if stage is Stage.DOCUMENT:
        last = f"（{last_day(window, days_before):%Y年%m月%d日}）" if window else ""
        return f"对招标文件的异议应在投标截止时间{days_before}日前提出，最迟之日{last}已过"
    if stage is Stage.OPENING:
        return "对开标的异议应在开标现场提出，开标已经结束"
    shown = "中标候选人公示期" if stage is Stage.RESULT else "成交公示期"
    return f"对{stage.label}的异议应在{shown}内提出，公示期已满"


def _late_remedy(stage: Stage) -> str:
    return (
        "仍认为有违法行为的，可以向行政监督部门反映"
        if stage not in (Stage.RESULT, Stage.SALE)
        else "可以依法向行政监督部门投诉"
    )


def _worded(what: str, text: str) -> Iterable[tuple[bool, Reason]]:
    yield bool(text.strip()), Reason("text_missing", f"未填写{what}")
    yield len(text) <= TEXT_MAX, Reason("text_too_long", f"{what}最多{TEXT_MAX}个字，现为{len(text)}个字")
