"""比对: all pairs of texts at once, from one sorted list of (shingle, text).

A shingle of few texts adds one to each pair of them; those of many texts are a matrix, multiplied by itself. Both are
exact, so nothing alike is missed; passages are looked up only for the pairs that are told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from likeness.shingles import SIZE, Hashes, folded, hashes, places
from likeness.values import Key, Pair, Passage

FEW = 8  # texts; above, a column of the matrix is cheaper than its pairs
COLUMNS = 4096
PASSAGES_MAX = 50

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Shared:
    """共有片段数: of each pair of texts; `only` those that no third text has; `sizes` of each text."""

    counts: Counts
    only: Counts
    sizes: Counts
    rare: Hashes


def compare(
    texts: Mapping[Key, str], template: str, similarity_min: float = 0.2, rare_min: int = 3
) -> tuple[Pair[Key], ...]:
    """雷同的文件对, most alike first: alike enough, or with enough passages that only these two have."""
    known = np.unique(hashes(folded(template)))
    keys = list(texts)
    own = [np.setdiff1d(hashes(folded(text)), known) for text in texts.values()]
    found = shared(own)
    told = [
        pair
        for left, right in _candidates(found, similarity_min, rare_min)
        if (pair := _pair(texts, keys[left], keys[right], found, left, right, known))
        and (pair.similarity >= similarity_min or len(pair.rare) >= rare_min)
    ]
    return tuple(sorted(told, key=lambda pair: (-pair.similarity, -len(pair.rare))))


def shared(own: Sequence[Hashes]) -> Shared:
    """共有片段数 of all pairs. Each text gives its shingles once, in order."""
    size = len(own)
    sizes = np.array([len(one) for one in own], dtype=np.int64)
    counts, only = np.zeros((size, size), dtype=np.int64), np.zeros((size, size), dtype=np.int64)
    every = np.concatenate([*own, np.zeros(0, dtype=np.uint64)])
    owners = np.repeat(np.arange(size), sizes)
    order = np.argsort(every, kind="stable")  # owners stay in order within a shingle
    every, owners = every[order], owners[order]
    begins = (
        np.flatnonzero(np.concatenate([[True], every[1:] != every[:-1]]))
        if len(every)
        else np.zeros(0, np.int64)
    )
    widths = np.diff(np.concatenate([begins, [len(every)]]))
    for width in range(2, min(FEW, size) + 1):
        of_width = owners[begins[widths == width][:, None] + np.arange(width)]
        for first, second in combinations(range(width), 2):
            counts += np.bincount(of_width[:, first] * size + of_width[:, second], minlength=size**2).reshape(
                size, size
            )
        if width == 2:
            only = counts.copy()
    for chunk in _chunks(begins[widths > FEW], widths[widths > FEW]):
        counts += _multiplied(chunk, owners, size)
    return Shared(counts, only, sizes, every[begins[widths == 2]])


def _chunks(begins: Counts, widths: Counts) -> Iterator[tuple[Counts, Counts]]:
    for first in range(0, len(begins), COLUMNS):
        yield begins[first : first + COLUMNS], widths[first : first + COLUMNS]


def _multiplied(chunk: tuple[Counts, Counts], owners: Counts, size: int) -> Counts:
    begins, widths = chunk
    columns = np.repeat(np.arange(len(begins)), widths)
    within = np.arange(widths.sum()) - np.repeat(np.cumsum(widths) - widths, widths)
    table = np.zeros((size, len(begins)), dtype=np.float32)  # whole numbers up to 2²⁴ are exact
    table[owners[np.repeat(begins, widths) + within], columns] = 1
    return np.triu(np.rint(table @ table.T).astype(np.int64), 1)


def _candidates(found: Shared, similarity_min: float, rare_min: int) -> list[tuple[int, int]]:
    union = found.sizes[:, None] + found.sizes[None, :] - found.counts
    alike = (found.counts > 0) & (found.counts >= similarity_min * union)
    few = found.only >= rare_min * (SIZE // 2)  # one wrong letter is in up to eight shingles
    return [(int(left), int(right)) for left, right in np.argwhere(np.triu(alike | few, 1))]


def _pair(
    texts: Mapping[Key, str], left: Key, right: Key, found: Shared, row: int, column: int, known: Hashes
) -> Pair[Key]:
    count = int(found.counts[row, column])
    smaller = int(min(found.sizes[row], found.sizes[column]))
    union = int(found.sizes[row] + found.sizes[column]) - count
    one, other = hashes(folded(texts[left])), hashes(folded(texts[right]))
    in_both = np.isin(one, other) & ~np.isin(one, known)
    in_no_third = in_both & np.isin(one, found.rare)
    return Pair(
        left=left,
        right=right,
        similarity=count / union if union else 0.0,
        contained=count / smaller if smaller else 0.0,
        passages=_passages(texts[left], texts[right], one, other, in_both),
        rare=_passages(texts[left], texts[right], one, other, in_no_third),
    )


def _passages(
    left: str, right: str, one: Hashes, other: Hashes, marked: NDArray[np.bool_]
) -> tuple[Passage, ...]:
    """The stretches of marked shingles, as written in the left text; longest first."""
    if not marked.any():
        return ()
    edges = np.flatnonzero(np.diff(np.concatenate([[False], marked, [False]]).astype(np.int8)))
    written, mirrored = places(left), places(right)
    at = {int(value): place for place, value in reversed(list(enumerate(other)))}
    found = [
        Passage(
            left[written[begin] : written[end + SIZE - 2] + 1], written[begin], mirrored[at[int(one[begin])]]
        )
        for begin, end in zip(edges[::2], edges[1::2], strict=True)
    ]
    return tuple(sorted(found, key=lambda passage: (-len(passage.text), passage.left_at))[:PASSAGES_MAX])
