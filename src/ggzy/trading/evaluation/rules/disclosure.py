"""知悉范围: who may see the committee, the sheets and the report, and when."""

from datetime import datetime
from enum import StrEnum

from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.evaluation.values import EvaluationState, MemberState, NamedMember


class Viewer(StrEnum):
    """查看人与标段的关系."""

    OWNER = "owner"  # 招标人、代理机构
    MEMBER = "member"  # 本项目评委
    SUPERVISOR = "supervisor"  # 行政监督、纪检监察、审计
    OTHER = "other"  # 其他


def may_read_committee(reason: str, case: str) -> Verdict:
    """调阅名单的条件: a reason and a case number, both journalled."""
    return judge(
        [
            (len(reason.strip()) >= 5, Reason("reason_missing", "请写明调阅理由，不少于 5 个字")),
            (bool(case.strip()), Reason("case_missing", "请填写案件或者事项编号")),
        ]
    )


def may_read_clues(member: MemberState, state: EvaluationState) -> Verdict:
    """查看雷同性核查线索的条件: a member who has signed in, while the committee is at work."""
    return judge(
        [
            (
                member is MemberState.SEATED,
                Reason("not_seated", "请先签到", remedy="签到并声明无回避情形后即可查看"),
            ),
            (
                state in (EvaluationState.REVIEWING, EvaluationState.SCORING, EvaluationState.CONCLUDED),
                Reason("not_sitting", "评标委员会尚未开始评审，或者已经提交评标报告"),
            ),
        ]
    )


def may_publish_committee(members: tuple[NamedMember, ...], published_at: datetime | None) -> Verdict:
    """公开名单的条件."""
    return judge(
        [
            (published_at is None, Reason("published", "评标委员会名单已公开")),
            (bool(members), Reason("no_committee", "没有评标委员会")),
        ]
    )


def may_see_report(viewer: Viewer, state: EvaluationState, is_publicised: bool) -> bool:
    """评标报告: the committee while it signs, the supervisor from the outcome on, the owner once submitted."""
    if is_publicised:
        return True
    if viewer in (Viewer.MEMBER, Viewer.SUPERVISOR):
        return state in (EvaluationState.CONCLUDED, EvaluationState.REPORTED)
    return viewer is Viewer.OWNER and state is EvaluationState.REPORTED


def may_see_sheets(viewer: Viewer, state: EvaluationState) -> bool:
    """评分表, per seat: the supervisor after submission, the owner with the report, members only their own."""
    if viewer is Viewer.SUPERVISOR:
        return state in (EvaluationState.SCORING, EvaluationState.CONCLUDED, EvaluationState.REPORTED)
    return viewer is Viewer.OWNER and state is EvaluationState.REPORTED
