"""Prices that lie as a cartel's do raise a hint with its base rate; honest Chinese prices do not."""

from decimal import Decimal

import pytest

from ggzy.oversight.alerts.indicators import price_screen
from tests.indicators.market import bid, inspected, record

COVERED = ("950000", "1000000", "1001000", "1002000", "1003000")  # close together, apart from the winner
HONEST = ("980000", "984000", "991000")  # about one per cent, as in most publications of candidates
SPREAD = ("900000", "1010000", "1080000", "1300000")


def opened(amounts, closed=True, state="opened"):
    bids = tuple(bid(number, amount, state=state) for number, amount in enumerate(amounts, 1))
    return record(bids=bids, opened=frozenset({1}) if closed else frozenset())


@pytest.mark.parametrize(
    "amounts, params, found",
    [
        (COVERED, {}, 1),
        (HONEST, {}, 0),
        (SPREAD, {}, 0),
        (COVERED[:2], {}, 0),  # two prices have no distribution
        (COVERED, {"bids_min": 5}, 1),
        (COVERED, {"bids_min": 6}, 0),
        (COVERED, {"times_min": Decimal(20)}, 0),  # more than the screens can ever say
        (("1000000",) * 4, {}, 0),
    ],
)
def test_a_cartels_prices_raise_a_hint(amounts, params, found):
    assert len(inspected(price_screen, opened(amounts), **params)) == found


def test_the_probability_never_stands_without_its_base_rate():
    (finding,) = inspected(price_screen, opened(COVERED), base_rate=Decimal("0.02"))
    assert "2.0 个串标（基准率）" in finding.sentence and "单独不构成异常" in finding.sentence
    assert {"基准率", "概率"} <= {row.label for row in finding.evidence}
    assert Decimal("0.04") <= finding.score < Decimal("0.5")
    assert finding.grade is None and price_screen.INDICATOR.grade.value == "yellow"


def test_nothing_is_said_before_the_close_or_of_bids_not_read_out():
    assert not inspected(price_screen, opened(COVERED, closed=False))
    assert not inspected(price_screen, opened(COVERED, state="not_opened"))
