"""摇号的规则: who promises and tells a nonce when, when lots may be drawn, and what the seed hangs on."""

from dataclasses import replace

import pytest

from ggzy.kernel import draw
from ggzy.trading.auctions.rules import lottery
from ggzy.trading.auctions.rules.lottery import PLATFORM, REVEAL_WINDOW, Giver
from ggzy.trading.auctions.values import AtCeiling, Ceiling, RoomPhase, TieRule, Ties
from tests.rules.auctions.auction_setting import END, TERMS, codes, running, yuan

LOTS = replace(TERMS, ceiling=Ceiling(amount=yuan(3_000_000), rule=AtCeiling.DRAW, entering_s=600))
OPEN = running(terms=LOTS).room
DRAWING = replace(OPEN, phase=RoomPhase.DRAWING, entrants=(1002, 1001), at=END, end=None)
CLOSED = replace(OPEN, phase=RoomPhase.CLOSED)
NONCE = bytes(range(32))
NAME = lottery.lottery_name(OPEN.lot, OPEN.round)
PROMISE = draw.commitment(NAME, "owner", 0, NONCE)
OWNER = Giver("owner", PROMISE)
OURS = Giver(PLATFORM, draw.commitment(NAME, PLATFORM, 0, NONCE))
HEAD = bytes(32)


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (TERMS, False),
        (LOTS, True),
        (replace(TERMS, ties=Ties(rule=TieRule.DRAW)), True),
        (replace(TERMS, ties=Ties(rule=TieRule.AGAIN)), True),
        (replace(TERMS, ceiling=Ceiling(amount=yuan(3_000_000))), False),
    ],
)
def test_where_lots_may_be_drawn(terms, expected):
    assert lottery.has_lottery(terms) is expected


@pytest.mark.parametrize(
    ("terms", "room", "givers", "commitment", "reasons"),
    [
        (LOTS, None, {}, PROMISE, []),
        (LOTS, OPEN, {}, PROMISE, []),
        (TERMS, OPEN, {}, PROMISE, ["no_lottery"]),
        (None, None, {}, PROMISE, ["no_lottery"]),
        (LOTS, DRAWING, {}, PROMISE, ["entrants_known"]),
        (LOTS, CLOSED, {}, PROMISE, ["entrants_known"]),
        (LOTS, OPEN, {"owner": OWNER}, PROMISE, ["committed"]),
        (LOTS, OPEN, {}, PROMISE[1:], ["commitment"]),
    ],
)
def test_a_nonce_is_promised(terms, room, givers, commitment, reasons):
    assert codes(lottery.may_commit_nonce(terms, room, givers, "owner", commitment)) == reasons


@pytest.mark.parametrize(
    ("room", "givers", "nonce", "at", "reasons"),
    [
        (DRAWING, {"owner": OWNER}, NONCE, END, []),
        (OPEN, {"owner": OWNER}, NONCE, OPEN.at, ["phase"]),
        (DRAWING, {}, NONCE, END, ["not_committed"]),
        (DRAWING, {"owner": replace(OWNER, nonce=NONCE)}, NONCE, END, ["revealed"]),
        (DRAWING, {"owner": OWNER}, NONCE, END + REVEAL_WINDOW, ["late"]),
        (DRAWING, {"owner": OWNER}, bytes(32), END, ["differs"]),
        (DRAWING, {"owner": OWNER}, NONCE[1:], END, ["differs"]),
    ],
)
def test_a_nonce_is_told(room, givers, nonce, at, reasons):
    assert codes(lottery.may_reveal_nonce(room, givers, "owner", nonce, at)) == reasons


@pytest.mark.parametrize(
    ("room", "givers", "at", "reasons"),
    [
        (DRAWING, {PLATFORM: OURS}, END, []),
        (DRAWING, {PLATFORM: OURS, "owner": replace(OWNER, nonce=NONCE)}, END, []),
        (DRAWING, {PLATFORM: OURS, "owner": OWNER}, END, ["waiting"]),
        (DRAWING, {PLATFORM: OURS, "owner": OWNER}, END + REVEAL_WINDOW, []),
        (DRAWING, {}, END, ["no_nonce"]),
        (OPEN, {PLATFORM: OURS}, END, ["phase"]),
    ],
)
def test_lots_are_drawn_once_every_nonce_is_told_or_late(room, givers, at, reasons):
    assert codes(lottery.may_draw_now(room, givers, at)) == reasons


SEED = lottery.seed_of(DRAWING, HEAD, {PLATFORM: NONCE})


@pytest.mark.parametrize(
    ("room", "head", "nonces"),
    [
        (replace(DRAWING, entrants=(1001, 1003)), HEAD, {PLATFORM: NONCE}),
        (DRAWING, NONCE, {PLATFORM: NONCE}),
        (DRAWING, HEAD, {PLATFORM: bytes(32)}),
        (DRAWING, HEAD, {PLATFORM: NONCE, "owner": NONCE}),
        (replace(DRAWING, round=2), HEAD, {PLATFORM: NONCE}),
    ],
)
def test_the_seed_hangs_on_entrants_head_and_every_nonce(room, head, nonces):
    assert lottery.seed_of(room, head, nonces) != SEED


def test_the_seed_does_not_hang_on_the_order_of_the_entrants():
    assert lottery.seed_of(replace(DRAWING, entrants=(1001, 1002)), HEAD, {PLATFORM: NONCE}) == SEED
