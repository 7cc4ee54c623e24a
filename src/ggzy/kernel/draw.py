"""随机抽取: a lottery anyone can run again without learning a name.

Each salted pool leaf gets the ticket HMAC(seed, label ‖ leaf); the lowest tickets are drawn. The list order
does not matter and there is no remainder arithmetic that could favour anyone.
"""

from collections.abc import Mapping, Sequence

from ggzy.kernel import digest, merkle

SIZE = 32
TICKET = b"ggzy.draw.ticket/1"
COMMIT = b"ggzy.draw.commit/1"
SEED = b"ggzy.draw.seed/1"
NEXT = b"ggzy.draw.next/1"


def leaf(salt: bytes, payload: bytes, algorithm: str = "sha256") -> bytes:
    """候选叶子. The salted hash of one candidate: it can be published, the name stays unknown."""
    assert len(salt) == SIZE, "a salt has 32 bytes"
    return merkle.leaf_hash(salt + payload, digest.function(algorithm))


def root(leaves: Sequence[bytes], algorithm: str = "sha256") -> bytes:
    """候选池根. What is journalled before anybody commits a nonce; it does not depend on the list order."""
    return merkle.root(sorted(leaves), digest.function(algorithm))


def commitment(draw: str, party: str, turn: int, nonce: bytes, algorithm: str = "sha256") -> bytes:
    """随机数承诺. Binds a party to its nonce of that turn before any nonce is known."""
    assert len(nonce) == SIZE, "a nonce has 32 bytes"
    named = _prefixed(draw.encode()) + _prefixed(party.encode()) + turn.to_bytes(1)
    return digest.function(algorithm)(COMMIT + named + nonce)


def seed(
    *,
    request: bytes,
    pool: bytes,
    excluded: bytes,
    head: bytes,
    nonces: Mapping[str, bytes],
    beacon: bytes = b"",
    algorithm: str = "sha256",
) -> bytes:
    """抽取种子. From the request's hash, both roots, the journal's root after the commits closed, all nonces.

    `nonces` are the revealed nonces of turn 0 by party; their order is that of the parties' names.
    """
    fixed = (request, pool, excluded, head)
    assert all(len(part) == SIZE for part in fixed), "hashes have 32 bytes"
    return digest.function(algorithm)(SEED + b"".join(fixed) + _joined(nonces) + beacon)


def next_seed(previous: bytes, nonces: Mapping[str, bytes], algorithm: str = "sha256") -> bytes:
    """补抽种子. For a replacement: fresh nonces, so that nobody can tell whom a faked refusal would bring."""
    assert len(previous) == SIZE, "a seed has 32 bytes"
    return digest.function(algorithm)(NEXT + previous + _joined(nonces))


def tickets(seed: bytes, leaves: Sequence[bytes], algorithm: str = "sha256") -> dict[bytes, bytes]:
    """抽签号. The ticket of every leaf; all of them may be published."""
    return {leaf: digest.mac(seed, TICKET + leaf, algorithm) for leaf in leaves}


def draw(pool: Sequence[bytes], seats: int, seed: bytes, algorithm: str = "sha256") -> tuple[bytes, ...]:
    """抽取. The `seats` leaves with the lowest tickets, lowest first; ValueError if the pool is too small."""
    ticket = tickets(seed, pool, algorithm)
    if len(ticket) != len(pool):
        raise ValueError("候选池中有重复的叶子")
    if not 0 < seats <= len(pool):
        raise ValueError(f"候选池 {len(pool)} 人，不能抽取 {seats} 人")
    return tuple(sorted(ticket, key=lambda leaf: (ticket[leaf], leaf))[:seats])


def _joined(nonces: Mapping[str, bytes]) -> bytes:
    assert nonces, "a seed needs a nonce"
    assert all(len(nonce) == SIZE for nonce in nonces.values()), "a nonce has 32 bytes"
    return len(nonces).to_bytes(2) + b"".join(nonces[party] for party in sorted(nonces))


def _prefixed(text: bytes) -> bytes:
    return len(text).to_bytes(2) + text
