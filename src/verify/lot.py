"""标段的核验: the order of the steps, the close, the opening set (V9, V11, V12)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from verify.dossier import Dossier, Entry
from verify.hashing import Hasher, canonical, microseconds
from verify.report import Check

# What must have happened in the same round before a step; basis: 招标投标法, 实施条例, 电子招标投标办法.
BEFORE = {
    "tender.announced": ("lot.registered",),
    "bid.submitted": ("tender.announced",),
    "bidding.closed": ("tender.announced",),
    "opening.began": ("bidding.closed",),
    "bid.decrypted": ("opening.began",),
    "bid.read_out": ("opening.began",),
    "bids.opened": ("opening.began",),
    "commits.closed": ("draw.requested", "draw.committed", "nonce.committed"),
    "committee.drawn": ("commits.closed", "nonce.revealed"),
    "evaluation.begun": ("bids.opened",),
    "evaluation.concluded": ("evaluation.begun",),
    "report.signed": ("evaluation.concluded",),
    "evaluation.reported": ("report.signed",),
    "candidates.publicised": ("evaluation.reported",),
    "award.made": ("candidates.publicised",),
    "award_letter.issued": ("award.made",),
    "contract.signed": ("award.made|contract.due",),
    "auction.announced": ("lot.registered",),
    "room.prepared": ("auction.announced",),
    "auction.closed": ("room.prepared",),
    "auction.sold": ("auction.closed",),
    "sale.confirmed": ("auction.sold",),
    "contract.due": ("sale.confirmed",),
    "contract.completed": ("contract.signed",),
}
WHOLE_LOT = {"lot.registered"}
AFTER_ARCHIVE = (
    "tender.",
    "bid.",
    "bids.",
    "evaluation.",
    "award.",
    "contract.",
    "auction.",
    "offer.",
    "sale.",
)


def check_steps(dossier: Dossier) -> Check:
    """V9: no step before those it needs; no award while the result is still shown; nothing after archiving."""
    check = Check("V9", "交易步骤次序合法")
    seen: dict[int, set[str]] = defaultdict(set)
    archived = withheld = False
    shown_until: dict[int, str] = {}
    for entry in dossier.entries:
        if entry.body is None:
            withheld = True
            continue
        turn = entry.body.get("round", 0)
        missing = [kind for kind in BEFORE.get(entry.kind, ()) if not _has(seen, turn, kind)]
        if missing and withheld:
            check.gaps.append(f"{entry.place} {entry.kind} 之前的 {'、'.join(missing)} 未向您披露")
        else:
            check.require(not missing, f"{entry.place} {entry.kind} 之前缺少 {'、'.join(missing)}")
        if archived and entry.kind.startswith(AFTER_ARCHIVE):
            check.require(False, f"{entry.place} {entry.kind} 在归档之后")
        if entry.kind == "candidates.publicised":
            shown_until[turn] = entry.body["until"]
        if entry.kind == "award.made" and turn in shown_until:
            check.require(_is_before(shown_until[turn], entry.at), f"{entry.place} 公示期满之前定标")
        archived = archived or entry.kind == "dossier.archived"
        seen[turn].add(entry.kind)
    if withheld:
        check.notes.append("部分内容未披露，未披露的步骤不在核验之内")
    return check


def check_close(dossier: Dossier) -> Check:
    """V11: nothing enters the bids' stream after the close; the close names the last place and its chain."""
    check = Check("V11", "截止之后没有投标")
    for stream in _bid_streams(dossier):
        entries = dossier.stream(stream)
        closed = _closed(entries)
        if closed is None:
            _require_open(check, stream, entries)
            continue
        body = closed.body or {}
        before = entries[: entries.index(closed)]
        for late in entries[entries.index(closed) + 1 :]:
            check.require(False, f"{late.place} {late.kind or '内容未披露'} 在截止之后")
        chain = f"{dossier.hasher.name}:{before[-1].chain.hex()}" if before else ""
        check.require(
            (body["last_seq"], body["chain"]) == (len(before), chain), f"{closed.place}所记的末条与流不符"
        )
        check.require(not _is_before(closed.at, body["deadline"]), f"{closed.place}早于投标截止时间")
        for entry in before:
            check.require(_is_before(entry.at, body["deadline"]), f"{entry.place}不早于投标截止时间")
    return check


