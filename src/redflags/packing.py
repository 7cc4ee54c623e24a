"""解包: the common packings; loaded only when a file is packed."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import IO, Any

from redflags.releases import Unreadable

PACKED: dict[bytes, Callable[[IO[bytes]], Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ\x00": lzma.open,
}
ZIP, ZSTD = b"PK\x03\x04", b"\x28\xb5\x2f\xfd"
NAMES = (".json", ".jsonl", ".ndjson")
DAMAGED = (
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    lzma.LZMAError,
    zipfile.BadZipFile,
    zlib.error,
)


class Unpacked:
    """解开的流: reads on until it ends or is found damaged. Raises Unreadable."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream

    def read(self, size: int) -> bytes:
        """读下一段."""
        try:
            return self.stream.read(size)
        except DAMAGED as error:
            raise Unreadable(f"文件已损坏（{error}）") from None


def unpacked(name: str, file: IO[bytes], magic: bytes, stack: ExitStack) -> Iterator[tuple[str, Unpacked]]:
    """解包: each stream with its name; an archive has several. Raises Unreadable."""
    if magic.startswith(ZSTD):
        raise Unreadable("不支持 zstd 压缩，请先解压，或由管道送入")
    try:
        if magic.startswith(ZIP):
            archive = stack.enter_context(zipfile.ZipFile(file))
            members = [member for member in archive.namelist() if member.lower().endswith(NAMES)]
            if not members:
                raise Unreadable(f"压缩包里没有 {'、'.join(NAMES)} 文件")
            for member in members:
                yield f"{name}:{member}", Unpacked(stack.enter_context(archive.open(member)))
            return
        unpack = next(unpack for start, unpack in PACKED.items() if magic.startswith(start))
        yield name, Unpacked(stack.enter_context(unpack(file)))
    except DAMAGED as error:
        raise Unreadable(f"文件已损坏（{error}）") from None
