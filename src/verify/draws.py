"""抽取的核验 (V13): pool root, commitments, nonces, seed, and that the lowest tickets were taken."""

from __future__ import annotations

import base64
from typing import Any

from verify.dossier import Dossier, Entry
from verify.hashing import ALGORITHMS, Hasher, canonical
from verify.report import Check

COMMIT, SEED, NEXT, TICKET = (
    b"ggzy.draw.commit/1",
    b"ggzy.draw.seed/1",
    b"ggzy.draw.next/1",
    b"ggzy.draw.ticket/1",
)
RESULTS = ("committee.drawn", "member.replaced", "coefficients.drawn", "tie.drawn")
NO_SALT = bytes(32)


def check_draws(dossier: Dossier) -> Check:
    """V13: each draw is run again from its public facts."""
    check = Check("V13", "抽取可由公开事实重算")
    for request in dossier.of("draw.requested"):
        facts = [
            entry
            for entry in dossier.entries
            if (entry.body or {}).get("draw") == (request.body or {})["draw"]
        ]
        if any(entry.kind in RESULTS for entry in facts):
            _Draw(dossier, check, request, facts).run()
    for published in dossier.of("committee.published"):
        _check_names(dossier, check, published)
    return check


class _Draw:
    """One draw with the facts that name it."""

    def __init__(self, dossier: Dossier, check: Check, request: Entry, facts: list[Entry]) -> None:
        self.dossier, self.check = dossier, check
        self.hasher = Hasher((request.body or {})["algorithm"])
        self.request, self.facts = request, facts
        self.name: str = (request.body or {})["draw"]
        self.pools = {
            body["group"]: [octets(leaf) for leaf in body["leaves"]] for body in self.of("draw.committed")
        }
        self.commitments = {body["party"]: body["commitments"] for body in self.of("nonce.committed")}
        self.drawn: set[bytes] = set()

    def of(self, *kinds: str) -> list[dict[str, Any]]:
        return [entry.body or {} for entry in self.facts if entry.kind in kinds]

    def require(self, holds: bool, fault: str) -> None:
        self.check.require(holds, f"{self.name}：{fault}")

    def run(self) -> None:
        closed = next((entry for entry in self.facts if entry.kind == "commits.closed"), None)
        if closed is None:
            self.require(False, "没有承诺截止的事实")
            return
        self._check_pool(closed)
        self._check_nonces(closed)
        seed = b""
        for entry in self.facts:
            if entry.kind in RESULTS:
                seed = self._check_result(entry, closed, seed)

    def _check_pool(self, closed: Entry) -> None:
        for body in self.of("draw.committed"):
            leaves = self.pools[body["group"]]
            root = self._root(leaves).hex()
            self.require(
                (body["root"], body["count"]) == (root, len(leaves)), f"{body['group']} 的候选池根不符"
            )
        everyone = [leaf for leaves in self.pools.values() for leaf in leaves]
        said = closed.body or {}
        self.require(said["pool_root"] == self._root(everyone).hex(), "承诺截止时的候选池根不符")
        late = [entry for entry in self.facts if entry.height > closed.height]
        self.require(
            not any(entry.kind in ("draw.committed", "nonce.committed") for entry in late),
            "承诺截止之后还有新的候选池或承诺",
        )
        self.require(sorted(said["parties"]) == sorted(self.commitments), "承诺截止所列各方与承诺不符")

    def _check_nonces(self, closed: Entry) -> None:
        for entry in self.facts:
            if entry.kind != "nonce.revealed":
                continue
            body = entry.body or {}
            made = self._commitment(body["party"], body["turn"], octets(body["nonce"]))
            promised = self.commitments.get(body["party"], [])
            is_promised = body["turn"] < len(promised) and octets(promised[body["turn"]]) == made
            self.require(is_promised, f"{body['party']} 第 {body['turn']} 轮的随机数与承诺不符")
            self.require(entry.height > closed.height, f"{body['party']} 的随机数在承诺截止之前公开")

    def _check_result(self, entry: Entry, closed: Entry, before: bytes) -> bytes:
        body = entry.body or {}
        turn = body["turn"]
        nonces = {
            row["party"]: octets(row["nonce"]) for row in self.of("nonce.revealed") if row["turn"] == turn
        }
        self.require(sorted(nonces) == sorted(self.commitments), f"第 {turn} 轮有随机数未公开")
        seed = self._seed(closed, nonces) if entry.kind != "member.replaced" else self._next(before, nonces)
        self.require(octets(body["seed"]) == seed, f"第 {turn} 轮的种子不符")
        if "head" in body:
            self.require(octets(body["head"]) == closed.chain, "种子所用的链值不是承诺截止那一条的")
        for group, taken in self._taken(body).items():
            left = [leaf for leaf in self.pools.get(group, []) if leaf not in self.drawn]
            lowest = sorted(left, key=lambda leaf: (self.hasher.mac(seed, TICKET + leaf), leaf))[: len(taken)]
            self.require(taken == lowest, f"第 {turn} 轮 {group} 抽中的不是签号最小的")
            self.drawn.update(taken)
        return seed

    def _taken(self, body: dict[str, Any]) -> dict[str, list[bytes]]:
        taken: dict[str, list[bytes]] = {}
        for row in body.get("drawn", []):
            taken.setdefault(row["group"], []).append(octets(row["leaf"]))
        for row in body.get("coefficients", []):
            taken[row["name"]] = [self._open_leaf({"name": row["name"], "value": row["value"]}, row["name"])]
        for bid in body.get("order", []):
            taken.setdefault("tie", []).append(self._open_leaf({"bid": bid}, "tie"))
        return taken

    def _open_leaf(self, payload: dict[str, Any], group: str) -> bytes:
        """The leaf of a public value. A decimal may be written with or without its last zeros."""
        wanted = self.hasher.leaf(NO_SALT + canonical(payload))
        if "value" not in payload or wanted in self.pools.get(group, []):
            return wanted
        whole, _, figures = payload["value"].partition(".")
        for places in range(len(figures), 9):
            text = f"{whole}.{figures.ljust(places, '0')}" if places else whole
            leaf = self.hasher.leaf(NO_SALT + canonical({**payload, "value": text}))
            if leaf in self.pools.get(group, []):
                return leaf
        return wanted

    def _root(self, leaves: list[bytes]) -> bytes:
        return self.hasher.root(sorted(leaves))

    def _commitment(self, party: str, turn: int, nonce: bytes) -> bytes:
        named = prefixed(self.name) + prefixed(party) + bytes([turn])
        return self.hasher(COMMIT, named, nonce)

    def _seed(self, closed: Entry, nonces: dict[str, bytes]) -> bytes:
        said = closed.body or {}
        request = self.hasher(canonical(self.request.body))
        roots = bytes.fromhex(said["pool_root"]) + bytes.fromhex(said["excluded_root"])
        return self.hasher(SEED, request, roots, closed.chain, joined(nonces))

    def _next(self, before: bytes, nonces: dict[str, bytes]) -> bytes:
        return self.hasher(NEXT, before, joined(nonces))


def _check_names(dossier: Dossier, check: Check, published: Entry) -> None:
    """Once the names are public, each leaf drawn in that round is that of the named expert."""
    turn = (published.body or {})["round"]
    drawn = {
        row["seat"]: octets(row["leaf"])
        for entry in dossier.of("committee.drawn", "member.replaced")
        if (entry.body or {})["round"] == turn
        for row in (entry.body or {})["drawn"]
    }
    for member in (published.body or {})["members"]:
        if member["kind"] != "expert" or not member["leaf"]:
            continue
        payload = {
            "id": member["expert"],
            "specialty": member["specialty"],
            "employer": member["employer"],
            "region": member["region"],
        }
        material = octets(member["salt"]) + canonical(payload)
        leaves = {Hasher(name).leaf(material) for name in ALGORITHMS}
        check.require(
            drawn.get(member["seat"]) in leaves, f"{published.place}：评委 {member['seat']} 不是抽中的人"
        )


def joined(nonces: dict[str, bytes]) -> bytes:
    return len(nonces).to_bytes(2, "big") + b"".join(nonces[party] for party in sorted(nonces))


def prefixed(text: str) -> bytes:
    return len(text.encode()).to_bytes(2, "big") + text.encode()


def octets(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
