"""核验: what happened passes; whatever is spoiled afterwards is found, at its place."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ggzy.trading.auctions import events, rules
from ggzy.trading.auctions.values import AtCeiling, Bar, Ceiling, Opened
from tests.rules.auctions.auction_setting import END, FORMATS, SEALED, START, TERMS, Hall, running, yuan

SECOND = timedelta(seconds=1)


def walked() -> Hall:
    """Offers, a proxy, refusals, a bar, an extension, a pause and an end."""
    hall = running(paddles=(1001, 1002, 1003, 1004))
    hall.offer(1001, 2_590_000, START)
    hall.proxy(1002, 2_690_000, START + SECOND)
    hall.offer(1003, 2_595_000, START + 2 * SECOND)
    hall.offer(1003, 2_620_000, START + 3 * SECOND)
    hall.take(rules.bar(hall.room, 1004, Bar.FROZEN, "保证金冲正", START + 4 * SECOND))
    hall.offer(1004, 2_700_000, START + 5 * SECOND)
    hall.take(rules.clear(hall.room, 1004, "已补足", START + 6 * SECOND))
    hall.take(rules.pause(hall.room, "系统维护", END - 10 * SECOND))
    hall.take(rules.resume(hall.room, END + timedelta(hours=1)))
    hall.offer(1004, 2_700_000, END + timedelta(hours=1))
    hall.close(END + timedelta(hours=2))
    hall.offer(1001, 2_800_000, END + timedelta(hours=2))
    return hall


def test_what_happened_passes():
    hall = walked()
    assert rules.audit(hall.format, hall.facts) == ()
    assert hall.room.leader.paddle == 1004


def place(facts, kind, number=0) -> int:
    return [at for at, fact in enumerate(facts) if isinstance(fact, kind)][number]


def spoil(kind, number=0, **change):
    def spoiled(facts):
        at = place(facts, kind, number)
        facts[at] = replace(facts[at], **change)
        return at

    return spoiled


def drop(kind, number=0):
    def dropped(facts):
        at = place(facts, kind, number)
        del facts[at]
        return at

    return dropped


@pytest.mark.parametrize(
    "change",
    [
        spoil(events.OfferMade, 0, paddle=7777),
        spoil(events.OfferMade, 0, amount=yuan(2_580_000)),
        spoil(events.OfferMade, 2, amount=yuan(2_630_000)),
        spoil(events.OfferMade, 3, amount=yuan(2_640_000)),  # the automatic answer
        spoil(events.OfferMade, 3, paddle=1001),
        spoil(events.PaddleBarred, 0, at=END + timedelta(hours=3)),
        spoil(events.OfferMade, 1, seq=5),
        spoil(events.OfferMade, -1, at=END + timedelta(hours=2)),
        spoil(events.AuctionExtended, 0, after=END + timedelta(hours=3)),
        spoil(events.AuctionResumed, 0, end=END),
        spoil(events.PhaseBegan, 0, end=END + SECOND),
        spoil(events.AuctionClosed, 0, paddle=1002),
        spoil(events.AuctionClosed, 0, price=yuan(2_650_000)),
        spoil(events.AuctionClosed, 0, at=END + timedelta(hours=3)),
        spoil(events.OfferRefused, 0, reasons=("frozen",)),
        spoil(events.OfferRefused, 1, paddle=1003),  # an offer that should have been accepted
        spoil(events.PaddleGiven, 1, paddle=1001),
        spoil(events.PaddleBarred, 0, paddle=9),
        spoil(events.PaddleCleared, 0, paddle=1001),
        spoil(events.AuctionPaused, 0, reason=" "),
        drop(events.AuctionExtended),
        drop(events.AuctionClosed),
        drop(events.OfferMade, 0),
        drop(events.OfferMade, 1),
    ],
)
def test_what_is_spoiled_is_found(change):
    hall = walked()
    at = change(hall.facts)
    (flaw,) = rules.audit(hall.format, hall.facts)
    assert flaw.place >= at - 1
    assert flaw.told != flaw.expected


def test_an_outage_that_does_not_fit_the_room_is_found():
    hall = walked()
    at = place(hall.facts, events.AuctionPaused)
    hall.facts[at] = replace(hall.facts[at], cause="outage", since=END + SECOND)
    assert rules.audit(hall.format, hall.facts)[0].place == at


def drawn() -> Hall:
    ceiling = Ceiling(amount=yuan(3_000_000), rule=AtCeiling.DRAW, entering_s=600)
    hall = running(terms=replace(TERMS, ceiling=ceiling))
    hall.offer(1001, 3_000_000, START)
    hall.join(1002, START + SECOND)
    hall.join(1003, START + SECOND)
    hall.close(hall.room.end)
    salts = {number: number.to_bytes(32) for number in (1001, 1002, 1003)}
    hall.take(rules.draw_lots(hall.room, bytes(range(32)), salts, END))
    return hall


def test_lots_are_drawn_again_from_the_published_seed():
    hall = drawn()
    assert rules.audit(hall.format, hall.facts) == ()
    at = place(hall.facts, events.LotsDrawn)
    told = hall.facts[at]
    others = [paddle for paddle in told.paddles if paddle != told.winner]
    for change in (
        {"winner": others[0]},
        {"seed": bytes(32), "winner": others[1]},
        {"paddles": told.paddles[:2], "leaves": told.leaves[:2]},
        {"leaves": (told.leaves[0],) * 3},
    ):
        spoiled = [*hall.facts[:at], replace(told, **change), *hall.facts[at + 1 :]]
        assert rules.audit(hall.format, spoiled)[0].place == at


def test_a_sealed_offer_is_held_to_what_was_received():
    hall = running(terms=SEALED, code="sealed_offer")
    for paddle in (1001, 1002):
        hall.seal(paddle, START)
    hall.close(END)
    opened = [Opened(1001, yuan(2_600_000)), Opened(1002, yuan(2_700_000))]
    hall.take(rules.unseal(hall.room, opened, END))
    assert rules.audit(hall.format, hall.facts) == ()
    at = place(hall.facts, events.OfferUnsealed)
    for change in ({"paddle": 1003}, {"reasons": ("ladder",)}, {"amount": yuan(2_800_000)}):
        spoiled = [*hall.facts]
        spoiled[at] = replace(spoiled[at], **change)
        assert rules.audit(hall.format, spoiled)


def test_another_format_does_not_pass():
    hall = walked()
    assert rules.audit(FORMATS["dynamic"], hall.facts)[0].place == 0
