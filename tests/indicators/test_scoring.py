"""Experts and scores: bias is found, leniency and small committees are not mistaken for it."""

import random
from decimal import Decimal

import pytest

from ggzy.oversight.alerts.indicators import (
    expert_bias,
    expert_favours_winner,
    expert_same_owner,
    heavy_weights,
    runaway_score,
)
from ggzy.trading.dossier.values.record import CriterionTold
from ggzy.trading.dossier.values.stages import Committee, Evaluation, Member, Ranked, Scores
from tests.indicators.market import AT, DAY, bid, concluded, inspected, party, ranked, record

ITEMS = ("plan", "team", "risk", "service")


def criteria(*, price: int = 40, business: int = 20, kind: str = "subjective"):
    soft = tuple(
        CriterionTold(code=code, name=code, kind=kind, part="technical", weight=Decimal(10), full=Decimal(10))
        for code in ITEMS
    )
    whole = (("price", "price", price), ("past", "business", business))
    return soft + tuple(
        CriterionTold(code=code, name=code, kind="objective", part=part, weight=Decimal(n), full=Decimal(n))
        for code, part, n in whole
        if n
    )


def evaluated(number: int, marks: dict[int, dict[str, list]], first: str = "b1", day: int = 0, experts=None):
    """`marks`: seat → bid → points by item."""
    scores = tuple(
        Scores(
            at=AT, height=150 + seat, seat=seat, gen=1, bid=one, criteria=ITEMS,
            points=tuple(Decimal(str(p)) for p in points),
        )
        for seat, bids in marks.items()
        for one, points in bids.items()
    )  # fmt: skip
    bids = sorted({one for each in marks.values() for one in each})
    order = [first, *(one for one in bids if one != first)]
    rows = tuple(Ranked(bid=one, rank=n, total=Decimal(90 - n)) for n, one in enumerate(order, 1))
    at = AT + DAY * day
    experts = experts or {}
    members = tuple(
        Member(seat=seat, kind="expert", expert=experts.get(seat, f"other-{number}-{seat}")) for seat in marks
    )
    return record(
        number,
        bids=tuple(bid(int(one[1:])) for one in bids),
        criteria=criteria(),
        committee=Committee(
            at=at, height=120, drawn_seats=len(members), owner_seats=0, drawn_at=at, members=members
        ),
        evaluation=Evaluation(
            at=at, height=150, scores=scores, ranked=rows, candidates=(first,), concluded_at=at
        ),
    )


def sheet(lifted: int, by: int = 4, lenient: int = 0):
    """Five members give 5 everywhere; member 1 gives the winner `by` more on `lifted` items."""
    marks = {seat: {one: [5, 5, 5, 5] for one in ("b1", "b2", "b3")} for seat in range(1, 6)}
    marks[1] = {one: [5 + lenient] * 4 for one in ("b1", "b2", "b3")}
    marks[1]["b1"] = [5 + lenient + (by if n < lifted else 0) for n in range(4)]
    return marks


@pytest.mark.parametrize(
    "marks, found",
    [
        (sheet(3), 1),
        (sheet(2), 0),  # two items are not three
        (sheet(3, by=3), 0),  # thirty per cent is the boundary and not beyond it
        (sheet(3, by=4, lenient=1), 1),
        (sheet(0, lenient=4), 0),  # generous to all is no favour
    ],
)
def test_expert_lifting_the_winner_is_found(marks, found):
    result = inspected(expert_favours_winner, evaluated(1, marks))
    assert len(result) == found
    if found:
        assert "1 号席" in result[0].sentence and result[0].picture is not None


def test_two_members_have_nothing_to_be_compared_with():
    marks = {seat: row for seat, row in sheet(4).items() if seat < 3}
    assert not inspected(expert_favours_winner, evaluated(1, marks))


def honest(lots: int, seed: int):
    """Quality differs, judgement is noisy, the best mean wins: nobody leans."""
    chance = random.Random(seed)
    for number in range(1, lots + 1):
        quality = {f"b{n}": chance.uniform(4, 9) for n in range(1, 6)}
        marks = {
            seat: {
                one: [min(10, max(0, round(chance.gauss(q, 1), 1))) for _ in ITEMS]
                for one, q in quality.items()
            }
            for seat in range(1, 6)
        }
        total = {one: sum(sum(marks[seat][one]) for seat in marks) for one in quality}
        yield number, marks, max(total, key=lambda one: total[one])


