"""竞价的核验 (V14): every public fact of a room judged anew; winner, price and end are what follows from them.

What is sealed from the reader (proxies, refused presses, who joined) moves neither price nor end.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from verify.dossier import Dossier, Entry
from verify.draws import COMMIT, NO_SALT, SEED, joined, octets, prefixed
from verify.hashing import Hasher, canonical, microseconds
from verify.report import Check
from verify.rooms import Room

Row = dict[str, Any]


def check_auctions(dossier: Dossier) -> Check:
    """V14: the replay of each room gives its announced winner, price and end; the sale is that of the room."""
    check = Check("V14", "竞价结果可由公开的报价重放")
    closed: dict[int, Row] = {}
    for stream in sorted({entry.stream for entry in dossier.entries if entry.stream.endswith("/offers")}):
        facts = [entry for entry in dossier.stream(stream) if entry.body is not None]
        if not facts or facts[0].kind != "room.prepared":
            check.gaps.append(f"{stream} 的竞价条件未向您披露")
            continue
        room = Room.of(facts[0].body or {})
        for entry in facts[1:]:
            _judge(check, room, entry)
        if room.closed:
            closed[room.round] = room.closed
    for drawn in dossier.of("lots.drawn"):
        _check_lots(dossier, check, drawn)
    for sold in dossier.of("auction.sold"):
        _check_sale(dossier, check, sold, closed.get((sold.body or {})["round"]))
    return check


def _judge(check: Check, room: Room, entry: Entry) -> None:
    for fault in room.tell(entry.kind, entry.body or {}):
        check.require(False, f"{entry.place} {entry.kind}：{fault}")
    check.looked += 1


def _check_lots(dossier: Dossier, check: Check, drawn: Entry) -> None:
    """The seed follows from promises made before the entrants were known, and from every nonce told."""
    body, hasher = drawn.body or {}, Hasher("sha256")
    began = [entry for entry in dossier.stream(drawn.stream) if entry.kind == "phase.began"][-1]
    name, nonces = f"lots/{body['lot']}/{body['round']}", {}
    promised = {
        (entry.body or {})["party"]: entry
        for entry in dossier.of("lot_nonce.committed")
        if (entry.body or {})["round"] == body["round"]
    }
    for entry in dossier.of("lot_nonce.revealed"):
        told = entry.body or {}
        if told["round"] == body["round"]:
            nonces[told["party"]] = nonce = octets(told["nonce"])
            made = hasher(COMMIT, prefixed(name), prefixed(told["party"]), bytes([0]), nonce)
            known = promised.get(told["party"])
            is_promised = known is not None and octets((known.body or {})["commitment"]) == made
            check.require(is_promised, f"{entry.place}：随机数与承诺不符")
    for entry in promised.values():
        check.require(entry.height < began.height, f"{entry.place}：承诺在参加摇号的号牌确定之后")
    leaves = [hasher.leaf(NO_SALT + canonical({"paddle": paddle})) for paddle in body["paddles"]]
    said = canonical({"lot": body["lot"], "paddles": body["paddles"], "round": body["round"]})
    roots = hasher.root(sorted(leaves)) + hasher.root([])
    seed = hasher(SEED, hasher(said), roots, began.chain, joined(nonces))
    is_drawn = [octets(leaf) for leaf in body["leaves"]] == leaves and octets(body["seed"]) == seed
    check.require(is_drawn, f"{drawn.place}：号签或者种子不能由公开的事实重算")


def _check_sale(dossier: Dossier, check: Check, sold: Entry, closed: Row | None) -> None:
    body = sold.body or {}
    if closed is None:
        check.gaps.append(f"{sold.place}：案卷中没有这一轮竞价的结束")
        return
    told = (body["winner"]["paddle"], body["price"], body["second"])
    found = (closed["paddle"], closed["price"], closed["second"])
    check.require(told == found, f"{sold.place}：竞得号牌、成交价与竞价结果不符")
    for prepared in dossier.of("room.prepared"):
        terms = (prepared.body or {})["terms"]
        if (prepared.body or {})["round"] == body["round"]:
            total = Fraction(body["price"]["units"]) * Fraction(terms["quantity"])
            whole = int(total + Fraction(1, 2))
            check.require(int(body["total"]["amount"]) == whole, f"{sold.place}：总价不是成交价乘以数量")
    late = [
        entry.at for entry in dossier.of("auction.closed") if (entry.body or {})["round"] == body["round"]
    ]
    is_after = all(microseconds(at) <= microseconds(sold.at) for at in late)
    check.require(is_after, f"{sold.place}：竞价结束之前成交")
