"""./ggzy bench screens FILE…: labelled auctions, judged by trees that had not seen them, beside one plain screen.

Own market: five parts, twins kept together, trees of that market alone. Elsewhere: trees of all the other markets.
Plain: the coefficient of variation by itself (low is suspicious), the baseline every paper begins with.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from screens import fitting
from screens.distribution import ACROSS_MARKETS, WITHIN_A_MARKET
from screens.fitting import Sample, Trial
from screens.reading import Reader


def main() -> int:
    options = argparse.ArgumentParser("./ggzy bench screens", description=__doc__)
    options.add_argument("files", nargs="+", type=Path, metavar="FILE")
    options.add_argument("--json", action="store_true", help="figures as JSON")
    chosen = options.parse_args()
    began, reader = time.perf_counter(), Reader()
    samples = fitting.sampled([auction for path in chosen.files for auction in reader.read(path)])
    read = time.perf_counter() - began
    rows = [
        _figures(name, of, samples)
        for name, of in fitting.by_market(samples).items()
        if fitting.is_enough(of)
    ]
    figures = {
        "auctions": len(samples),
        "troubles": len(reader.troubles),
        "read_seconds": round(read, 2),
        "seconds": round(time.perf_counter() - began, 1),
        "markets": rows,
    }
    print(json.dumps(figures, ensure_ascii=False) if chosen.json else _table(figures, rows))
    return 0 if rows else 1


def _figures(name: str, of: Sequence[Sample], everywhere: Sequence[Sample]) -> dict[str, object]:
    comparable = [sample for sample in everywhere if "gap" in sample.found]
    several = len({sample.market for sample in comparable}) > 1
    return {
        "market": name or "(unnamed)",
        "auctions": len(of),
        "collusive": round(sum(sample.collusive for sample in of) / len(of), 3),
        "own": fitting.tried(of, WITHIN_A_MARKET).figures(),
        "own_without_level": fitting.tried(of, ACROSS_MARKETS).figures(),
        "elsewhere": fitting.tried_elsewhere(comparable, name).figures() if several else None,
        "plain": _plain([sample for sample in of if "variation" in sample.found]).figures(),
    }


def _plain(of: Sequence[Sample]) -> Trial:
    """The low coefficient of variation as evidence, around its median."""
    low = -np.array([sample.found["variation"] for sample in of])
    return Trial(tuple(of), low - np.median(low))


def _table(figures: dict[str, object], rows: Sequence[dict[str, object]]) -> str:
    head = f"{'market':<22}{'auctions':>9}{'collusive':>10}" + "".join(
        f"{title:>22}" for title in ("own market", "without price level", "seen elsewhere", "variation alone")
    )
    lines = [
        f"{row['market']:<22}{row['auctions']:>9}{row['collusive']:>10.1%}"
        + "".join(f"{_pair(row[kind]):>22}" for kind in ("own", "own_without_level", "elsewhere", "plain"))
        for row in rows
    ]
    last = "balanced accuracy ± standard error / area under the ROC curve; "
    return "\n".join([head, *lines, last + f"{figures['auctions']} auctions in {figures['seconds']} s"])


def _pair(figures: object) -> str:
    if not isinstance(figures, dict):
        return "–"
    return f"{figures['balanced_accuracy']:.3f} ± {figures['error']:.3f} / {figures['area']:.3f}"


if __name__ == "__main__":
    sys.exit(main())
