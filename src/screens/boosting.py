"""提升: symmetric trees, each asking one question per level, fitted by Newton steps on the logistic loss.

Few parameters, no branch of its own for every leaf: such trees hold still on a hundred auctions. Four chains with
seeds of their own are added up. Same data, same trees.
"""

import numpy as np
from numpy.typing import NDArray

from screens.model import Tree

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]
PRESENT = -1e300  # every measure that is there lies above this
DIGITS = 5


# Chosen once, by cross-validation over the public sets of docs/screens.md.
CHAINS, ROUNDS, DEPTH = 4, 60, 4
RATE, RIDGE = 0.1, 10.0
BINS = 10
ROWS, COLUMNS = 0.7, 0.5  # what each step sees of the auctions and of the measures


def grow(table: Numbers, labels: Numbers, weights: Numbers, names: tuple[str, ...]) -> tuple[Tree, ...]:
    """对称树 of all chains. `table` holds NaN where a measure is absent; weights have the mean one."""
    edges = [_edges(column) for column in table.T]
    cells = np.stack([_cells(column, edge) for column, edge in zip(table.T, edges, strict=True)], axis=1)
    grown: list[Tree] = []
    for chain in range(CHAINS):
        chance = np.random.default_rng(chain)
        scores = np.zeros(len(labels))
        for _ in range(ROUNDS):
            likely = 1 / (1 + np.exp(-scores))
            pull, weight = weights * (labels - likely), weights * likely * (1 - likely)
            taken = chance.random(len(labels)) < ROWS
            columns = chance.permutation(len(names))[: max(1, round(len(names) * COLUMNS))]
            asked = _questions(cells, pull * taken, weight * taken, columns)
            places = _leaves(cells, asked)
            size = 2**DEPTH
            up = np.bincount(places, pull * taken, size)
            down = np.bincount(places, weight * taken, size) + RIDGE
            leaves = np.round(RATE * up / down / CHAINS, DIGITS)
            scores += CHAINS * leaves[places]
            questions = tuple((names[column], _bound(edges[column], cut)) for column, cut in asked)
            grown.append(Tree(questions, tuple(map(float, leaves))))
    return tuple(grown)


def _questions(
    cells: Whole, pull: Numbers, weight: Numbers, columns: NDArray[np.int64]
) -> list[tuple[int, int]]:
    """One question per level, the one that gains most over all the leaves there are so far."""
    asked: list[tuple[int, int]] = []
    width = BINS + 1
    for level in range(DEPTH):
        places, leaves = _leaves(cells, asked), 2**level
        at = (places[:, None] * len(columns) + np.arange(len(columns))) * width + cells[:, columns]
        shape = (leaves, len(columns), width)
        spread = len(columns)
        up = np.bincount(at.ravel(), np.repeat(pull, spread), np.prod(shape)).reshape(shape).cumsum(2)
        down = np.bincount(at.ravel(), np.repeat(weight, spread), np.prod(shape)).reshape(shape).cumsum(2)
        rest_up, rest_down = up[:, :, -1:] - up, down[:, :, -1:] - down
        gain = (up**2 / (down + RIDGE) + rest_up**2 / (rest_down + RIDGE)).sum(0)[:, :-1]
        best, cut = np.unravel_index(int(gain.argmax()), gain.shape)
        asked.append((int(columns[best]), int(cut)))
    return asked


def _leaves(cells: Whole, asked: list[tuple[int, int]]) -> Whole:
    places = np.zeros(len(cells), dtype=np.int64)
    for column, cut in asked:
        places = 2 * places + (cells[:, column] > cut)
    return places


def _edges(column: Numbers) -> Numbers:
    """Bounds between equally filled bins, written with few digits so that the file stays readable."""
    there = column[~np.isnan(column)]
    if not len(there):
        return np.array([])
    return np.unique([float(f"{edge:.6g}") for edge in np.quantile(there, np.linspace(0, 1, BINS)[1:-1])])


def _cells(column: Numbers, edges: Numbers) -> Whole:
    """0 where the measure is absent, else one more than the number of bounds it reaches."""
    return np.where(np.isnan(column), 0, 1 + np.searchsorted(edges, np.nan_to_num(column), side="right"))


def _bound(edges: Numbers, cut: int) -> float:
    return float(edges[cut - 1]) if 0 < cut <= len(edges) else PRESENT if cut == 0 else -PRESENT
