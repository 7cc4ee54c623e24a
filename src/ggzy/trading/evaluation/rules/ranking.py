"""排序: ranks by figure, then by the documents' tie rules; what is still equal is said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from ggzy.trading.evaluation.values import Outcome, Result, TieRule
from ggzy.trading.evaluation.values.contest import Benchmark


@dataclass(frozen=True, kw_only=True)
class Standing:
    """待排序的结果. `figure` sorts first and less is better; `price` and `technical` serve the tie rules."""

    result: Result
    figure: Decimal
    price: Decimal | None
    technical: Decimal


def placed(
    standings: Sequence[Standing],
    ties: tuple[TieRule, ...],
    tie_order: tuple[str, ...],
    benchmark: Benchmark | None = None,
) -> Outcome:
    """名次. Equal under every rule means the same rank and a group in `ties`.

    Bids of one rank are listed by their code, which says nothing about their order.
    """
    position = {bid: place for place, bid in enumerate(tie_order)}

    def key(item: Standing) -> tuple[Decimal, ...]:
        return (item.figure, *(_tie_figure(rule, item, position) for rule in ties))

    ordered = sorted(standings, key=lambda item: (*key(item), item.result.bid))
    results: list[Result] = []
    groups: list[tuple[str, ...]] = []
    for _, members in groupby(ordered, key=key):
        group = list(members)
        rank = len(results) + 1
        results += [replace(item.result, rank=rank) for item in group]
        if len(group) > 1:
            groups.append(tuple(item.result.bid for item in group))
    return Outcome(results=tuple(results), benchmark=benchmark, ties=tuple(groups))


def _tie_figure(rule: TieRule, item: Standing, position: dict[str, int]) -> Decimal:
    if rule is TieRule.LOWER_PRICE:
        return item.price if item.price is not None else Decimal(0)
    if rule is TieRule.HIGHER_PRICE:
        return -item.price if item.price is not None else Decimal(0)
    if rule is TieRule.HIGHER_TECHNICAL:
        return -item.technical
    return Decimal(position.get(item.result.bid, len(position)))
