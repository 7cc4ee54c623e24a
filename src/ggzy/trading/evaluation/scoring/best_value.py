"""综合评价法: of a sale, where the price is income; the highest price earns full points, others in proportion.

Basis: 招标拍卖挂牌出让国有建设用地使用权规定 §14.
"""

from decimal import Decimal
from fractions import Fraction

from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.evaluation.rules import panel, ranking, rounding
from ggzy.trading.evaluation.rules.schemes import sale_flaws, shared_flaws
from ggzy.trading.evaluation.values import (
    Contest,
    CriterionKind,
    Entry,
    Outcome,
    Part,
    Result,
    Scheme,
    Scoring,
)

ARTICLE = "招标拍卖挂牌出让国有建设用地使用权规定 §14"


def flaws(scheme: Scheme) -> Verdict:
    """评标办法完整性: the price and at least one other criterion."""
    weighed = scheme.price is not None and len(scheme.criteria) > 1
    mixed = judge([(weighed, Reason("not_weighed", "综合评价法应有报价和至少一项其他评审因素", ARTICLE))])
    return shared_flaws(scheme) & sale_flaws(scheme) & mixed


def rank(contest: Contest) -> Outcome:
    """评审结论. Sub-scores two decimals half up; the total is taken over them and rounded once."""
    passed = [entry for entry in contest.entries if entry.passed]
    best = max((_price(entry) for entry in passed), default=Fraction(1))
    table = panel.table_of(contest.sheets)
    standings = [_standing(contest, entry, table, best) for entry in passed]
    return ranking.placed(standings, contest.scheme.ties, contest.tie_order)


def _standing(contest: Contest, entry: Entry, table: panel.Table, best: Fraction) -> ranking.Standing:
    points = _points(contest, entry, table, best)
    criteria = contest.scheme.criteria
    weighed = [
        Fraction(score) * Fraction(criterion.weight) / Fraction(criterion.full)
        for score, criterion in zip(points, criteria, strict=True)
    ]
    shares = zip(weighed, criteria, strict=True)
    technical = sum((share for share, one in shares if one.part is Part.TECHNICAL), Fraction(0))
    total = rounding.half_up(sum(weighed, Fraction(0)), 2)
    result = Result(bid=entry.bid, rank=0, total=total, points=points, evaluated=entry.price)
    return ranking.Standing(
        result=result, figure=-total, price=entry.price, technical=rounding.half_up(technical, 8)
    )


def _points(contest: Contest, entry: Entry, table: panel.Table, best: Fraction) -> tuple[Decimal, ...]:
    columns = {c.code: i for i, c in enumerate(panel.hand_criteria(contest.scheme, False))}
    return tuple(
        rounding.half_up(_price(entry) / best * Fraction(criterion.full), 2)
        if criterion.kind is CriterionKind.PRICE
        else panel.panel_points(contest, table, entry.bid, columns[criterion.code])
        for criterion in contest.scheme.criteria
    )


def _price(entry: Entry) -> Fraction:
    assert entry.price is not None, "a sale is offered for in money"
    return Fraction(entry.price)


METHOD = Scoring(code="best_value", name="综合评价法（出让、转让）", article=ARTICLE, flaws=flaws, rank=rank)
