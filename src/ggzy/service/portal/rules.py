"""抽取核验: what anyone can compute again from the published facts of a draw. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ggzy.kernel import canon, digest, draw
from ggzy.kernel.events import body
from ggzy.service.portal.values import DrawnGroup, DrawnLeaf, DrawStory, DrawTurn, NonceLine

PARTIES = {"centre": "交易中心", "owner": "招标人一方", "supervisor": "行政监督部门"}
PURPOSES = {"committee": "评标专家", "coefficient": "评标基准价系数", "tie": "并列排序"}


def stories(told: Sequence[tuple[str, int, Any]], heads: Mapping[int, bytes]) -> tuple[DrawStory, ...]:
    """每一次抽取 of a lot, recomputed. `told` are (kind, height, event); `heads` the chain value by height."""
    names = [event.draw for kind, _, event in told if kind == "draw.requested"]
    return tuple(
        _story(name, [(k, h, e) for k, h, e in told if getattr(e, "draw", None) == name], heads)
        for name in names
    )


def _story(name: str, told: Sequence[tuple[str, int, Any]], heads: Mapping[int, bytes]) -> DrawStory:
    requested = next(event for kind, _, event in told if kind == "draw.requested")
    pools = {event.group: tuple(event.leaves) for kind, _, event in told if kind == "draw.committed"}
    return DrawStory(
        name=name,
        purpose=PURPOSES.get(str(requested.purpose), str(requested.purpose)),
        groups=tuple(_group(event) for kind, _, event in told if kind == "draw.committed"),
        nonces=tuple(_nonces(name, told)),
        turns=tuple(_turns(requested, pools, told, heads)),
    )


def _group(event: Any) -> DrawnGroup:
    root = draw.root(event.leaves).hex()
    return DrawnGroup(
        event.group, event.count, event.root, root == event.root and len(event.leaves) == event.count
    )


def _nonces(name: str, told: Sequence[tuple[str, int, Any]]) -> Iterable[NonceLine]:
    promised = {event.party: event.commitments for kind, _, event in told if kind == "nonce.committed"}
    for kind, _, event in told:
        if kind == "nonce.revealed":
            made = draw.commitment(name, event.party, event.turn, event.nonce)
            given = promised.get(event.party, ())
            is_kept = event.turn < len(given) and given[event.turn] == made
            yield NonceLine(PARTIES.get(event.party, event.party), event.turn, event.nonce.hex(), is_kept)


def _turns(
    requested: Any,
    pools: Mapping[str, tuple[bytes, ...]],
    told: Sequence[tuple[str, int, Any]],
    heads: Mapping[int, bytes],
) -> Iterable[DrawTurn]:
    gone: set[bytes] = set()
    before = b""
    for kind, height, event in told:
        if kind not in ("committee.drawn", "member.replaced"):
            continue
        nonces = {e.party: e.nonce for k, _, e in told if k == "nonce.revealed" and e.turn == event.turn}
        seed = draw.next_seed(before, nonces) if event.turn else _first(requested, told, heads, nonces)
        yield DrawTurn(event.turn, height, event.seed.hex(), seed == event.seed, _leaves(event, pools, gone))
        gone |= {seat.leaf for seat in event.drawn}
        before = event.seed


def _first(
    requested: Any,
    told: Sequence[tuple[str, int, Any]],
    heads: Mapping[int, bytes],
    nonces: Mapping[str, bytes],
) -> bytes:
    height, closed = next((height, event) for kind, height, event in told if kind == "commits.closed")
    return draw.seed(
        request=digest.function(requested.algorithm)(canon.dumps(body(requested))),
        pool=bytes.fromhex(closed.pool_root),
        excluded=bytes.fromhex(closed.excluded_root),
        head=heads[height],
        nonces=nonces,
    )


def _leaves(event: Any, pools: Mapping[str, tuple[bytes, ...]], gone: set[bytes]) -> tuple[DrawnLeaf, ...]:
    """Each seat with its ticket, and whether no ticket left in its pool was lower."""
    found = []
    for group in dict.fromkeys(seat.group for seat in event.drawn):
        taken = [seat for seat in event.drawn if seat.group == group]
        left = [leaf for leaf in pools.get(group, ()) if leaf not in gone]
        tickets = draw.tickets(event.seed, left)
        lowest = sorted(left, key=lambda leaf: (tickets[leaf], leaf))[: len(taken)]
        for seat in taken:
            ticket = tickets.get(seat.leaf, b"").hex()
            found.append(DrawnLeaf(seat.seat, group, seat.leaf.hex(), ticket, seat.leaf in lowest))
    return tuple(found)
