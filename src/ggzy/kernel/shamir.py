"""密钥分割 (Shamir): k of n shares give the secret back, k - 1 say nothing about it.

Byte by byte over GF(2^8) with the polynomial 0x11b; a share is named by its x, 1 to 255.
"""

import secrets
from collections.abc import Callable, Mapping

POLYNOMIAL = 0x11B
SHARES_MAX = 255


def split(
    secret: bytes, threshold: int, shares: int, *, random: Callable[[int], bytes] = secrets.token_bytes
) -> dict[int, bytes]:
    """分割. Shares by x = 1…`shares`, each as long as the secret.

    Raises ValueError unless 1 ≤ threshold ≤ shares ≤ 255. `random` gives that many secret bytes.
    """
    if not 1 <= threshold <= shares <= SHARES_MAX:
        raise ValueError(f"门限 {threshold} 与份数 {shares} 不成立")
    coefficients = [secret, *(random(len(secret)) for _ in range(threshold - 1))]
    return {x: _evaluate(coefficients, x) for x in range(1, shares + 1)}


def join(shares: Mapping[int, bytes]) -> bytes:
    """合成. The secret, if at least `threshold` true shares are given; else bytes that say nothing.

    Raises ValueError for no shares, an x outside 1…255 or shares of different lengths.
    """
    if not shares or not all(1 <= x <= SHARES_MAX for x in shares):
        raise ValueError("没有份额，或份额编号不在 1 至 255 之间")
    lengths = {len(share) for share in shares.values()}
    if len(lengths) != 1:
        raise ValueError("各份额长度不一致")
    secret = bytes(lengths.pop())
    for x, share in shares.items():
        secret = _add(secret, share.translate(_TIMES[_weight(x, shares)]))
    return secret


def _evaluate(coefficients: list[bytes], x: int) -> bytes:
    value = bytes(len(coefficients[0]))
    for coefficient in reversed(coefficients):
        value = _add(value.translate(_TIMES[x]), coefficient)
    return value


def _weight(x: int, others: Mapping[int, bytes]) -> int:
    """Lagrange's weight of the share x at the place 0, where the secret is."""
    weight = 1
    for other in others:
        if other != x:
            weight = _TIMES[weight][_TIMES[other][_inverse(other ^ x)]]
    return weight


def _inverse(value: int) -> int:
    return _TIMES[value].index(1)


def _add(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))


def _multiply(left: int, right: int) -> int:
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left & 0x100:
            left ^= POLYNOMIAL
        right >>= 1
    return product


# One row per factor: multiplying a whole secret is then one `bytes.translate`.
_TIMES = tuple(bytes(_multiply(row, column) for column in range(256)) for row in range(256))
