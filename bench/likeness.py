"""./ggzy bench likeness: 1,000 documents, all pairs, beside counting every pair by itself.

Documents are made of common phrases and own ones around one tender's text; some are copies, edited. Recall is the share
of the pairs that brute force finds alike and the index finds too; it counts exactly, so it has to be one.
"""

import argparse
import json
import random
import sys
import time

import likeness
from likeness.shingles import folded, hashes

ALIKE = 0.2
WORDS, PHRASES, LONG = 5_000, 3_000, 150  # of the language, of the trade, phrases in a document
COPY_EVERY, CHANGED = 20, 0.3


def main() -> int:
    options = argparse.ArgumentParser("./ggzy bench likeness", description=__doc__)
    options.add_argument("--documents", type=int, default=1_000)
    options.add_argument("--json", action="store_true", help="figures as JSON")
    chosen = options.parse_args()
    tender, texts = made(chosen.documents)
    began = time.perf_counter()
    found = {(pair.left, pair.right) for pair in likeness.compare(texts, tender, ALIKE)}
    seconds = time.perf_counter() - began
    began = time.perf_counter()
    wanted = by_brute_force(texts, tender)
    brute = time.perf_counter() - began
    figures = {
        "documents": len(texts),
        "characters": sum(map(len, texts.values())),
        "pairs": len(texts) * (len(texts) - 1) // 2,
        "alike": len(wanted),
        "recall": len(found & wanted) / len(wanted),
        "seconds": round(seconds, 1),
        "brute_force_seconds": round(brute, 1),
    }
    print(
        json.dumps(figures)
        if chosen.json
        else "\n".join(f"{name:<20} {value:,}" for name, value in figures.items())
    )
    return 0 if figures["recall"] == 1 else 1


def made(count: int) -> tuple[str, dict[int, str]]:
    """An invented tender and its bids; every twentieth is an earlier one with three phrases in ten changed."""
    chance = random.Random(1)
    letters = [chr(0x4E00 + number) for number in range(3_000)]
    words = ["".join(chance.choices(letters, k=chance.randint(2, 4))) for _ in range(WORDS)]
    weights = [1 / (rank + 1) for rank in range(WORDS)]

    def said() -> str:
        return "".join(chance.choices(words, weights, k=8)) + "。"

    phrases = [said() for _ in range(PHRASES)]
    tender = "".join(chance.choices(phrases, k=LONG))
    bids: list[list[str]] = []
    for number in range(count):
        if number % COPY_EVERY == COPY_EVERY - 1:
            bids.append([said() if chance.random() < CHANGED else phrase for phrase in chance.choice(bids)])
        else:
            bids.append([chance.choice(phrases) if chance.random() < 0.2 else said() for _ in range(LONG)])
    return tender, {number: tender + "".join(bid) for number, bid in enumerate(bids)}


def by_brute_force(texts: dict[int, str], tender: str) -> set[tuple[int, int]]:
    """Every pair by itself, as sets."""
    known = set(hashes(folded(tender)).tolist())
    own = [set(hashes(folded(text)).tolist()) - known for text in texts.values()]
    found = set()
    for left, one in enumerate(own):
        for right in range(left + 1, len(own)):
            both = len(one & own[right])
            if both and both >= ALIKE * (len(one) + len(own[right]) - both):
                found.add((left, right))
    return found


if __name__ == "__main__":
    sys.exit(main())
