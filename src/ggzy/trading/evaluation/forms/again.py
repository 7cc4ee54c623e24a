"""评标办法再次填写: a published scheme as it would be typed, so that changing one figure changes one figure."""

from decimal import Decimal

from ggzy.trading.evaluation.forms.schemes import TRIMS
from ggzy.trading.evaluation.values import Adjustment, Criterion, CriterionKind, PriceFormula, Scheme

Typed = dict[str, str]


def typed(scheme: Scheme) -> Typed:
    """填写好的表单."""
    found: Typed = {"rate_reading": scheme.rate_reading}
    if scheme.formula is not None:
        found |= _formula(scheme.formula)
        found |= {one.name: ", ".join(plain(value) for value in one.values) for one in scheme.coefficients}
    if scheme.price is not None:
        found["price_weight"] = plain(scheme.price.weight)
    by_hand = [one for one in scheme.criteria if one.kind is not CriterionKind.PRICE]
    for number, criterion in enumerate(by_hand, 1):
        found |= {f"c{number}_{name}": text for name, text in _criterion(criterion).items()}
    for number, factor in enumerate(scheme.adjustments, 1):
        found |= {f"a{number}_{name}": text for name, text in _adjustment(factor).items()}
    return found


def _formula(formula: PriceFormula) -> Typed:
    return {
        "entering": formula.entering,
        "within_low": percent(formula.within_low),
        "within_high": percent(formula.within_high),
        "trim": next((name for name, trims in TRIMS.items() if trims == formula.trims), "none"),
        "mean": formula.mean,
        "shape": formula.shape,
        "above": plain(formula.above),
        "below": plain(formula.below),
        "unit": plain(formula.unit),
        "steps": formula.steps,
        "interval_low": percent(formula.interval_low),
        "interval_high": percent(formula.interval_high),
    }


def _criterion(criterion: Criterion) -> Typed:
    return {
        "name": criterion.name,
        "kind": criterion.kind,
        "part": criterion.part,
        "weight": plain(criterion.weight),
        "full": plain(criterion.full),
        "step": plain(criterion.step),
        "words": criterion.words,
    }


def _adjustment(factor: Adjustment) -> Typed:
    return {
        "name": factor.name,
        "unit": factor.unit,
        "threshold": plain(factor.threshold),
        "per": plain(factor.per),
        "amount": plain(factor.amount),
        "share": percent(factor.share),
        "units_max": plain(factor.units_max) if factor.units_max is not None else "",
    }


def plain(value: Decimal) -> str:
    """数值 as people write it: 0.50 is 0.5, 1E+2 is 100."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: Decimal) -> str:
    """比例 as a number of per cent."""
    return plain(share.scaleb(2))
