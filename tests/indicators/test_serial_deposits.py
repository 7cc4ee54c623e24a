"""Deposits whose bank numbers follow one another: news only where the bank gave many others meanwhile."""

import random
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ggzy.kernel.instants import BEIJING
from ggzy.oversight.alerts.indicators import collusion, serial_deposits
from ggzy.oversight.alerts.rules.signals import money
from ggzy.trading.dossier.values.stages import Payment
from tests.indicators.market import inspected, party
from tests.indicators.traced import deposits, device, paid, traced

NINE = datetime(2026, 3, 2, 9, tzinfo=BEIJING)
Told = tuple[int, str, int]  # bidder, number, seconds after nine

# A bank that gives 1,800 numbers an hour, one in two seconds: three an hour apart, and then two in a row.
OTHERS: tuple[Told, ...] = ((3, "K0010000", 0), (4, "K0011800", 3_600), (5, "K0013600", 7_200))
PAIR: tuple[Told, ...] = ((1, "K0012400", 4_800), (2, "K0012401", 4_830))


def came(*told: Told, **changes: Any) -> tuple[Payment, ...]:
    return tuple(
        replace(paid(n, f"m{n}"), serial=serial, booked_at=NINE + timedelta(seconds=after), **changes)
        for n, serial, after in told
    )


def renumbered(stem: str, told: tuple[Told, ...] = OTHERS + PAIR) -> tuple[Told, ...]:
    return tuple((n, stem + serial[1:], after) for n, serial, after in told)


@pytest.mark.parametrize(
    ("told", "fires"),
    [
        (OTHERS + PAIR, True),
        ((*OTHERS, (1, "K0012400", 4800), (2, "K0012402", 4830)), False),  # one between them
        ((*OTHERS, (1, "K0012400", 4800), (2, "K0012401", 5400)), True),  # ten minutes are close
        ((*OTHERS, (1, "K0012400", 4800), (2, "K0012401", 5401)), False),
        ((*OTHERS, (1, "K0012400", 4800), (2, "K0012401", 4800)), False),  # booked in one batch
        ((*OTHERS, (1, "K0012400", 4800), (1, "K0012401", 4830)), False),  # one bidder in two sums
        (OTHERS[:2] + PAIR, True),
        (OTHERS[:1] + PAIR, False),  # nobody else: how fast the bank counts is not known
        (PAIR, False),
        (renumbered("2026030209"), True),  # with the day before it
        (tuple((n, f"S-{n}-0001", after) for n, _, after in OTHERS + PAIR), False),  # each account its own
        (tuple((n, "KA", after) for n, _, after in OTHERS + PAIR), False),  # no number at all
        (((3, "K9", 0), *OTHERS[1:], *PAIR), True),
        (((3, "K0099999", 0), *OTHERS[1:], *PAIR), False),  # does not run with time
    ],
)
def test_numbers_in_a_row(told: tuple[Told, ...], fires: bool) -> None:
    result = inspected(serial_deposits, traced(deposits=deposits(came(*told)), count=5))
    assert [one.parties for one in result] == ([tuple(sorted(map(str, map(party, (1, 2)))))] if fires else [])


def test_where_the_bank_counts_deposits_alone_everybody_follows_everybody() -> None:
    running = tuple((n, f"K{n:07}", 600 * n + n) for n in range(1, 8))
    assert not inspected(serial_deposits, traced(deposits=deposits(came(*running)), count=5))
    close = tuple((n, f"K{n:07}", 20 * n) for n in range(1, 8))
    assert not inspected(serial_deposits, traced(deposits=deposits(came(*close)), count=5))


@pytest.mark.parametrize(("an_hour", "fires"), [(600, True), (599, False)])
def test_a_bank_must_give_a_hundred_numbers_in_the_ten_minutes(an_hour: int, fires: bool) -> None:
    others = tuple((n, f"K{10_000 + an_hour * n}", 3_600 * n) for n in (3, 4, 5))
    first = 10_000 + an_hour * 4 + an_hour // 2
    pair = ((1, f"K{first}", 3_600 * 4 + 1_800), (2, f"K{first + 1}", 3_600 * 4 + 1_830))
    result = inspected(serial_deposits, traced(deposits=deposits(came(*others, *pair)), count=5))
    assert bool(result) is fires


def test_at_night_a_bank_is_slow() -> None:
    night = ((1, "K0013601", 50_000), (2, "K0013602", 50_500))
    assert not inspected(serial_deposits, traced(deposits=deposits(came(*OTHERS, *night)), count=5))


def test_what_it_says_can_be_checked() -> None:
    (one,) = inspected(serial_deposits, traced(deposits=deposits(came(*OTHERS, *PAIR)), count=5))
    assert "相隔 0 分 30 秒" in one.sentence and "0.33 %" in one.sentence and "线索" in one.sentence
    assert [row.height for row in one.evidence] == [41, 42]
    assert "K0012400" in one.evidence[0].text and one.score == Decimal("0.4")


def test_deposits_not_accepted_count_too() -> None:
    assert inspected(serial_deposits, traced(deposits=deposits(came(*OTHERS, *PAIR, kind="late")), count=5))
    assert not inspected(serial_deposits, traced(deposits=None))


def test_it_is_one_signal_of_the_whole_and_of_the_family_of_money() -> None:
    same = {2: {"device": device(1)}}
    row = deposits(came(*OTHERS, *PAIR))
    (alone,) = money.in_a_row(traced(deposits=row), serial_deposits.INDICATOR.defaults())
    assert (alone.code, alone.family, alone.weight) == ("B38", "money", Decimal("0.4"))
    assert not inspected(collusion, traced(deposits=row, count=5))
    (both,) = inspected(collusion, traced(same, deposits=row, count=5))
    assert "B01、B38" in both.sentence
    one_account = tuple(
        replace(one, mark="m") if one.party in (party(1), party(2)) else one for one in row.payments
    )
    (paid_by_one,) = inspected(collusion, traced(same, deposits=deposits(one_account), count=5))
    assert "B38（同类信号，不重复计入）" in [told.label for told in paid_by_one.evidence]


def test_an_honest_market_is_left_alone() -> None:
    """A thousand lots of eight bidders on their last day, at a bank of 3,600 numbers an hour."""
    chance, found = random.Random(3), 0
    for _ in range(1_000):
        after = sorted(chance.sample(range(28_800), 8))
        told = tuple(
            (n, f"K{1_000_000 + second + chance.randrange(2)}", second) for n, second in enumerate(after, 1)
        )
        found += len(inspected(serial_deposits, traced(deposits=deposits(came(*told)))))
    assert found <= 10
