"""密封报价的规则: who may hold the keys, what is taken when, and what an opened file is worth."""

from dataclasses import replace

import pytest

from ggzy.foundation.sealing.content import Offer as Told
from ggzy.kernel.money import Money, Rate
from ggzy.trading.auctions.rules import custody as rules
from ggzy.trading.auctions.values import AuctionState, Measure, Pause, RoomPhase
from ggzy.trading.projects.values import CustodyPlan, Holder
from tests.rules.auctions.auction_setting import (
    AGENCY,
    CENTRE,
    DRAFTED,
    END,
    FIRM,
    LOT,
    OTHER,
    codes,
    running,
    yuan,
)

HOLDERS = (
    Holder(1, "u1", "中心保管员", CENTRE, "centre"),
    Holder(2, "u2", "监督保管员", FIRM, "supervisor"),
    Holder(3, "u3", "公证员", OTHER, "notary"),
)
KEPT = CustodyPlan(2, HOLDERS)
OPEN = running(code="sealed_offer").room
WAITING = replace(OPEN, phase=RoomPhase.UNSEALING, end=None)
PAUSED = replace(WAITING, pause=Pause(END, None))


def held(*changes: Holder, k: int = 2) -> CustodyPlan:
    return CustodyPlan(k, changes)


@pytest.mark.parametrize(
    ("custody", "change", "reasons"),
    [
        (KEPT, {}, []),
        (KEPT, {"is_sealed": False}, ["not_sealed"]),
        (KEPT, {"auction": replace(DRAFTED, state=AuctionState.ANNOUNCED)}, ["already_announced"]),
        (held(*HOLDERS[1:]), {}, ["custody_places"]),
        (held(*HOLDERS, k=4), {}, ["custody_threshold"]),
        (held(*HOLDERS, k=1), {}, ["custody_threshold", "custody_one", "custody_inside"]),
        (held(HOLDERS[0], HOLDERS[1], replace(HOLDERS[2], organisation=FIRM)), {}, ["custody_one"]),
        (held(HOLDERS[0], HOLDERS[1], replace(HOLDERS[2], kind="owner")), {}, ["custody_inside"]),
        (held(HOLDERS[0], HOLDERS[1], replace(HOLDERS[2], organisation=AGENCY)), {}, ["custody_inside"]),
        (KEPT, {"strangers": ("公证员",)}, ["custody_stranger"]),
    ],
)
def test_who_holds_the_keys(custody, change, reasons):
    given = {"auction": DRAFTED, "lot": replace(LOT, agency=AGENCY), "strangers": (), "is_sealed": True}
    assert codes(rules.may_name_custody(custody=custody, **(given | change))) == reasons


@pytest.mark.parametrize(
    ("custody", "posted", "reasons"),
    [(KEPT, 3, []), (KEPT, 2, ["keys_missing"]), (None, 0, ["custody_missing"])],
)
def test_every_key_is_there_before_the_notice(custody, posted, reasons):
    assert codes(rules.has_keys(custody, posted)) == reasons


@pytest.mark.parametrize(
    ("room", "paddle", "has_plan", "reasons"),
    [
        (None, 1001, True, []),
        (OPEN, 1001, True, []),
        (WAITING, 1001, True, ["ended"]),
        (OPEN, None, True, ["no_paddle"]),
        (OPEN, 1001, False, ["no_plan"]),
    ],
)
def test_a_file_is_taken(room, paddle, has_plan, reasons):
    assert codes(rules.may_hold_offer(room, paddle, has_plan=has_plan)) == reasons


@pytest.mark.parametrize(
    ("room", "released", "offered", "reasons"),
    [
        (WAITING, (), 1, []),
        (OPEN, (), 1, ["phase"]),
        (PAUSED, (), 1, ["paused"]),
        (WAITING, (2,), 1, ["released"]),
        (WAITING, (), 0, ["no_shares"]),
    ],
)
def test_a_custodian_releases_its_shares(room, released, offered, reasons):
    assert codes(rules.may_release(room, 2, released, offered)) == reasons


@pytest.mark.parametrize(
    ("room", "released", "reasons"),
    [
        (WAITING, (1, 3), []),
        (WAITING, (1,), ["too_few_holders"]),
        (OPEN, (1, 2, 3), ["phase"]),
    ],
)
def test_as_many_as_the_plan_asks_open(room, released, reasons):
    assert codes(rules.may_open(room, KEPT, released)) == reasons


@pytest.mark.parametrize(
    ("told", "measure", "amount"),
    [
        (Told("amount", amount=Money.yuan(2_600_000)), Measure.MONEY, yuan(2_600_000)),
        (Told("amount", amount=Money.yuan(2_600_000)), Measure.RATE, None),
        (Told("rate", rate=Rate("0.05")), Measure.MONEY, None),
        (Told("text", text="面议"), Measure.MONEY, None),
        (None, Measure.MONEY, None),
    ],
)
def test_what_an_opened_file_says(told, measure, amount):
    assert rules.amount_of(told, measure) == amount


def test_a_rate_is_read_where_rates_are_offered():
    found = rules.amount_of(Told("rate", rate=Rate("0.05")), Measure.RATE)
    assert found is not None and found.rate == Rate("0.05")
