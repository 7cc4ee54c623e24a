"""申请的规则: who may object to which entry, who may ask for repair, from which day on."""

from datetime import date

from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.registers.credit.lifecycle import APPEAL
from ggzy.registers.credit.rules.lists import earliest_repair, too_early
from ggzy.registers.credit.rules.records import TEXT_MAX, TITLE_MAX, bounded, decided
from ggzy.registers.credit.values import (
    Appeal,
    AppealKind,
    AppealState,
    Correction,
    Decision,
    RecordFacts,
    Term,
)

CHECK_DAYS = 7  # 核实期限, working days: the platform's own, within the 3 to 7 that are usual
MOVES = {
    AppealState.KEPT: "keep",
    AppealState.CORRECTED: "correct",
    AppealState.WITHDRAWN: "withdraw",
    AppealState.GRANTED: "grant",
    AppealState.DENIED: "deny",
}
OUTCOMES = {
    AppealKind.OBJECTION: (AppealState.KEPT, AppealState.CORRECTED, AppealState.WITHDRAWN),
    AppealKind.REPAIR: (AppealState.GRANTED, AppealState.DENIED),
}


def may_object(text: str, *, is_over: bool, is_open: bool) -> Verdict:
    """提出异议条件: an entry that still counts, and no other objection to it that waits."""
    return judge(
        [
            (not is_over, Reason("entry_over", "该信息已经停止公示和使用，不需要提出异议")),
            (not is_open, Reason("appeal_open", "对该信息的申请正在核实，请等待处理结果")),
            *bounded("text", "异议的事实和理由", text, TEXT_MAX),
        ]
    )


def may_apply(record: RecordFacts, term: Term | None, text: str, *, is_open: bool, today: date) -> Verdict:
    """申请修复记录条件: by the subject itself, from the first day the law allows, duties performed."""
    first = earliest_repair(record.decision.decided_on, term) if term else today
    return judge(
        [
            (record.kind.is_adverse, Reason("not_adverse", f"{record.kind.label}不需要修复")),
            (record.repaired_on is None, Reason("already_repaired", "该记录已经修复")),
            (record.withdrawn_on is None, Reason("withdrawn", "该记录已经撤销，不需要修复")),
            too_early(first, term, today),
            (not is_open, Reason("appeal_open", "对该信息的申请正在核实，请等待处理结果")),
            *bounded("text", "义务履行和纠正失信行为的情况", text, TEXT_MAX),
        ]
    )


def may_settle(appeal: Appeal, state: AppealState, answer: str, correction: Correction | None) -> Verdict:
    """处理申请条件: open, an outcome of its kind, a reason; a correction says what is right."""
    right = correction is not None
    return judge(
        [
            (
                appeal.state is AppealState.OPEN,
                Reason("settled", f"该申请{appeal.state.label}，不能再处理"),
            ),
            (
                state in OUTCOMES[appeal.kind],
                Reason("outcome", f"{appeal.kind.label}没有“{state.label}”这一结果"),
            ),
            *bounded("answer", "核实情况和理由", answer, TEXT_MAX),
            (
                right == (state is AppealState.CORRECTED),
                Reason("correction", "更正的，请填写更正后的标题和内容；不更正的，不必填写"),
            ),
            *(bounded("title", "更正后的标题", correction.title, TITLE_MAX) if correction else ()),
            *(bounded("text", "更正后的内容", correction.text, TEXT_MAX) if correction else ()),
        ]
    )


def may_grant(decision: Decision | None, today: date) -> Verdict:
    """准予修复条件: who made the entry decides, in writing (谁认定谁修复)."""
    if decision is None:
        return judge([(False, Reason("decision_missing", "准予修复的，请填写修复决定的机关、文号和依据"))])
    return judge(decided(decision, today))


def settled(state: AppealState) -> AppealState:
    """处理后的状态, by the table of moves."""
    return APPEAL.after(AppealState.OPEN, MOVES[state])


def is_late(appeal: Appeal, today: date) -> bool:
    """是否逾期处理."""
    return today > appeal.due_on
