"""证据: what a dossier must carry so that an outsider can check it without us.

The format is that of the verifier, `src/verify/README.md`; the two share no code.
"""

import json
from collections.abc import Callable, Iterable, Iterator

from ggzy.foundation.journal.queries import tree
from ggzy.foundation.journal.queries.reading import disclosed, hasher
from ggzy.foundation.journal.queries.receipts import signer
from ggzy.foundation.journal.values import Disclosed, EntryFacts, Head
from ggzy.kernel import canon, merkle
from ggzy.kernel.errors import Conflict
from ggzy.kernel.events import instant_text


def evidence(
    prefixes: Iterable[str], may_read: Callable[[EntryFacts], bool]
) -> Iterator[tuple[str, Iterator[bytes]]]:
    """证据文件. Names and contents of the dossier's evidence about all streams that begin so.

    A body that `may_read` refuses is withheld: its place stays provable. Raises Conflict while a fact of
    theirs is not yet covered by a signed head (`services.pad`, `services.checkpoint`).
    """
    prefixes, last = tuple(prefixes), tree.checkpoint()
    entries = [entry for prefix in prefixes for entry in disclosed(prefix, audience=None)]
    entries.sort(key=lambda entry: entry.header.height)
    if last is None or (entries and entries[-1].header.height > last.size):
        raise Conflict("案卷中有事实尚未存证，请稍后再试")
    node, keys = tree.reader(last.size), signer().keys()
    heights = [entry.header.height for entry in entries]
    yield "checkpoint", iter([last.note.encode()])
    yield "keys.json", iter([canon.dumps({"log": str(keys.log), "receipt": str(keys.receipt)})])
    yield "events.jsonl", (_line(_event(entry, may_read)) for entry in entries)
    yield "proofs.jsonl", (_line(_proof(height, last.size, node)) for height in heights)
    yield "heads.jsonl", (_line(_head(head, last.size, node)) for head in tree.heads_covering(heights))


def _event(entry: Disclosed, may_read: Callable[[EntryFacts], bool]) -> dict[str, object]:
    header = entry.header
    shown = entry.event is not None and entry.nonce is not None and may_read(header)
    assert entry.previous is not None, "the stored chain has a gap"
    return {
        "height": header.height,
        "stream": header.subject,
        "seq": header.seq,
        "at": instant_text(header.at),
        "previous": entry.previous.hex(),
        "commitment": header.commitment.hex(),
        "nonce": entry.nonce.hex() if shown and entry.nonce else None,
        "event": entry.event.decode() if shown and entry.event else None,
    }


def _proof(height: int, size: int, node: merkle.Node) -> dict[str, object]:
    hashes = merkle.inclusion(height - 1, size, node, hasher())
    return {"height": height, "hashes": [step.hex() for step in hashes]}


def _head(head: Head, size: int, node: merkle.Node) -> dict[str, object]:
    hashes = merkle.consistency(head.size, size, node, hasher())
    return {"note": head.note, "hashes": [step.hex() for step in hashes]}


def _line(value: dict[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
