"""V14: kept streams of every format hold; whatever of them is changed, left out or exchanged is found.

`rooms.json` are the streams that the platform's own rules are held to.
"""

import base64
import copy
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ggzy.kernel import canon, draw, events
from ggzy.kernel.digest import function
from ggzy.trading.auctions.values import PriorityMode, PriorityTerms
from tests.rules.auctions.auction_setting import END, START, TERMS, running
from verify.auctions import check_auctions
from verify.dossier import Dossier, Entry
from verify.report import BROKEN, HOLDS, UNKNOWN

ROOMS = json.loads((Path(__file__).parents[1] / "kernel" / "vectors" / "rooms.json").read_text("utf-8"))
SEALED = {
    "paddle.given", "proxy.set", "proxy.withdrawn", "contest.joined", "offer.refused", "offer.sealed",
}  # fmt: skip
CHAIN = bytes(range(32, 64))
NAMES = [told["name"] for told in ROOMS]


def dossier(facts, *sale, sealed=SEALED) -> Dossier:
    """The stream as the public reads it: what is sealed is withheld."""
    lot = facts[0][1]["lot"]
    streams = [(f"lot/{lot}/1/offers", fact) for fact in facts] + [(f"lot/{lot}", fact) for fact in sale]
    entries = tuple(
        Entry(
            height=height, stream=stream, seq=height, at=body.get("at", "2026-12-31T00:00:00.000000Z"),
            previous=b"", commitment=b"", nonce=None, event=None, chain=CHAIN,
            kind="" if kind in sealed else kind, body=None if kind in sealed else body,
        )
        for height, (stream, (kind, body)) in enumerate(streams, start=1)
    )  # fmt: skip
    nothing: Any = None
    return Dossier({}, nothing, nothing, nothing, entries, {}, (), nothing)


def facts_of(name: str):
    facts = copy.deepcopy(next(told for told in ROOMS if told["name"] == name)["facts"])
    return lots(facts) if name == "lots" else facts


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def lots(facts):
    """The kept stream was drawn from a seed of its own; here it follows from a nonce promised before."""
    drawn = next(body for kind, body in facts if kind == "lots.drawn")
    lot, paddles, nonce = drawn["lot"], drawn["paddles"], bytes(range(32))
    leaves = [draw.leaf(bytes(32), canon.dumps({"paddle": paddle})) for paddle in paddles]
    request = function("sha256")(canon.dumps({"lot": lot, "paddles": paddles, "round": 1}))
    seed = draw.seed(
        request=request,
        pool=draw.root(leaves),
        excluded=draw.root([]),
        head=CHAIN,
        nonces={"platform": nonce},
    )
    winner = paddles[leaves.index(draw.draw(leaves, 1, seed)[0])]
    drawn |= {"seed": b64(seed), "leaves": [b64(leaf) for leaf in leaves], "winner": winner}
    next(body for kind, body in facts if kind == "auction.closed")["paddle"] = winner
    said = {"lot": lot, "round": 1, "party": "platform"}
    made = draw.commitment(f"lots/{lot}/1", "platform", 0, nonce)
    place = next(place for place, (kind, _) in enumerate(facts) if kind == "lots.drawn")
    facts.insert(place, ["lot_nonce.revealed", {**said, "nonce": b64(nonce)}])
    facts.insert(1, ["lot_nonce.committed", {**said, "commitment": b64(made)}])
    return facts


def sold(name: str):
    closed = next(body for kind, body in facts_of(name) if kind == "auction.closed")
    return [
        "auction.sold",
        {
            "lot": closed["lot"], "round": 1, "winner": {"paddle": closed["paddle"]},
            "price": closed["price"], "second": closed["second"],
            "total": {"amount": str(closed["price"]["units"]), "unit": "fen"},
        },
    ]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_kept_stream_gives_its_winner_price_and_end(name):
    check = check_auctions(dossier(facts_of(name), sold(name)))
    assert (check.state, check.faults) == (HOLDS, [])


RIGHTS = {1002: 1, 1003: 2}
INQUIRY = PriorityTerms(mode=PriorityMode.AFTER, asking_s=300, ends_when_answered=True)


