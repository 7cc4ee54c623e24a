"""综合评估法: a price benchmark and weighted criteria; the highest total is first.

Basis: 评标委员会和评标方法暂行规定 §34-37.
"""

from decimal import Decimal
from fractions import Fraction

from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.evaluation.rules import benchmark, panel, ranking, rounding
from ggzy.trading.evaluation.rules.schemes import shared_flaws
from ggzy.trading.evaluation.values import (
    Contest,
    CriterionKind,
    Entering,
    Entry,
    Outcome,
    Part,
    Result,
    Scheme,
    Scoring,
)


def flaws(scheme: Scheme) -> Verdict:
    """评标办法完整性: the parameters the formula needs are all there."""
    formula = scheme.formula
    needs_ceiling = scheme.coefficient("q") is not None or (
        formula is not None and formula.entering is Entering.WITHIN
    )
    return shared_flaws(scheme) & judge(
        [
            (
                formula is not None or scheme.price is None,
                Reason("formula_missing", "未载明价格分计算公式", "评标委员会和评标方法暂行规定 §17"),
            ),
            (
                scheme.ceiling is not None or not needs_ceiling,
                Reason("ceiling_missing", "公式用到最高投标限价，但未载明限价", "招标投标法实施条例 §27"),
            ),
            (
                not (scheme.coefficient("k") and scheme.coefficient("delta")),
                Reason("coefficient_twice", "系数 K 与下浮系数只能使用一个"),
            ),
        ]
    )


def rank(contest: Contest) -> Outcome:
    """评审结论. Sub-scores two decimals half up; the total is taken over them and rounded once."""
    hand = panel.by_hand(contest.entries)
    base = None if hand or contest.scheme.price is None else benchmark.base_of(contest)
    table = panel.table_of(contest.sheets)
    standings = [
        _standing(contest, entry, table, None if base is None else base.exact, hand)
        for entry in contest.entries
        if entry.passed
    ]
    account = None if base is None else base.account
    return ranking.placed(standings, contest.scheme.ties, contest.tie_order, account)


def _standing(
    contest: Contest, entry: Entry, table: panel.Table, base: Fraction | None, hand: bool
) -> ranking.Standing:
    points = _points(contest, entry, table, base, hand)
    criteria = contest.scheme.criteria
    weighed = [
        Fraction(score) * Fraction(criterion.weight) / Fraction(criterion.full)
        for score, criterion in zip(points, criteria, strict=True)
    ]
    total = rounding.half_up(sum(weighed, Fraction(0)), 2)
    technical = sum(
        (
            share
            for share, criterion in zip(weighed, criteria, strict=True)
            if criterion.part is Part.TECHNICAL
        ),
        Fraction(0),
    )
    result = Result(
        bid=entry.bid,
        rank=0,
        total=total,
        points=points,
        evaluated=entry.evaluated,
        deviation=benchmark.deviation(entry.evaluated, base)
        if base and entry.evaluated is not None
        else None,
    )
    return ranking.Standing(
        result=result, figure=-total, price=entry.price, technical=rounding.half_up(technical, 8)
    )


def _points(
    contest: Contest, entry: Entry, table: panel.Table, base: Fraction | None, hand: bool
) -> tuple[Decimal, ...]:
    columns = {c.code: i for i, c in enumerate(panel.hand_criteria(contest.scheme, hand))}
    points = []
    for criterion in contest.scheme.criteria:
        if criterion.kind is CriterionKind.PRICE and not hand:
            assert base is not None and entry.evaluated is not None and contest.scheme.formula is not None
            points.append(
                benchmark.price_points(contest.scheme.formula, entry.evaluated, base, criterion.full)
            )
        else:
            points.append(panel.panel_points(contest, table, entry.bid, columns[criterion.code]))
    return tuple(points)


METHOD = Scoring(
    code="comprehensive",
    name="综合评估法",
    article="评标委员会和评标方法暂行规定 §34-37",
    flaws=flaws,
    rank=rank,
)
