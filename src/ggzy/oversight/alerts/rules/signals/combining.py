"""综合概率 (domain 10 §6): signals of one lot combined by a noisy-or over families.

Signals of one family may have one innocent cause — an office that is shared explains network and browser alike —
so only the strongest of a family counts. p = 1 − (1 − leak) × Π(1 − strongest weight of each family).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from ggzy.oversight.alerts.rules.signals.pairing import Signal

ONE = Decimal(1)
PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Combined:
    """综合结果 of two bidders: the probability, and the signals it rests on, strongest of each family first."""

    parties: tuple[str, str]
    probability: Decimal
    counted: tuple[Signal, ...]
    others: tuple[Signal, ...]


def noisy_or(weights: Iterable[Decimal], leak: Decimal) -> Decimal:
    """1 − (1 − leak) × Π(1 − w), each w between 0 and 1."""
    none = ONE - leak
    for weight in weights:
        none *= ONE - min(max(weight, Decimal(0)), ONE)
    return (ONE - none).quantize(PLACES)


def combine(signals: Iterable[Signal], leak: Decimal) -> tuple[Combined, ...]:
    """综合 for every two bidders that a signal joins; most likely first."""
    joined: dict[tuple[str, str], list[Signal]] = {}
    for signal in signals:
        for one, other in combinations(sorted(set(signal.parties)), 2):
            joined.setdefault((one, other), []).append(signal)
    found = [_combined(pair, some, leak) for pair, some in joined.items()]
    return tuple(sorted(found, key=lambda one: (-one.probability, one.parties)))


def _combined(pair: tuple[str, str], some: list[Signal], leak: Decimal) -> Combined:
    strongest: Mapping[str, Signal] = {
        signal.family: signal for signal in sorted(some, key=lambda signal: signal.weight)
    }
    counted = tuple(sorted(strongest.values(), key=lambda signal: (-signal.weight, signal.code)))
    others = tuple(signal for signal in some if signal not in counted)
    return Combined(pair, noisy_or([signal.weight for signal in counted], leak), counted, others)
