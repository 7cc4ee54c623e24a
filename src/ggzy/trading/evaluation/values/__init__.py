"""评标评审的值: frozen dataclasses that cross the border."""

from ggzy.trading.evaluation.values.contest import (
    Benchmark,
    Coefficient,
    Contest,
    Entry,
    Mark,
    Measure,
    Note,
    Outcome,
    Result,
    Scoring,
    Sheet,
)
from ggzy.trading.evaluation.values.scheme import (
    Adjustment,
    CoefficientSet,
    Criterion,
    CriterionKind,
    Entering,
    Mean,
    MemberTrim,
    Part,
    PriceFormula,
    RateReading,
    Scheme,
    Shape,
    Steps,
    TieRule,
    Trim,
    comprehensive_scheme,
    lowest_price_scheme,
)

__all__ = [
    "Adjustment", "Benchmark", "Coefficient", "CoefficientSet", "Contest", "Criterion", "CriterionKind",
    "Entering", "Entry", "Mark", "Mean", "Measure", "MemberTrim", "Note", "Outcome", "Part", "PriceFormula",
    "RateReading", "Result", "Scheme", "Scoring", "Shape", "Sheet", "Steps", "TieRule", "Trim",
    "comprehensive_scheme", "lowest_price_scheme",
]  # fmt: skip
