"""筛查指标: the screens of the literature, from the usable bids of one auction; a screen it cannot have is absent.

Every screen but `level` is free of units, so that markets and currencies can be compared. The formulas are those of
Huber and Imhof 2019 and García Rodríguez et al. 2022; docs/screens.md has them with the names used there.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

from screens.values import Measures

APART_MAX = 50  # a bid fifty times the median, or a fiftieth, is in another unit (元 and 万元) or a slip
FAR = 1_000.0  # a distance over nothing: equal losing bids

WORDS = {
    "bidders": "报价数",
    "level": "价格量级",
    "variation": "变异系数",
    "spread": "极差率",
    "gap": "最低两价之差",
    "uniformity": "与均匀分布之距",
    "skewness": "偏度",
    "kurtosis": "峰度",
    "relative_distance": "相对距离",
    "alternative_distance": "替代相对距离",
    "normalised_distance": "标准化距离",
}
WITHIN_A_MARKET = tuple(WORDS)
ACROSS_MARKETS = tuple(name for name in WORDS if name not in ("bidders", "level"))


def usable(bids: Sequence[float]) -> tuple[float, ...]:
    """可用报价, lowest first: finite, above zero, and in the unit of most. No majority of units: none is usable."""
    sound = sorted(bid for bid in bids if math.isfinite(bid) and bid > 0)
    if not sound:
        return ()
    middle = sound[(len(sound) - 1) // 2]
    kept = tuple(bid for bid in sound if middle / APART_MAX <= bid <= middle * APART_MAX)
    return kept if 2 * len(kept) > len(sound) else ()


def measures(bids: Sequence[float]) -> Measures:
    """筛查指标 of one auction. Unusable bids are left aside; without a usable bid there is no measure at all."""
    prices = usable(bids)
    if not prices:
        return {}
    unit = prices[len(prices) // 2]
    found = {"bidders": float(len(prices)), "level": math.log10(unit)}
    relative = [price / unit for price in prices]  # so that no power of a price overflows
    reach = relative[-1] - relative[0]
    if len(relative) >= 2:
        found |= {
            "variation": _deviation(relative) * len(relative) / sum(relative),
            "spread": reach / relative[0],
            "gap": (relative[1] - relative[0]) / relative[0],
        }
    if len(relative) >= 2 and reach > 0:
        found["uniformity"] = _uniformity(relative)
    if len(relative) >= 3 and reach > 0:
        found |= {"skewness": _skewness(relative)} | _distances(relative)
    if len(relative) >= 4 and reach > 0:
        found["kurtosis"] = _kurtosis(relative)
    return found


def _distances(prices: list[float]) -> dict[str, float]:
    gaps, losing = [after - before for before, after in pairwise(prices)], prices[1:]
    return {
        "relative_distance": _over(gaps[0], _deviation(losing)),
        "alternative_distance": _over(gaps[0], sum(gaps[1:]) / len(gaps[1:])),
        "normalised_distance": _over(gaps[0], sum(gaps) / len(gaps)),
    }


def _uniformity(prices: list[float]) -> float:
    """The statistic of Kolmogorov and Smirnov against bids spread evenly from the lowest to the highest."""
    count, reach = len(prices), prices[-1] - prices[0]
    places = [(price - prices[0]) / reach for price in prices]
    return max(max((rank + 1) / count - place, place - rank / count) for rank, place in enumerate(places))


def _skewness(prices: list[float]) -> float:
    count = len(prices)
    return count / ((count - 1) * (count - 2)) * _moment(prices, 3)


def _kurtosis(prices: list[float]) -> float:
    count = len(prices)
    scale = count * (count + 1) / ((count - 1) * (count - 2) * (count - 3))
    return scale * _moment(prices, 4) - 3 * (count - 1) ** 2 / ((count - 2) * (count - 3))


def _moment(prices: list[float], power: int) -> float:
    mean, deviation = sum(prices) / len(prices), _deviation(prices)
    return sum(((price - mean) / deviation) ** power for price in prices)


def _deviation(prices: list[float]) -> float:
    mean = sum(prices) / len(prices)
    return math.sqrt(sum((price - mean) ** 2 for price in prices) / (len(prices) - 1))


def _over(distance: float, by: float) -> float:
    return min(distance / by, FAR) if by > 0 else FAR if distance > 0 else 0.0
