"""Streams of rooms as they are exported, one of each kind: kept, so that a change of the rules shows.

An outside verifier is held to the same file.
"""

import json
from pathlib import Path

import pytest

from ggzy.kernel import canon, events
from ggzy.trading.auctions import rules
from ggzy.trading.auctions.values import RoomPhase
from tests.rules.auctions.auction_setting import FORMATS

ROOMS = json.loads((Path(__file__).parents[2] / "kernel" / "vectors" / "rooms.json").read_text("utf-8"))


@pytest.mark.parametrize("told", ROOMS, ids=lambda told: told["name"])
def test_a_kept_stream_gives_its_winner_price_and_end(told):
    facts = [events.read(kind, body) for kind, body in told["facts"]]
    room = rules.replay(facts)
    winner = room.leader or room.capped
    assert winner is not None and room.price is not None and room.end is not None
    assert room.phase is RoomPhase.CLOSED
    assert winner.paddle == told["winner"]
    assert events.body(room.price) == told["price"]
    assert events.instant_text(room.end) == told["end"]


@pytest.mark.parametrize("told", ROOMS, ids=lambda told: told["name"])
def test_a_kept_stream_stands_the_audit_and_reads_back_byte_for_byte(told):
    facts = [events.read(kind, body) for kind, body in told["facts"]]
    assert rules.audit(FORMATS[facts[0].format], facts) == ()
    assert [events.body(fact) for fact in facts] == [body for _, body in told["facts"]]
    assert all(len(canon.dumps(body)) < 4096 for _, body in told["facts"])


def test_every_format_is_kept():
    assert {told["facts"][0][1]["format"] for told in ROOMS} >= set(FORMATS) - {"dynamic"}
