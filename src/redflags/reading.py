"""读取: any file of releases as lines or as the parts of one document, whatever its size and packing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Protocol

import msgspec

from redflags.releases import Malformed, Unreadable, tree, typed

BLOCK = 1 << 16  # small enough to stay near the processor
LINE_MAX = 64 << 20  # a longer line is passed over, so that memory stays bounded
SAMPLE, SAMPLED = 1 << 20, 50  # bytes and lines looked at to tell what a file is
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
TOO_LONG = f"一行超过 {LINE_MAX >> 20} MiB，已略过"
PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"PK\x03\x04", b"\x28\xb5\x2f\xfd")  # how packed files begin


class Readable(Protocol):
    """可读的流."""

    def read(self, size: int, /) -> bytes:
        """读下一段."""


class Source(msgspec.Struct, frozen=True):
    """一个来源: a stream from its beginning; `path` when its bytes lie in a file as they are."""

    name: str
    stream: Readable
    head: bytes
    path: str | None = None


class Rewound:
    """带回头的流: what was looked at comes first again."""

    def __init__(self, source: Source) -> None:
        self.stream = source.stream
        self.head = source.head

    def read(self, size: int) -> bytes:
        """读下一段."""
        if self.head:
            part, self.head = self.head[:size], self.head[size:]
            return part
        return self.stream.read(size)


@contextmanager
def opened(name: str) -> Iterator[list[Source]]:
    """打开文件: "-" is what comes in; an archive gives each of its files. Raises Unreadable, also while it is read."""
    if name == "-":
        yield [_source(name, sys.stdin.buffer)]
        return
    with ExitStack() as stack:
        try:
            file = stack.enter_context(open(name, "rb"))
            magic = file.read(6)
            file.seek(0)
            if not magic.startswith(PACKED):
                yield [Source(name, file, _head(file), name)]
                return
        except OSError as error:
            raise Unreadable(f"不能读取（{error.strerror or error}）") from None
        from redflags import packing

        yield [_source(each, stream) for each, stream in packing.unpacked(name, file, magic, stack)]


def _source(name: str, stream: Readable) -> Source:
    return Source(name, stream, _head(stream))


def _head(stream: Readable) -> bytes:
    """What tells the kind of a file: some lines, and no more than a sample of it."""
    head = b""
    while len(head) < SAMPLE and head.count(b"\n") <= SAMPLED and (part := stream.read(BLOCK)):
        head += part
    return head


def is_lined(head: bytes) -> bool:
    """是否一行一条: the first two lines, or most of the first, are JSON objects; otherwise the file is one document."""
    lines = [line for line in head.split(b"\n", SAMPLED + 1)[: SAMPLED + 1] if line.strip()]
    if len(lines) > 1 and not head.endswith(b"\n"):
        lines.pop()  # cut off by the sample, not by the file
    if lines and all(typed(line) is not None for line in lines[:2]):
        return True
    whole = sum(_is_object(line) for line in lines[:SAMPLED])
    first = lines[0].lstrip(b"\xef\xbb\xbf \t\r") if lines else b""
    return whole * 2 >= min(len(lines), SAMPLED) or not first.startswith((b"{", b"["))


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(tree(line), dict)
    except Malformed:
        return False


class Stretch(msgspec.Struct, frozen=True, gc=False):
    """一段: whole lines, or one line passed over for its length."""

    lines: bytes
    too_long: bool = False


def stretches(read: Callable[[int], bytes], length: int = sys.maxsize) -> Iterator[Stretch]:
    """按行分段: the lines that begin within `length` bytes, in parts of about a block."""
    rest, place = b"", 0  # where in the whole the rest begins
    while place < length:
        part = read(max(BLOCK, len(rest)))  # a long line is read by doubling
        rest += part
        if place + len(rest) >= length:
            end = rest.find(b"\n", length - place - 1)
            if end >= 0:
                yield Stretch(rest[:end])
                return
        cut = rest.rfind(b"\n")
        if not part:
            if rest:
                yield Stretch(rest)
            return
        if cut >= 0:
            yield Stretch(rest[:cut])
            place += cut + 1
            rest = rest[cut + 1 :]
        elif len(rest) > LINE_MAX:
            yield Stretch(b"", too_long=True)
            passed, after = to_next_line(read)
            place, rest = place + len(rest) + passed, after


def to_next_line(read: Callable[[int], bytes]) -> tuple[int, bytes]:
    """到下一行: how far it is, and what was read of it."""
    passed = 0
    while part := read(BLOCK):
        cut = part.find(b"\n")
        if cut >= 0:
            return passed + cut + 1, part[cut + 1 :]
        passed += len(part)
    return passed, b""
