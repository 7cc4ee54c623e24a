"""优先购买权的规则: one row per reason, in the order of the reasons."""

from dataclasses import replace

import pytest

from ggzy.trading.auctions import rules
from ggzy.trading.auctions.values import (
    ApplicationState,
    AuctionState,
    Document,
    PriorityClaim,
    PriorityMode,
    PriorityTerms,
)
from tests.rules.auctions.auction_setting import ANNOUNCED, DRAFTED, NOTICE, codes, moment

TERMS = replace(NOTICE, format=replace(NOTICE.format, priority=PriorityTerms(mode=PriorityMode.IN_ROOM)))
NAMED = replace(ANNOUNCED, terms=TERMS)
PREPARED = replace(NAMED, is_prepared=True)
FILED, ADMITTED = ApplicationState.FILED, ApplicationState.ADMITTED
PROOF = (Document("章程.pdf", "0" * 64, 12),)
WAITING = PriorityClaim(grounds="其他股东", documents=PROOF, filed_at=moment("2026-06-10T09:00"))
GRANTED = replace(WAITING, order=1, reason="章程载明")
REFUSED = replace(WAITING, reason="不是股东")


@pytest.mark.parametrize(
    "auction, state, claim, reasons",
    [
        (NAMED, FILED, None, []),
        (NAMED, ADMITTED, None, []),
        (NAMED, ADMITTED, REFUSED, []),
        (replace(PREPARED, state=AuctionState.OPEN), FILED, None, []),
        (ANNOUNCED, FILED, None, ["no_priority"]),
        (DRAFTED, FILED, None, ["no_priority", "not_running"]),
        (NAMED, None, None, ["no_application"]),
        (NAMED, ApplicationState.DECLINED, None, ["no_application"]),
        (NAMED, ApplicationState.WITHDRAWN, None, ["no_application"]),
        (NAMED, FILED, WAITING, ["claimed"]),
        (NAMED, ADMITTED, GRANTED, ["claimed"]),
        (replace(NAMED, state=AuctionState.CLOSED), FILED, None, ["not_running"]),
        (PREPARED, ADMITTED, None, ["prepared"]),
    ],
)
def test_who_may_claim(auction, state, claim, reasons):
    assert codes(rules.may_claim(auction, state, claim)) == reasons


@pytest.mark.parametrize(
    "grounds, documents, reasons",
    [
        ("其他股东", PROOF, []),
        ("  ", PROOF, ["grounds"]),
        ("股" * 2_001, PROOF, ["grounds"]),
        ("其他股东", (), ["proof"]),
    ],
)
def test_a_claim_has_grounds_and_proof(grounds, documents, reasons):
    assert codes(rules.is_grounded(grounds, documents)) == reasons


@pytest.mark.parametrize(
    "auction, state, claim, reasons",
    [
        (NAMED, FILED, WAITING, []),
        (NAMED, ADMITTED, WAITING, []),
        (NAMED, ADMITTED, None, ["no_claim"]),
        (NAMED, ADMITTED, GRANTED, ["no_claim"]),
        (NAMED, ADMITTED, REFUSED, ["no_claim"]),
        (NAMED, ApplicationState.WITHDRAWN, WAITING, ["no_claim"]),
        (replace(NAMED, state=AuctionState.FAILED), FILED, WAITING, ["not_running"]),
        (PREPARED, ADMITTED, WAITING, ["prepared"]),
    ],
)
def test_when_a_claim_is_decided(auction, state, claim, reasons):
    assert codes(rules.may_decide_claim(auction, state, claim)) == reasons


@pytest.mark.parametrize(
    "order, reason, reasons",
    [
        (1, "章程载明", []),
        (None, "不是股东", []),
        (0, "章程载明", ["order"]),
        (100, "章程载明", ["order"]),
        (None, " ", ["no_reason"]),
    ],
)
def test_a_decision_has_an_order_from_one_and_a_reason(order, reason, reasons):
    assert codes(rules.is_decided(order, reason)) == reasons
