"""汇集: from opened bids, corrections, measures and sheets to a contest, and from its outcome to a report."""

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from ggzy.kernel import canon, digest, events
from ggzy.kernel.money import Money
from ggzy.trading.evaluation.rules import pricing
from ggzy.trading.evaluation.values import (
    Candidate,
    Coefficient,
    Contest,
    Correction,
    CorrectionState,
    Entry,
    Line,
    Measure,
    Outcome,
    Rejected,
    Rejection,
    Scheme,
    Sheet,
)
from ggzy.trading.tendering.values import BidFacts, Price, TenderTerms

NO_PRICE = Price(kind="text", text="未报价")


def with_limits(scheme: Scheme, terms: TenderTerms | None, reserve: Money | None = None) -> Scheme:
    """限价并入评标办法: the announced ceiling, read like the bids, unless the scheme names its own.

    Of a sale the start price, or the reserve that was secret until the opening, whichever is higher.
    """
    if terms is None:
        return scheme
    secret = None if reserve is None else reserve.to_yuan()
    floors = [price for price in (_yuan(terms.floor), secret) if price is not None]
    ceiling = scheme.ceiling
    if ceiling is None:
        ceiling = pricing.comparable(terms.ceiling, scheme.rate_reading)
    return replace(scheme, ceiling=ceiling, floor=max(floors) if terms.floor and floors else None)


def _yuan(price: Price | None) -> Decimal | None:
    return price.amount.to_yuan() if price and price.amount else None


def entries(
    bids: Collection[BidFacts],
    scheme: Scheme,
    corrections: Collection[Correction] = (),
    measures: Collection[Measure] = (),
    rejected: Collection[str] = (),
) -> tuple[Entry, ...]:
    """参评投标. A price that cannot be compared with the others is None for all of them."""
    confirmed = {c.bid: c.after for c in corrections if c.state is CorrectionState.CONFIRMED}
    out = frozenset(rejected)
    prices = {bid.bid: confirmed.get(bid.bid, bid.price) for bid in bids}
    if scheme.floor is not None:  # of a sale: what is no sum of money is no offer, and spoils no other's
        prices = {bid: price if price and price.amount else None for bid, price in prices.items()}
    comparison = pricing.comparables(prices, scheme.rate_reading)
    by_bid: dict[str, list[Measure]] = {}
    for measure in measures:
        by_bid.setdefault(measure.bid, []).append(measure)
    return tuple(
        _entry(bid.bid, comparison[bid.bid], bid.bid not in out, scheme, tuple(by_bid.get(bid.bid, ())))
        for bid in bids
    )


def contest(
    scheme: Scheme,
    entered: tuple[Entry, ...],
    *,
    sheets: tuple[Sheet, ...] = (),
    coefficients: tuple[Coefficient, ...] = (),
    tie_order: tuple[str, ...] = (),
    frozen: tuple[str, ...] = (),
) -> Contest:
    """评审输入. One price without a reading among the passed bids: the committee scores the price."""
    return Contest(
        scheme=scheme,
        entries=entered,
        sheets=sheets,
        coefficients=coefficients,
        tie_order=tie_order,
        entered=frozen,
    )


def above_ceiling(entered: tuple[Entry, ...], ceiling: Decimal | None) -> frozenset[str]:
    """高于最高投标限价的投标. At the ceiling is not above it."""
    if ceiling is None:
        return frozenset()
    return frozenset(e.bid for e in entered if e.price is not None and e.price > ceiling)


def below_floor(entered: tuple[Entry, ...], floor: Decimal | None) -> frozenset[str]:
    """低于起始价、底价的投标. At the floor is not below it; what is no price is below any."""
    if floor is None:
        return frozenset()
    return frozenset(e.bid for e in entered if e.price is None or e.price < floor)


def lines(
    outcome: Outcome, bids: Collection[BidFacts], corrections: Collection[Correction]
) -> tuple[Line, ...]:
    """评审结果表, in the order of ranks."""
    by_bid = {bid.bid: bid for bid in bids}
    confirmed = {c.bid: c.after for c in corrections if c.state is CorrectionState.CONFIRMED}
    return tuple(
        Line(
            rank=result.rank,
            bid=result.bid,
            bidder=by_bid[result.bid].bidder,
            price=confirmed.get(result.bid, by_bid[result.bid].price) or NO_PRICE,
            points=result.points,
            total=result.total,
            evaluated=result.evaluated,
            deviation=result.deviation,
        )
        for result in outcome.results
    )


def candidates(
    outcome: Outcome,
    bids: Collection[BidFacts],
    corrections: Collection[Correction],
    limit: int,
) -> tuple[Candidate, ...]:
    """中标候选人: the first `limit`, ranked. The price is the bid's own, never the evaluated one."""
    by_bid = {bid.bid: bid for bid in bids}
    return tuple(
        Candidate(
            rank=line.rank,
            bid=line.bid,
            bidder=line.bidder,
            price=line.price,
            total=line.total,
            evaluated=line.evaluated,
            period=by_bid[line.bid].period,
            quality=by_bid[line.bid].quality,
            leader=by_bid[line.bid].leader,
        )
        for line in lines(outcome, bids, corrections)[:limit]
    )


def rejected(rejections: Collection[Rejection], bids: Collection[BidFacts]) -> tuple[Rejected, ...]:
    """被否决的投标, in the order of delivery."""
    by_bid = {rejection.bid: rejection for rejection in rejections}
    return tuple(
        Rejected(bid=bid.bid, bidder=bid.bidder, grounds=by_bid[bid.bid].grounds, text=by_bid[bid.bid].text)
        for bid in bids
        if bid.bid in by_bid
    )


def report_digest(fact: object) -> str:
    """评标报告摘要: over the canonical body of the conclusion, which every member signs."""
    return digest.digest(canon.dumps({**events.body(fact), "digest": ""}))


def _entry(
    bid: str, price: Decimal | None, passed: bool, scheme: Scheme, measures: tuple[Measure, ...]
) -> Entry:
    worth = Decimal(0) if price is None else pricing.adjustment(price, scheme.adjustments, measures)
    return Entry(bid=bid, price=price, passed=passed, adjustment=worth)
