"""激励与惩戒: which effects follow, each from an entry or a grade; and what they do to numbers."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from ggzy.kernel.money import Money
from ggzy.registers.credit.rules.records import is_shown
from ggzy.registers.credit.values import Applied, Effect, Grade, Measure, RecordFacts, RecordKind


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
    """倍率: a sanction goes before a reward, so that nobody is eased and burdened at once."""
    rates = [one.effect.rate for one in found if one.effect.measure is measure]
    burdens = [rate for rate in rates if rate > 1]
    return max(burdens) if burdens else min(rates, default=Decimal(1))


def deposit(base: Money, cap: Money, found: Iterable[Applied]) -> Money:
    """应缴保证金: what the notice asks times the factor, never above the cap of the law (实施条例 §26)."""
    asked = (Decimal(base.fen) * factor(found, Measure.DEPOSIT)).quantize(Decimal(1), ROUND_HALF_UP)
    return Money(min(int(asked), max(cap.fen, base.fen)))