def check_opening(dossier: Dossier) -> Check:
    """V12: the opening set is what the stream of bids leaves, and every bid of it is accounted for."""
    check = Check("V12", "开标名单即投标流的结果")
    for stream in _bid_streams(dossier):
        entries = dossier.stream(stream)
        if any(entry.body is None for entry in entries):
            check.gaps.append(f"{stream} 的内容未向您披露")
            continue
        closed = _closed(entries)
        if closed is None:
            continue
        turn = (closed.body or {})["round"]
        live = _live_bids(entries)
        check.require((closed.body or {})["count"] == len(live), f"{closed.place}所记家数与投标流不符")
        _check_began(dossier, check, turn, live)
        _check_read_out(dossier, check, turn, live)
    return check


def _check_began(dossier: Dossier, check: Check, turn: int, live: dict[str, Entry]) -> None:
    for began in _of_round(dossier, turn, "opening.began"):
        body = began.body or {}
        hasher = Hasher(body["root"].partition(":")[0])
        leaves = [
            hasher.leaf(canonical([bid, (entry.body or {})["gen"], (entry.body or {})["manifest"]]))
            for bid, entry in live.items()
        ]
        root = f"{hasher.name}:{hasher.root(leaves).hex()}"
        check.require(
            (body["count"], body["root"]) == (len(live), root), f"{began.place}的开标名单与投标流不符"
        )


def _check_read_out(dossier: Dossier, check: Check, turn: int, live: dict[str, Entry]) -> None:
    read = {(entry.body or {})["bid"] for entry in _of_round(dossier, turn, "bid.read_out")}
    decided = {(entry.body or {})["bid"] for entry in _of_round(dossier, turn, "failure.decided")}
    for bid in sorted(read - set(live)):
        check.require(False, f"唱标的 {bid} 不在开标名单中")
    for opened in _of_round(dossier, turn, "bids.opened"):
        body = opened.body or {}
        for bid in sorted(set(live) - read - decided):
            check.require(False, f"{bid} 既未唱标也无处理决定")
        check.require(body["submitted"] == len(live), f"{opened.place}所记投标家数不符")
        check.require(body["opened"] == len(read), f"{opened.place}所记开标家数与唱标不符")


def _live_bids(entries: list[Entry]) -> dict[str, Entry]:
    """The last generation of each bid that was not withdrawn, in the order of delivery."""
    live: dict[str, Entry] = {}
    for entry in entries:
        body: dict[str, Any] = entry.body or {}
        if entry.kind == "bid.submitted":
            live.pop(body["bid"], None)
            live[body["bid"]] = entry
        elif entry.kind == "bid.withdrawn":
            live.pop(body["bid"], None)
    return live


def _bid_streams(dossier: Dossier) -> list[str]:
    return sorted({entry.stream for entry in dossier.entries if entry.stream.endswith("/bids")})


def _closed(entries: list[Entry]) -> Entry | None:
    return next((entry for entry in entries if entry.kind == "bidding.closed"), None)


def _require_open(check: Check, stream: str, entries: list[Entry]) -> None:
    """Without its close nothing can be late; but a withheld body may be the close."""
    if any(entry.body is None for entry in entries):
        check.gaps.append(f"{stream} 的内容未向您披露")
    else:
        check.looked += 1


def _of_round(dossier: Dossier, turn: int, kind: str) -> list[Entry]:
    return [entry for entry in dossier.of(kind) if (entry.body or {})["round"] == turn]


def _has(seen: dict[int, set[str]], turn: int, kind: str) -> bool:
    places = list(seen) if kind in WHOLE_LOT or not turn else [turn, 0]
    return any(one in seen[place] for place in places for one in kind.split("|"))


def _is_before(first: str, second: str) -> bool:
    return microseconds(first) < microseconds(second)