@pytest.mark.parametrize("seed", range(8))
def test_honest_experts_stay_quiet(seed):
    lots = [
        evaluated(n, marks, first, n, {1: "expert-one", 2: "expert-two"})
        for n, marks, first in honest(20, seed)
    ]
    assert not concluded(expert_bias, lots)


@pytest.mark.parametrize("lots, found", [(5, 0), (6, 1), (12, 1)])
def test_expert_leaning_in_six_lots_is_found(lots, found):
    leaning = [evaluated(n, sheet(4, by=2), day=n, experts={1: "expert-one"}) for n in range(1, lots + 1)]
    result = concluded(expert_bias, leaning)
    assert len(result) == found
    if found:
        assert result[0].parties == ("expert-one",) and "收缩后" in result[0].sentence


@pytest.mark.parametrize("odd, found", [(0, 1), (1, 1), (2, 0)])
def test_a_contrary_lot_in_ten_does_not_hide_what_the_others_show(odd, found):
    """One sheet far against the winner, put in between: the mean without the ends does not move."""
    lots = [
        evaluated(n, sheet(4, by=-5 if n <= odd else 2), day=n, experts={1: "expert-one"})
        for n in range(1, 11)
    ]
    assert len(concluded(expert_bias, lots)) == found


def test_lots_without_leaning_shrink_the_leaning_away():
    mixed = [
        evaluated(n, sheet(4 if n < 3 else 0, by=2), day=n, experts={1: "expert-one"}) for n in range(1, 9)
    ]
    assert not concluded(expert_bias, mixed)


def sittings(lots: int, often: int, pool: int, seats: int = 4, seed: int = 3):
    chance = random.Random(seed)
    for number in range(1, lots + 1):
        drawn = [f"expert {n}" for n in chance.sample(range(pool), seats)]
        if number <= often:
            drawn[0] = "the same"
        members = tuple(Member(seat=n, kind="expert", expert=one) for n, one in enumerate(drawn, 1))
        at = AT + DAY * 10 * number
        yield record(
            number,
            committee=Committee(
                at=at, height=120, drawn_seats=seats, owner_seats=1, drawn_at=at, members=members
            ),
        )


@pytest.mark.parametrize(
    "lots, often, pool, found",
    [
        (3, 3, 200, 1),
        (3, 2, 200, 0),  # twice is not three times
        (10, 4, 200, 1),
        (12, 3, 6, 0),  # a pool of six: everybody comes again and again
        (16, 0, 40, 0),
    ],
)
def test_expert_with_the_same_owner(lots, often, pool, found):
    result = concluded(expert_same_owner, sittings(lots, often, pool))
    assert len(result) == found


def test_meetings_older_than_half_a_year_do_not_count():
    old = [record(n, committee=Committee(at=AT, height=1, drawn_seats=4, owner_seats=0, drawn_at=AT + DAY * 100 * n,
           members=tuple(Member(seat=s, kind="expert", expert=f"{n}-{s}" if s else "the same") for s in range(4))))
           for n in range(1, 4)]  # fmt: skip
    assert not concluded(expert_same_owner, old)


@pytest.mark.parametrize(
    "totals, found",
    [(("90", "60", "60"), 1), (("89.9", "60", "60"), 0), (("90", "60"), 0), (("90", "0", "0"), 0), ((), 0)],
)
def test_runaway_score(totals, found):
    of = record(bids=tuple(bid(n) for n in range(1, 4)), evaluation=ranked(*totals))
    result = inspected(runaway_score, of)
    assert len(result) == found
    if found:
        assert result[0].parties == (party(1),) and "1.50 倍" in result[0].sentence


@pytest.mark.parametrize(
    "price, business, nature, words",
    [
        (40, 20, "works", ()),
        (40, 30, "works", ()),
        (40, 31, "works", ("商务与信用分合计 31 分",)),
        (29, 20, "works", ("价格分 29 分，低于下限 30 分",)),
        (29, 20, "services", ()),
        (9, 40, "services", ("商务与信用分合计 40 分", "价格分 9 分")),
        (0, 20, "goods", ()),  # no price item at all: a fixed price, not a light weight
    ],
)
def test_heavy_weights(price, business, nature, words):
    result = inspected(
        heavy_weights, record(criteria=criteria(price=price, business=business), nature=nature)
    )
    assert bool(result) == bool(words)
    assert all(word in result[0].sentence for word in words)
