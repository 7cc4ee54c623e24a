"""Signals together: independent kinds add up, one cause counts once, and the sum is told with its parts."""

from decimal import Decimal

import pytest

from ggzy.oversight.alerts.indicators import collusion
from ggzy.oversight.alerts.rules.signals import combining
from ggzy.oversight.alerts.rules.signals.pairing import Signal
from ggzy.oversight.alerts.values import Grade, Shape
from ggzy.trading.tendering.values.traces import Common
from tests.indicators.market import inspected, party
from tests.indicators.traced import compared, deposits, device, file, paid, traced, visit


@pytest.mark.parametrize(
    ("weights", "leak", "probability"),
    [
        ((), "0", "0"),
        ((), "0.01", "0.01"),
        (("0.5",), "0", "0.5"),
        (("0.5", "0.5"), "0", "0.75"),
        (("1", "0.2"), "0.01", "1"),
        (("-3", "7"), "0", "1"),
    ],
)
def test_the_sum_is_a_noisy_or(weights: tuple[str, ...], leak: str, probability: str) -> None:
    assert combining.noisy_or(map(Decimal, weights), Decimal(leak)) == Decimal(probability)


def signal(code: str, family: str, weight: str, *parties: str) -> Signal:
    return Signal(code, family, parties or ("a", "b"), code, (), Decimal(weight))


def test_one_cause_counts_once() -> None:
    some = (
        signal("B05", "network", "0.3"),
        signal("B06", "network", "0.2"),
        signal("B10", "documents", "0.5"),
    )
    (one,) = combining.combine(some, Decimal(0))
    assert one.probability == Decimal("0.65")
    assert [told.code for told in one.counted] == ["B10", "B05"]
    assert [told.code for told in one.others] == ["B06"]


def test_a_group_is_told_by_its_pairs_most_likely_first() -> None:
    some = (signal("B27", "network", "0.2", "a", "b", "c"), signal("B02", "device", "0.9", "b", "c"))
    found = combining.combine(some, Decimal(0))
    assert [one.parties for one in found] == [("b", "c"), ("a", "b"), ("a", "c")]


SAME = device(1)


@pytest.mark.parametrize(
    ("changes", "more", "grades"),
    [
        ({}, {}, []),
        ({2: {"device": SAME}}, {}, []),
        ({2: {"device": SAME}}, {"deposits": deposits((paid(1, "m"), paid(2, "m")))}, [Grade.RED]),
        (
            {},
            {
                "visits": (visit(1), visit(2)),
                "compared": compared(Common("b1", "b2", similarity=Decimal("0.9"))),
            },
            [Grade.YELLOW],
        ),
        ({n: {"files": (file(author="王工"),)} for n in (1, 2)}, {"visits": (visit(1), visit(2))}, []),
    ],
)
def test_kinds_of_signals_add_up(changes: dict, more: dict, grades: list[Grade]) -> None:
    assert [one.grade for one in inspected(collusion, traced(changes, **more))] == grades


def test_the_sum_is_told_with_its_parts() -> None:
    of = traced({2: {"device": SAME}}, deposits=deposits((paid(1, "m"), paid(2, "m"))))
    (one,) = inspected(collusion, of)
    assert one.parties == tuple(sorted((str(party(1)), str(party(2)))))
    assert one.score == Decimal("0.9975") and "99.8 %" in one.sentence
    assert [row.label for row in one.evidence if "权重" in row.label] == [
        "B01（权重 0.95）",
        "B07（权重 0.95）",
    ]
    assert [row.label for row in one.evidence if "同类" in row.label] == ["B03（同类信号，不重复计入）"]
    assert one.picture is not None and one.picture.shape is Shape.MATRIX
    assert len(inspected(collusion, of, families_min=3)) == 0
