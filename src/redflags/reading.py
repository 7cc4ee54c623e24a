"""读取: any file of releases as lines or as the parts of one document, whatever its size and packing."""

from __future__ import annotations

import bz2
import gzip
import lzma
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from redflags.releases import Malformed, tree

BLOCK = 1 << 20
LINE_MAX = 64 << 20  # a longer line is passed over, so that memory stays bounded
SAMPLED = 50
PACKED: dict[bytes, Callable[[IO[bytes]], Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ\x00": lzma.open,
}
ZIP, ZSTD = b"PK\x03\x04", b"\x28\xb5\x2f\xfd"
BROKEN = (
    OSError,
    EOFError,
    lzma.LZMAError,
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
    NotImplementedError,
)


class Unreadable(Exception):
    """不能读取: the message is Chinese."""


@dataclass(frozen=True)
class Source:
    """一个来源: a stream from its beginning; `path` when its bytes lie in a file as they are."""

    name: str
    stream: IO[bytes]
    head: bytes
    path: Path | None

    def read(self, size: int) -> bytes:
        """读下一段. Raises Unreadable when what is packed is damaged."""
        try:
            return self.stream.read(size)
        except BROKEN as error:
            raise Unreadable(f"文件已损坏（{error}）") from None


class Rewound:
    """带回头的流: what was looked at comes first again."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.head = source.head

    def read(self, size: int) -> bytes:
        """读下一段."""
        if self.head:
            part, self.head = self.head[:size], self.head[size:]
            return part
        return self.source.read(size)


@contextmanager
def opened(name: str) -> Iterator[list[Source]]:
    """打开文件: "-" is what comes in; an archive gives each of its files. Raises Unreadable."""
    with ExitStack() as stack:
        try:
            if name == "-":
                yield [_source(name, sys.stdin.buffer, None)]
                return
            path = Path(name)
            file = stack.enter_context(path.open("rb"))
            magic = file.read(6)
            file.seek(0)
            if magic.startswith(ZIP):
                archive = stack.enter_context(zipfile.ZipFile(file))
                yield [
                    _source(f"{name}:{member}", stack.enter_context(archive.open(member)), None)
                    for member in archive.namelist()
                    if member.lower().endswith((".json", ".jsonl", ".ndjson"))
                ]
                return
            if magic.startswith(ZSTD):
                raise Unreadable("不支持 zstd 压缩，请先解压，或由管道送入")
            unpack = next((unpack for start, unpack in PACKED.items() if magic.startswith(start)), None)
            yield [_source(name, unpack(file) if unpack else file, None if unpack else path)]
        except BROKEN as error:
            raise Unreadable(f"不能读取（{getattr(error, 'strerror', None) or error}）") from None


def _source(name: str, stream: IO[bytes], path: Path | None) -> Source:
    head = stream.read(BLOCK)
    if path is not None:
        stream.seek(0)
    return Source(name, stream, head, path)


def is_lined(head: bytes) -> bool:
    """是否一行一条: most of the first lines are whole JSON objects; otherwise the file is one document."""
    lines = [line for line in head.split(b"\n")[: SAMPLED + 1] if line.strip()]
    if len(lines) > 1 and not head.endswith(b"\n"):
        lines.pop()  # cut off by the sample, not by the file
    whole = sum(_is_object(line) for line in lines[:SAMPLED])
    first = lines[0].lstrip(b"\xef\xbb\xbf \t\r") if lines else b""
    return whole * 2 >= min(len(lines), SAMPLED) or not first.startswith((b"{", b"["))


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(tree(line), dict)
    except Malformed:
        return False


@dataclass(frozen=True)
class Stretch:
    """一段: whole lines, or one line passed over for its length."""

    lines: bytes
    too_long: bool = False


def stretches(read: Callable[[int], bytes], length: int = sys.maxsize) -> Iterator[Stretch]:
    """按行分段: the lines that begin within `length` bytes, in parts of about a megabyte."""
    rest, place = b"", 0  # where in the whole the rest begins
    while place < length:
        part = read(BLOCK)
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
