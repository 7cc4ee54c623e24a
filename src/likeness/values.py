"""雷同的值."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Passage:
    """共同段落: as it stands in the left text, and where it begins in either (characters from 0)."""

    text: str
    left_at: int
    right_at: int


@dataclass(frozen=True)
class Pair(Generic[Key]):
    """一对文件. `similarity` is shared over all shingles of both, `contained` over those of the smaller text.

    `passages` are what both have and the tender has not, longest first; `rare` those of them that no
    third text has: identical rare errors, where the texts are otherwise different.
    """

    left: Key
    right: Key
    similarity: float
    contained: float
    passages: tuple[Passage, ...]
    rare: tuple[Passage, ...]
