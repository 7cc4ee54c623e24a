"""竞价室的门, through a live process of its own: what is bad is refused with its reason, and kept."""

import json
import os
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

import psycopg
import pytest

from bench._line import START, STEP
from ggzy.trading.auctions.live.doorman import Stranger, may_call
from ggzy.trading.auctions.rules import reading
from tests.services.auctions.door import BOUNDARY_S, Door, door, price, until_shown

__all__ = ["door"]
OTHER = "00000000-0000-4000-8000-000000000000"


def test_an_offer_is_accepted_with_a_receipt_and_the_same_press_gets_the_same(door: Door):
    status, first = door.press(price("press-first", START))
    assert (status, first["accepted"], first["duplicate"]) == (200, True, False)
    status, again = door.press(price("press-first", START))
    assert (status, again["duplicate"], again["receipt"]["code"]) == (200, True, first["receipt"]["code"])
    status, other = door.press(price("press-first", START + STEP))
    assert (status, [reason["code"] for reason in other["reasons"]]) == (409, ["press_reused"])
    tick = _shown(door, 1)
    assert (tick["state"]["price"]["units"], tick["state"]["seq"]) == (START, 1)
    assert tick["lines"][-1]["amount"]["words"] == "壹拾万元整"


BAD = {
    "a price below the next step": (price("press-below", START), {"step"}),
    "beside the ladder": (price("press-beside", START + 10 * STEP + 1), {"ladder"}),
    "negative": (price("press-negative", -1), {"not_positive"}),
    "nothing": (price("press-nothing", 0), {"not_positive"}),
    "enormous": (price("press-enormous", 10**30), {"enormous"}),
    "true": (price("press-true", True), {"boolean"}),
    "a fraction": (price("press-fraction", 1e-9), {"fraction"}),
    "words where a number belongs": (price("press-text", "259"), {"text"}),
    "full-width digits": (price("press-wide", "２５９"), {"full_width"}),
    "not a number": ('{"press":"press-nan","amount":{"measure":"money","units":NaN}}', {"not_finite"}),
    "infinite": ('{"press":"press-inf","amount":{"measure":"money","units":1e999}}', {"not_finite"}),
    "a measure of nothing": ({"press": "press-measure", "amount": {"measure": "love", "units": 1}}, {"measure"}),
    "a list for an amount": ({"press": "press-list", "amount": [START]}, {"missing"}),
    "an unknown act": (price("press-kind", START * 2, kind="steal"), {"kind"}),
    "items that are no numbers": (price("press-items", START * 2, items=["NaN"]), {"items"}),
    "every reason at once": (price("press-all", "1", kind="x", items=7, digest=7), {"text", "kind", "items", "digest"}),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_with_every_reason_and_kept(door: Door, name: str):
    said, codes = BAD[name]
    before = door.refused()
    status, answer = door.press(said, bidder=1)
    assert (status, answer["accepted"]) == (409, False)
    assert {reason["code"] for reason in answer["reasons"]} >= codes
    assert all(reason["text"] for reason in answer["reasons"]) and answer["receipt"]["code"]
    assert door.refused() == before + 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("", "unreadable"),
        ("[]", "unreadable"),
        ("{", "unreadable"),
        ('{"amount": 1}', "press"),
        ('{"press": "short"}', "press"),
        (json.dumps({"press": "press-long", "items": ["1"] * 2000}), "too_long"),
    ],
)
def test_what_has_no_name_cannot_be_kept_and_is_refused_at_the_door(door: Door, said: str, code: str):
    before = door.refused()
    status, answer = door.press(said)
    assert (status, [reason["code"] for reason in answer["reasons"]]) == (400, [code])
    assert door.refused() == before


def test_who_is_nobody_offers_nothing(door: Door):
    said = price("press-nobody", START * 3)
    assert door.press(said, Cookie="session=made-up")[0] == 401
    assert door.press(said, Origin="https://elsewhere.example")[0] == 401
    assert door.press(said, 1, Origin="http://127.0.0.1:9")[0] == 200  # another port of the same host is ours
    assert door.ask(f"/rooms/{door.lot[:-1]}X/state")[0] == 421


def test_the_doors_say_the_time_and_how_they_are(door: Door):
    assert door.ask("/now")[1]["now"][:4].isdigit()
    assert door.ask("/health")[1]["ok"] is True


def test_a_writer_that_is_killed_is_replaced_and_what_waits_is_answered(door: Door):
    (writer,) = door.children()
    os.kill(writer, signal.SIGKILL)
    status, answer = door.press(price("press-amid-the-change", 1), bidder=1)
    assert (status, answer["receipt"]["code"] != "") == (409, True)
    (other,) = door.children()
    assert other != writer and door.ask("/health")[1]["ok"]


def test_who_watches_is_sent_on_when_another_process_keeps_the_room(door: Door):
    watching = urllib.request.urlopen(f"{door.url}/rooms/{door.lot}/watch", timeout=20)
    assert watching.readline() == b"event: tick\n"
    with psycopg.connect(door.database, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO auctions_keeper VALUES (%s, ':1', now() + interval '1 hour')", [OTHER]
        )
        connection.execute("UPDATE auctions_roomrow SET keeper_id = %s", [OTHER])
        try:
            watching.read()  # to its end: the stream is closed
            assert door.press(price("press-moved", START * 9), 1)[0] == 421
        finally:
            connection.execute("UPDATE auctions_roomrow SET keeper_id = NULL")
            connection.execute("DELETE FROM auctions_keeper WHERE id = %s", [OTHER])
    until_shown(door)


@pytest.mark.parametrize(
    ("is_behind", "headers", "may"),
    [
        (False, {}, True),
        (True, {"x-forwarded-for": "10.1.1.1"}, True),
        (True, {}, False),
        (False, {"origin": "http://a.example:8000", "host": "a.example:8001"}, True),
        (False, {"origin": "http://b.example", "host": "a.example:8001"}, False),
        (False, {"origin": "null", "host": "a.example"}, False),
    ],
)
def test_the_page_is_ours_and_came_by_the_proxy(
    settings: Any, is_behind: bool, headers: Mapping[str, str], may: bool
):
    settings.BEHIND_PROXY = is_behind
    if may:
        assert may_call(headers) == headers.get("origin", "")
    else:
        with pytest.raises(Stranger):
            may_call(headers)


def test_a_raw_press_read_again_gives_its_reasons():
    said = json.dumps(price("press-again", "１"))
    offer = reading.offer_of(said, 7)
    assert offer.raw == said and [reason.code for reason in reading.flaws(offer.raw)] == ["full_width"]


def _shown(door: Door, seq: int) -> Any:
    """The room's tick once it shows that offer: a room is told of ten times a second."""
    limit = time.monotonic() + BOUNDARY_S
    while True:
        _, tick = door.ask(f"/rooms/{door.lot}/state")
        if tick["state"]["seq"] >= seq or time.monotonic() > limit:
            return tick
        time.sleep(0.02)
