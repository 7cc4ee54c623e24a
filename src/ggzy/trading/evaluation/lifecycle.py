"""评标与抽取的状态表."""

from ggzy.kernel.lifecycle import Lifecycle
from ggzy.trading.evaluation.values import DrawState, EvaluationState, MemberState

EVALUATION = Lifecycle(
    start=EvaluationState.CONVENING,
    moves={
        (EvaluationState.CONVENING, "begin"): EvaluationState.REVIEWING,
        (EvaluationState.REVIEWING, "pass"): EvaluationState.SCORING,
        (EvaluationState.REVIEWING, "reject_all"): EvaluationState.CONCLUDED,
        (EvaluationState.SCORING, "conclude"): EvaluationState.CONCLUDED,
        (EvaluationState.SCORING, "replace"): EvaluationState.REVIEWING,
        (EvaluationState.CONCLUDED, "reopen"): EvaluationState.SCORING,
        (EvaluationState.CONCLUDED, "report"): EvaluationState.REPORTED,
    },
    names={
        EvaluationState.CONVENING: "组建评标委员会",
        EvaluationState.REVIEWING: "初步评审",
        EvaluationState.SCORING: "详细评审",
        EvaluationState.CONCLUDED: "待签署评标报告",
        EvaluationState.REPORTED: "已提交评标报告",
    },
)

DRAW = Lifecycle(
    start=DrawState.REQUESTED,
    moves={
        (DrawState.REQUESTED, "commit"): DrawState.REQUESTED,
        (DrawState.REQUESTED, "close"): DrawState.REVEALING,
        (DrawState.REVEALING, "reveal"): DrawState.REVEALING,
        (DrawState.REVEALING, "draw"): DrawState.DRAWN,
        (DrawState.DRAWN, "replace"): DrawState.REVEALING,
        (DrawState.REQUESTED, "abandon"): DrawState.ABANDONED,
        (DrawState.REVEALING, "abandon"): DrawState.ABANDONED,
        (DrawState.DRAWN, "abandon"): DrawState.ABANDONED,
    },
    names={
        DrawState.REQUESTED: "征集随机数承诺",
        DrawState.REVEALING: "公开随机数",
        DrawState.DRAWN: "已抽取",
        DrawState.ABANDONED: "已中止",
    },
)

MEMBER = Lifecycle(
    start=MemberState.CALLED,
    moves={
        (MemberState.CALLED, "accept"): MemberState.ACCEPTED,
        (MemberState.ACCEPTED, "sign_in"): MemberState.SEATED,
        (MemberState.CALLED, "vacate"): MemberState.VACATED,
        (MemberState.ACCEPTED, "vacate"): MemberState.VACATED,
        (MemberState.SEATED, "vacate"): MemberState.VACATED,
    },
    names={
        MemberState.CALLED: "待应答",
        MemberState.ACCEPTED: "已接受邀请",
        MemberState.SEATED: "已签到",
        MemberState.VACATED: "已离席",
    },
)
