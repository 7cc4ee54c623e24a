"""撤回和补正的规则: a complaint is withdrawn or corrected on its way. Basis: 投诉处理办法 §19; 财政部令第94号 §21."""

from datetime import date, datetime, timedelta

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.instants import Calendar, local_date
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.oversight.cases.rules.complaints import PENDING
from ggzy.oversight.cases.rules.wording import TEXT_MAX, bounded, day_words
from ggzy.oversight.cases.values.complaints import ComplaintFacts, ComplaintState

CORRECT_DAYS_MAX = 30


def is_asked(complaint: ComplaintFacts) -> bool:
    """撤回须经准许: accepted, under a regime that leaves it to the supervisor."""
    return complaint.state is ComplaintState.ACCEPTED and bool(complaint.regime.withdraw_article)


def may_withdraw(complaint: ComplaintFacts, party: CreditCode | None, reason: str) -> Verdict:
    """撤回投诉条件: one's own, before the decision; with the reason where it has to be allowed."""
    article = complaint.regime.withdraw_article
    return judge(
        [
            (complaint.by == party, Reason("not_mine", "只能撤回本单位的投诉")),
            (complaint.state in PENDING, Reason("over", f"投诉{complaint.state.label}，不能再撤回")),
            (not _is_waiting(complaint), Reason("asked", "撤回申请已提出，监督部门尚未决定", article)),
            (
                not is_asked(complaint) or bool(reason.strip()),
                Reason("reason_missing", "投诉已受理，撤回应当说明理由", article),
            ),
            (len(reason) <= TEXT_MAX, Reason("reason_too_long", f"理由最多{TEXT_MAX}个字")),
        ]
    )


def may_settle(complaint: ComplaintFacts, text: str) -> Verdict:
    """准予或者不准撤回条件: somebody asked, and it is still being handled."""
    return judge(
        [
            (_is_waiting(complaint), Reason("not_asked", "没有待决定的撤回申请")),
            *bounded("text", "理由", text, TEXT_MAX),
        ]
    )


def may_ask(complaint: ComplaintFacts, notice: str, until: date, at: datetime) -> Verdict:
    """补正通知条件: once, before the acceptance, where the regime knows it; and days enough to do it."""
    today, article = local_date(at), complaint.regime.correct_article
    return judge(
        [
            (bool(article), Reason("no_correction", f"{complaint.regime.name}没有补正程序")),
            (
                complaint.state is ComplaintState.FILED,
                Reason("state", f"投诉{complaint.state.label}，不能再通知补正", article),
            ),
            (complaint.correction is None, Reason("once", "补正应当一次性告知，已经告知过", article)),
            *bounded("notice", "需要补正的事项", notice, TEXT_MAX),
            (
                today < until <= today + timedelta(days=CORRECT_DAYS_MAX),
                Reason("until_out_of_range", f"补正期限应在明日起{CORRECT_DAYS_MAX}日之内", article),
            ),
        ]
    )


def may_correct(complaint: ComplaintFacts, text: str, at: datetime) -> Verdict:
    """提交补正条件: told to, not yet done, in time."""
    asked, article = complaint.correction, complaint.regime.correct_article
    return judge(
        [
            (asked is not None, Reason("not_asked", "没有收到补正通知")),
            (
                complaint.state is ComplaintState.FILED,
                Reason("state", f"投诉{complaint.state.label}，不能再补正"),
            ),
            (asked is None or asked.made_at is None, Reason("made", "补正材料已经提交")),
            (
                asked is None or local_date(at) <= asked.until,
                Reason("too_late", f"补正期限到{day_words(asked.until if asked else None)}为止", article),
            ),
            *bounded("text", "补正的内容", text, TEXT_MAX),
        ]
    )


def is_uncorrected(complaint: ComplaintFacts, at: datetime) -> bool:
    """已给过补正的机会: corrected, or told and the days have passed; true where the regime knows no correction."""
    asked = complaint.correction
    if not complaint.regime.correct_article:
        return True
    return asked is not None and (asked.made_at is not None or local_date(at) > asked.until)


def not_counted(complaint: ComplaintFacts, calendar: Calendar) -> int:
    """补正所占的工作日: from the notice to what was handed in, or to its last day."""
    asked = complaint.correction
    if asked is None:
        return 0
    end = local_date(asked.made_at) if asked.made_at else asked.until
    return calendar.workdays_between(local_date(asked.asked_at), end)


def _is_waiting(complaint: ComplaintFacts) -> bool:
    asked = complaint.withdrawal
    return complaint.state is ComplaintState.ACCEPTED and asked is not None and asked.is_granted is None
