"""密文分块: where the chunks of a sealed bid lie, without holding them all."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

CHUNK_BYTES = 1024 * 1024


class ChunkStore(Protocol):
    """分块存放处. `get` raises KeyError for a chunk that is not there."""

    def put(self, part: str, index: int, chunk: bytes) -> None: ...

    def get(self, part: str, index: int) -> bytes: ...


class MemoryChunks:
    """内存中的分块."""

    def __init__(self) -> None:
        self._chunks: dict[tuple[str, int], bytes] = {}

    def put(self, part: str, index: int, chunk: bytes) -> None:
        """Keeps one chunk."""
        self._chunks[part, index] = chunk

    def get(self, part: str, index: int) -> bytes:
        """One chunk; KeyError if there is none."""
        return self._chunks[part, index]


class FolderChunks:
    """文件夹中的分块: one file a chunk, so that a bid larger than memory can be sealed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, part: str, index: int, chunk: bytes) -> None:
        """Keeps one chunk."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._path(part, index).write_bytes(chunk)

    def get(self, part: str, index: int) -> bytes:
        """One chunk; KeyError if there is none."""
        try:
            return self._path(part, index).read_bytes()
        except FileNotFoundError:
            raise KeyError((part, index)) from None

    def _path(self, part: str, index: int) -> Path:
        assert part.replace("-", "").isalnum(), part
        return self._folder / f"{part}.{index:06}"


def each(store: ChunkStore, part: str, count: int) -> Iterator[bytes]:
    """The first `count` chunks of a part in order; KeyError where one is missing."""
    for index in range(count):
        yield store.get(part, index)
