"""投标文件包 (.sbe): manifest, signature, certificate and chunks in one flat file for one upload.

Lengths follow from the manifest, so there is nothing to unpack and nothing may come before, between or
after.
"""

import io
from dataclasses import dataclass
from typing import BinaryIO

from ggzy.foundation.sealing.chunks import ChunkStore, each
from ggzy.foundation.sealing.container import chunk_count
from ggzy.foundation.sealing.envelope import Sealed, chunk_bytes
from ggzy.foundation.sealing.manifest import Manifest, SealedPart
from ggzy.foundation.sealing.suites import TAG_BYTES
from ggzy.kernel.canon import OBJECT_BYTES_MAX
from ggzy.kernel.verdict import Reason, Refused

MAGIC = b"ggzy.sbe/1\n"
SMALL_MAX = 16 * 1024


@dataclass(frozen=True)
class Package:
    """投标文件包, read but not yet checked: `check_manifest` and `check_chunks` say whether it is true."""

    manifest: Manifest
    manifest_bytes: bytes
    signature: bytes
    certificate: bytes
    chunks: ChunkStore
    size: int


def write_package(sealed: Sealed, file: BinaryIO) -> None:
    """写出投标文件包."""
    file.write(MAGIC)
    for piece in (sealed.manifest_bytes, sealed.signature, sealed.certificate):
        file.write(len(piece).to_bytes(4) + piece)
    for part in sealed.manifest.parts:
        for chunk in each(sealed.chunks, part.id, part.n):
            file.write(chunk)


def open_package(file: BinaryIO) -> Package:
    """打开投标文件包 from a seekable file, which must stay open while chunks are read.

    Raises Refused for anything that is not exactly one package.
    """
    file.seek(0)
    if file.read(len(MAGIC)) != MAGIC:
        raise _refused("not_a_package", "这不是加密的投标文件（.sbe）；未加密的投标文件不予接收")
    manifest_bytes = _piece(file, OBJECT_BYTES_MAX)
    signature, certificate = _piece(file, SMALL_MAX), _piece(file, SMALL_MAX)
    try:
        manifest = Manifest.read(manifest_bytes)
    except ValueError:
        raise _refused("malformed", "投标文件清单无法识别") from None
    chunks = _FileChunks(file, manifest.parts, file.tell())
    if file.seek(0, io.SEEK_END) != chunks.end:
        raise _refused("package_size", "投标文件不完整，或含有多余的内容；请重新上传")
    return Package(manifest, manifest_bytes, signature, certificate, chunks, chunks.end)


class _FileChunks:
    """Chunks at the places in the file that follow from the manifest."""

    def __init__(self, file: BinaryIO, parts: tuple[SealedPart, ...], start: int) -> None:
        self._file = file
        self._parts = {part.id: part for part in parts}
        self._starts: dict[str, int] = {}
        for part in parts:
            self._starts[part.id] = start
            if part.size < 1 or part.n != chunk_count(part.size):
                raise _refused("malformed", "投标文件清单中的大小不成立")
            start += part.size + part.n * TAG_BYTES
        self.end = start

    def put(self, part: str, index: int, chunk: bytes) -> None:
        raise AssertionError("a package is only read")

    def get(self, part: str, index: int) -> bytes:
        known = self._parts[part]
        if not 0 <= index < known.n:
            raise KeyError((part, index))
        self._file.seek(self._starts[part] + index * chunk_bytes(known, 0))
        return self._file.read(chunk_bytes(known, index))


def _piece(file: BinaryIO, size_max: int) -> bytes:
    length = int.from_bytes(file.read(4))
    piece = file.read(length) if length <= size_max else b""
    if len(piece) != length:
        raise _refused("malformed", "投标文件的开头部分不完整")
    return piece


def _refused(code: str, text: str) -> Refused:
    return Refused([Reason(code, text)])
