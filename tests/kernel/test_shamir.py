"""Any k shares give the secret; fewer say nothing; the field is the one of the standard."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ggzy.kernel import shamir

SECRET = bytes(range(32))


@pytest.mark.parametrize("left, right, product", [(0x57, 0x83, 0xC1), (0x57, 0x13, 0xFE), (2, 0x80, 0x1B)])
def test_the_field_is_that_of_fips_197(left: int, right: int, product: int) -> None:
    line = shamir.split(bytes([left]), 2, right, random=lambda size: bytes([0] * size))
    assert line[right] == bytes([left])
    slope = shamir.split(bytes(1), 2, right, random=lambda size: bytes([left]))
    assert slope[right] == bytes([product])


def test_shares_are_the_published_ones() -> None:
    """f(x) = 0x42 + 0xA5·x + 0x07·x², computed by hand for x = 1, 2, 3."""
    coefficients = iter([b"\xa5", b"\x07"])
    shares = shamir.split(b"\x42", 3, 3, random=lambda size: next(coefficients))
    assert shares == {1: b"\xe0", 2: b"\x0f", 3: b"\xad"}


def test_every_threshold_of_shares_gives_the_secret() -> None:
    shares = shamir.split(SECRET, 3, 5)
    for chosen in combinations(shares, 3):
        assert shamir.join({x: shares[x] for x in chosen}) == SECRET
    assert shamir.join(shares) == SECRET


@given(secret=st.binary(min_size=1, max_size=64), n=st.integers(1, 20), data=st.data())
def test_order_and_choice_of_shares_do_not_matter(secret: bytes, n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(1, n))
    shares = shamir.split(secret, k, n)
    chosen = data.draw(st.permutations(list(shares)))[:k]
    assert shamir.join({x: shares[x] for x in chosen}) == secret


@given(
    others=st.binary(min_size=2, max_size=2),
    secrets=st.tuples(st.integers(0, 255), st.integers(0, 255)),
)
def test_fewer_shares_fit_every_secret(others: bytes, secrets: tuple[int, int]) -> None:
    """For two given shares of three there is exactly one third share for each possible secret."""
    fits = {
        secret: [
            third
            for third in range(256)
            if shamir.join({1: others[:1], 2: others[1:], 3: bytes([third])}) == bytes([secret])
        ]
        for secret in secrets
    }
    assert all(len(thirds) == 1 for thirds in fits.values())


def test_a_changed_share_gives_another_secret() -> None:
    shares = shamir.split(SECRET, 3, 5)
    shares[2] = bytes([shares[2][0] ^ 1]) + shares[2][1:]
    assert shamir.join({x: shares[x] for x in (1, 2, 3)}) != SECRET


@pytest.mark.parametrize("threshold, shares", [(0, 3), (4, 3), (2, 256), (-1, 5)])
def test_an_impossible_division_is_refused(threshold: int, shares: int) -> None:
    with pytest.raises(ValueError, match="门限"):
        shamir.split(SECRET, threshold, shares)


@pytest.mark.parametrize("shares", [{}, {0: b"a"}, {256: b"a"}, {1: b"a", 2: b"bc"}])
def test_impossible_shares_are_refused(shares: dict[int, bytes]) -> None:
    with pytest.raises(ValueError, match="份额"):
        shamir.join(shares)