def inquiry(*answers: tuple[str, int]) -> list[list[Any]]:
    """A contest whose price is offered to two holders, as the facts tell it."""
    hall = running(terms=replace(TERMS, priority=INQUIRY), priority=RIGHTS)
    hall.offer(1001, 2_600_000, START)
    hall.close(END)
    for second, (how, paddle) in enumerate(answers, start=1):
        at = END + timedelta(seconds=second)
        hall.waive(paddle, at) if how == "waive" else hall.offer(paddle, 2_600_000, at)
    hall.close(END + timedelta(minutes=5))
    return [[events.declared(fact).kind, events.body(fact)] for fact in hall.facts]


def faults(facts, sealed=frozenset()) -> list[str]:
    closed = facts[-1][1]
    sale = [
        "auction.sold",
        {
            "lot": closed["lot"], "round": 1, "winner": {"paddle": closed["paddle"]},
            "price": closed["price"], "second": None,
            "total": {"amount": str(closed["price"]["units"]), "unit": "fen"},
        },
    ]  # fmt: skip
    return check_auctions(dossier(facts, sale, sealed=sealed)).faults


@pytest.mark.parametrize(
    "answers",
    [
        (),
        (("waive", 1003),),
        (("waive", 1003), ("waive", 1002)),
        (("take", 1003), ("take", 1002)),
        (("take", 1002),),
    ],
)
@pytest.mark.parametrize("sealed", [frozenset(), SEALED | {"priority.waived"}])
def test_an_inquiry_of_holders_is_replayed(answers, sealed):
    assert faults(inquiry(*answers), sealed) == []


def test_who_takes_the_price_out_of_its_order_is_found():
    facts = inquiry(("take", 1002))
    for kind, body in facts:
        if kind == "paddle.given" and body["paddle"] in RIGHTS:
            body["priority"] = None
    assert any("没有在先的优先购买权" in fault for fault in faults(facts))


def test_an_inquiry_that_ends_before_the_last_answer_is_found():
    facts = inquiry(("waive", 1003))
    facts[-1][1]["at"] = facts[-2][1]["at"]
    assert any("结束时间与规则不符" in fault for fault in faults(facts))


def test_who_waives_what_it_was_not_asked_is_found():
    facts = inquiry(("waive", 1003))
    facts[-2][1]["paddle"] = 1001
    assert any("没有被询问" in fault for fault in faults(facts))


@pytest.mark.parametrize("name", NAMES)
def test_every_public_fact_left_out_is_missed(name):
    for place, (kind, _) in enumerate(facts_of(name)):
        if kind in SEALED or kind in ("auction.closed", "offer.unsealed"):
            continue
        facts = facts_of(name)
        del facts[place]
        assert check_auctions(dossier(facts, sold(name))).state in (BROKEN, UNKNOWN), f"{place} {kind}"


@pytest.mark.parametrize(
    ("kind", "field"),
    [("lot_nonce.committed", "commitment"), ("lot_nonce.revealed", "nonce"), ("lots.drawn", "seed")],
)
def test_lots_that_do_not_follow_from_the_promises_are_found(kind, field):
    facts = facts_of("lots")
    body = next(body for told, body in facts if told == kind)
    body[field] = b64(bytes(32))
    assert check_auctions(dossier(facts)).state == BROKEN


def test_a_promise_after_the_entrants_were_known_is_found():
    facts = facts_of("lots")
    promise = next(fact for fact in facts if fact[0] == "lot_nonce.committed")
    facts.remove(promise)
    facts.insert(len(facts) - 3, promise)
    assert check_auctions(dossier(facts)).state == BROKEN


def test_who_reads_the_sealed_offers_misses_one_that_was_not_opened():
    facts = facts_of("sealed")
    assert check_auctions(dossier(facts, sealed=())).state == HOLDS
    lost = next(fact for fact in facts if fact[0] == "offer.unsealed")
    facts.remove(lost)
    assert check_auctions(dossier(facts, sealed=())).state == BROKEN


PLACES = [
    (name, place, path)
    for name in NAMES
    for place, (kind, body) in enumerate(facts_of(name))
    if kind not in SEALED and kind != "room.prepared"
    for path in ("amount", "price", "end", "after", "seq", "winner", "extensions", "score")
    if body.get(path) not in (None, [])
]


