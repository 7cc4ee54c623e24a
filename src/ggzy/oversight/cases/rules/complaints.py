"""投诉的规则: both statutory machines, with the numbers of their regime. Basis: 条例 §60–§62; 财政部令第94号."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from ggzy.kernel.instants import Calendar, local_date
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.oversight.cases.rules.wording import TEXT_MAX, bounded, day_words
from ggzy.oversight.cases.values.complaints import (
    ComplaintFacts,
    ComplaintState,
    NewComplaint,
    Raised,
    Regime,
)

NAME_MAX = 200
STAY_WORKDAYS_MAX = 180
PENDING = (ComplaintState.FILED, ComplaintState.ACCEPTED)


def may_file(new: NewComplaint, regime: Regime, registered_on: date, at: datetime) -> Verdict:
    """递交投诉书条件: what a complaint must say. Whether it is accepted is decided afterwards.

    Nobody can have known before the lot was registered: a mistyped year would cost the complainant the period.
    """
    return judge(
        [
            (new.matter in regime.matters, Reason("matter_unknown", "没有选择投诉事项", regime.basis)),
            *bounded("respondent", "被投诉人", new.respondent, NAME_MAX),
            (new.known_on <= local_date(at), Reason("known_in_future", "知道的日期不能晚于今天")),
            (
                new.known_on >= registered_on,
                Reason(
                    "known_too_early",
                    f"知道的日期早于标段登记的日期（{day_words(registered_on)}）",
                    remedy="请核对年份",
                ),
            ),
            *bounded("text", "投诉事项的事实、依据和理由", new.text, TEXT_MAX),
            *bounded("request", "投诉请求", new.request, TEXT_MAX),
        ]
    )


def flaws(complaint: ComplaintFacts, raised: Sequence[Raised], calendar: Calendar) -> Verdict:
    """受理的法定条件: objected first where the law asks for it, and in time."""
    regime, matter = complaint.regime, complaint.matter
    last = last_day(regime, complaint.known_on, raised if matter.must_object else (), calendar)
    filed_on = local_date(complaint.filed_at)
    waits = matter.must_object and bool(raised) and not is_answered(raised, filed_on)
    return judge(
        [
            (
                not matter.must_object or bool(raised),
                Reason(
                    "not_objected",
                    f"对{matter.name}的投诉，应当先提出异议（质疑），没有查到先行的异议",
                    regime.object_article,
                ),
            ),
            (
                not waits,
                Reason(
                    "answer_pending",
                    "异议（质疑）的答复期还没有届满",
                    regime.object_article,
                    "请等答复或者答复期满",
                ),
            ),
            (filed_on <= last, Reason("too_late", f"投诉期限到{day_words(last)}为止", regime.window_article)),
        ]
    )


def is_answered(raised: Sequence[Raised], on: date) -> bool:
    """先行异议已有结果: answered, or the time to answer has run out."""
    return any(
        (one.answered_on is not None and one.answered_on <= on) or on > one.answer_due for one in raised
    )


def last_day(regime: Regime, known_on: date, raised: Sequence[Raised], calendar: Calendar) -> date:
    """投诉的最后一日. Tenders: so many days from knowing, without the time of the answer; purchases: so many
    working days from the answer or from the day on which it was due.
    """
    if regime.window_unit == "wd":
        start = max(
            (min(one.answered_on or one.answer_due, one.answer_due) for one in raised), default=known_on
        )
        return calendar.add_workdays(start, regime.window)
    spans = [((one.answered_on or one.answer_due) - one.raised_on).days for one in raised]
    return calendar.period_end(known_on, regime.window + max(spans, default=0))


def accept_by(regime: Regime, filed_on: date, calendar: Calendar) -> date:
    """决定是否受理的最后一日."""
    return calendar.add_workdays(filed_on, regime.accept_workdays)


def copy_by(regime: Regime, filed_on: date, calendar: Calendar) -> date | None:
    """发出投诉书副本的最后一日; None where the regime sets none."""
    return calendar.add_workdays(filed_on, regime.copy_workdays) if regime.copy_workdays else None


def decide_by(regime: Regime, filed_on: date, accepted_on: date, calendar: Calendar) -> date:
    """作出处理决定的最后一日, from the acceptance or from the receipt."""
    start = filed_on if regime.decide_from == "receipt" else accepted_on
    return calendar.add_workdays(start, regime.decide_workdays)


def may_accept(complaint: ComplaintFacts, found: Verdict) -> Verdict:
    """受理条件: still to be accepted, and none of the legal grounds against it."""
    return _is(complaint, ComplaintState.FILED, "不能再决定是否受理") & found


def may_refuse(
    complaint: ComplaintFacts, grounds: Collection[str], text: str, is_uncorrected: bool = True
) -> Verdict:
    """不予受理条件: on grounds the law names, with reasons. A refusal without a legal ground is none.

    Whoever wrote a defective complaint is told so first, where the regime wants it.
    """
    regime = complaint.regime
    return _is(complaint, ComplaintState.FILED, "不能再决定是否受理") & judge(
        [
            (bool(grounds), Reason("grounds_missing", "没有选择不予受理的法定情形", regime.basis)),
            (
                set(grounds) <= regime.refusals.keys(),
                Reason("ground_unknown", "不予受理的情形不在法定范围内", regime.basis),
            ),
            (
                "not_specific" not in grounds or is_uncorrected,
                Reason(
                    "not_corrected",
                    "投诉书内容不符合规定的，应当先一次性书面通知补正",
                    regime.correct_article,
                    "请先通知补正，或者等补正期限届满",
                ),
            ),
            *bounded("text", "不予受理的说明", text, TEXT_MAX),
        ]
    )


def may_stay(complaint: ComplaintFacts, workdays: int, reason: str) -> Verdict:
    """扣除期间条件: tests, expertise, corrections, and so many working days of them."""
    return _is(complaint, ComplaintState.ACCEPTED, "没有在处理") & judge(
        [
            (
                0 < workdays <= STAY_WORKDAYS_MAX,
                Reason(
                    "span", f"扣除的期间应为1至{STAY_WORKDAYS_MAX}个工作日", complaint.regime.stay_article
                ),
            ),
            *bounded("reason", "原因", reason, TEXT_MAX),
        ]
    )


def may_copy(complaint: ComplaintFacts) -> Verdict:
    """发出投诉书副本条件."""
    return _is(complaint, ComplaintState.ACCEPTED, "没有在处理") & judge(
        [(complaint.copied_at is None, Reason("copied", "投诉书副本已经发出"))]
    )


def may_reply(complaint: ComplaintFacts, text: str) -> Verdict:
    """被投诉人说明条件."""
    return judge(
        [
            (complaint.copied_at is not None, Reason("not_copied", "还没有收到投诉书副本")),
            (complaint.state is ComplaintState.ACCEPTED, Reason("over", f"投诉{complaint.state.label}")),
            *bounded("text", "说明", text, TEXT_MAX),
        ]
    )


def may_decide(complaint: ComplaintFacts, outcome: str, document: str, text: str) -> Verdict:
    """处理决定条件. A late decision is still due; it is shown as late."""
    return _is(complaint, ComplaintState.ACCEPTED, "没有在处理") & judge(
        [
            (
                outcome in complaint.regime.outcomes,
                Reason("outcome_unknown", "没有选择处理结果", complaint.regime.basis),
            ),
            *bounded("document", "决定文号", document, NAME_MAX),
            *bounded("text", "查明的事实、处理意见和依据", text, TEXT_MAX),
        ]
    )


def is_late(complaint_decide_by: date | None, at: datetime) -> bool:
    """逾期作出决定."""
    return complaint_decide_by is not None and local_date(at) > complaint_decide_by


def is_overdue(complaint: ComplaintFacts, at: datetime) -> bool:
    """逾期未办: past the day of acceptance, of the copies or of the decision."""
    today = local_date(at)
    if complaint.state is ComplaintState.FILED:
        return today > complaint.accept_by
    return (
        complaint.state is ComplaintState.ACCEPTED
        and complaint.decide_by is not None
        and today > complaint.decide_by
    )


def extended(decide_by: date, workdays: int, calendar: Calendar) -> date:
    """顺延后的决定日."""
    return calendar.add_workdays(decide_by, workdays)


def longest_stop(regime: Regime, since: datetime) -> date | None:
    """处理投诉期间暂停的最后一日, however often the stop is reviewed; None where the regime sets none."""
    days = regime.suspend_days
    return None if days is None else local_date(since) + timedelta(days=days)


def _is(complaint: ComplaintFacts, state: ComplaintState, words: str) -> Verdict:
    return judge([(complaint.state is state, Reason("state", f"投诉{complaint.state.label}，{words}"))])
