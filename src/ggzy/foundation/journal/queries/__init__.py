"""留痕的读取: facts in the order they happened, and the proof that they did."""

from ggzy.foundation.journal.queries.audit import Audit, at_one_moment, audit
from ggzy.foundation.journal.queries.evidence import evidence
from ggzy.foundation.journal.queries.reading import (
    OFFSET,
    asked_now,
    disclosed,
    entry,
    facts,
    hasher,
    head,
    log,
    now,
    shard,
    stream,
)
from ggzy.foundation.journal.queries.receipts import (
    keys,
    receipt,
    receipt_at,
    receipt_file,
    signed,
    signed_each,
    signer,
    told_at,
)
from ggzy.foundation.journal.queries.tree import (
    checkpoint,
    consistency,
    heads_covering,
    inclusion,
    leaves,
    reader,
    tile,
)

__all__ = [
    "OFFSET",
    "Audit",
    "asked_now",
    "at_one_moment",
    "audit",
    "checkpoint",
    "consistency",
    "disclosed",
    "entry",
    "evidence",
    "facts",
    "hasher",
    "head",
    "heads_covering",
    "inclusion",
    "keys",
    "leaves",
    "log",
    "now",
    "reader",
    "receipt",
    "receipt_at",
    "receipt_file",
    "shard",
    "signed",
    "signed_each",
    "signer",
    "stream",
    "tile",
    "told_at",
]
