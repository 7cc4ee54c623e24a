"""回放: each fact in a sentence, and what stood after it; the last scene agrees with the room that was."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ggzy.kernel.events import KINDS, Audience, declared
from ggzy.trading.auctions import events
from ggzy.trading.auctions.queries import showing
from ggzy.trading.auctions.rules import narrating, pausing
from ggzy.trading.auctions.values import Outcome, RoomPhase
from ggzy.trading.auctions.values.showing import Frame
from tests.rules.auctions.auction_setting import CODE, END, FORMATS, START, TERMS, Hall, yuan

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


def told(hall: Hall) -> list[narrating.Scene]:
    """The film of a room, as the public sees it."""
    public = [fact for fact in hall.facts if declared(fact).audience is Audience.PUBLIC]
    frames = [Frame(height, fact.at, fact) for height, fact in enumerate(public, start=1)]
    return list(narrating.scenes(frames, FORMATS[hall.code], hall.terms))


@pytest.fixture
def hall() -> Hall:
    """An offer, a pause, an offer in the last minute, the end."""
    hall = Hall(TERMS)
    hall.offer(1001, 2_590_000, START + MINUTE)
    hall.take(pausing.pause(hall.room, "停电", START + 2 * MINUTE))
    hall.take(pausing.resume(hall.room, START + 12 * MINUTE))
    hall.offer(1002, 2_600_000, END + 9 * MINUTE)
    hall.take(hall.format.close(hall.room, END + 20 * MINUTE))
    return hall


def test_every_fact_is_told_in_order(hall: Hall):
    assert [scene.text for scene in told(hall)] == [
        "竞价室已就绪",
        "进入竞价，至 2026年6月22日 10:00:00",
        "1001 号报价 2,590,000.00 元",
        "停止计时：停电",
        "恢复竞价，至 2026年6月22日 10:10:00",
        "1002 号报价 2,600,000.00 元",
        "第 2 次报价使结束时间延至 2026年6月22日 10:14:00",
        "竞价结束，产生领先报价：1002 号，2,600,000.00 元",
    ]


def test_what_stood_after_each_fact_is_carried_on(hall: Hall):
    stood = [(one.phase, one.ends_at, one.is_paused, one.leader) for one in told(hall)]
    later = END + 10 * MINUTE
    assert stood == [
        ("未开始", START, False, None),
        ("竞价", END, False, None),
        ("竞价", END, False, 1001),
        ("竞价", None, True, 1001),
        ("竞价", later, False, 1001),
        ("竞价", later, False, 1002),
        ("竞价", later + 4 * MINUTE, False, 1002),
        ("已结束", None, False, 1002),
    ]


def test_the_last_scene_is_the_room_that_was(hall: Hall):
    last = told(hall)[-1]
    assert hall.room.phase is RoomPhase.CLOSED
    assert (last.price, last.leader, last.at) == (hall.room.price, hall.room.leader.paddle, hall.room.at)


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        (
            events.OfferRefused(
                lot=CODE, round=1, paddle=1001, press="p", amount=yuan(1), reasons=("step",), at=START
            ),
            "1001 号的操作 1.00 元未接受",
        ),
        (
            events.OfferUnsealed(lot=CODE, round=1, paddle=1001, amount=yuan(7), reasons=(), at=START),
            "开启 1001 号的报价：7.00 元",
        ),
        (
            events.OfferUnsealed(lot=CODE, round=1, paddle=1001, amount=yuan(7), reasons=("start",), at=START),
            "开启 1001 号的报价：无效",
        ),
        (events.CeilingReached(lot=CODE, round=1, seq=3, at=START), "第 3 次报价达到最高限价"),
        (
            events.LotsDrawn(
                lot=CODE, round=1, seed=b"", paddles=(1001, 1002), leaves=(), winner=1002, at=START
            ),
            "在 2 个号牌中摇号，1002 号摇中",
        ),
        (
            events.AuctionClosed(
                lot=CODE, round=1, outcome=Outcome.NO_OFFER, paddle=None, price=None, second=None, seq=0,
                extensions=0, at=START,
            ),
            "竞价结束，无有效报价",
        ),
    ],
)  # fmt: skip
def test_the_rarer_facts_have_their_sentence(fact, sentence):
    assert narrating.narrate(fact, "竞价") == sentence


def test_a_fact_without_a_sentence_is_told_by_its_term():
    class Rung:
        """敲钟. Nobody wrote a sentence for it."""

    assert narrating.narrate(Rung(), "竞价") == "敲钟"


def test_a_film_tells_all_that_is_public_and_nothing_else():
    assert {KINDS[kind].audience for kind in showing.PUBLIC} == {Audience.PUBLIC}
    assert {KINDS[showing.REFUSED].cls, *(KINDS[kind].cls for kind in showing.PUBLIC)} >= set(
        narrating.SENTENCES
    )


def test_an_automatic_offer_and_a_score_are_told(hall: Hall):
    made = next(fact for fact in hall.facts if isinstance(fact, events.OfferMade))
    assert narrating.narrate(replace(made, is_automatic=True), "竞价") == "1001 号自动出价 2,590,000.00 元"
