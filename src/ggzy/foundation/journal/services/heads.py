"""存证: growing the tree and asking the signer for its head.

What was written is read back from the database and rebuilt before a head is signed: a log whose signed
head does not match its entries is dead.
"""

import logging
from itertools import islice

from django.db import connection, transaction

from ggzy.foundation.journal import chain, queries
from ggzy.foundation.journal.events import Padded
from ggzy.foundation.journal.models import Checkpoint as CheckpointRow
from ggzy.foundation.journal.models import Node
from ggzy.foundation.journal.services.recording import hold_head, record_all
from ggzy.foundation.journal.values import Head
from ggzy.foundation.sealing.signing import SignerRefused
from ggzy.kernel import merkle
from ggzy.kernel.actor import Actor
from ggzy.kernel.note import Checkpoint

LOGGER = logging.getLogger(__name__)
GROWTH_MIN = 8
LEASE = 0x6767_7A79  # the advisory lock of the one process that signs
BATCH = 2_000


class JournalBroken(Exception):
    """留痕不一致: what is stored is not what was written. Nothing is signed until a person has looked."""


def pad() -> None:
    """填充. Makes the next head cover at least eight more entries, so that it does not count the real ones."""
    with transaction.atomic():
        last = queries.checkpoint()
        height = hold_head()
        grown = height - (last.size if last else 0)
        if 0 < grown < GROWTH_MIN:
            filling = [Padded()] * (GROWTH_MIN - grown)
            record_all(filling, actor=Actor.system(f"padding-{height}"), at=queries.now())


def checkpoint() -> Head | None:
    """存证. Signs a head over everything recorded so far; None while nothing is.

    Raises JournalBroken, SignerRefused (both alarms) or SignerAway (try again).
    """
    with transaction.atomic():
        is_ours = _take_lease()
        last, size = queries.checkpoint(), queries.head()
        if not is_ours or size == (last.size if last else 0):
            return last
        try:
            frontier = _grown(last, size)
            return _signed(Checkpoint(queries.log().origin, size, frontier.root(queries.hasher())))
        except (JournalBroken, SignerRefused) as alarm:
            LOGGER.critical("no head is signed: %s", alarm)
            raise


def _take_lease() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LEASE])
        taken: bool = cursor.fetchone()[0]
    return taken


def _grown(last: Head | None, size: int) -> merkle.Frontier:
    """The frontier of the stored tree, extended by entries read back and rebuilt."""
    hasher = queries.hasher()
    start = last.size if last else 0
    frontier = merkle.frontier(start, queries.reader(start))
    if last is not None and frontier.root(hasher) != last.root:
        raise JournalBroken(f"the stored tree of {last.size} entries is not the one that was signed")
    entries = queries.disclosed(after=frontier.size, until=size)
    before = frontier.size
    while batch := list(islice(entries, BATCH)):
        for entry in batch:
            faults = chain.faults(entry, hasher)
            if faults:
                raise JournalBroken(f"entry {entry.header.height}: {'; '.join(faults)}")
        frontier = frontier.extend(
            (merkle.leaf_hash(chain.leaf(entry.header.chain), hasher) for entry in batch), hasher
        )
    if frontier.size != size:
        raise JournalBroken(f"{size} entries were recorded, {frontier.size} are there")
    _store_nodes(before, size)
    return frontier


def _store_nodes(before: int, size: int) -> None:
    """Keeps the roots of the tiles that became full, level by level."""
    hasher, level = queries.hasher(), 1
    while size >> merkle.TILE_HEIGHT * level:
        first, end = before >> merkle.TILE_HEIGHT * level, size >> merkle.TILE_HEIGHT * level
        Node.objects.bulk_create(
            Node(
                level=level,
                position=position,
                hash=merkle.root(
                    queries.tile(level - 1, position << merkle.TILE_HEIGHT, merkle.TILE_WIDTH), hasher
                ),
            )
            for position in range(first, end)
        )
        level += 1


def _signed(head: Checkpoint) -> Head:
    signer = queries.signer()
    size, _ = signer.state()
    if size > head.size:
        raise SignerRefused(f"签名机已签到 {size} 条，数据库只有 {head.size} 条")
    note = str(signer.head(head, queries.consistency(size, head.size)))
    row = CheckpointRow.objects.create(size=head.size, root=head.root, note=note, issued_at=queries.now())
    return Head(row.size, head.root, note, row.issued_at)
