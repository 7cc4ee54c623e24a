"""A custodian's tool releases shares on one story only: closed in time, whole, in the pinned log."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from ggzy.foundation.sealing import case, requests
from ggzy.foundation.sealing.case import Case
from ggzy.foundation.sealing.envelope import Sealed
from ggzy.foundation.sealing.plan import OpeningPlan, PlanPart, Stage
from ggzy.kernel.events import instant_text
from ggzy.kernel.verdict import Refused
from tests.sealing.cast import BIDDER, DEADLINE, LOT, PARTS, PLAN, RIVAL, a_bid, a_plan
from tests.sealing.log import Log, a_case, a_log, close, submit, withdraw

LATER = DEADLINE + timedelta(seconds=1)
BIDS = [a_bid(bid=f"000{number}") for number in range(1, 4)]
LOG = a_log(BIDS)
CASE = a_case(LOG, BIDS)


def codes(given: Case, log: Log = LOG, at: datetime = LATER) -> list[str]:
    return [reason.code for reason in case.may_release(given, log.trust, at).reasons]


def test_a_true_case_lets_the_shares_go() -> None:
    assert codes(CASE) == []
    assert codes(Case.read(CASE.encoded())) == []
    assert Case.read(CASE.encoded()) == CASE


def test_it_is_the_holders_own_clock_that_counts() -> None:
    assert codes(CASE, at=DEADLINE - timedelta(microseconds=1)) == ["too_early"]
    assert codes(CASE, at=DEADLINE) == []


def test_nothing_goes_before_the_close() -> None:
    log = a_log(BIDS, closed=False)
    assert codes(a_case(log, BIDS), log) == ["not_closed"]


def test_a_close_before_the_deadline_is_no_close() -> None:
    log = a_log(BIDS, closed=False)
    close(log, DEADLINE - timedelta(hours=1), deadline=DEADLINE - timedelta(hours=1))
    assert codes(a_case(log, BIDS), log) == ["early_close"]
    log = a_log(BIDS, at=DEADLINE - timedelta(hours=1))
    assert codes(a_case(log, BIDS), log) == ["early_close"]


def test_a_moved_deadline_binds() -> None:
    log = a_log(BIDS, closed=False)
    moved = DEADLINE + timedelta(days=3)
    close(log, moved, deadline=moved)
    assert codes(a_case(log, BIDS), log) == ["too_early"]
    assert codes(a_case(log, BIDS), log, at=moved) == []


def test_a_bid_after_the_close_makes_the_case_untrue() -> None:
    late = a_bid(bid="0009")
    log = a_log(BIDS)
    submit(log, late, LATER)
    assert codes(a_case(log, [*BIDS, late]), log) == ["not_closed"]


def test_fewer_than_three_bids_are_never_opened() -> None:
    log = a_log(BIDS[:2])
    assert codes(a_case(log, BIDS[:2]), log) == ["too_few_bids"]


def test_a_withdrawn_bid_cannot_be_opened() -> None:
    fourth = a_bid(bid="0004")
    log = a_log([*BIDS, fourth], closed=False)
    withdraw(log, fourth, DEADLINE - timedelta(minutes=1))
    close(log, DEADLINE)
    assert codes(a_case(log, BIDS), log) == []
    assert codes(a_case(log, [*BIDS, fourth]), log) == ["other_set", "other_manifests"]


def test_a_replaced_bid_cannot_be_opened() -> None:
    again = a_bid(b"another price", bid="0003")
    log = a_log([*BIDS, again])
    assert codes(a_case(log, BIDS), log) == ["other_manifests"]
    assert codes(a_case(log, [*BIDS[:2], again]), log) == []


def test_a_dropped_bid_is_found() -> None:
    fourth = a_bid(bid="0004")
    log = a_log([*BIDS, fourth])
    assert codes(a_case(log, BIDS), log) == ["other_set", "other_manifests"]


@pytest.mark.parametrize(
    "kinds, reasons",
    [
        (["lot.suspended"], ["suspended"]),
        (["lot.suspended", "lot.resumed"], []),
        (["lot.suspended", "lot.resumed", "lot.suspended"], ["suspended"]),
        (["lot.terminated"], ["terminated"]),
    ],
)
def test_a_stopped_lot_is_not_opened(kinds: list[str], reasons: list[str]) -> None:
    log = a_log(BIDS)
    for kind in kinds:
        log.add(f"lot/{LOT}", kind, LATER, {"lot": LOT})
    assert codes(a_case(log, BIDS), log) == reasons


def test_a_later_stage_waits_for_its_fact() -> None:
    stages = (
        Stage("open-1", "bidding.closed", (PlanPart("business", "商务", 4096, 10**6),)),
        Stage("open-2", "evaluation.technical_final", PARTS),
    )
    plan = replace(PLAN, stages=stages)
    bids = [a_bid({"business": b"1", "price": b"2"}, to=plan, bid=f"000{number}") for number in range(3)]
    log = a_log(bids)
    assert codes(a_case(log, bids, plan=plan, stage="open-1"), log) == []
    assert codes(a_case(log, bids, plan=plan, stage="open-2"), log) == ["stage_not_due"]
    assert codes(a_case(log, bids, plan=plan, stage="open-3"), log) == ["stage_not_due"]
    log.add(f"lot/{LOT}", "evaluation.technical_final", LATER, {"lot": LOT})
    assert codes(a_case(log, bids, plan=plan, stage="open-2"), log) == []


def test_bids_sealed_to_another_plan_are_found() -> None:
    bids = [*BIDS[:2], a_bid(to=a_plan(threshold=4), bid="0003")]
    log = a_log(bids)
    assert codes(a_case(log, bids), log) == ["other_plan"]


# A platform that lies about its journal


def with_bids(**changes: Any) -> Case:
    return replace(CASE, bids=replace(CASE.bids, **changes))


ENTRIES = CASE.bids.entries


@pytest.mark.parametrize(
    "spoiled",
    [
        with_bids(entries=ENTRIES[1:]),
        with_bids(entries=ENTRIES[:-1]),
        with_bids(entries=()),
        with_bids(entries=(ENTRIES[0], *ENTRIES[2:])),
        with_bids(entries=(ENTRIES[1], ENTRIES[0], *ENTRIES[2:])),
        with_bids(entries=(replace(ENTRIES[0], at=ENTRIES[0].at - timedelta(1)), *ENTRIES[1:])),
        with_bids(entries=(replace(ENTRIES[0], nonce=bytes(32)), *ENTRIES[1:])),
        with_bids(entries=(replace(ENTRIES[0], event=ENTRIES[1].event), *ENTRIES[1:])),
        with_bids(proof=CASE.lifecycle.proof),
        with_bids(proof="none"),
        with_bids(stream=f"lot/{LOT}/2/bids"),
        replace(CASE, bids=CASE.lifecycle),
        replace(CASE, lifecycle=replace(CASE.lifecycle, entries=())),
    ],
)
def test_a_changed_journal_is_found(spoiled: Case) -> None:
    assert codes(spoiled) == ["journal"]


def test_a_head_of_another_log_is_not_believed() -> None:
    other = a_log(BIDS)
    assert codes(a_case(other, BIDS), LOG) == ["journal"]
    named_so = Log("example.org/other")
    assert codes(CASE, named_so) == ["journal"]


def test_an_event_that_is_no_event_is_refused() -> None:
    log = a_log(BIDS, closed=False)
    log.add(f"lot/{LOT}/1/bids", "bidding.closed", DEADLINE, {"lot": LOT})
    assert codes(a_case(log, BIDS), log) == ["event_form"]


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff", b"[" * 100_000])
def test_what_is_no_case_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        Case.read(data)


# Signed requests

PATH = f"/custody/{BIDDER.who}/todo.json"


def asked(**changes: Any) -> list[str]:
    header = requests.sign("POST", PATH, b"{}", who=BIDDER.who, key=BIDDER.key, at=DEADLINE)
    given: dict[str, Any] = {
        "header": header,
        "method": "POST",
        "path": PATH,
        "body": b"{}",
        "certificate": BIDDER.certificate,
        "now": LATER,
        **changes,
    }
    return [reason.code for reason in requests.check(**given).reasons]


@pytest.mark.parametrize(
    "changes, reasons",
    [
        ({}, []),
        ({"method": "GET"}, ["bad_signature"]),
        ({"path": PATH + "/"}, ["bad_signature"]),
        ({"body": b"{ }"}, ["bad_signature"]),
        ({"certificate": RIVAL.certificate}, ["other_certificate", "bad_signature"]),
        ({"now": DEADLINE + timedelta(minutes=6)}, ["stale"]),
        ({"now": DEADLINE - timedelta(minutes=6)}, ["stale"]),
    ],
)
def test_a_request_is_bound_to_its_signature(changes: dict[str, object], reasons: list[str]) -> None:
    assert asked(**changes) == reasons


@pytest.mark.parametrize("header", ["", "Bearer x", "Ggzy-Custodian who=,at=,sig="])
def test_a_request_without_a_signature_is_refused(header: str) -> None:
    with pytest.raises(Refused):
        asked(header=header)


ROOM = f"lot/{LOT}/1/offers"
AUCTION = replace(PLAN, policy="K", min_bids=1, stages=(Stage("unsealing", "phase.began", PARTS),))


def a_room(sealed: list[Sealed], *phases: tuple[str, datetime]) -> Log:
    """An auction room with these sealed offers, and the phases that came after them."""
    log = Log()
    log.add(f"lot/{LOT}", "lot.registered", DEADLINE - timedelta(days=30), {"lot": LOT})
    began(log, "timed", DEADLINE - timedelta(hours=1))
    for number, one in enumerate(sealed, start=1001):
        body = {"lot": LOT, "round": 1, "paddle": number, "digest": one.manifest.digest}
        log.add(ROOM, "offer.sealed", DEADLINE - timedelta(minutes=30), body)
    for phase, at in phases:
        began(log, phase, at)
    return log


def began(log: Log, phase: str, at: datetime) -> None:
    log.add(ROOM, "phase.began", at, {"lot": LOT, "round": 1, "phase": phase, "at": instant_text(at)})


def room_case(log: Log, sealed: list[Sealed], plan: OpeningPlan = AUCTION) -> Case:
    return Case(
        plan=plan, stage="unsealing", bids=log.stream(ROOM), lifecycle=log.stream(f"lot/{LOT}"),
        opening_set=tuple(one.manifest.bid for one in sealed),
        manifests=tuple(one.manifest_bytes for one in sealed),
    )  # fmt: skip


OFFERS = [a_bid(to=AUCTION, bid="1001"), a_bid(to=AUCTION, bid="1002", by=RIVAL)]
UNSEALING = ("unsealing", DEADLINE)


@pytest.mark.parametrize(
    ("sealed", "phases", "at", "reasons"),
    [
        (OFFERS, [UNSEALING], LATER, []),
        (OFFERS, [], LATER, ["not_closed"]),
        (OFFERS, [UNSEALING, ("drawing", LATER)], LATER, ["not_closed", "too_few_bids", "other_manifests"]),
        (OFFERS, [UNSEALING], DEADLINE - timedelta(seconds=1), ["too_early"]),
        (OFFERS, [("unsealing", DEADLINE - timedelta(seconds=1))], LATER, ["early_close"]),
        ([], [UNSEALING], LATER, ["too_few_bids"]),
    ],
)
def test_offers_of_a_room_are_released_once_it_waits_for_them(sealed, phases, at, reasons) -> None:
    log = a_room(sealed, *phases)
    assert codes(room_case(log, sealed), log, at) == reasons


def test_an_offer_the_room_never_took_is_not_released() -> None:
    log = a_room(OFFERS[:1], UNSEALING)
    assert codes(room_case(log, OFFERS), log) == ["other_manifests"]


def test_who_names_a_file_that_never_came_does_not_keep_the_others_shut() -> None:
    log = a_room(OFFERS, UNSEALING)
    assert codes(room_case(log, OFFERS[:1]), log) == []
