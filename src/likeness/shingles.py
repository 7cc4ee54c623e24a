"""片段: a text folded to its letters and digits, cut into overlapping pieces, each a number of 64 bits."""

import unicodedata

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
SIZE = 8  # characters: longer than a term of the trade, shorter than a sentence
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
SHIFT = np.uint64(29)


class _Folding(dict[int, str]):
    """折叠表, filled as letters are met: width, case, spaces and punctuation make no difference."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(code)).casefold()
        self[code] = "".join(letter for letter in folded if letter.isalnum())
        return self[code]


_folding = _Folding()


def folded(text: str) -> str:
    """折叠: 全角与半角、大小写、空白和标点不计."""
    return text.translate(_folding)


def places(text: str) -> list[int]:
    """Where each character of the folded text stands in the text as written."""
    return [place for place, letter in enumerate(text) for _ in _folding[ord(letter)]]


def hashes(letters: str) -> Hashes:
    """One number for each place a piece begins; none if the text is shorter than a piece."""
    codes = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    count = len(codes) - SIZE + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    found = np.zeros(count, dtype=np.uint64)
    for offset in range(SIZE):
        found = (found ^ codes[offset : offset + count]) * MULTIPLIER
        found ^= found >> SHIFT
    return found
