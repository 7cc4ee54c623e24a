"""Two implementations of the evaluation's arithmetic that share no code give the same outcome."""

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ggzy.kernel import events
from ggzy.trading.evaluation.rules.pricing import adjustment
from ggzy.trading.evaluation.scoring import comprehensive, lowest_price
from ggzy.trading.evaluation.values import (
    Adjustment,
    Coefficient,
    Contest,
    Criterion,
    CriterionKind,
    Entering,
    Entry,
    Mark,
    Mean,
    Measure,
    MemberTrim,
    Part,
    PriceFormula,
    Scheme,
    Shape,
    Sheet,
    Steps,
    TieRule,
    Trim,
    lowest_price_scheme,
)
from verify import scoring

PRICES = st.decimals("1", "9999", places=2)
SHARES = st.sampled_from([Decimal("0.5"), Decimal("0.9"), Decimal("0.95"), Decimal(1), Decimal("1.1")])
POINTS = st.sampled_from([Decimal(number) / 2 for number in range(0, 41)])
CRITERIA = (
    Criterion(code="price", name="报价", kind=CriterionKind.PRICE, part=Part.PRICE, weight=Decimal(60)),
    Criterion(code="plan", name="方案", kind=CriterionKind.SUBJECTIVE, part=Part.TECHNICAL, weight=Decimal(25), full=Decimal(20)),
    Criterion(code="past", name="业绩", kind=CriterionKind.OBJECTIVE, part=Part.BUSINESS, weight=Decimal(15), full=Decimal(20)),
)  # fmt: skip
TRIMS = (
    (),
    (Trim(bids_min=4, count=1),),
    (Trim(bids_min=3, count=1), Trim(bids_min=5, share=Decimal("0.2"))),
)
FORMULAS = st.builds(
    PriceFormula,
    entering=st.sampled_from(Entering),
    within_low=st.sampled_from([Decimal("0.1"), Decimal("0.4")]),
    trims=st.sampled_from(TRIMS),
    mean=st.sampled_from(Mean),
    shape=st.sampled_from(Shape),
    above=st.sampled_from([Decimal("0.5"), Decimal(1), Decimal(2)]),
    below=st.sampled_from([Decimal("0.5"), Decimal(1)]),
    unit=st.sampled_from([Decimal(1), Decimal("0.5")]),
    steps=st.sampled_from(Steps),
    interval_low=st.just(Decimal("0.92")),
    interval_high=st.just(Decimal("0.98")),
    frozen=st.booleans(),
)  # fmt: skip


@st.composite
def contests(draw, scheme: Scheme) -> Contest:
    bids = [f"b{number}" for number in range(draw(st.integers(1, 8)))]
    by_hand = draw(st.booleans()) and draw(st.booleans())
    entries = tuple(
        Entry(
            bid=bid,
            price=None if by_hand and draw(st.booleans()) else draw(PRICES),
            passed=draw(st.integers(0, 4)) > 0,
            adjustment=draw(st.sampled_from([Decimal(0), Decimal("3.5"), Decimal("-0.25")])),
        )
        for bid in bids
    )
    sheets = tuple(
        Sheet(seat=seat, marks=tuple(Mark(bid=bid, points=(draw(POINTS), draw(POINTS), draw(POINTS))) for bid in bids))
        for seat in range(1, draw(st.sampled_from([5, 7])) + 1)
    )  # fmt: skip
    coefficients = tuple(
        Coefficient(name=name, value=draw(SHARES)) for name in ("q", "k") if draw(st.booleans())
    )
    return Contest(
        scheme=scheme,
        entries=entries,
        sheets=sheets,
        coefficients=coefficients,
        tie_order=tuple(draw(st.permutations(bids))) if draw(st.booleans()) else (),
        entered=tuple(bids[::2]) if draw(st.booleans()) else (),
    )


@st.composite
def comprehensive_contests(draw) -> Contest:
    scheme = Scheme(
        scoring="comprehensive",
        criteria=CRITERIA,
        formula=draw(FORMULAS),
        ceiling=Decimal(5000),
        ties=draw(st.sampled_from([tuple(TieRule), (TieRule.DRAW,), ()])),
        member_trim=draw(st.sampled_from(MemberTrim)),
    )
    return draw(contests(scheme))


def recomputed(contest: Contest) -> scoring.Contest:
    body: Any = events.body(contest)
    said = {**body, "ceiling": body["scheme"]["ceiling"]}
    return scoring.Contest(body["scheme"], said, {sheet["seat"]: sheet for sheet in body["sheets"]})


def agrees(outcome, ours: scoring.Contest) -> None:
    ranked = ours.ranked()
    assert [(row["bid"], row["rank"]) for row in ranked] == [(r.bid, r.rank) for r in outcome.results]
    for row, result in zip(ranked, outcome.results, strict=True):
        assert row["total"] == scoring.fraction(str(result.total))
        assert row["points"] == [scoring.fraction(str(points)) for points in result.points]
        deviation = None if result.deviation is None else scoring.fraction(str(result.deviation))
        assert row["deviation"] == deviation
    if outcome.benchmark is not None:
        base = ours.base()
        assert base is not None
        assert scoring.half_up(base, 8) == scoring.fraction(str(outcome.benchmark.base))


@settings(max_examples=200)
@given(comprehensive_contests())
def test_comprehensive_scoring_agrees(contest):
    agrees(comprehensive.rank(contest), recomputed(contest))


@settings(max_examples=100)
@given(contests(lowest_price_scheme()))
def test_lowest_price_agrees(contest):
    agrees(lowest_price.rank(contest), recomputed(contest))


FACTORS = (
    Adjustment(
        code="months", name="工期", threshold=Decimal(10), amount=Decimal("1.5"), units_max=Decimal(4)
    ),
    Adjustment(code="small", name="小微", share=Decimal("-0.06")),
)


@given(PRICES, st.decimals("0", "40", places=1), st.booleans())
def test_adjustments_agree(price, months, is_small):
    measures = [Measure(bid="b", code="months", value=months)]
    measures += [Measure(bid="b", code="small", value=Decimal(1))] if is_small else []
    ours = scoring.adjustment(
        scoring.Fraction(price),
        [events.body(factor) for factor in FACTORS],
        {measure.code: scoring.Fraction(measure.value) for measure in measures},
    )
    assert ours == scoring.Fraction(adjustment(price, FACTORS, tuple(measures)))
