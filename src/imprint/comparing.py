"""两两比对: the slips and prices of every two bids of a lot, after what the documents themselves say."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Any

from imprint import prices, slips
from imprint.values import Imprint

SPREAD_MAX = Decimal("0.02")  # what is told at all; whether it means anything is for the indicator
TAILS_MIN = Decimal("0.5")
BIDS_MAX = 60  # beyond this only the first ones are compared two by two


def compare(
    bids: Mapping[str, Sequence[Imprint]], documents: Sequence[Imprint], names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """差错与单价: one row for every two bids that have something in common."""
    template = slips.joined(one.text for one in documents)
    texts = {bid: slips.joined(one.text for one in files) for bid, files in bids.items()}
    items = {bid: _items(files) for bid, files in bids.items()}
    known = slips.contexts(template)
    found = {bid: slips.slips(text, known) for bid, text in texts.items()}
    control = _items(documents)
    rows = []
    for one, other in combinations(list(bids)[:BIDS_MAX], 2):
        row = {
            "one": one,
            "other": other,
            "slips": slips.shared(found, one, other),
            "named": [
                bid
                for bid, rival in ((one, other), (other, one))
                if slips.naming(texts[bid], names[rival], template)
            ],
            "prices": _prices(prices.pattern(items[one], items[other], control)),
        }
        if row["slips"] or row["named"] or row["prices"]:
            rows.append(row)
    return rows


def _items(files: Sequence[Imprint]) -> dict[str, str]:
    """清单 of a bid: of its longest priced file."""
    return max((one.items for one in files), key=len, default={})


def _prices(found: prices.Pattern | None) -> dict[str, Any] | None:
    if found is None:
        return None
    worth = found.spread < SPREAD_MAX or found.step is not None or found.tails > TAILS_MIN
    if not worth:
        return None
    return {
        "items": found.items,
        "ratio": str(found.ratio),
        "spread": str(found.spread),
        "step": None if found.step is None else str(found.step),
        "equal": str(found.equal),
        "tails": str(found.tails),
        "by_control": found.by_control,
    }


def merged(rows: Sequence[dict[str, Any]], alike: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """比对结果: what was found of every two bids, each pair once."""
    nothing: dict[str, Any] = {"similarity": None, "passages": [], "slips": [], "named": [], "prices": None}
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in (*rows, *alike):
        pair = (row["one"], row["other"])
        found[pair] = {**found.get(pair, nothing), **row}
    return list(found.values())
