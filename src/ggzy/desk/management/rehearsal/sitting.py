"""组建评标委员会, 评标: the draw with its nonces, the review, the scores, the report."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from ggzy.desk.management.rehearsal.cast import REGION, SPECIALTIES
from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.desk.management.rehearsal.schedule import Schedule
from ggzy.desk.management.rehearsal.walk import Entrant, Walk
from ggzy.foundation.journal import queries as journal
from ggzy.foundation.journal.values import Fact
from ggzy.kernel import draw as draws
from ggzy.kernel.actor import Actor
from ggzy.trading.evaluation import queries, services
from ggzy.trading.evaluation.values import (
    TURNS,
    CommitteePlan,
    Criterion,
    CriterionKind,
    Mark,
    Mean,
    Part,
    PriceFormula,
    RateReading,
    Scheme,
    SeatPlan,
    Shape,
    comprehensive_scheme,
    lowest_price_scheme,
)
from ggzy.trading.tendering import queries as tendering

# 虚构的评标办法: the price weighs little, so that invented points can give the published order.
PRICE_WEIGHT = Decimal(10)
STEP_DOWN = Decimal(12)
LAST_POINTS = Decimal(4)
SEATS = (3, 2)


def publish_scheme(walk: Walk, when: Schedule) -> None:
    """公开评标办法, with the documents."""
    at = when.announced + timedelta(minutes=5)
    with at_moment(at):
        services.publish_scheme(walk.cast.act(walk.agency), walk.lot, _scheme(walk), at=at)


def _scheme(walk: Walk) -> Scheme:
    discount = any(bid.price.is_discount for bid in walk.script.bids)
    reading = RateReading.DISCOUNT if discount else RateReading.FEE
    if walk.script.scoring == "lowest_price":
        return lowest_price_scheme(rate_reading=reading)
    technical = Criterion(
        code="technical",
        name="技术与商务",
        kind=CriterionKind.SUBJECTIVE,
        part=Part.TECHNICAL,
        weight=100 - PRICE_WEIGHT,
        words="演练虚构：按投标文件的响应程度评分",
    )
    return comprehensive_scheme(
        technical,
        price_weight=PRICE_WEIGHT,
        formula=PriceFormula(mean=Mean.LOWEST, shape=Shape.PROPORTION),
        rate_reading=reading,
    )


def convene(walk: Walk, when: Schedule) -> None:
    """抽取专家: pool, three givers, commitments, reveal, draw."""
    at = when.deadline + timedelta(minutes=60)
    seats = tuple(SeatPlan(specialty=s, count=n) for s, n in zip(SPECIALTIES, SEATS, strict=True))
    plan = CommitteePlan(seats=seats, region=REGION)
    with at_moment(at):
        services.request_draw(walk.cast.act(walk.agency), walk.lot, plan, at=at)
        draw = queries.draws(walk.lot)[-1].id
        givers = (
            ("centre", walk.cast.centre),
            ("owner", walk.agency),
            ("supervisor", walk.cast.supervisor),
        )
        for party, who in givers:
            nonces = [_nonce(draw, party, turn) for turn in range(TURNS)]
            commitments = [draws.commitment(draw, party, turn, n) for turn, n in enumerate(nonces)]
            services.commit_nonce(walk.cast.act(who), walk.lot, draw, commitments, at=at)
        services.close_commits(walk.cast.act(walk.cast.centre), walk.lot, draw, at=at)
        for party, who in givers:
            services.reveal_nonce(walk.cast.act(who), walk.lot, draw, _nonce(draw, party, 0), at=at)
        services.draw_committee(walk.cast.act(walk.cast.centre), walk.lot, at=at)


def _nonce(draw: str, party: str, turn: int) -> bytes:
    """A rehearsal may be repeated bit for bit, so its nonces are made, not drawn."""
    return hashlib.sha256(f"rehearsal/{draw}/{party}/{turn}".encode()).digest()


def evaluate(walk: Walk, when: Schedule, entrants: Sequence[Entrant]) -> None:
    """评标: accept, sign in, review, score, conclude, sign."""
    at = when.evaluated
    members = [walk.cast.experts[fact.event.expert] for fact in _called(walk)]
    with at_moment(at):
        for member in members:
            services.answer_call(walk.cast.expert(member), walk.lot, True, at=at)
            services.sign_in(walk.cast.expert(member), walk.lot, at=at)
        chair = members[0]
        services.begin(walk.cast.expert(chair), walk.lot, 1, at=at)
        for member in members:
            services.submit_review(walk.cast.expert(member), walk.lot, at=at)
        services.finish_review(walk.cast.expert(chair), walk.lot, at=at)
        _score(walk, members, entrants, at)
        services.conclude(walk.cast.expert(chair), walk.lot, at=at)
        for member in members:
            services.sign_report(walk.cast.expert(member), walk.lot, at=at)


def _called(walk: Walk) -> list[Fact]:
    return list(journal.facts(subject=f"draw/{walk.lot}/{walk.round}", kinds=("member.called",)))


def _score(walk: Walk, members: Sequence[str], entrants: Sequence[Entrant], at: datetime) -> None:
    by_hand = queries.hand_criteria(walk.lot)
    if not by_hand:
        return
    ranks = {entrant.who.code: entrant.script.rank for entrant in entrants}
    marks = [
        Mark(bid=bid.bid, points=tuple(_points(ranks[bid.bidder.leader]) for _ in by_hand))
        for bid in tendering.opened_bids(walk.lot)
    ]
    for member in members:
        actor: Actor = walk.cast.expert(member)
        services.submit_scores(actor, walk.lot, marks, at=at)


def _points(rank: int | None) -> Decimal:
    """虚构得分: far enough apart that the published order comes out whatever the prices are."""
    if rank is None:
        return LAST_POINTS
    return max(100 - STEP_DOWN * (rank - 1), LAST_POINTS + 1)
