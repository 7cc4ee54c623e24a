"""A scoring scheme is complete, and published in time: one row per reason."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal as D
from types import SimpleNamespace
from typing import Any

import pytest

from ggzy.kernel import events
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.instants import Calendar
from ggzy.kernel.money import Money, Rate
from ggzy.kernel.verdict import Verdict
from ggzy.registers.catalog.values import Limit
from ggzy.trading.evaluation.rules import assembling, pricing, schemes
from ggzy.trading.evaluation.scoring import comprehensive, lowest_price
from ggzy.trading.evaluation.values import (
    Adjustment,
    CoefficientSet,
    Contest,
    Correction,
    CorrectionState,
    Criterion,
    CriterionKind,
    Entering,
    Entry,
    EvaluationState,
    Measure,
    Part,
    PriceFormula,
    RateReading,
    Scheme,
    Shape,
    TieRule,
    Trim,
    comprehensive_scheme,
    lowest_price_scheme,
)
from ggzy.trading.tendering.values import Bidder, BidFacts, BidState, Price, TenderState

TECHNICAL = Criterion(
    code="technical", name="技术", kind=CriterionKind.SUBJECTIVE, part=Part.TECHNICAL, weight=D(40)
)
GOOD = comprehensive_scheme(TECHNICAL, price_weight=D(60), formula=PriceFormula(above=D(2), below=D(1)))
BAD_TRIM = PriceFormula(trims=(Trim(bids_min=4, count=2),))


def anything(**fields: Any) -> Any:
    """The few fields a rule reads of a large value."""
    return SimpleNamespace(**fields)


def codes(verdict: Verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


@pytest.mark.parametrize(
    "change, reasons",
    [
        ({}, []),
        ({"criteria": (GOOD.criteria[0], replace(TECHNICAL, weight=D(30)))}, ["weights"]),
        ({"criteria": (replace(GOOD.criteria[0], code="technical"), TECHNICAL)}, ["criterion_twice"]),
        (
            {
                "criteria": (
                    replace(GOOD.criteria[0], weight=D(30)),
                    replace(GOOD.criteria[0], code="p2", weight=D(70)),
                )
            },
            ["price_twice"],
        ),
        ({"criteria": (GOOD.criteria[0], replace(TECHNICAL, step=D(0)))}, ["criterion_range"]),
        ({"criteria": (GOOD.criteria[0], replace(TECHNICAL, full=D("0.1")))}, ["criterion_range"]),
        ({"coefficients": (CoefficientSet(name="k", values=()),)}, ["coefficient_values"]),
        ({"coefficients": (CoefficientSet(name="x", values=(D(1),)),)}, ["coefficient_name"]),
        ({"adjustments": (Adjustment(code="a", name="a", per=D(0)),)}, ["adjustment"]),
        ({"candidates_max": 4}, ["candidates"]),
        ({"ties": (TieRule.DRAW, TieRule.LOWER_PRICE)}, ["tie_draw_last"]),
        ({"ties": (TieRule.LOWER_PRICE,)}, ["tie_draw_last"]),
        ({"formula": BAD_TRIM}, ["trim"]),
        ({"formula": PriceFormula(shape=Shape.INTERVAL, interval_low=D(2))}, ["interval"]),
        ({"formula": PriceFormula(unit=D(0))}, ["slope"]),
        ({"formula": PriceFormula(within_low=D(2))}, ["within"]),
        ({"formula": None}, ["formula_missing"]),
        ({"formula": PriceFormula(entering=Entering.WITHIN)}, ["ceiling_missing"]),
        (
            {
                "coefficients": (
                    CoefficientSet(name="k", values=(D("0.97"),)),
                    CoefficientSet(name="delta", values=(D("0.01"),)),
                )
            },
            ["coefficient_twice"],
        ),
    ],
)
def test_comprehensive_scheme_is_checked(change: dict, reasons: list[str]) -> None:
    assert codes(comprehensive.flaws(replace(GOOD, **change))) == reasons


def test_lowest_price_compares_nothing_but_the_price() -> None:
    assert lowest_price.flaws(lowest_price_scheme()).ok
    assert codes(lowest_price.flaws(replace(GOOD, scoring="lowest_price"))) == ["price_only"]
    drawn = replace(lowest_price_scheme(), coefficients=(CoefficientSet(name="k", values=(D(1),)),))
    assert codes(lowest_price.flaws(drawn)) == ["no_benchmark"]


AT = datetime(2026, 6, 1, 2, tzinfo=UTC)
RULEBOOK = {"tender.clarification_days_min": Limit(value=D(15), unit="d", article="招标投标法 §23")}
WEEKDAYS = Calendar(frozenset(), frozenset(), frozenset())


@pytest.mark.parametrize(
    "change, reasons",
    [
        ({}, []),
        ({"deadline": datetime(2026, 6, 16, 1, tzinfo=UTC)}, []),
        ({"deadline": datetime(2026, 6, 15, 1, tzinfo=UTC)}, ["too_late"]),
        ({"tender": TenderState.CLOSED}, ["closed"]),
        ({"state": EvaluationState.REVIEWING}, ["closed"]),
        ({"method": None}, ["scoring_unknown"]),
        ({"scoring": "lowest_price"}, ["scoring_differs"]),
        ({"scheme": replace(GOOD, candidates_max=0)}, ["candidates"]),
    ],
)
def test_scheme_is_published_with_the_documents(change: dict, reasons: list[str]) -> None:
    setting = {
        "scheme": GOOD, "method": comprehensive.METHOD, "scoring": "comprehensive",
        "tender": TenderState.ANNOUNCED, "state": EvaluationState.CONVENING, "deadline": None,
    } | change  # fmt: skip
    verdict = schemes.may_publish(
        setting["scheme"],
        setting["method"],
        lot=anything(rulebook=RULEBOOK, scoring=setting["scoring"]),
        tender=anything(state=setting["tender"], deadline=setting["deadline"]),
        state=setting["state"],
        at=AT,
        calendar=WEEKDAYS,
    )
    assert codes(verdict) == reasons


def test_scheme_survives_the_journal() -> None:
    scheme = replace(GOOD, ceiling=D("1000.5"), adjustments=(Adjustment(code="p", name="工期", amount=D(2)),))
    assert events.restore(Scheme, events.body(scheme)) == scheme


AMOUNT = Price("amount", Money.yuan("980.50"), text="980.5元")
DISCOUNT = Price("rate", None, Rate("0.205"), "下浮率20.5%")
SENTENCE = Price("text", text="按收费标准的50%计取")


@pytest.mark.parametrize(
    "price, reading, figure",
    [
        (AMOUNT, RateReading.DISCOUNT, D("980.50")),
        (DISCOUNT, RateReading.DISCOUNT, D("0.795")),
        (DISCOUNT, RateReading.FEE, D("0.205")),
        (SENTENCE, RateReading.FEE, None),
        (None, RateReading.FEE, None),
    ],
)
def test_price_is_read_so_that_less_is_better(price, reading, figure) -> None:
    assert pricing.comparable(price, reading) == figure


def test_higher_discount_and_lower_fee_win() -> None:
    rates = {bid: Price("rate", None, Rate(rate), rate) for bid, rate in (("a", "0.20"), ("b", "0.25"))}
    for reading, winner in ((RateReading.DISCOUNT, "b"), (RateReading.FEE, "a")):
        scheme = lowest_price_scheme(rate_reading=reading)
        entries = assembling.entries([bid(code, price) for code, price in rates.items()], scheme)
        assert lowest_price.rank(Contest(scheme=scheme, entries=entries)).results[0].bid == winner


def bid(code: str, price: Price | None) -> BidFacts:
    return BidFacts(
        bid=code, bidder=Bidder(CreditCode("x"), code), gen=1, submitted_at=AT, state=BidState.OPENED, price=price
    )  # fmt: skip


def test_mixed_prices_cannot_be_compared() -> None:
    found = assembling.entries([bid("a", AMOUNT), bid("b", DISCOUNT)], lowest_price_scheme())
    assert [entry.price for entry in found] == [None, None]


def test_confirmed_correction_and_measures_enter_the_comparison() -> None:
    scheme = lowest_price_scheme(adjustments=(Adjustment(code="p", name="工期", amount=D(2)),))
    after = Price("amount", Money.yuan(970), text="970元")
    corrections = [
        Correction(bid="a", before=AMOUNT, after=after, reason="合计", state=CorrectionState.CONFIRMED),
        Correction(bid="b", before=AMOUNT, after=after, reason="合计", state=CorrectionState.PROPOSED),
    ]
    found = assembling.entries(
        [bid("a", AMOUNT), bid("b", AMOUNT)],
        scheme,
        corrections,
        [Measure(bid="a", code="p", value=D(5))],
        {"b"},
    )
    assert found == (
        Entry(bid="a", price=D(970), adjustment=D(10)),
        Entry(bid="b", price=D("980.50"), passed=False),
    )
    assert found[0].evaluated == D(980)


def test_price_above_the_ceiling_is_found_and_at_the_ceiling_is_not() -> None:
    scheme = assembling.with_limits(lowest_price_scheme(), anything(ceiling=AMOUNT, floor=None))
    entries = assembling.entries(
        [bid("a", AMOUNT), bid("b", Price("amount", Money.yuan("980.51"), text="x"))], scheme
    )
    assert assembling.above_ceiling(entries, scheme.ceiling) == {"b"}
    assert assembling.above_ceiling(entries, None) == frozenset()
