"""命令行: python -m imprint < request.json > answer.json. Each bid is read by a child of its own under limits.

Request: {"bids": {bid: {"name": …, "files": [[path, offset, size, name], …]}}, "documents": [[…], …]}; with
"shows_text" the words of the documents are answered too, of the bids never.
"""

import json
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from imprint import alike, comparing, slips
from imprint.reading import read
from imprint.values import Imprint, Place, word

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 8  # of one bid, or of one comparison
WALL_SECONDS = 30  # of one lot
OUT_OF_TIME = "超出读取时限，未读取"
GONE = "读取程序中止，未读取"


def main() -> int:
    """Reads, compares, answers; always an answer, whatever a file does."""
    asked = json.load(sys.stdin)
    until = time.monotonic() + WALL_SECONDS
    documents = _apart([Place(Path(one[0]), *one[1:]) for one in asked["documents"]], until)
    bids = {
        bid: _apart([Place(Path(one[0]), *one[1:]) for one in told["files"]], until)
        for bid, told in asked["bids"].items()
    }
    names = {bid: told["name"] for bid, told in asked["bids"].items()}
    rows = _told(lambda: comparing.compare(bids, documents, names), until)
    texts = {bid: slips.joined(one.text for one in files) for bid, files in bids.items()}
    twins = _told(lambda: alike.compare(texts, slips.joined(one.text for one in documents)), until)
    answer = {
        "files": {bid: [_marks(found) for found in files] for bid, files in bids.items()},
        "documents": [
            _marks(found) | ({"text": found.text} if asked.get("shows_text") else {}) for found in documents
        ],
        "pairs": comparing.merged(rows or (), twins or ()),
        "is_complete": rows is not None and twins is not None,
    }
    json.dump(answer, sys.stdout)
    return 0


def _told(run: Callable[[], list[dict[str, Any]]], until: float) -> list[dict[str, Any]] | None:
    """What a comparison says; None where it was not done in time or memory."""
    with tempfile.TemporaryFile("w+") as out:
        _limited(lambda: _tell(run(), out), until)
        out.seek(0)
        text = out.read()
    return json.loads(text) if text.endswith("\n") else None


def _marks(found: Imprint) -> dict[str, Any]:
    """What is kept of a file: neither its text nor its prices."""
    return {name: value for name, value in asdict(found).items() if name not in ("text", "items")}


def _apart(places: list[Place], until: float) -> list[Imprint]:
    """Reads in a child; what it did not get to is said to be unread."""
    with tempfile.TemporaryFile("w+") as out:
        ended = _limited(lambda: _write(places, out), until)
        out.seek(0)
        found = [Imprint(**json.loads(line)) for line in out if line.endswith("\n")]
    why = OUT_OF_TIME if ended == signal.SIGXCPU or time.monotonic() > until else GONE
    return found + [Imprint(word(place.name), bytes=place.size, unread=why) for place in places[len(found) :]]


def _write(places: list[Place], out: Any) -> None:
    for place in places:
        _tell(asdict(read(place)), out)


def _tell(value: Any, out: Any) -> None:
    out.write(json.dumps(value) + "\n")
    out.flush()


def _limited(run: Any, until: float) -> int:
    """Runs it in a child with little memory and time; the signal that ended it, 0 if none."""
    child = os.fork()
    if child == 0:
        try:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
            resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, max(0.01, until - time.monotonic()))
            run()
            os._exit(0)
        except BaseException:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


if __name__ == "__main__":
    sys.exit(main())
