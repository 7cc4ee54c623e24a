"""训练: labelled auctions in, a model out; and the trials that say how far to believe it."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from screens.boosting import Numbers, grow
from screens.distribution import ACROSS_MARKETS, WITHIN_A_MARKET, measures, usable
from screens.model import Model, Scorer, Tree
from screens.values import Auction, Measures

FOLDS = 5
OF_EACH_MIN = 10  # of either kind, for a market to get trees of its own
STEPS = 50
SLOPE_MAX = 3.0


class Unfit(ValueError):
    """不能训练: too few labelled auctions of one kind."""


@dataclass(frozen=True)
class Sample:
    """训练样本: an auction measured once."""

    market: str
    found: Measures
    collusive: bool
    group: str


@dataclass(frozen=True)
class Trial:
    """检验: the evidence each sample got from trees that had not seen it or its twins."""

    samples: tuple[Sample, ...]
    evidence: Numbers

    @property
    def balanced_accuracy(self) -> float:
        """平衡准确率, at evidence zero: half of what is right among the collusive, half among the others."""
        truth = _truth(self.samples) > 0
        above = self.evidence > 0
        return float((above[truth].mean() + (~above[~truth]).mean()) / 2)

    @property
    def error(self) -> float:
        """标准误 of the balanced accuracy, from the numbers of auctions of either kind."""
        truth = _truth(self.samples) > 0
        above = self.evidence > 0
        shares = ((above[truth].mean(), truth.sum()), (above[~truth].mean(), (~truth).sum()))
        return float(np.sqrt(sum(share * (1 - share) / count for share, count in shares)) / 2)

    @property
    def area(self) -> float:
        """ROC曲线下面积: how often a collusive auction gets more evidence than another; ties count half."""
        truth = _truth(self.samples) > 0
        _, ranks, counts = np.unique(self.evidence, return_inverse=True, return_counts=True)
        middles = np.cumsum(counts) - (counts - 1) / 2
        ones, noughts = int(truth.sum()), int((~truth).sum())
        return float((middles[ranks][truth].sum() - ones * (ones + 1) / 2) / (ones * noughts))

    def of(self, market: str) -> "Trial":
        """The part of one market."""
        kept = [number for number, sample in enumerate(self.samples) if sample.market == market]
        return Trial(tuple(self.samples[number] for number in kept), self.evidence[kept])

    def figures(self) -> dict[str, float]:
        told = {"balanced_accuracy": self.balanced_accuracy, "error": self.error, "area": self.area}
        return {name: round(value, 4) for name, value in told.items()}


def fit(auctions: Sequence[Auction], sources: Sequence[str] = ()) -> Model:
    """训练. Raises Unfit where there are not enough auctions of either kind."""
    samples = sampled(auctions)
    everywhere = [sample for sample in samples if "gap" in sample.found]
    if not is_enough(everywhere):
        collusive, others = _groups(everywhere, True), _groups(everywhere, False)
        raise Unfit(
            f"训练需要有两个可用报价、报价互不相同的串标竞价与正常竞价至少各 {OF_EACH_MIN} 次；读到串标 {len(collusive)} 次、"
            f"正常 {len(others)} 次，另有 {len(auctions) - len(samples)} 次没有标记或没有可用报价"
        )
    markets = {name: scored(of, WITHIN_A_MARKET) for name, of in by_market(samples).items() if is_enough(of)}
    return Model(scored_everywhere(everywhere), markets, digest(auctions), tuple(sources))


def sampled(auctions: Sequence[Auction]) -> list[Sample]:
    """训练样本 of the labelled auctions that have a usable bid. Twins (the same bids, in any unit) share a group."""
    found = []
    for auction in auctions:
        measured = measures(auction.bids)
        if auction.collusive is not None and measured:
            found.append(Sample(auction.market, measured, auction.collusive, _group(auction)))
    return found


def by_market(samples: Sequence[Sample]) -> Mapping[str, list[Sample]]:
    """Samples by market; those without a name are one market, too."""
    found: dict[str, list[Sample]] = defaultdict(list)
    for sample in samples:
        found[sample.market].append(sample)
    return dict(sorted(found.items()))


def is_enough(samples: Sequence[Sample]) -> bool:
    """Whether there are enough of either kind to be told apart; twins are one."""
    collusive, others = _groups(samples, True), _groups(samples, False)
    return min(len(collusive), len(others)) >= OF_EACH_MIN


def _groups(samples: Sequence[Sample], collusive: bool) -> set[str]:
    return {sample.group for sample in samples if sample.collusive == collusive}


def scored_everywhere(samples: Sequence[Sample]) -> Scorer:
    """到处可用的筛查: trees of all markets, toned down by how they did on markets they had not seen."""
    markets = [name for name, of in by_market(samples).items() if is_enough(of)]
    if len(markets) < 2:
        return scored(samples, ACROSS_MARKETS)
    abroad = [tried_elsewhere(samples, market) for market in markets]
    held = Trial(
        tuple(one for trial in abroad for one in trial.samples),
        np.concatenate([trial.evidence for trial in abroad]),
    )
    return _scorer(samples, ACROSS_MARKETS, held)


def scored(samples: Sequence[Sample], names: tuple[str, ...]) -> Scorer:
    """一个市场的筛查, toned down by how its trees did on auctions they had not seen."""
    return _scorer(samples, names, tried(samples, names))


def _scorer(samples: Sequence[Sample], names: tuple[str, ...], held: Trial) -> Scorer:
    collusive = sum(sample.collusive for sample in samples)
    return Scorer(_grown(samples, names), round(_slope(held), 4), len(samples), collusive, held.figures())


def tried(samples: Sequence[Sample], names: tuple[str, ...]) -> Trial:
    """交叉检验: five parts, twins kept together, the kinds and markets spread evenly."""
    dealt = np.array(parts(samples))
    evidence = np.zeros(len(samples))
    for part in range(FOLDS):
        seen = [sample for sample, own in zip(samples, dealt, strict=True) if own != part]
        unseen = [sample for sample, own in zip(samples, dealt, strict=True) if own == part]
        evidence[dealt == part] = _judged(seen, unseen, names)
    return Trial(tuple(samples), evidence)


def tried_elsewhere(samples: Sequence[Sample], market: str) -> Trial:
    """留一市场检验: judged by trees that saw every market but this one."""
    others = [sample for sample in samples if sample.market != market]
    own = tuple(sample for sample in samples if sample.market == market)
    return Trial(own, _judged(others, own, ACROSS_MARKETS))


def digest(auctions: Sequence[Auction]) -> str:
    """训练数据摘要: whoever has the same auctions in the same order gets the same."""
    told = hashlib.sha256()
    for one in auctions:
        line = [one.market, one.key, [repr(bid) for bid in one.bids], one.collusive]
        told.update(json.dumps(line, ensure_ascii=False).encode() + b"\n")
    return f"sha256:{told.hexdigest()}"


def _judged(seen: Sequence[Sample], unseen: Sequence[Sample], names: tuple[str, ...]) -> Numbers:
    trees = _grown(seen, names)
    return np.array([sum(tree.value(sample.found) for tree in trees) for sample in unseen])


def _grown(samples: Sequence[Sample], names: tuple[str, ...]) -> tuple[Tree, ...]:
    table = np.array([[sample.found.get(name, np.nan) for name in names] for sample in samples])
    return grow(table, _truth(samples), _weights(samples), names)


def _weights(samples: Sequence[Sample]) -> Numbers:
    """Every market weighs the same, and in it either kind: no cartel is louder for having been caught more often."""
    counts: dict[tuple[str, bool], int] = defaultdict(int)
    for sample in samples:
        counts[sample.market, sample.collusive] += 1
    weights = np.array([1 / counts[sample.market, sample.collusive] for sample in samples])
    return np.asarray(weights / weights.mean())


def _truth(samples: Sequence[Sample]) -> Numbers:
    return np.array([float(sample.collusive) for sample in samples])


def _slope(held: Trial) -> float:
    """校准: by how much the evidence must be toned down so that its odds come true; by Newton's steps."""
    weights, truth, slope = _weights(held.samples), _truth(held.samples), 1.0
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-np.clip(slope * held.evidence, -30, 30)))
        pull = float((weights * (truth - likely) * held.evidence).sum())
        bend = float((weights * likely * (1 - likely) * held.evidence**2).sum())
        slope = min(SLOPE_MAX, max(0.0, slope + pull / (bend + 1e-9)))
    return slope


def parts(samples: Sequence[Sample]) -> list[int]:
    """The part of each sample: groups in the order of their digests, dealt out kind by kind."""
    dealt: dict[str, int] = {}
    next_of: dict[tuple[str, bool], int] = defaultdict(int)
    for sample in sorted(samples, key=lambda one: one.group):
        if sample.group not in dealt:
            dealt[sample.group] = next_of[sample.market, sample.collusive] % FOLDS
            next_of[sample.market, sample.collusive] += 1
    return [dealt[sample.group] for sample in samples]


def _group(auction: Auction) -> str:
    """孪生: equal when the bids are the same up to their unit; a single bid, when it is the same."""
    prices = usable(auction.bids)
    unit = prices[0] if len(prices) > 1 else 1.0
    told = f"{auction.market}|" + "|".join(f"{price / unit:.9g}" for price in prices)
    return hashlib.sha256(told.encode()).hexdigest()
