"""摘要、承诺、链、树: recomputed from the published rules (README.md, RFC 6962, RFC 8785)."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives import hashes, hmac

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ALGORITHMS = ("sha256", "sm3")


class Hasher:
    """摘要算法. SHA-256 or SM3, as the log's name says."""

    def __init__(self, name: str) -> None:
        if name not in ALGORITHMS:
            raise ValueError(f"未知的摘要算法：{name}")
        self.name = name

    def __call__(self, *parts: bytes) -> bytes:
        if self.name == "sha256":
            return hashlib.sha256(b"".join(parts)).digest()
        sm3 = hashes.Hash(hashes.SM3())
        sm3.update(b"".join(parts))
        return sm3.finalize()

    def mac(self, key: bytes, data: bytes) -> bytes:
        algorithm = hashes.SHA256() if self.name == "sha256" else hashes.SM3()
        made = hmac.HMAC(key, algorithm)
        made.update(data)
        return made.finalize()

    def text(self, data: bytes) -> str:
        return f"{self.name}:{self(data).hex()}"

    def leaf(self, data: bytes) -> bytes:
        return self(b"\x00", data)

    def node(self, left: bytes, right: bytes) -> bytes:
        return self(b"\x01", left, right)

    def root(self, leaves: list[bytes]) -> bytes:
        """The root of a tree over leaf hashes, by the definition of RFC 6962 §2.1."""
        if not leaves:
            return self(b"")
        if len(leaves) == 1:
            return leaves[0]
        split = 1
        while 2 * split < len(leaves):
            split *= 2
        return self.node(self.root(leaves[:split]), self.root(leaves[split:]))


def canonical(value: object) -> bytes:
    """规范字节. Keys are ASCII and there are no fractions, so plain sorting is RFC 8785."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def microseconds(text: str) -> int:
    """时刻. "2026-01-31T01:30:00.000000Z" as microseconds since 1970; ValueError for another form."""
    moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    if len(text) != len("2026-01-31T01:30:00.000000Z"):
        raise ValueError(f"{text} 不是六位小数的时刻")
    return (moment - EPOCH) // timedelta(microseconds=1)


def commitment(hasher: Hasher, nonce: bytes, event: bytes) -> bytes:
    return hasher(b"\x02", nonce, event)


def chain_start(hasher: Hasher, stream: str) -> bytes:
    return hasher(b"\x05", stream.encode())


def link(hasher: Hasher, stream: str, seq: int, at: str, previous: bytes, commitment: bytes) -> bytes:
    name = stream.encode()
    return hasher(
        b"\x04",
        len(name).to_bytes(2, "big"),
        name,
        seq.to_bytes(8, "big"),
        microseconds(at).to_bytes(8, "big"),
        previous,
        commitment,
    )


def is_included(hasher: Hasher, leaf: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    """包含. The path leads from the leaf to the root: RFC 6962 §2.1.1, from the top down."""
    if not 0 <= index < size:
        return False
    steps = []
    start, end = 0, size
    while end - start > 1:
        split = 1
        while 2 * split < end - start:
            split *= 2
        is_left = index < start + split
        steps.append(is_left)
        start, end = (start, start + split) if is_left else (start + split, end)
    if len(steps) != len(path):
        return False
    found = leaf
    for is_left, other in zip(reversed(steps), path, strict=True):
        found = hasher.node(found, other) if is_left else hasher.node(other, found)
    return found == root


def is_beginning(
    hasher: Hasher, old: int, old_root: bytes, new: int, new_root: bytes, path: list[bytes]
) -> bool:
    """一致. The old tree is the beginning of the new one: RFC 6962 §2.1.2, by its own recursion."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    rest = list(path)

    def walk(m: int, n: int, is_whole: bool) -> tuple[bytes, bytes]:
        """Roots of the first m and of all n leaves of this subtree, from the proof."""
        if m == n:
            known = old_root if is_whole else rest.pop(0)
            return known, known
        split = 1
        while 2 * split < n:
            split *= 2
        if m <= split:
            first, second = walk(m, split, is_whole)
            return first, hasher.node(second, rest.pop(0))
        first, second = walk(m - split, n - split, False)
        left = rest.pop(0)
        return hasher.node(left, first), hasher.node(left, second)

    try:
        found = walk(old, new, True)
    except IndexError:
        return False
    return not rest and found == (old_root, new_root)
