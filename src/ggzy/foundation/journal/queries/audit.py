"""全量核验: every chain, every body, the whole tree, every signed head, from what is stored."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction

from ggzy.foundation.journal import chain
from ggzy.foundation.journal.models import Checkpoint, Head, Node, Subject
from ggzy.foundation.journal.queries.reading import disclosed, facts, hasher, log
from ggzy.foundation.journal.queries.receipts import signer
from ggzy.foundation.journal.values import Disclosed
from ggzy.foundation.sealing.signing import SignerAway, check
from ggzy.kernel import events, merkle
from ggzy.kernel.note import Checkpoint as CheckpointText
from ggzy.kernel.note import Note, VerifierKey

FAULTS_MAX = 1_000


@dataclass
class Audit:
    """核验结果. What was walked, what is wrong, and what could not be looked at."""

    entries: int = 0
    bodies: int = 0
    erased: int = 0
    heads: int = 0
    nodes: int = 0
    subjects: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)

    def fault(self, text: str) -> None:
        if len(self.faults) < FAULTS_MAX:
            self.faults.append(text)


def audit(progress: Callable[[int], None] = lambda entries: None) -> Audit:
    """全量核验. Reads the journal from its first entry; `progress` hears the number of entries walked."""
    found, tree = Audit(), _Tree()
    erased = {fact.event.height for fact in facts(kinds=["payload.erased"])}
    heads = {row.size: row for row in Checkpoint.objects.order_by("size")}
    key = _key(found)
    for entry in disclosed():
        _check_entry(found, entry, erased)
        tree.grow(found, merkle.leaf_hash(chain.leaf(entry.header.chain), hasher()))
        row = heads.pop(found.entries, None)
        if row is not None:
            _check_head(found, row, tree.frontier, key)
        progress(found.entries)
    for size in heads:
        found.fault(f"存证点有 {size} 条，留痕只有 {found.entries} 条")
    _check_ends(found)
    return found


@contextmanager
def at_one_moment() -> Iterator[None]:
    """同一时刻: what is read inside is one state of the database, whatever is written meanwhile.

    Inside a transaction that runs already, that transaction's own.
    """
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


class _Tree:
    """The tree as it grows, and the stored roots of its full tiles beside it."""

    def __init__(self) -> None:
        self.frontier = merkle.Frontier()
        self._tiles: list[list[bytes]] = [[]]
        self._stored = {(row.level, row.position): bytes(row.hash) for row in Node.objects.all()}
        self._signed = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0

    def grow(self, found: Audit, leaf: bytes) -> None:
        self.frontier = self.frontier.extend([leaf], hasher())
        self._tiles[0].append(leaf)
        level = 0
        while len(self._tiles[level]) == merkle.TILE_WIDTH:
            root = merkle.root(self._tiles[level], hasher())
            self._tiles[level] = []
            level += 1
            if level == len(self._tiles):
                self._tiles.append([])
            self._tiles[level].append(root)
            self._compare(found, level, root)

    def _compare(self, found: Audit, level: int, root: bytes) -> None:
        position = (self.frontier.size >> merkle.TILE_HEIGHT * level) - 1
        stored = self._stored.get((level, position))
        found.nodes += 1
        if stored != root and (stored is not None or self.frontier.size <= self._signed):
            found.fault(f"瓦片 {level}/{position} 的节点与条目不符")


def _key(found: Audit) -> VerifierKey | None:
    try:
        return signer().keys().log
    except SignerAway as away:
        found.gaps.append(f"未核验存证点的签名：{away}")
        return None


def _check_entry(found: Audit, entry: Disclosed, erased: set[int]) -> None:
    header = entry.header
    found.entries += 1
    if header.height != found.entries:
        found.fault(f"高度 {found.entries} 缺失")
        found.entries = header.height
    seq, link = found.subjects.get(header.subject, (0, b""))
    if header.seq != seq + 1:
        found.fault(f"高度 {header.height}：{header.subject} 第 {seq + 1} 条缺失")
    if seq and link != entry.previous:
        found.fault(f"高度 {header.height}：{header.subject} 的前一条已变")
    found.subjects[header.subject] = (header.seq, header.chain)
    for fault in _faults(entry):
        found.fault(f"高度 {header.height}（{header.subject} 第 {header.seq} 条）：{fault}")
    if entry.event is None:
        found.erased += 1
        if header.height not in erased:
            found.fault(
                f"高度 {header.height}（{header.subject} 第 {header.seq} 条）：内容缺失，且无删除记录"
            )
    else:
        found.bodies += 1


def _faults(entry: Disclosed) -> tuple[str, ...]:
    """What is wrong with the entry, and whether its body still reads as the fact it says it is."""
    try:
        faults = chain.faults(entry, hasher())
        if faults or entry.event is None:
            return faults
        fact = events.read(entry.header.kind, json.loads(entry.event)["body"])
    except (ValueError, KeyError, TypeError) as error:
        return (f"内容不能读为 {entry.header.kind}：{error}",)
    if events.subject(fact) != entry.header.subject:
        return ("事实写在别的流中",)
    if events.declared(fact).audience != entry.header.audience:
        return ("知悉范围与事实的定义不符",)
    return ()


def _check_head(found: Audit, row: Checkpoint, frontier: merkle.Frontier, key: VerifierKey | None) -> None:
    found.heads += 1
    root = frontier.root(hasher())
    try:
        note = Note.parse(row.note)
    except ValueError:
        found.fault(f"{row.size} 条的存证点不是签名文本")
        return
    if CheckpointText(log().origin, row.size, root).text() != note.text or bytes(row.root) != root:
        found.fault(f"{row.size} 条的存证点与条目不符")
    if key is not None and not note.is_signed_by(key, check):
        found.fault(f"{row.size} 条的存证点签名不成立")


def _check_ends(found: Audit) -> None:
    height = Head.objects.values_list("height", flat=True).get()
    if height != found.entries:
        found.fault(f"末位为 {height}，留痕只有 {found.entries} 条")
    stored = {row.subject: (row.seq, bytes(row.chain)) for row in Subject.objects.all()}
    for subject in sorted(stored.keys() | found.subjects.keys()):
        if stored.get(subject) != found.subjects.get(subject):
            found.fault(f"{subject} 的末条与流不符")
