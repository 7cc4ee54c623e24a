"""打开: the text of a file, however packed and in whatever letters, and what parts its columns."""

import bz2
import codecs
import gzip
import io
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, Any, TextIO

from screens.columns import WORDS, folded

SAMPLE = 1 << 20
PACKED: dict[bytes, Callable[[IO[bytes]], Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ": lzma.open,
}
REFUSED = {
    b"PK\x03\x04": "是 Excel 工作簿或 zip 压缩包，请另存为 CSV，或先解压",
    b"\xd0\xcf\x11\xe0": "是旧版 Excel 工作簿，请另存为 CSV",
    b"PAR1": "是 Parquet 文件，请另存为 CSV 或 JSON Lines",
    b"\x28\xb5\x2f\xfd": "是 zstd 压缩文件，请先解压",
}
MARKED = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
LOCAL = ("cp932", "gb18030", "cp1252")
DELIMITERS = ",;\t|"
DAMAGED = (EOFError, zlib.error, OSError, lzma.LZMAError)


class Unusable(ValueError):
    """文件不能用: the message is Chinese and says why."""


@contextmanager
def opened(path: Path, encoding: str | None = None) -> Iterator[TextIO]:
    """文本, from its beginning. Raises OSError, Unusable, LookupError."""
    with io.BufferedReader(path.open("rb", buffering=0), SAMPLE) as file:
        magic = file.peek(6)
        for start, why in REFUSED.items():
            if magic.startswith(start):
                raise Unusable(f"{path.name} {why}")
        unpack = next((unpack for start, unpack in PACKED.items() if magic.startswith(start)), None)
        plain: Any = unpack(file) if unpack else file
        with io.TextIOWrapper(
            plain, encoding or _letters(_sample(plain)), errors="replace", newline=""
        ) as text:
            yield text


def delimiter(header: str) -> str:
    """分隔符: whichever of the usual ones stands most often in the header."""
    return max(DELIMITERS, key=header.count)


def _sample(stream: Any) -> bytes:
    """The beginning; none of what is broken from there, of which reading will tell."""
    try:
        return bytes(stream.peek(SAMPLE)[:SAMPLE])
    except DAMAGED:
        return b""


def _letters(sample: bytes) -> str:
    """编码: its mark, else UTF-8 where that can be, else that in which most column names are known, or which looks right."""
    for mark, name in MARKED.items():
        if sample.startswith(mark):
            return name
    if _decoded(sample, "utf-8") is not None:
        return "utf-8"
    texts = {name: text for name in LOCAL if (text := _decoded(sample, name)) is not None}
    return max(
        texts,
        key=lambda name: (_known(texts[name]), _looks_right(sample, name, texts[name])),
        default=LOCAL[-1],
    )


def _known(text: str) -> int:
    """How many names of the first line are known."""
    header = text.strip().partition("\n")[0]
    words = set(chain.from_iterable(WORDS.values()))
    return sum(folded(name) in words for name in header.split(delimiter(header)))


def _looks_right(sample: bytes, name: str, text: str) -> bool:
    """Japanese has kana, Chinese has several letters on end, and Western text neither."""
    if name == "cp932":
        return re.search("[\u3041-\u30fa]", text) is not None
    runs = [len(run) for run in re.findall(rb"[\x80-\xff]+", sample)]
    return (sum(runs) >= 3 * len(runs)) == (name == "gb18030")


def _decoded(sample: bytes, name: str) -> str | None:
    """A letter that the sample cuts in two is no fault."""
    try:
        return codecs.getincrementaldecoder(name)().decode(sample)
    except UnicodeDecodeError:
        return None
