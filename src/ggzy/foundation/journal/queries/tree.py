"""树的读取: signed heads, tiles and proofs."""

from bisect import bisect_left
from collections.abc import Sequence

from ggzy.foundation.journal import chain
from ggzy.foundation.journal.models import Checkpoint, Entry, Node
from ggzy.foundation.journal.queries.reading import hasher
from ggzy.foundation.journal.values import Head
from ggzy.kernel import merkle
from ggzy.kernel.errors import Missing
from ggzy.kernel.note import LogProof, Note


def checkpoint(covering: int = 0) -> Head | None:
    """存证. The last signed head; with `covering`, the first one that covers that height."""
    rows = Checkpoint.objects.filter(size__gte=covering)
    row = rows.order_by("size" if covering else "-size").first()
    return None if row is None else Head(row.size, bytes(row.root), row.note, row.issued_at)


def heads_covering(heights: Sequence[int]) -> tuple[Head, ...]:
    """各条目的存证. For each height the first signed head that covers it, each once: what holders were shown."""
    sizes = list(Checkpoint.objects.order_by("size").values_list("size", flat=True))
    places = {bisect_left(sizes, height) for height in heights}
    wanted = [sizes[place] for place in places if place < len(sizes)]
    rows = Checkpoint.objects.filter(size__in=wanted).order_by("size")
    return tuple(Head(row.size, bytes(row.root), row.note, row.issued_at) for row in rows)


def inclusion(height: int, size: int | None = None) -> LogProof | None:
    """包含证明. Under the signed head of that size, else the first that covers it; None while none does."""
    head = checkpoint(covering=size or height)
    if head is None or (size is not None and head.size != size):
        return None
    hashes = merkle.inclusion(height - 1, head.size, reader(head.size), hasher())
    return LogProof(height - 1, hashes, Note.parse(head.note))


def consistency(old: int, new: int) -> tuple[bytes, ...]:
    """一致性证明. Between two sizes of the tree."""
    return merkle.consistency(old, new, reader(new), hasher())


def reader(size: int) -> merkle.Node:
    """树的读者. The nodes of the first `size` leaves; reads whole tiles and remembers them: for one piece of work."""
    tiles: dict[tuple[int, int], tuple[bytes, ...]] = {}
    known: dict[tuple[int, int], bytes] = {}

    def stored(level: int, position: int) -> bytes:
        number = position >> merkle.TILE_HEIGHT
        if (level, number) not in tiles:
            start = number << merkle.TILE_HEIGHT
            width = min(merkle.TILE_WIDTH, (size >> merkle.TILE_HEIGHT * level) - start)
            tiles[level, number] = tile(level, start, width)
        return tiles[level, number][position - (number << merkle.TILE_HEIGHT)]

    def node(level: int, position: int) -> bytes:
        if level % merkle.TILE_HEIGHT == 0:
            return stored(level // merkle.TILE_HEIGHT, position)
        if (level, position) not in known:
            left, right = node(level - 1, 2 * position), node(level - 1, 2 * position + 1)
            known[level, position] = merkle.node_hash(left, right, hasher())
        return known[level, position]

    return node


def tile(level: int, start: int, width: int) -> tuple[bytes, ...]:
    """瓦片的节点. `width` nodes of tile level `level` from position `start`; Missing if not all are there."""
    if level == 0:
        found = tuple(merkle.leaf_hash(leaf, hasher()) for leaf in leaves(start, width))
    else:
        rows = Node.objects.filter(level=level, position__gte=start, position__lt=start + width)
        found = tuple(bytes(row) for row in rows.order_by("position").values_list("hash", flat=True))
    if len(found) != width:
        raise Missing("没有这块瓦片")
    return found


def leaves(start: int, width: int) -> tuple[bytes, ...]:
    """叶子. `width` leaves from index `start` (height − 1)."""
    rows = Entry.objects.filter(height__gt=start, height__lte=start + width).order_by("height")
    return tuple(chain.leaf(bytes(value)) for value in rows.values_list("chain", flat=True))
