"""双随机抽查的核验 (V17): the pool's root, the promises, the seed, and that the lowest tickets were taken.

It reads what the platform publishes of one spot check (重算材料, JSON). What ties it to the journal is the chain value
`head`, taken when the promises were closed: compare it with that of your own copy of the journal.
"""

from __future__ import annotations

from typing import Any

from verify.draws import COMMIT, SEED, TICKET, joined, prefixed
from verify.hashing import Hasher, canonical
from verify.report import Check

SIZE = 32


def check_spot(told: dict[str, Any]) -> Check:
    """V17: one spot check is drawn again."""
    check = Check("V17", "抽查可由公开材料重算")
    if told["seed"] is None:
        check.gaps.append(f"{told['check']}：尚未抽取")
        return check
    hasher = Hasher(told["algorithm"])
    weights = {_hex(one["leaf"]): (one["group"], int(one["weight"])) for one in told["leaves"]}
    root = hasher.root(sorted(weights))
    check.require(len(weights) == len(told["leaves"]), "候选叶子有重复")
    check.require(root.hex() == told["pool_root"], "候选池根与叶子不符")
    nonces = {one["party"]: _hex(one["nonce"]) for one in told["givers"]}
    check.require(len(nonces) > 1, "只有一方提供随机数，一方就能决定结果")
    for one in told["givers"]:
        named = prefixed(told["check"]) + prefixed(one["party"]) + bytes([0])
        made = hasher(COMMIT, named, nonces[one["party"]])
        check.require(made.hex() == one["commitment"], f"{one['party']} 的随机数与承诺不符")
    plan = canonical({"check": told["check"], "item": told["item"], "region": told["region"]})
    check.require(hasher(plan).hex() == told["request"], "计划摘要与抽查编号、事项、区划不符")
    fixed = [_hex(told[name]) for name in ("request", "pool_root", "excluded_root", "head")]
    seed = hasher(SEED, *fixed, joined(nonces))
    check.require(seed.hex() == told["seed"], "种子不符")
    for seat in told["seats"]:
        _check_group(check, hasher, seed, told["drawn"], seat, weights)
    return check


def _check_group(
    check: Check,
    hasher: Hasher,
    seed: bytes,
    drawn: list[dict[str, Any]],
    seat: dict[str, Any],
    weights: dict[bytes, tuple[str, int]],
) -> None:
    """Who was drawn holds the lowest tickets of the group; one more of them for everybody who stood back."""
    group = seat["group"]
    mine = [one for one in drawn if one["group"] == group]
    pool = {leaf: weight for leaf, (name, weight) in weights.items() if name == group}
    check.require(len(pool) == seat["pool"], f"{group} 的候选数不符")
    wanted = seat["wanted"] + sum(bool(one["is_recused"]) for one in mine)
    lowest = sorted(pool, key=lambda leaf: (_ticket(hasher, seed, leaf, pool[leaf]), leaf))[:wanted]
    taken = {_leaf(hasher, one, pool) for one in mine}
    check.require(len(mine) == wanted and taken == set(lowest), f"{group} 抽中的不是签号最小的")


def _leaf(hasher: Hasher, one: dict[str, Any], pool: dict[bytes, int]) -> bytes:
    """The leaf of a name that was drawn; the number of its tickets is part of it."""
    for weight in sorted(set(pool.values())):
        named: dict[str, object] = {"group": one["group"], "subject": one["subject"]}
        made = hasher.leaf(_hex(one["salt"]) + canonical(named | ({"weight": weight} if weight != 1 else {})))
        if pool.get(made) == weight:
            return made
    return b""


def _ticket(hasher: Hasher, seed: bytes, leaf: bytes, weight: int) -> bytes:
    chances = [leaf, *(hasher(leaf, number.to_bytes(2, "big")) for number in range(1, weight))]
    return min(hasher.mac(seed, TICKET + one) for one in chances)


def _hex(text: str) -> bytes:
    found = bytes.fromhex(text)
    if len(found) != SIZE:
        raise ValueError("应为 64 位十六进制数")
    return found
