"""文件痕迹的值: one file's imprint, and the place it is read from."""

from dataclasses import dataclass, field
from pathlib import Path

WORD_MAX = 120  # characters of one mark
MARKS_MAX = 20  # marks of one kind
TEXT_MAX = 400_000  # characters of text of one bid
ITEMS_MAX = 3_000  # priced items of one bid


@dataclass(frozen=True)
class Place:
    """文件的位置: `size` bytes from `offset` of the file at `path`."""

    path: Path
    offset: int
    size: int
    name: str

    def read(self) -> bytes:
        """The bytes."""
        with self.path.open("rb") as file:
            file.seek(self.offset)
            return file.read(self.size)


@dataclass
class Imprint:
    """一个文件的痕迹. `ids` are marks of creation, `locks` numbers of pricing software, `machines` what such
    software wrote of the computer; `text` and `items` are compared and then forgotten."""

    name: str
    kind: str = ""
    bytes: int = 0
    author: str = ""
    changed_by: str = ""
    company: str = ""
    template: str = ""
    tool: str = ""
    created: str = ""
    ids: list[str] = field(default_factory=list)
    locks: list[str] = field(default_factory=list)
    machines: list[str] = field(default_factory=list)
    unread: str = ""
    text: str = ""
    items: dict[str, str] = field(default_factory=dict)


class Unread(Exception):
    """未能读取: why, in words for the record."""


def word(text: object) -> str:
    """One mark as it is kept: trimmed, without control characters, short."""
    plain = "".join(letter for letter in str(text or "") if letter.isprintable())
    return " ".join(plain.split())[:WORD_MAX]


def words(found: list[str]) -> list[str]:
    """Marks of one kind: each once, in order, not too many."""
    kept = (word(one) for one in found)
    return list(dict.fromkeys(one for one in kept if one))[:MARKS_MAX]
