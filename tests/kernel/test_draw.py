import random
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ggzy.kernel import canon
from ggzy.kernel.draw import commitment, draw, leaf, next_seed, root, seed, tickets

SEED = bytes(range(32))
POOL = [leaf(number.to_bytes(32), canon.dumps({"id": f"E{number:04}"})) for number in range(23)]
LEAVES = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=30, unique=True)


def seeded(**changes) -> bytes:
    given = {
        "request": b"r" * 32,
        "pool": b"p" * 32,
        "excluded": b"e" * 32,
        "head": b"h" * 32,
        "nonces": {"centre": b"1" * 32, "owner": b"2" * 32},
    }
    return seed(**{**given, **changes})


def test_draw_is_fixed_for_ever():
    assert [POOL.index(drawn) for drawn in draw(POOL, 5, SEED)] == [6, 5, 9, 10, 13]
    assert seeded().hex() == "3f9ef8ced0b7561fc754df0c655b7b64425a9fca9ab5fcedf0bf338bd8123678"
    assert (
        next_seed(SEED, {"centre": b"1" * 32}).hex()
        == "9ed04496636cc01f2344d6682777f6c2878220e1ef491eafd78ae1b9fe66261c"
    )
    assert (
        commitment("d1", "centre", 0, b"1" * 32).hex()
        == "267f8aaab02bb06d4e94db037c9ea62b1fb6a6b924cf1675110b8b257fe1d3af"
    )


@given(LEAVES, st.data())
def test_list_order_does_not_matter(pool, data):
    seats = data.draw(st.integers(1, len(pool)))
    shuffled = data.draw(st.permutations(pool))
    assert draw(pool, seats, SEED) == draw(shuffled, seats, SEED)
    assert root(pool) == root(shuffled)


@given(LEAVES)
def test_fewer_seats_are_the_first_of_more(pool):
    everyone = draw(pool, len(pool), SEED)
    assert sorted(everyone) == sorted(pool)
    assert all(draw(pool, seats, SEED) == everyone[:seats] for seats in range(1, len(pool)))


def test_the_lowest_tickets_are_drawn():
    ticket = tickets(SEED, POOL)
    drawn = draw(POOL, 7, SEED)
    assert max(ticket[leaf] for leaf in drawn) < min(ticket[leaf] for leaf in POOL if leaf not in drawn)


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_draws_are_uniform_over_members_and_pairs(algorithm):
    size, seats, rounds = 11, 4, 3_000
    pool, chance = POOL[:size], random.Random(7)
    members: Counter[bytes] = Counter()
    pairs: Counter[tuple[bytes, ...]] = Counter()
    for _ in range(rounds):
        drawn = draw(pool, seats, chance.randbytes(32), algorithm)
        members.update(drawn)
        pairs.update(combinations(sorted(drawn), 2))
    # Upper 0.1 % points of chi-square with 10 and 54 degrees of freedom.
    assert chi_square(members.values(), rounds * seats / size, size) < 29.6
    assert chi_square(pairs.values(), rounds * 6 / 55, 55) < 91.9


def chi_square(counts, expected, cells):
    missing = (cells - len(counts)) * expected
    return missing + sum((count - expected) ** 2 / expected for count in counts)


def test_the_uniformity_check_finds_a_remainder_draw():
    counts = Counter(byte % 200 for byte in random.Random(7).randbytes(20_000))
    assert chi_square(counts.values(), 100, 200) > 267.5


@pytest.mark.parametrize(
    "change",
    [
        {"request": b"x" * 32},
        {"pool": b"x" * 32},
        {"excluded": b"x" * 32},
        {"head": b"x" * 32},
        {"nonces": {"centre": b"1" * 32}},
        {"nonces": {"centre": b"2" * 32, "owner": b"1" * 32}},
        {"beacon": b"6,3,1"},
        {"algorithm": "sm3"},
    ],
)
def test_every_part_changes_the_seed(change):
    assert seeded(**change) != seeded()


def test_nonce_order_is_that_of_the_parties():
    swapped = {"owner": b"2" * 32, "centre": b"1" * 32}
    assert seeded(nonces=swapped) == seeded()


@pytest.mark.parametrize(
    "change", [("d2", "centre", 0), ("d1", "owner", 0), ("d1", "centre", 1), ("d1c", "entre", 0)]
)
def test_commitment_binds_draw_party_and_turn(change):
    draw_id, party, turn = change
    assert commitment(draw_id, party, turn, b"1" * 32) != commitment("d1", "centre", 0, b"1" * 32)


@pytest.mark.parametrize("pool, seats", [(POOL, 24), (POOL, 0), ([], 1), ([POOL[0]] * 2, 1)])
def test_impossible_draw_is_refused(pool, seats):
    with pytest.raises(ValueError):
        draw(pool, seats, SEED)
