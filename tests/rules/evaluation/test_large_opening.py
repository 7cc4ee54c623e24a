"""An opening of 1,905 bids: its conclusion is one fact, and ranking it is quick work."""

from decimal import Decimal as D

from ggzy.kernel import canon
from ggzy.kernel import events as kernel_events
from ggzy.kernel.codes import LotCode
from ggzy.trading.evaluation import events
from ggzy.trading.evaluation.rules import panel
from ggzy.trading.evaluation.scoring import comprehensive
from ggzy.trading.evaluation.values import (
    Contest,
    Criterion,
    CriterionKind,
    Entry,
    Mark,
    Part,
    PriceFormula,
    Sheet,
    Trim,
    comprehensive_scheme,
)

COUNT = 1905
LOT = LotCode("L" * 40)
CRITERIA = tuple(
    Criterion(code=f"c{n}", name=f"因素{n}", kind=CriterionKind.SUBJECTIVE, part=Part.TECHNICAL, weight=D(8))
    for n in range(5)
)


def test_conclusion_of_1905_bids_fits_into_one_fact() -> None:
    scheme = comprehensive_scheme(
        *CRITERIA,
        price_weight=D(60),
        formula=PriceFormula(trims=(Trim(bids_min=5, share=D("0.2")),), above=D(2), below=D(1)),
    )
    bids = [f"bid-91420500MA49{n:06d}X-1" for n in range(COUNT)]
    entries = tuple(Entry(bid=bid, price=D(123456789) + D(n) / 100) for n, bid in enumerate(bids))
    sheets = tuple(
        Sheet(seat=seat, marks=tuple(Mark(bid=bid, points=(D("87.5"),) * 5) for bid in bids))
        for seat in range(1, 6)
    )
    contest = Contest(
        scheme=scheme, entries=entries, sheets=sheets, entered=tuple(bids), tie_order=tuple(bids)
    )
    outcome = comprehensive.rank(contest)
    assert len(outcome.results) == COUNT and outcome.results[0].rank == 1
    assert panel.outliers(scheme, sheets, False) == ()
    fact = events.EvaluationConcluded(
        lot=LOT,
        round=1,
        scheme="sha256:" + "0" * 64,
        coefficients=(),
        tie_order=contest.tie_order,
        ceiling=None,
        entered=contest.entered,
        entries=entries,
        benchmark=outcome.benchmark,
        results=outcome.results,
        candidates=(),
        is_all_rejected=False,
        digest="sha256:" + "0" * 64,
    )
    size = len(canon.dumps(kernel_events.body(fact)))
    assert size < canon.OBJECT_BYTES_MAX
    sheet = events.ScoresSubmitted(
        lot=LOT,
        round=1,
        seat=1,
        gen=1,
        criteria=tuple(c.code for c in CRITERIA),
        marks=sheets[0].marks,
        notes=(),
    )
    assert len(canon.dumps(kernel_events.body(sheet))) < canon.OBJECT_BYTES_MAX
