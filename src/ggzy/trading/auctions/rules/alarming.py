"""异常报价提示: what in the public course of a room a supervisor should look at.

A pattern is evidence of nothing by itself: each alarm gives the facts it stands on and what would
explain it innocently. It changes nothing in the room.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from ggzy.trading.auctions import events
from ggzy.trading.auctions.rules.replaying import apply, prepared
from ggzy.trading.auctions.values import Room

LEAP_STEPS = 10
"""大幅报价: so many steps beyond the least that would have done."""
DUEL_OFFERS = 12
"""两家轮流: so many offers in a row by two paddles in turn, while others had offered before or never did."""
LAST_SECONDS, LAST_TIMES = timedelta(seconds=3), 3
"""压秒报价: in the last seconds of a contest, by one paddle, so many times."""


@dataclass(frozen=True)
class Alarm:
    """提示: what was seen, by which offers, and what would explain it innocently."""

    code: str
    title: str
    text: str
    innocent: str
    seqs: tuple[int, ...]
    at: datetime


def alarms(facts: Iterable[Any]) -> tuple[Alarm, ...]:
    """异常报价提示 of a room, in the order they arose. `facts` are its public facts from the first on."""
    told = iter(facts)
    first = next(told, None)
    if not isinstance(first, events.RoomPrepared):
        return ()
    room, found = prepared(first), list[Alarm]()
    offers, lasts = list[events.OfferMade](), list[events.AuctionExtended]()
    for fact in told:
        if isinstance(fact, events.OfferMade):
            found += _leap(room, fact)
            offers.append(fact)
            found += _duel(offers)
        elif isinstance(fact, events.AuctionExtended):
            lasts.append(fact)
            found += _last(offers, lasts)
        room = _after(room, fact)
    return tuple(found)


def _after(room: Room, fact: Any) -> Room:
    """The room as the public sees it: who holds which paddle is not told, so an offer brings its paddle."""
    if isinstance(fact, events.OfferMade | events.LotsDrawn):
        number = fact.paddle if isinstance(fact, events.OfferMade) else fact.winner
        if room.roster.find(number) is None:
            given = events.PaddleGiven(
                lot=room.lot, round=room.round, paddle=number, priority=None, at=fact.at
            )
            room = apply(room, given)
    return room if isinstance(fact, events.OfferUnsealed) else apply(room, fact)


def _leap(room: Room, offer: events.OfferMade) -> Sequence[Alarm]:
    counted = offer.amount if offer.score is None else offer.score
    if offer.is_automatic or room.leader is None or counted.measure is not room.scale.measure:
        return ()
    beyond = room.scale.gain(counted) - room.least
    steps = beyond // room.scale.steps.at(room.leader.gain)
    if steps < LEAP_STEPS:
        return ()
    text = f"{offer.paddle} 号牌第 {offer.seq} 次报价 {offer.amount}，比最低可报数额多 {steps} 个幅度"
    innocent = "竞买人可能希望尽快结束竞价，或者看错了数额"
    return (Alarm("leap", "大幅报价", text, innocent, (offer.seq,), offer.at),)


def _duel(offers: Sequence[events.OfferMade]) -> Sequence[Alarm]:
    """Told once, when the row is just long enough."""
    tail = offers[-DUEL_OFFERS:]
    if len(tail) < DUEL_OFFERS or not _alternate(tail):
        return ()
    if len(offers) > DUEL_OFFERS and _alternate(offers[-DUEL_OFFERS - 1 :]):
        return ()
    one, other = sorted({offer.paddle for offer in tail})
    text = f"{one}、{other} 号牌从第 {tail[0].seq} 次起轮流报价 {DUEL_OFFERS} 次，其间没有其他竞买人报价"
    innocent = "其他竞买人可能已达到心理价位；自动出价相互应答时也会如此"
    return (Alarm("duel", "两家轮流报价", text, innocent, tuple(offer.seq for offer in tail), tail[-1].at),)


def _alternate(offers: Sequence[events.OfferMade]) -> bool:
    paddles = [offer.paddle for offer in offers]
    return len(set(paddles)) == 2 and all(one != other for one, other in pairwise(paddles))


def _last(offers: Sequence[events.OfferMade], lasts: Sequence[events.AuctionExtended]) -> Sequence[Alarm]:
    """Told once, at the time that fills the number."""
    made = {offer.seq: offer for offer in offers}
    newest = lasts[-1]
    paddle = made[newest.seq].paddle
    seqs = tuple(
        one.seq for one in lasts if one.before - one.at <= LAST_SECONDS and made[one.seq].paddle == paddle
    )
    if len(seqs) != LAST_TIMES or seqs[-1] != newest.seq:
        return ()
    text = f"{paddle} 号牌 {LAST_TIMES} 次在结束前 {LAST_SECONDS.seconds} 秒内报价并引起延时"
    innocent = "临近结束时才报价是常见的竞价策略，单独不构成异常"
    return (Alarm("last", "反复压秒报价", text, innocent, seqs, newest.at),)
