"""A winner just under the ceiling again and again: beyond what others of the market and of its owners do."""

import random
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from ggzy.oversight.alerts.indicators import steady_near_ceiling
from ggzy.trading.dossier.values.record import LotRecord
from tests.indicators.contests import terms
from tests.indicators.market import AT, DAY, award, bid, concluded, party, record, yuan

CEILING = 1_000_000
NEAR, FAR = 985_000, 930_000


def won(
    number: int, winner: int, price: int, *, day: int | None = None, bidders: int = 3, **changes: Any
) -> LotRecord:
    """Lot `number`, won by one against others who bid as the market does."""
    at = AT + DAY * (number % 200 if day is None else day)
    rivals = [bid(n, 960_000 + n % 40 * 1_000) for n in range(500, 499 + bidders)]
    fields: dict[str, Any] = {
        "terms": terms(ceiling=yuan(CEILING)), "bids": (bid(winner, price), *rivals),
        "award": award(winner, price, at=at),
    }  # fmt: skip
    return record(number, **fields | changes)


def market(others: int = 40, near: int = 4, **changes: Any) -> list[LotRecord]:
    """Lots of ten other winners, so many of them near the ceiling."""
    return [won(100 + n, 100 + n % 10, NEAR if n < near else FAR, **changes) for n in range(others)]


def mine(*prices: int, **changes: Any) -> list[LotRecord]:
    return [won(n, 1, price, **changes) for n, price in enumerate(prices, 1)]


@pytest.mark.parametrize(
    ("lots", "fires"),
    [
        (mine(*[NEAR] * 5) + market(), True),
        (mine(*[NEAR] * 4) + market(), False),  # four are no habit
        (mine(*[980_000] * 5) + market(), True),  # the very limit is near
        (mine(*[979_900] * 5) + market(), False),
        (mine(*[NEAR] * 8, FAR, FAR) + market(), True),  # one odd lot in five erases nothing
        (mine(*[NEAR] * 7, FAR, FAR) + market(), False),
        (mine(*[NEAR] * 5) + market(near=30), False),  # everybody wins so: the ceilings are low
        (mine(*[NEAR] * 5) + market(others=20, near=2), True),
        (mine(*[NEAR] * 5) + market(others=19, near=2), False),  # too few to know the market's habit
        (mine(*[NEAR] * 5, bidders=2) + market(), False),  # nobody came that could have gone lower
        (mine(*[NEAR] * 5) + market(bidders=2), False),
        (mine(*[NEAR] * 5, category="procurement") + market(), False),  # of another market
    ],
)
def test_a_winner_just_under_the_ceiling_again_and_again(lots: list[LotRecord], fires: bool) -> None:
    result = concluded(steady_near_ceiling, lots)
    assert [one.parties for one in result] == ([(str(party(1)),)] if fires else [])


def test_what_it_says_can_be_checked() -> None:
    (one,) = concluded(steady_near_ceiling, mine(*[NEAR] * 5, FAR) + market())
    assert "中标 6 个，其中 5 个" in one.sentence and "其余中标人 40 个中有 4 个" in one.sentence
    assert "单独不构成异常" in one.sentence and len(one.evidence) == 6
    assert one.evidence[0].text == "3 家报价，中标价为限价的 98.50 %" and one.evidence[0].link
    assert one.picture is not None and len(one.picture.cells) == 6


@pytest.mark.parametrize(("near", "fires"), [(0, True), (6, False)])
def test_an_owner_whose_ceilings_are_tight_for_all_explains_it(near: int, fires: bool) -> None:
    tight = party(77)
    others = [won(300 + n, 200 + n, NEAR if n < near else FAR, owner=tight) for n in range(6)]
    result = concluded(steady_near_ceiling, mine(*[NEAR] * 5, owner=tight) + market() + others)
    assert bool(result) is fires


@pytest.mark.parametrize(
    "changes",
    [
        {"terms": terms()},  # no ceiling
        {"terms": None},
        {"award": None},
        {"award": award(1, NEAR, ended_at=AT)},  # given up: nobody won
        {"award": replace(award(1), amount=None)},  # a rate, not a sum
    ],
)
def test_a_lot_without_both_sums_is_not_noted(changes: dict[str, Any]) -> None:
    assert list(steady_near_ceiling.collect(won(1, 1, NEAR, **changes))) == []


def test_the_window_does_not_end_at_new_year_and_tells_a_winner_once() -> None:
    autumn = (datetime(2026, 10, 20, tzinfo=UTC) - AT).days
    lots = [won(n, 1, NEAR, day=autumn + 25 * n) for n in range(1, 6)]
    lots += [won(100 + n, 100 + n % 10, FAR, day=autumn + n) for n in range(100)]
    (one,) = concluded(steady_near_ceiling, lots)
    keys = [f"9901|construction|{year}" for year in (2026, 2027)]
    assert len({steady_near_ceiling.circle(key, one.key) for key in keys}) == 1
    old = [won(n, 1, NEAR, day=n) for n in range(1, 6)]
    later = [won(100 + n, 100 + n % 10, FAR, day=400 + n) for n in range(40)]
    notes = [
        note for lot in old + later for note in steady_near_ceiling.collect(lot) if note.key.endswith("2027")
    ]
    assert not list(steady_near_ceiling.conclude(notes, steady_near_ceiling.INDICATOR.defaults()))


def test_an_honest_market_is_left_alone() -> None:
    """Twenty markets of 300 lots and 30 winners, whose prices know nothing of who wins."""
    chance, found = random.Random(11), 0
    for _ in range(20):
        lots = [
            won(n, chance.randrange(100, 130), round(chance.triangular(860_000, 1_000_000, 970_000)))
            for n in range(1, 301)
        ]
        found += len(concluded(steady_near_ceiling, lots))
    assert found <= 1
