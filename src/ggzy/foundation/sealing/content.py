"""分册内容 (开标一览表与附件): what lies inside a sealed part once it is open.

u32 index length ‖ canonical index ‖ files one after another. No archive format: nothing to unpack, no
paths, and the names of files are only data.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Literal

from ggzy.foundation.sealing.chunks import CHUNK_BYTES
from ggzy.foundation.sealing.container import pieces
from ggzy.foundation.sealing.trace import Device, plausible
from ggzy.kernel import canon, events
from ggzy.kernel.money import Money, Rate
from ggzy.kernel.verdict import Reason, Refused

FILES_MAX = 200
NAME_LENGTH_MAX = 255
LENGTH_BYTES = 4


@dataclass(frozen=True)
class OfferField:
    """其他唱标内容: one more line that is read out."""

    label: str
    text: str


@dataclass(frozen=True)
class Offer:
    """开标一览表: what is read out. `text` keeps the price as written, `amount` or `rate` is its reading."""

    price_kind: Literal["amount", "rate", "text"]
    amount: Money | None = None
    rate: Rate | None = None
    text: str = ""
    period: str = ""
    quality: str = ""
    leader: str = ""
    fields: tuple[OfferField, ...] = ()


@dataclass(frozen=True)
class ContentFile:
    """分册中的一个文件. `offset` counts bytes from the start of the payload."""

    name: str
    offset: int
    size: int


@dataclass(frozen=True)
class Contents:
    """分册内容: the offer, if the part has one, its files in order, and the machine it was made on, if told."""

    offer: Offer | None
    files: tuple[ContentFile, ...]
    device: Device | None = None


@dataclass(frozen=True)
class PartFile:
    """待密封的文件. A file must be seekable; it is read once, when it is sealed."""

    name: str
    data: bytes | BinaryIO

    def read(self) -> Iterator[bytes]:
        """The bytes from the start, piece by piece."""
        if isinstance(self.data, bytes):
            yield self.data
        else:
            self.data.seek(0)
            yield from pieces(self.data)

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.data) if isinstance(self.data, bytes) else self.data.seek(0, io.SEEK_END)


@dataclass(frozen=True)
class _Entry:
    name: str
    size: int


@dataclass(frozen=True)
class _Index:
    offer: Offer | None
    files: tuple[_Entry, ...]
    fmt: Literal["ggzy.part/1"] = "ggzy.part/1"
    device: Device | None = None

    def encoded(self) -> bytes:
        """Canonical bytes; a part that tells of no machine is written as it always was."""
        told = events.body(self)
        return canon.dumps({name: value for name, value in told.items() if (name, value) != ("device", None)})


@dataclass(frozen=True)
class Bundle:
    """待密封的分册内容."""

    head: bytes
    files: tuple[PartFile, ...]
    size: int

    @classmethod
    def of(
        cls, offer: Offer | None, files: Sequence[PartFile] = (), device: Device | None = None
    ) -> "Bundle":
        """Raises Refused for too many files or impossible names."""
        _check_names([file.name for file in files])
        entries = tuple(_Entry(file.name, file.size) for file in files)
        index = _Index(offer, entries, device=device).encoded()
        head = len(index).to_bytes(LENGTH_BYTES) + index
        return cls(head, tuple(files), len(head) + sum(entry.size for entry in entries))

    def read(self) -> Iterator[bytes]:
        """The payload, piece by piece."""
        yield self.head
        for file in self.files:
            yield from file.read()


def read_bundle(file: BinaryIO) -> Contents:
    """读取分册内容 from a seekable file. Raises Refused when the index is not one or files are missing."""
    try:
        file.seek(0)
        length = int.from_bytes(file.read(LENGTH_BYTES))
        index = events.restore(_Index, canon.loads(file.read(min(length, canon.OBJECT_BYTES_MAX + 1))))
    except ValueError:
        raise Refused([Reason("not_a_bundle", "分册内容的目录无法识别")]) from None
    _check_names([entry.name for entry in index.files])
    offset, files = LENGTH_BYTES + length, []
    for entry in index.files:
        files.append(ContentFile(entry.name, offset, entry.size))
        offset += entry.size
    if file.seek(0, io.SEEK_END) != offset or any(entry.size < 0 for entry in files):
        raise Refused([Reason("bundle_files", "分册中的文件与目录不符")])
    return Contents(index.offer, tuple(files), index.device and plausible(index.device))


def extract(file: BinaryIO, entry: ContentFile) -> Iterator[bytes]:
    """取出一个文件, block by block, from the payload it lies in."""
    file.seek(entry.offset)
    left = entry.size
    while left and (block := file.read(min(left, CHUNK_BYTES))):
        left -= len(block)
        yield block


def _check_names(names: Sequence[str]) -> None:
    reasons = []
    if len(names) > FILES_MAX:
        reasons.append(Reason("too_many_files", f"一个分册最多放 {FILES_MAX} 个文件"))
    if len(set(names)) != len(names):
        reasons.append(Reason("name_twice", "分册中有同名文件"))
    if not all(name.strip() and len(name) <= NAME_LENGTH_MAX for name in names):
        reasons.append(Reason("file_name", f"文件名不能为空，也不能超过 {NAME_LENGTH_MAX} 个字"))
    if reasons:
        raise Refused(reasons)
