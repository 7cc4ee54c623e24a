"""初步评审中的判断: measures, questions, arithmetic corrections."""

from collections.abc import Sequence

from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.evaluation.rules.sitting import TEXT_MAX, Sitting, in_state, is_chair
from ggzy.trading.evaluation.values import (
    Correction,
    CorrectionState,
    EvaluationState,
    Measure,
    Question,
    Scheme,
)
from ggzy.trading.tendering.values import BidFacts, Price


def may_measure(sitting: Sitting, seat: int, scheme: Scheme, measures: Sequence[Measure]) -> Verdict:
    """核定量值的条件: only factors the documents name count. Basis: 招标投标法实施条例 §49."""
    keys = [(measure.bid, measure.code) for measure in measures]
    return judge(
        [
            in_state(sitting, EvaluationState.REVIEWING),
            is_chair(sitting, seat),
            (
                {code for _, code in keys} <= {factor.code for factor in scheme.adjustments},
                Reason("factor_unknown", "招标文件没有规定这项价格调整因素", "招标投标法实施条例 §49"),
            ),
            ({bid for bid, _ in keys} <= set(sitting.bids), Reason("bid_unknown", "投标不在本次开标之列")),
            (len(set(keys)) == len(keys), Reason("measure_twice", "同一投标的同一因素只填写一次")),
        ]
    )


def may_ask(sitting: Sitting, seat: int, bid: str, text: str) -> Verdict:
    """要求澄清、说明的条件. Basis: 招标投标法 §39, 实施条例 §52."""
    return judge(
        [
            in_state(sitting, EvaluationState.REVIEWING, EvaluationState.SCORING),
            is_chair(sitting, seat),
            (bid in sitting.bids, Reason("bid_unknown", "投标不在本次开标之列")),
            (bool(text.strip()), Reason("text_missing", "请写明需要澄清、说明的内容")),
            (len(text) <= TEXT_MAX, Reason("text_long", f"不超过 {TEXT_MAX} 字")),
        ]
    )


def may_answer(question: Question | None, state: EvaluationState, text: str) -> Verdict:
    """答复的条件."""
    return judge(
        [
            (question is not None, Reason("question_unknown", "没有向本单位提出的这项澄清要求")),
            (
                question is None or question.answered_at is None,
                Reason("answered", "已经答复，不能更改"),
            ),
            (
                state in (EvaluationState.REVIEWING, EvaluationState.SCORING),
                Reason("stage", "评标已结束，不再接收答复"),
            ),
            (bool(text.strip()), Reason("text_missing", "请填写答复内容")),
            (len(text) <= TEXT_MAX, Reason("text_long", f"不超过 {TEXT_MAX} 字")),
        ]
    )


def may_correct(sitting: Sitting, seat: int, bid: BidFacts | None, after: Price, reason: str) -> Verdict:
    """算术修正的条件. Basis: 评标委员会和评标方法暂行规定 §19."""
    before = bid.price if bid else None
    return judge(
        [
            in_state(sitting, EvaluationState.REVIEWING),
            is_chair(sitting, seat),
            (bid is not None, Reason("bid_unknown", "投标不在本次开标之列")),
            (
                before is None or before.kind != "text",
                Reason("price_text", "文字报价不作算术修正", remedy="请要求投标人澄清"),
            ),
            (
                before is None or (after.kind == before.kind and after != before),
                Reason("price_same", "修正后的报价应与原报价形式相同且数值不同"),
            ),
            (bool(reason.strip()), Reason("reason_missing", "请写明修正的依据和计算过程")),
        ]
    )


def may_answer_correction(correction: Correction | None, state: EvaluationState) -> Verdict:
    """确认修正的条件."""
    return judge(
        [
            (correction is not None, Reason("no_correction", "没有需要本单位确认的算术修正")),
            (
                correction is None or correction.state is CorrectionState.PROPOSED,
                Reason("answered", "已经答复，不能更改"),
            ),
            (state is EvaluationState.REVIEWING, Reason("stage", "初步评审已结束")),
        ]
    )