@pytest.mark.parametrize(("name", "place", "path"), PLACES)
def test_every_number_that_is_forged_is_found(name, place, path):
    facts = facts_of(name)
    body = facts[place][1]
    value = body[path]
    if isinstance(value, dict):
        value["units"] -= 10_000
    elif isinstance(value, int):
        body[path] = value + 1
    else:
        body[path] = value.replace(".000000Z", ".000001Z")
    assert check_auctions(dossier(facts, sold(name))).state == BROKEN


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("path", ["winner", "price", "total"])
def test_a_sale_that_is_not_the_rooms_is_found(name, path):
    kind, body = sold(name)
    if path == "winner":
        body["winner"] = {"paddle": 9999}
    elif path == "price":
        body["price"] = {**body["price"], "units": body["price"]["units"] + 1}
    else:
        body["total"] = {"amount": "1", "unit": "fen"}
    assert check_auctions(dossier(facts_of(name), [kind, body])).state == BROKEN


@pytest.mark.parametrize("name", NAMES)
def test_an_end_that_is_a_microsecond_off_is_found(name):
    facts = facts_of(name)
    closed = next(body for kind, body in facts if kind == "auction.closed")
    closed["at"] = closed["at"].replace(".000000Z", ".000001Z")
    assert check_auctions(dossier(facts)).state == BROKEN


def test_a_sale_without_its_room_cannot_be_decided():
    facts = [fact for fact in facts_of("ascending") if fact[0] != "auction.closed"]
    assert check_auctions(dossier(facts, sold("ascending"))).state == UNKNOWN


def test_an_offer_after_the_end_is_found():
    facts = facts_of("reverse")
    late = copy.deepcopy(next(fact for fact in reversed(facts) if fact[0] == "offer.made"))
    late[1]["seq"], late[1]["at"] = late[1]["seq"] + 1, "2026-06-22T02:00:00.000000Z"
    facts.append(late)
    assert "竞价已经结束" in check_auctions(dossier(facts)).faults[0]


def again(*amounts):
    """The sealed stream with a tie, and what was opened of the second turn: amount and reasons."""
    facts = facts_of("sealed")
    facts[0][1]["terms"]["ties"] = {"rule": "again", "round_s": 600, "rounds_max": 1}
    place = next(place for place, (kind, _) in enumerate(facts) if kind == "offer.unsealed")
    first, second, (_, closed) = facts[place:]
    first[1]["amount"] = second[1]["amount"]
    began = {**facts[place - 1][1], "at": first[1]["at"]}
    at = "2026-06-22T02:11:00.000000Z"
    opened = [
        [kind, {**body, "amount": {"measure": "money", "units": units}, "reasons": reasons, "at": at}]
        for (kind, body), (units, reasons) in zip((first, second), amounts, strict=True)
    ]
    best = max((one[1] for one in opened if not one[1]["reasons"]), key=lambda one: one["amount"]["units"])
    return [
        *facts[: place + 2],
        ["phase.began", {**began, "phase": "timed", "end": at}],
        ["phase.began", {**began, "phase": "unsealing", "end": None, "at": at}],
        *opened,
        ["auction.closed", {**closed, "at": at, "paddle": best["paddle"], "price": best["amount"]}],
    ]


@pytest.mark.parametrize(
    ("lower", "reasons", "state"),
    [
        (270_000_000, ["step"], HOLDS),
        (270_000_000, [], BROKEN),
        (280_000_000, [], HOLDS),
        (280_000_000, ["step"], BROKEN),
    ],
)
def test_a_second_sealed_offer_counts_only_above_the_first(lower, reasons, state):
    facts = again((lower, reasons), (290_000_000, []))
    assert check_auctions(dossier(facts)).state == state


def test_a_good_sealed_offer_that_was_not_counted_is_found():
    facts = facts_of("sealed")
    next(body for kind, body in facts if kind == "offer.unsealed")["reasons"] = ["step"]
    assert check_auctions(dossier(facts)).state == BROKEN


@pytest.mark.parametrize("name", NAMES)
def test_a_contest_that_ran_did_not_end_for_want_of_bidders(name):
    facts = facts_of(name)
    next(body for kind, body in facts if kind == "auction.closed")["outcome"] = "too_few"
    assert check_auctions(dossier(facts)).state == BROKEN
