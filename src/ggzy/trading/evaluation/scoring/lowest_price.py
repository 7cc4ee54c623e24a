"""经评审的最低投标价法: money is added for comparison; the lowest evaluated price is first.

The contract is made at the bid price. Basis: 评标委员会和评标方法暂行规定 §30-33.
"""

from decimal import Decimal

from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.evaluation.rules import panel, ranking
from ggzy.trading.evaluation.rules.schemes import shared_flaws
from ggzy.trading.evaluation.values import Contest, CriterionKind, Entry, Outcome, Result, Scheme, Scoring


def flaws(scheme: Scheme) -> Verdict:
    """评标办法完整性: the price is the only criterion."""
    return shared_flaws(scheme) & judge(
        [
            (
                len(scheme.criteria) == 1 and scheme.criteria[0].kind is CriterionKind.PRICE,
                Reason(
                    "price_only",
                    "经评审的最低投标价法只比较评审价，不设其他评分因素",
                    "评标委员会和评标方法暂行规定 §30",
                ),
            ),
            (not scheme.coefficients, Reason("no_benchmark", "该方法不计算基准价，不使用抽取系数")),
        ]
    )


def rank(contest: Contest) -> Outcome:
    """评审结论. Where a price is a sentence the committee's points for the price decide."""
    hand = panel.by_hand(contest.entries)
    table = panel.table_of(contest.sheets)
    standings = [
        _by_points(contest, entry, table) if hand else _by_price(entry)
        for entry in contest.entries
        if entry.passed
    ]
    return ranking.placed(standings, contest.scheme.ties, contest.tie_order)


def _by_price(entry: Entry) -> ranking.Standing:
    assert entry.evaluated is not None
    result = Result(bid=entry.bid, rank=0, total=entry.evaluated, points=(), evaluated=entry.evaluated)
    return ranking.Standing(result=result, figure=entry.evaluated, price=entry.price, technical=Decimal(0))


def _by_points(contest: Contest, entry: Entry, table: panel.Table) -> ranking.Standing:
    points = panel.panel_points(contest, table, entry.bid, 0)
    result = Result(bid=entry.bid, rank=0, total=points, points=(points,), evaluated=entry.evaluated)
    return ranking.Standing(result=result, figure=-points, price=entry.price, technical=Decimal(0))


METHOD = Scoring(
    code="lowest_price",
    name="经评审的最低投标价法",
    article="评标委员会和评标方法暂行规定 §30-33",
    flaws=flaws,
    rank=rank,
)
