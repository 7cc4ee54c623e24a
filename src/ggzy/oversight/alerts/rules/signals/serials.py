"""流水连号: what the running number of a bank says of two payments that follow one another. Pure.

The number on a statement is the collecting bank's. Where it counts deposits alone, or one account, every payment
follows another and that says nothing; only where the bank gave many numbers meanwhile are two in a row news. How fast
it gives them is read from the other payments of the lot.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import combinations, pairwise

from ggzy.kernel.instants import BEIJING
from ggzy.oversight.alerts.rules.chance import ONE
from ggzy.trading.dossier.values.stages import Payment

RUNNING = re.compile(r"(.*?)(\d+)")
SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Numbered:
    """一笔到账 and its place in the run of numbers it belongs to."""

    payment: Payment
    number: int


@dataclass(frozen=True)
class Row:
    """连号的两笔, and how often chance alone would put two as close in time in a row, here or in another pair."""

    one: Payment
    other: Payment
    chance: Decimal


def rows(payments: Iterable[Payment], *, within: timedelta, gap: int, others: int) -> Iterator[Row]:
    """连号的各对 of different bidders. What was booked at the same instant is a batch, and no row."""
    for run in _runs(payments):
        close = [pair for pair in combinations(run, 2) if _is_close(*pair, within)]
        for one, other in close:
            both = {one.payment.party, other.payment.party}
            rest = [each for each in run if each.payment.party not in both]
            if other.number - one.number <= gap and len(rest) >= others:
                given = min(_pace(rest), _pace(_around(rest, one, other)), ONE) * (within // SECOND)
                yield Row(one.payment, other.payment, min(ONE, gap * len(close) / given) if given else ONE)


def _runs(payments: Iterable[Payment]) -> Iterator[list[Numbered]]:
    """Payments by what stands before their number, in the order of time. Numbers that do not rise with it are no
    running ones."""
    by_stem: dict[str, list[Numbered]] = {}
    for one in payments:
        if told := RUNNING.fullmatch(one.serial.strip()):
            stem, digits = told.groups()
            day = f"{one.booked_at.astimezone(BEIJING):%Y%m%d}"
            if digits.startswith(day) and digits != day:  # it begins anew with each day
                stem, digits = stem + day, digits.removeprefix(day)
            by_stem.setdefault(stem, []).append(Numbered(one, int(digits)))
    for _, some in sorted(by_stem.items()):
        run = sorted(some, key=lambda each: (each.payment.booked_at, each.number))
        if all(one.number < other.number for one, other in pairwise(run)):
            yield run


def _is_close(one: Numbered, other: Numbered, within: timedelta) -> bool:
    apart = other.payment.booked_at - one.payment.booked_at
    return one.payment.party != other.payment.party and timedelta() < apart <= within


def _around(rest: Sequence[Numbered], one: Numbered, other: Numbered) -> Sequence[Numbered]:
    """The pair between its nearest neighbours: at night a bank is slower than by day."""
    before = [each for each in rest if each.number < one.number]
    after = [each for each in rest if each.number > other.number]
    return [*before[-1:], one, other, *after[:1]]


def _pace(some: Sequence[Numbered]) -> Decimal:
    """Numbers given in a second. More than one is never believed (`ONE` above): then what is close in time is close
    in number by the clock alone."""
    took = (some[-1].payment.booked_at - some[0].payment.booked_at) // SECOND
    return Decimal(some[-1].number - some[0].number) / took if took else Decimal(0)
