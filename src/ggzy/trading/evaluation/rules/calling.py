"""组建评标委员会的判断: naming, answering, signing in, leaving."""

from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.evaluation.values import EvaluationState, MemberFacts, MemberState, Vacancy

OPEN = (EvaluationState.CONVENING, EvaluationState.REVIEWING)


def may_name(
    state: EvaluationState,
    vacant: tuple[int, ...],
    *,
    is_staff: bool,
    members: tuple[MemberFacts, ...],
    person: str,
) -> Verdict:
    """确定招标人代表的条件. Basis: 招标投标法 §37."""
    return judge(
        [
            (state in OPEN, Reason("stage", "评标委员会已组成，不能再确定招标人代表")),
            (bool(vacant), Reason("no_seat", "没有空缺的招标人代表席位")),
            (is_staff, Reason("not_staff", "招标人代表应是招标人的在职人员")),
            (
                person not in {member.person for member in members},
                Reason("seated", "该人员已在评标委员会中"),
            ),
        ]
    )


def may_answer(state: MemberState, accepts: bool, text: str) -> Verdict:
    """应答的条件."""
    return judge(
        [
            (state is MemberState.CALLED, Reason("answered", "已应答过评标邀请")),
            (accepts or bool(text.strip()), Reason("reason_missing", "不能参加的，请说明原因")),
        ]
    )


def may_report(state: MemberState, expected: MemberState, text: str) -> Verdict:
    """登记未联系上、未到场的条件. Basis: 招标投标法实施条例 §48."""
    return judge(
        [
            (state is expected, Reason("state", "该席位的应答状态已变化，请刷新后查看")),
            (bool(text.strip()), Reason("evidence_missing", "请填写联系记录")),
        ]
    )


def may_sign_in(state: EvaluationState, member: MemberState) -> Verdict:
    """签到的条件."""
    return judge(
        [
            (state in OPEN, Reason("stage", "当前阶段不办理签到")),
            (member is MemberState.ACCEPTED, Reason("not_accepted", "接受邀请后方可签到，且只签到一次")),
        ]
    )


def may_recuse(state: EvaluationState, reason: Vacancy, text: str) -> Verdict:
    """回避、退出的条件. Basis: 招标投标法 §37, 实施条例 §48."""
    return judge(
        [
            (
                state not in (EvaluationState.CONCLUDED, EvaluationState.REPORTED),
                Reason("stage", "评审结果已汇总", remedy="请先由主任撤回汇总"),
            ),
            (reason in (Vacancy.RECUSED, Vacancy.UNFIT), Reason("reason", "只办理回避或者因故不能继续评标")),
            (bool(text.strip()), Reason("reason_missing", "请说明回避或者不能继续评标的原因")),
        ]
    )
