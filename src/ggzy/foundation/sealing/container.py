"""明文容器与分块加密 (trust §7.3, §7.5): framing, padding, and the STREAM construction.

u64 length ‖ payload ‖ zeros, cut into chunks of 1 MiB; the nonce of a chunk holds its place and whether
it is the last, so that no chunk can be cut off, moved, repeated or added.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from ggzy.foundation.sealing.chunks import CHUNK_BYTES
from ggzy.foundation.sealing.suites import Suite
from ggzy.kernel import merkle
from ggzy.kernel.verdict import Reason, Refused

HEADER_BYTES = 8
PREFIX_BYTES = 7


class Malformed(Exception):
    """容器不合格式: what was sealed is not a container of this format."""


class Root:
    """逐块求根. The RFC 6962 root over chunks as they pass by; remembers only the frontier."""

    def __init__(self, suite: Suite) -> None:
        self._suite = suite
        self._frontier = merkle.Frontier()

    def add(self, chunk: bytes) -> bytes:
        """Takes the next chunk; gives its leaf hash."""
        leaf = merkle.leaf_hash(chunk, self._suite.hash)
        self._frontier = self._frontier.extend((leaf,), self._suite.hash)
        return leaf

    def value(self) -> bytes:
        """The root over all chunks so far."""
        return self._frontier.root(self._suite.hash)


@dataclass(frozen=True)
class StreamKey:
    """分块密钥. Used for one container only, so that no nonce ever comes twice."""

    suite: Suite
    key: bytes
    prefix: bytes

    def seal(self, index: int, is_last: bool, plaintext: bytes) -> bytes:
        """Ciphertext of the chunk at this place."""
        return self.suite.seal(self.key, self._nonce(index, is_last), plaintext)

    def unseal(self, index: int, is_last: bool, ciphertext: bytes) -> bytes:
        """Plaintext of the chunk at this place; `suites.Unreadable` for any other."""
        return self.suite.unseal(self.key, self._nonce(index, is_last), ciphertext)

    def _nonce(self, index: int, is_last: bool) -> bytes:
        return self.prefix + index.to_bytes(4) + bytes([is_last])


def container_bytes(size: int, pad: int) -> int:
    """容器大小: header and payload, rounded up to a multiple of `pad`."""
    return -(-(HEADER_BYTES + size) // pad) * pad


def chunk_count(container: int) -> int:
    """分块数: chunks of a container of that many bytes."""
    return -(-container // CHUNK_BYTES)


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """读取文件 piece by piece, from where it stands."""
    while piece := file.read(CHUNK_BYTES):
        yield piece


def blocks(payload: Iterable[bytes], size: int) -> Iterator[bytes]:
    """切成 1 MiB 的块: re-cut from pieces of any size. Raises Refused unless they are `size` bytes in all."""
    buffer, left = b"", size
    for piece in payload:
        buffer, left = buffer + piece, left - len(piece)
        while len(buffer) >= CHUNK_BYTES:
            yield buffer[:CHUNK_BYTES]
            buffer = buffer[CHUNK_BYTES:]
    if left:
        raise Refused([Reason("file_changed", "文件在读取过程中发生了变化，请重新操作")])
    if buffer:
        yield buffer


def framed(payload: Iterable[bytes], size: int, pad: int) -> Iterator[bytes]:
    """装入容器: chunks of the container, each 1 MiB but the last."""
    left = container_bytes(size, pad)
    buffer = size.to_bytes(HEADER_BYTES)
    for block in payload:
        buffer += block
        while len(buffer) >= CHUNK_BYTES:
            yield buffer[:CHUNK_BYTES]
            buffer, left = buffer[CHUNK_BYTES:], left - CHUNK_BYTES
    while left:
        chunk = buffer.ljust(min(left, CHUNK_BYTES), b"\0")
        yield chunk
        buffer, left = b"", left - len(chunk)


class Unframer:
    """取出容器: takes the container chunk by chunk, hands on the payload in blocks of 1 MiB."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write
        self._head = b""
        self._left: int | None = None
        self._block = b""

    def feed(self, chunk: bytes) -> None:
        """The next chunk. Raises Malformed for a length or padding that is not what the format says."""
        if self._left is None:
            self._head += chunk
            if len(self._head) < HEADER_BYTES:
                return
            self._left = int.from_bytes(self._head[:HEADER_BYTES])
            chunk = self._head[HEADER_BYTES:]
        payload, padding = chunk[: self._left], chunk[self._left :]
        if padding.strip(b"\0"):
            raise Malformed("容器的填充不是零")
        self._left -= len(payload)
        self._block += payload
        while len(self._block) >= CHUNK_BYTES:
            self._write(self._block[:CHUNK_BYTES])
            self._block = self._block[CHUNK_BYTES:]

    def finish(self) -> None:
        """The container is over. Raises Malformed if the payload is not complete."""
        if self._left is None or self._left:
            raise Malformed("容器比所写的长度短")
        if self._block:
            self._write(self._block)
