"""刹车的规则."""

from datetime import date, datetime, timedelta

from ggzy.kernel.instants import local_date
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.oversight.cases.rules.complaints import longest_stop
from ggzy.oversight.cases.rules.wording import day_words
from ggzy.oversight.cases.values.complaints import Regime

REVIEW_DAYS_MAX = 90
BASIS = "招标投标法实施条例 §62"


def may_review(is_in_force: bool, reason: str, review_on: date, at: datetime) -> Verdict:
    """复查暂停令条件: it is in force, there is a reason to keep it, and a next day to look at it again."""
    today = local_date(at)
    return judge(
        [
            (is_in_force, Reason("no_brake", "标段没有处于暂停状态，不必复查")),
            (bool(reason.strip()), Reason("reason_missing", "未写明继续暂停的原因", BASIS)),
            (
                today < review_on <= today + timedelta(days=REVIEW_DAYS_MAX),
                Reason("review_out_of_range", f"下次复查日期应在明日起{REVIEW_DAYS_MAX}日之内"),
            ),
        ]
    )


def may_last(regime: Regime, since: datetime, review_on: date | None) -> Verdict:
    """暂停不得超过的期限: a purchase stands still for thirty days at most, however often its stop is reviewed."""
    last = longest_stop(regime, since)
    is_within = last is None or review_on is None or review_on <= last
    words = f"暂停时间最长不得超过{regime.suspend_days}日，复查日期最迟为{day_words(last)}"
    return judge(
        [(is_within, Reason("stop_too_long", words, regime.suspend_article, "期满应当恢复或者作出处理"))]
    )


def is_overdue(review_on: date, released_at: datetime | None, at: datetime) -> bool:
    """复查逾期: still in force after the day on which it was to be looked at."""
    return released_at is None and local_date(at) > review_on
