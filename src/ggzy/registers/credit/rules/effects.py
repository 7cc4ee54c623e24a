"""激励与惩戒: which effects follow, each from an entry or a grade; and what they do to numbers."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from ggzy.kernel.money import Money
from ggzy.registers.credit.rules.records import is_shown
from ggzy.registers.credit.values import Applied, Effect, Grade, Measure, Reckoned, RecordFacts, RecordKind


def applied(
    effects: Iterable[Effect], grade: Grade, records: Iterable[RecordFacts], today: date
) -> tuple[Applied, ...]:
    """适用的措施: none without the entry or the grade it rests on."""
    shown = [record for record in records if is_shown(record, today)]
    found = []
    for effect in effects:
        cause = _cause(effect, grade, shown)
        if cause is not None:
            found.append(Applied(effect, *cause))
    return tuple(found)


def _cause(effect: Effect, grade: Grade, shown: list[RecordFacts]) -> tuple[str, str] | None:
    if grade.grade in effect.grades:
        return "", f"信用等级{grade.grade}（{grade.score}分）"
    for record in shown:
        is_named = record.gravity is not None and record.gravity.value in effect.gravities
        if is_named or (effect.rewarded and record.kind is RecordKind.REWARD):
            return record.code, record.title
    return None


def factor(found: Iterable[Applied], measure: Measure) -> Decimal:
    """倍率: what the effect that decides makes of a number."""
    one = decisive(found, measure)
    return one.effect.rate if one else Decimal(1)


def decisive(found: Iterable[Applied], measure: Measure) -> Applied | None:
    """起作用的措施: a sanction goes before a reward, so that nobody is eased and burdened at once."""
    mine = [one for one in found if one.effect.measure is measure]
    burdens = [one for one in mine if one.effect.rate > 1]
    return max(burdens, key=_rate, default=None) or min(mine, key=_rate, default=None)


def deposit(base: Money, least: Money, most: Money, found: Iterable[Applied]) -> Reckoned:
    """按信用核定的保证金: what the notice asks times the factor, within the least and the most of the law.

    Basis: 招标投标法实施条例 §26. A bound on the wrong side of what the notice asks binds nobody.
    """
    one = decisive(found, Measure.DEPOSIT)
    rate = one.effect.rate if one else Decimal(1)
    asked = int((Decimal(base.fen) * rate).quantize(Decimal(1), ROUND_HALF_UP))
    due = Money(max(min(asked, max(most.fen, base.fen)), min(least.fen, base.fen)))
    return Reckoned(due, one if due != base else None)


def _rate(one: Applied) -> Decimal:
    return one.effect.rate
