"""文本雷同: of every two bids, once the bidding documents' own text is taken off (`likeness`)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import likeness
from imprint.values import TEXT_MAX

TEXTS_MAX = 6_000_000  # characters of all bids together; beyond, each gives its share
SIMILARITY_MIN = 0.5  # what is told at all; whether it means anything is for the indicator
NEVER = 1 << 30  # pairs are told for being alike, not for a rare passage
SHARED_MIN = 300  # characters in common; what is shorter is a form of words
PASSAGES_MAX, PASSAGE_MAX = 5, 120
PLACES = Decimal("0.0001")


def compare(texts: Mapping[str, str], template: str) -> list[dict[str, Any]]:
    """文本雷同的每两份, with the longest passages they have in common."""
    share = min(TEXT_MAX, TEXTS_MAX // max(1, len(texts)))
    held = {bid: text[:share] for bid, text in texts.items() if text.strip()}
    found = likeness.compare(held, template, similarity_min=SIMILARITY_MIN, rare_min=NEVER)
    return [
        {
            "one": pair.left,
            "other": pair.right,
            "similarity": str(Decimal(pair.similarity).quantize(PLACES)),
            "passages": [" ".join(one.text.split())[:PASSAGE_MAX] for one in pair.passages[:PASSAGES_MAX]],
        }
        for pair in found
        if sum(len(one.text) for one in pair.passages) >= SHARED_MIN
    ]
