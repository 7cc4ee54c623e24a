"""筛查模型: trees that add up, their file, and a likelihood ratio turned into a probability by a local base rate."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from screens.values import Measures

FORMAT = "ggzy.screens/1"
SUPPLIED = Path(__file__).parent / "data" / "model.json"
EVIDENCE_MAX = 6.0  # in natural logarithms: no distribution of prices says more than 400 to 1
NEUTRAL = 0.5


class Unreadable(ValueError):
    """模型文件不可用: another format, or not whole."""


@dataclass(frozen=True)
class Tree:
    """对称树: one question per level, the same for every branch; the answers are the bits of the leaf.

    A measure is asked whether it is above the bound; a measure that is absent is not above any.
    """

    questions: tuple[tuple[str, float], ...]
    leaves: tuple[float, ...]

    def value(self, found: Measures) -> float:
        leaf = 0
        for name, bound in self.questions:
            leaf = 2 * leaf + (found.get(name, -math.inf) >= bound)
        return self.leaves[leaf]


@dataclass(frozen=True)
class Scorer:
    """一个市场的筛查: its trees, and the slope that trials outside its own training taught it."""

    trees: tuple[Tree, ...]
    slope: float
    auctions: int
    collusive: int
    trial: Mapping[str, float]

    def evidence(self, found: Measures) -> float:
        """证据强度, the natural logarithm of the likelihood ratio; 0 where nothing can be said."""
        raw = self.slope * sum(tree.value(found) for tree in self.trees)
        return max(-EVIDENCE_MAX, min(EVIDENCE_MAX, raw))


@dataclass(frozen=True)
class Model:
    """筛查模型. `everywhere` is fitted on all markets together; `markets` each on its own past."""

    everywhere: Scorer
    markets: Mapping[str, Scorer]
    digest: str
    sources: tuple[str, ...]

    def as_json(self) -> str:
        told = {
            "format": FORMAT,
            "training": {"digest": self.digest, "sources": list(self.sources)},
            "everywhere": _told(self.everywhere),
            "markets": {name: _told(scorer) for name, scorer in sorted(self.markets.items())},
        }
        return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"


def check(base_rate: float | Decimal) -> None:
    """核对基准率. Raises ValueError."""
    if not 0 < base_rate < 1:
        raise ValueError(f"基准率 (base rate) 须在 0 与 1 之间，而不是 {base_rate}")


def probability(found: Measures, model: Model, base_rate: float | Decimal, market: str = "") -> float:
    """违规概率 at a local base rate (0 < base_rate < 1)."""
    return after(likelihood_ratio(found, model, market), base_rate)


def after(ratio: float, base_rate: float | Decimal) -> float:
    """后验概率: Bayes, from the odds before to the odds after."""
    check(base_rate)
    rate = float(base_rate)
    odds = ratio * rate / (1 - rate)
    return odds / (1 + odds)


def likelihood_ratio(found: Measures, model: Model, market: str = "") -> float:
    """似然比: how much likelier such prices are under a cartel. 1 where two usable bids are missing."""
    scorer = model.markets.get(market)
    if scorer is None and "gap" not in found:
        return 1.0
    if not found:
        return 1.0
    return math.exp((scorer or model.everywhere).evidence(found))


@cache
def supplied() -> Model:
    """随附模型: the one beside this file."""
    return read(SUPPLIED.read_text(encoding="utf-8"))


def read(text: str) -> Model:
    """A model from its file. Raises Unreadable."""
    try:
        told = json.loads(text)
        if told["format"] != FORMAT:
            raise Unreadable(f"模型文件的格式是 {told['format']!r}，本程序读 {FORMAT}")
        return Model(
            everywhere=_scorer(told["everywhere"]),
            markets={name: _scorer(one) for name, one in told["markets"].items()},
            digest=str(told["training"]["digest"]),
            sources=tuple(map(str, told["training"]["sources"])),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(f"不是完整的模型文件（{type(error).__name__} {error}）") from error


def _told(scorer: Scorer) -> dict[str, object]:
    return {
        "auctions": scorer.auctions,
        "collusive": scorer.collusive,
        "trial": dict(scorer.trial),
        "slope": scorer.slope,
        "trees": [
            [[list(question) for question in tree.questions], list(tree.leaves)] for tree in scorer.trees
        ],
    }


def _scorer(told: Mapping[str, object]) -> Scorer:
    trees, trial = told["trees"], told["trial"]
    if not isinstance(trees, list):
        raise Unreadable("模型文件中 trees 不是列表")
    if not isinstance(trial, dict):
        raise Unreadable("模型文件中 trial 不是对象")
    slope = float(str(told["slope"]))
    if not math.isfinite(slope):
        raise Unreadable("模型文件中 slope 不是数")
    return Scorer(
        trees=tuple(_tree(questions, leaves) for questions, leaves in trees),
        slope=slope,
        auctions=int(str(told["auctions"])),
        collusive=int(str(told["collusive"])),
        trial={str(name): float(value) for name, value in trial.items()},
    )


def _tree(questions: Sequence[tuple[str, float]], leaves: Sequence[float]) -> Tree:
    if len(leaves) != 2 ** len(questions) or not all(math.isfinite(leaf) for leaf in leaves):
        raise Unreadable(f"模型文件中有 {len(questions)} 问的树，却有 {len(leaves)} 片叶 (leaves)")
    asked = tuple((str(name), float(bound)) for name, bound in questions)
    if not all(math.isfinite(bound) for _, bound in asked):
        raise Unreadable("模型文件中有的问题没有界限")
    return Tree(asked, tuple(map(float, leaves)))
