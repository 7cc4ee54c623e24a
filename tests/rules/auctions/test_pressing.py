"""一批操作、随标的停表、推迟开始、准备与公开: one row per reason, in the order of the reasons."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ggzy.trading.auctions import events, rules
from ggzy.trading.auctions.rules import folding, pausing, pressing, words
from ggzy.trading.auctions.values import (
    Accepted,
    AuctionState,
    Offer,
    OfferKind,
    Outcome,
    Refusal,
    RoomPhase,
)
from tests.rules.auctions.auction_setting import (
    ANNOUNCED,
    CODE,
    DRAFTED,
    END,
    FORMATS,
    START,
    Hall,
    codes,
    running,
    yuan,
)

MINUTE = timedelta(minutes=1)
BASE = 2_590_000


def batch(hall: Hall, at) -> pressing.Batch:
    return pressing.Batch(hall.format, hall.room, at, now=at)


def offer(paddle: int, amount: int, press: str) -> Offer:
    return Offer(paddle, press, yuan(amount))


def test_every_press_of_a_batch_is_answered_by_its_own_fact():
    hall = running()
    hall.proxy(1003, BASE + 50_000, START + MINUTE)
    sheet = batch(hall, START + 2 * MINUTE)
    for number, (paddle, amount) in enumerate([(1001, BASE + 10_000), (1002, BASE), (1001, BASE + 60_000)]):
        sheet.press(offer(paddle, amount, f"press-{number}"))
    answered = [sheet.facts[place] for place in sheet.places]
    assert [type(fact).__name__ for fact in answered] == ["OfferMade", "OfferRefused", "OfferMade"]
    assert [fact.press for fact in answered] == ["press-0", "press-1", "press-2"]
    assert [[reason.code for reason in reasons] for reasons in sheet.reasons] == [[], ["step"], []]
    assert len(sheet.facts) == 4  # the proxy answered the first of them


def test_the_clocks_facts_stand_before_the_answer():
    hall = running()
    sheet = batch(hall, END + MINUTE)
    sheet.press(offer(1001, BASE, "press-late"))
    assert [type(fact).__name__ for fact in sheet.facts] == ["AuctionClosed", "OfferRefused"]
    assert sheet.places == [1]


def test_what_came_before_the_end_and_was_judged_after_it_is_told_both_moments():
    sheet = batch(running(), END + MINUTE)
    came = END - timedelta(milliseconds=20)
    sheet.press(replace(offer(1001, BASE, "press-waited"), arrived=came))
    (reason,) = sheet.reasons[0]
    assert reason.code == "ended" and sheet.facts[-1].arrived == came
    assert f"您的操作于 {words.moment(came)} 到达，于 {words.moment(END + MINUTE)} 受理" in reason.text


def test_only_of_what_is_late_the_arrival_is_kept():
    sheet = batch(running(), START + MINUTE)
    sheet.press(replace(offer(1001, 1, "press-low"), arrived=START))
    assert isinstance(sheet.facts[-1], events.OfferRefused) and sheet.facts[-1].arrived is None


@pytest.mark.parametrize(
    ("change", "is_same"),
    [
        ({}, True),
        ({"press": "another-press"}, True),
        ({"arrived": START}, True),
        ({"amount": yuan(BASE + 1)}, False),
        ({"amount": None}, False),
        ({"kind": OfferKind.PROXY}, False),
        ({"digest": "sha256:" + "1" * 64}, False),
        ({"items": (1,)}, False),
    ],
)
def test_what_a_press_said(change, is_same):
    first = offer(1001, BASE, "press-said")
    assert (pressing.said(replace(first, **change)) == pressing.said(first)) is is_same


@pytest.mark.parametrize(
    ("hall", "since", "reasons"),
    [
        (Hall, START, ["not_started"]),
        (running, END, ["ended"]),
        (running, END - MINUTE, []),
        (running, START - MINUTE, []),
    ],
)
def test_a_room_stands_with_its_lot(hall, since, reasons):
    outcome = pausing.brake(hall().room, since, END + MINUTE)
    assert (list(outcome.codes) if isinstance(outcome, Refusal) else []) == reasons


def test_a_room_stands_once():
    hall = running()
    stood = pausing.brake(hall.room, START + MINUTE, END + MINUTE)
    assert isinstance(stood, Accepted) and stood.room.pause is not None
    assert stood.room.pause.left_us == (END - START - MINUTE) // timedelta(microseconds=1)
    again = pausing.brake(stood.room, START + 2 * MINUTE, END + MINUTE)
    assert isinstance(again, Refusal) and again.codes == ("paused",)


def test_a_room_that_opens_late_has_all_its_time():
    hall = Hall()
    sheet = batch(hall, START + 90 * MINUTE)
    sheet.open_late(START)
    assert sheet.room.phase is RoomPhase.TIMED and sheet.room.pause is None
    assert sheet.room.end == START + 90 * MINUTE + (END - START)
    assert rules.audit(FORMATS["ascending"], [*hall.facts, *sheet.facts]) == ()


def test_a_room_with_too_few_bidders_does_not_open_late():
    sheet = batch(Hall(paddles=(1001,)), START + 90 * MINUTE)
    sheet.open_late(START)
    assert (sheet.room.phase, sheet.room.outcome) == (RoomPhase.CLOSED, Outcome.TOO_FEW)


@pytest.mark.parametrize(
    ("auction", "before", "claims", "reasons"),
    [
        (DRAFTED, MINUTE, 0, ["not_announced"]),
        (replace(ANNOUNCED, is_prepared=True), MINUTE, 0, ["prepared"]),
        (ANNOUNCED, 11 * MINUTE, 0, ["too_early"]),
        (ANNOUNCED, 10 * MINUTE, 0, []),
        (ANNOUNCED, -MINUTE, 0, []),
        (ANNOUNCED, 10 * MINUTE, 1, ["claims_waiting"]),
        (ANNOUNCED, MINUTE + timedelta(seconds=1), 2, ["claims_waiting"]),
        (ANNOUNCED, MINUTE, 2, []),
    ],
)
def test_when_a_room_is_prepared(auction, before, claims, reasons):
    assert codes(rules.may_prepare(auction, START - before, claims)) == reasons


@pytest.mark.parametrize(
    ("state", "is_revealed", "reasons"),
    [
        (AuctionState.OPEN, False, ["not_concluded"]),
        (AuctionState.CLOSED, False, ["not_concluded"]),
        (AuctionState.SOLD, True, ["revealed"]),
        (AuctionState.SOLD, False, []),
        (AuctionState.FAILED, False, []),
        (AuctionState.DEFAULTED, False, []),
    ],
)
def test_when_paddles_are_revealed(state, is_revealed, reasons):
    auction = replace(ANNOUNCED, state=state)
    assert codes(rules.may_reveal(auction, is_revealed=is_revealed)) == reasons


def closed(outcome: Outcome) -> events.AuctionClosed:
    return events.AuctionClosed(
        lot=CODE, round=1, outcome=outcome, paddle=None, price=None, second=None, seq=0, extensions=0, at=END
    )


def began(phase: RoomPhase) -> events.PhaseBegan:
    return events.PhaseBegan(lot=CODE, round=1, phase=phase, at=START, end=END)


@pytest.mark.parametrize(
    ("state", "fact", "after"),
    [
        (AuctionState.ANNOUNCED, began(RoomPhase.FREE), AuctionState.OPEN),
        (AuctionState.ANNOUNCED, began(RoomPhase.TIMED), AuctionState.OPEN),
        (AuctionState.OPEN, began(RoomPhase.TIMED), AuctionState.OPEN),
        (AuctionState.OPEN, began(RoomPhase.PRIORITY), AuctionState.OPEN),
        (AuctionState.OPEN, closed(Outcome.LED), AuctionState.CLOSED),
        (AuctionState.OPEN, closed(Outcome.TOO_FEW), AuctionState.CLOSED),
        (AuctionState.ANNOUNCED, closed(Outcome.TOO_FEW), AuctionState.ANNOUNCED),
    ],
)
def test_an_auction_follows_its_room(state, fact, after):
    assert folding.moved_by(state, fact) is after
