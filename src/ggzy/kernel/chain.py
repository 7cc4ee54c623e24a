"""哈希链: how a fact becomes a commitment, a link of its subject's chain and a leaf of the tree.

Basis: trust design §5.2. Every hash input starts with a byte that occurs nowhere else.
"""

from datetime import UTC, datetime, timedelta

from ggzy.kernel.digest import Hash

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def commitment(nonce: bytes, event: bytes, hasher: Hash) -> bytes:
    """承诺. Hides and binds the canonical event."""
    return hasher(b"\x02" + nonce + event)


def start(subject: str, hasher: Hash) -> bytes:
    """链头. What the first link of a subject is chained to."""
    return hasher(b"\x05" + subject.encode())


def link(*, subject: str, seq: int, at: datetime, previous: bytes, commitment: bytes, hasher: Hash) -> bytes:
    """链环. The chain value of entry `seq` of the subject."""
    name = subject.encode()
    place = len(name).to_bytes(2) + name + seq.to_bytes(8) + ((at - EPOCH) // MICROSECOND).to_bytes(8)
    return hasher(b"\x04" + place + previous + commitment)


def leaf(link: bytes) -> bytes:
    """叶子. 33 bytes: all the public tree shows of an entry."""
    return b"\x01" + link
