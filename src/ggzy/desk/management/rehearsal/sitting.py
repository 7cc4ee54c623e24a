"""组建评标委员会, 评标: the draw with its nonces, the review, the scores, the report."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from ggzy.desk.management.rehearsal.cast import REGION, SPECIALTIES
from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.desk.management.rehearsal.schedule import Schedule
from ggzy.desk.management.rehearsal.walk import Entrant, Walk
from ggzy.foundation.journal import queries as journal
from ggzy.kernel import draw as draws
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

LAST_POINTS = Decimal(15)
HALF = Decimal("0.5")
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
        weight=100 - walk.marking.price_weight,
        words="演练虚构：按投标文件的响应程度评分",
    )
    return comprehensive_scheme(
        technical,
        price_weight=walk.marking.price_weight,
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
    seat(walk, when)
    review(walk, when)
    score(walk, when, entrants)
    conclude(walk, when)


def members(walk: Walk) -> list[str]:
    """评委本人, in the order of their seats."""
    called = journal.facts(subject=f"draw/{walk.lot}/{walk.round}", kinds=("member.called",))
    return [walk.cast.experts[fact.event.expert] for fact in called]


def seat(walk: Walk, when: Schedule) -> None:
    """应邀, 签到, 推选组长."""
    with at_moment(when.evaluated):
        for member in members(walk):
            services.answer_call(walk.cast.expert(member), walk.lot, True, at=when.evaluated)
            services.sign_in(walk.cast.expert(member), walk.lot, at=when.evaluated)
        services.begin(walk.cast.expert(members(walk)[0]), walk.lot, 1, at=when.evaluated)


def review(walk: Walk, when: Schedule) -> None:
    """初步评审, 汇总."""
    at = when.evaluated + timedelta(minutes=20)
    with at_moment(at):
        sitting = members(walk)
        for member in sitting:
            services.submit_review(walk.cast.expert(member), walk.lot, at=at)
        services.finish_review(walk.cast.expert(sitting[0]), walk.lot, at=at)


def score(walk: Walk, when: Schedule, entrants: Sequence[Entrant], first: int | None = None) -> None:
    """打分, by all members or by the `first` few; nothing where no criterion is scored by hand."""
    by_hand = queries.hand_criteria(walk.lot)
    if not by_hand:
        return
    points = {
        e.who.code: _points(e.script.rank, place, walk.marking.step) for place, e in enumerate(entrants)
    }
    marks = [
        Mark(bid=bid.bid, points=tuple(points[bid.bidder.leader] for _ in by_hand))
        for bid in tendering.opened_bids(walk.lot)
    ]
    at = when.evaluated + timedelta(minutes=40)
    with at_moment(at):
        for member in members(walk)[:first]:
            services.submit_scores(walk.cast.expert(member), walk.lot, marks, at=at)


def conclude(walk: Walk, when: Schedule) -> None:
    """汇总, 签署评标报告."""
    at = when.evaluated + timedelta(minutes=60)
    with at_moment(at):
        sitting = members(walk)
        services.conclude(walk.cast.expert(sitting[0]), walk.lot, at=at)
        for member in sitting:
            services.sign_report(walk.cast.expert(member), walk.lot, at=at)


def _points(rank: int | None, place: int, step: Decimal) -> Decimal:
    """虚构得分: far enough apart that the published order comes out whatever the prices are.

    Bidders the notice does not rank follow in their order, so that no tie decides who is a candidate.
    """
    if rank is None:
        return max(LAST_POINTS - HALF * place, Decimal(0))
    return max(100 - step * (rank - 1), LAST_POINTS + 1)
