"""最高报价法: of a sale, where the price is income; among the bids that meet the documents the highest is first.

Basis: 招标拍卖挂牌出让国有建设用地使用权规定 §14.
"""

from decimal import Decimal

from ggzy.kernel.verdict import Reason, Verdict, judge
from ggzy.trading.evaluation.rules import ranking
from ggzy.trading.evaluation.rules.schemes import sale_flaws, shared_flaws
from ggzy.trading.evaluation.values import Contest, CriterionKind, Entry, Outcome, Result, Scheme, Scoring

ARTICLE = "招标拍卖挂牌出让国有建设用地使用权规定 §14"


def flaws(scheme: Scheme) -> Verdict:
    """评标办法完整性: the price is the only criterion."""
    alone = len(scheme.criteria) == 1 and scheme.criteria[0].kind is CriterionKind.PRICE
    only = judge([(alone, Reason("price_only", "最高报价法只比较报价，不设其他评分因素", ARTICLE))])
    return shared_flaws(scheme) & sale_flaws(scheme) & only


def rank(contest: Contest) -> Outcome:
    """评审结论."""
    standings = [_standing(entry) for entry in contest.entries if entry.passed]
    return ranking.placed(standings, contest.scheme.ties, contest.tie_order)


def _standing(entry: Entry) -> ranking.Standing:
    assert entry.price is not None, "a sale is offered for in money"
    result = Result(bid=entry.bid, rank=0, total=entry.price, points=(), evaluated=entry.price)
    return ranking.Standing(result=result, figure=-entry.price, price=entry.price, technical=Decimal(0))


METHOD = Scoring(code="highest_price", name="最高报价法", article=ARTICLE, flaws=flaws, rank=rank)
