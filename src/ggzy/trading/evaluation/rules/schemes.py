"""评标办法的判断: is the scheme complete, and may it still be published or changed."""

from datetime import datetime
from decimal import Decimal

from ggzy.kernel.instants import Calendar, local_date
from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.evaluation.values import (
    CriterionKind,
    EvaluationState,
    PriceFormula,
    Scheme,
    Scoring,
    Shape,
    TieRule,
)
from ggzy.trading.projects.values import LotFacts
from ggzy.trading.tendering.values import TenderFacts, TenderState

HUNDRED = Decimal(100)
HALF = Decimal("0.5")


def may_publish(
    scheme: Scheme,
    method: Scoring | None,
    *,
    lot: LotFacts,
    tender: TenderFacts,
    state: EvaluationState,
    at: datetime,
    calendar: Calendar,
) -> Verdict:
    """公开评标办法的条件: with the documents, or changed no later than any other material change of them.

    Basis: 招标投标法 §19, §23; 招标投标法实施条例 §21.
    """
    limit = lot.rulebook.get("tender.clarification_days_min")
    days = int(limit.value) if limit else 0
    is_open = tender.state in (TenderState.DRAFTED, TenderState.ANNOUNCED)
    return judge(
        [
            (
                is_open and state is EvaluationState.CONVENING,
                Reason("closed", "投标已截止，评标办法不能再公开或修改", "招标投标法实施条例 §49"),
            ),
            (
                not is_open
                or tender.deadline is None
                or calendar.at_least_days_before(local_date(at), local_date(tender.deadline), days),
                Reason(
                    "too_late",
                    f"修改评标办法会影响投标文件编制，应在投标截止 {days} 日前公开",
                    "招标投标法 §23",
                    "请先顺延投标截止时间",
                ),
            ),
            (method is not None, Reason("scoring_unknown", "没有这种评标方法")),
            (
                scheme.scoring == lot.scoring,
                Reason("scoring_differs", "评标方法与入场登记的不一致"),
            ),
        ]
    ) & (method.flaws(scheme) if method else Verdict())


def shared_flaws(scheme: Scheme) -> Verdict:
    """评标办法的共同要求. Basis: 评标委员会和评标方法暂行规定 §17, 招标投标法实施条例 §49, §53."""
    return (
        _criteria_flaws(scheme)
        & _parameter_flaws(scheme)
        & (_formula_flaws(scheme.formula) if scheme.formula else Verdict())
    )


def sale_flaws(scheme: Scheme) -> Verdict:
    """出让、转让评标办法的共同要求: the price counts as it was offered."""
    is_plain = not scheme.coefficients and not scheme.adjustments and scheme.formula is None
    return judge(
        [
            (is_plain, Reason("no_benchmark", "出让、转让直接比较报价，不计算基准价，不用系数和价格调整")),
            (
                scheme.ceiling is None and TieRule.LOWER_PRICE not in scheme.ties,
                Reason("ceiling_of_sale", "出让、转让价高者优先，不设最高限价"),
            ),
        ]
    )


def _criteria_flaws(scheme: Scheme) -> Verdict:
    codes = [criterion.code for criterion in scheme.criteria]
    weights = sum((criterion.weight for criterion in scheme.criteria), Decimal(0))
    prices = [c for c in scheme.criteria if c.kind is CriterionKind.PRICE]
    return judge(
        [
            (
                weights == HUNDRED,
                Reason("weights", f"各评审因素权重合计应为 100，现为 {weights}", remedy="请调整权重"),
            ),
            (len(set(codes)) == len(codes), Reason("criterion_twice", "评审因素编号重复")),
            (len(prices) <= 1, Reason("price_twice", "价格因素只能有一项")),
            (
                all(c.weight > 0 and c.full > 0 and 0 < c.step <= c.full for c in scheme.criteria),
                Reason("criterion_range", "每项因素的权重、满分和步长应大于零，步长不大于满分"),
            ),
        ]
    )


def _parameter_flaws(scheme: Scheme) -> Verdict:
    names = [item.name for item in scheme.coefficients]
    factors = [item.code for item in scheme.adjustments]
    return judge(
        [
            (
                all(c.values and len(set(c.values)) == len(c.values) for c in scheme.coefficients),
                Reason("coefficient_values", "抽取系数的备选值不能为空，也不能重复"),
            ),
            (
                set(names) <= {"q", "k", "delta"} and len(set(names)) == len(names),
                Reason("coefficient_name", "抽取系数只有 Q、K 和下浮系数三种，每种一组"),
            ),
            (
                all(a.per > 0 for a in scheme.adjustments) and len(set(factors)) == len(factors),
                Reason("adjustment", "价格调整因素的计量单位应大于零，编号不能重复"),
            ),
            (
                1 <= scheme.candidates_max <= 3,
                Reason("candidates", "中标候选人应为一至三名", "招标投标法实施条例 §53"),
            ),
            (
                scheme.ties[-1:] == (TieRule.DRAW,) and len(set(scheme.ties)) == len(scheme.ties),
                Reason("tie_draw_last", "并列排序规则应以抽签结束，每项规则只列一次"),
            ),
        ]
    )


def _formula_flaws(formula: PriceFormula) -> Verdict:
    return judge(
        [
            (
                all(0 < 2 * t.count < t.bids_min or 0 < t.share < HALF for t in formula.trims),
                Reason("trim", "去高去低后至少应留下一家，请检查家数和去除数"),
            ),
            (
                formula.shape is not Shape.INTERVAL or 0 < formula.interval_low <= formula.interval_high,
                Reason("interval", "满分区间的下限应大于零且不高于上限"),
            ),
            (
                formula.above >= 0 and formula.below >= 0 and formula.unit > 0,
                Reason("slope", "扣分值不能为负，扣分单位应大于零"),
            ),
            (
                0 <= formula.within_low <= formula.within_high,
                Reason("within", "进入计算的限价区间下限不能高于上限"),
            ),
        ]
    )
