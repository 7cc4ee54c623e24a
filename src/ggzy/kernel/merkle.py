"""默克尔树: the RFC 6962 tree, its proofs, and the 256-wide tiles of C2SP tlog-tiles.

A tree is read through a `Node` function: the hash of the full subtree of 2**level leaves at that position.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ggzy.kernel.digest import Hash, function

Node = Callable[[int, int], bytes]
HASH_SIZE = 32
TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
SHA256 = function("sha256")


def leaf_hash(leaf: bytes, hasher: Hash = SHA256) -> bytes:
    """叶子摘要. Basis: RFC 6962 §2.1."""
    return hasher(b"\x00" + leaf)


def node_hash(left: bytes, right: bytes, hasher: Hash = SHA256) -> bytes:
    """节点摘要. Basis: RFC 6962 §2.1."""
    return hasher(b"\x01" + left + right)


@dataclass(frozen=True)
class Frontier:
    """树的前沿. What one must remember of a tree to extend it: roots of its full subtrees, largest first."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def extend(self, hashes: Iterable[bytes], hasher: Hash = SHA256) -> "Frontier":
        """追加叶子摘要. The frontier after these leaf hashes."""
        size, peaks = self.size, list(self.peaks)
        for leaf in hashes:
            peaks.append(leaf)
            size += 1
            for _ in range((size & -size).bit_length() - 1):
                right = peaks.pop()
                peaks[-1] = node_hash(peaks[-1], right, hasher)
        return Frontier(size, tuple(peaks))

    def root(self, hasher: Hash = SHA256) -> bytes:
        """树根. The root of an empty tree is the hash of nothing."""
        if not self.peaks:
            return hasher(b"")
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root, hasher)
        return root


def root(hashes: Sequence[bytes], hasher: Hash = SHA256) -> bytes:
    """树根. Of a tree with these leaf hashes."""
    return Frontier().extend(hashes, hasher).root(hasher)


def nodes_of(hashes: Sequence[bytes], hasher: Hash = SHA256) -> Node:
    """内存中的树. A `Node` function over leaf hashes held in memory."""
    known: dict[tuple[int, int], bytes] = {}

    def node(level: int, position: int) -> bytes:
        if level == 0:
            return hashes[position]
        if (level, position) not in known:
            left, right = node(level - 1, 2 * position), node(level - 1, 2 * position + 1)
            known[level, position] = node_hash(left, right, hasher)
        return known[level, position]

    return node


def frontier(size: int, node: Node) -> Frontier:
    """读取前沿. The frontier of the first `size` leaves."""
    peaks, start = [], 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            peaks.append(node(level, start >> level))
            start += 1 << level
    return Frontier(size, tuple(peaks))


def inclusion(index: int, size: int, node: Node, hasher: Hash = SHA256) -> tuple[bytes, ...]:
    """包含证明. That leaf `index` (from 0) is in the tree of `size` leaves. Basis: RFC 6962 §2.1.1."""
    if not 0 <= index < size:
        raise ValueError("no such leaf in a tree of that size")
    path, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_range_root(middle, end, node, hasher))
            end = middle
        else:
            path.append(_range_root(start, middle, node, hasher))
            start = middle
    return tuple(reversed(path))


def inclusions(hashes: Sequence[bytes], hasher: Hash = SHA256) -> tuple[bytes, list[tuple[bytes, ...]]]:
    """树根与全部包含证明 of a tree that fits in memory: what `root` and `inclusion` give, level by level."""
    if not hashes:
        raise ValueError("a proof needs a leaf")
    paths: list[list[bytes]] = [[] for _ in hashes]
    places, level = list(range(len(hashes))), list(hashes)
    while len(level) > 1:
        for path, place in zip(paths, places, strict=True):
            if place ^ 1 < len(level):
                path.append(level[place ^ 1])
        pairs = [node_hash(a, b, hasher) for a, b in zip(level[::2], level[1::2], strict=False)]
        level = [*pairs, *level[len(pairs) * 2 :]]
        places = [place >> 1 for place in places]
    return level[0], list(map(tuple, paths))


def consistency(old: int, new: int, node: Node, hasher: Hash = SHA256) -> tuple[bytes, ...]:
    """一致性证明. That the tree of `old` leaves is the beginning of that of `new`. Basis: RFC 6962 §2.1.2."""
    if not 0 <= old <= new:
        raise ValueError("a tree does not shrink")
    path: list[bytes] = []
    start, end = 0, new
    while old not in (0, end):
        middle = start + _split(end - start)
        if old <= middle:
            path.append(_range_root(middle, end, node, hasher))
            end = middle
        else:
            path.append(_range_root(start, middle, node, hasher))
            start = middle
    if start:
        path.append(_range_root(start, end, node, hasher))
    return tuple(reversed(path))


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes, *, hasher: Hash = SHA256
) -> bool:
    """核验包含证明. `leaf` is a leaf hash. Basis: RFC 9162 §2.1.3.2."""
    if not 0 <= index < size or len(leaf) != HASH_SIZE:
        return False
    found, last = leaf, size - 1
    for step in proof:
        if last == 0:
            return False
        if index & 1 or index == last:
            found = node_hash(step, found, hasher)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            found = node_hash(found, step, hasher)
        index, last = index >> 1, last >> 1
    return last == 0 and found == root


def verify_consistency(
    old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes, *, hasher: Hash = SHA256
) -> bool:
    """核验一致性证明. An empty old tree proves nothing and is refused. Basis: RFC 9162 §2.1.4.2."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    steps = list(proof) if old & (old - 1) else [old_root, *proof]
    if not steps:
        return False
    index, last = old - 1, new - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if index & 1 or index == last:
            first, second = node_hash(step, first, hasher), node_hash(step, second, hasher)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            second = node_hash(second, step, hasher)
        index, last = index >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


def _split(width: int) -> int:
    return 1 << ((width - 1).bit_length() - 1)


def _range_root(start: int, end: int, node: Node, hasher: Hash) -> bytes:
    width = end - start
    if width & (width - 1) == 0:
        return node(width.bit_length() - 1, start // width)
    middle = start + _split(width)
    return node_hash(
        node((middle - start).bit_length() - 1, start // (middle - start)),
        _range_root(middle, end, node, hasher),
        hasher,
    )
