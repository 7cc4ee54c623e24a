"""回放: the course of a room fact by fact, each in a sentence, with what stood after it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ggzy.trading.auctions import events
from ggzy.trading.auctions.rules import captions, words
from ggzy.trading.auctions.values import Amount, Format, FormatTerms, RoomPhase
from ggzy.trading.auctions.values.showing import Frame

TERM = re.compile("[.,:;：。；]")


@dataclass(frozen=True)
class Scene:
    """一幕: a fact of the film in words, and the room after it as everybody saw it."""

    height: int
    at: datetime
    text: str
    phase: str
    ends_at: datetime | None
    is_paused: bool
    price: Amount | None
    leader: int | None
    offer: events.OfferMade | None


@dataclass(frozen=True)
class _Stage:
    """What is carried from scene to scene."""

    phase: RoomPhase = RoomPhase.WAITING
    ends_at: datetime | None = None
    is_paused: bool = False
    price: Amount | None = None
    leader: int | None = None


def scenes(frames: Iterable[Frame], format: Format, terms: FormatTerms) -> Iterator[Scene]:
    """回放的各幕, in order. Refusals among the frames change nothing but are told."""
    stage = _Stage(ends_at=terms.timing.starts_at)
    for frame in frames:
        stage = _after(stage, frame.fact)
        phase = captions.phase_name(format, terms, stage.phase)
        yield Scene(
            frame.height,
            frame.at,
            narrate(frame.fact, phase),
            phase,
            stage.ends_at,
            stage.is_paused,
            stage.price,
            stage.leader,
            frame.fact if isinstance(frame.fact, events.OfferMade) else None,
        )


def _after(stage: _Stage, fact: Any) -> _Stage:
    phase, ends_at, paused, price, leader = (
        stage.phase, stage.ends_at, stage.is_paused, stage.price, stage.leader,
    )  # fmt: skip
    match fact:
        case events.PhaseBegan():
            phase, ends_at = fact.phase, fact.end
        case events.OfferMade():
            leader = fact.paddle
            price = price if phase is RoomPhase.SECOND else fact.amount
        case events.AuctionExtended():
            ends_at = fact.after
        case events.AuctionPaused():
            ends_at, paused = None, True
        case events.AuctionResumed():
            ends_at, paused = fact.end, False
        case events.LotsDrawn():
            leader = fact.winner
        case events.AuctionClosed():
            phase, ends_at, paused = RoomPhase.CLOSED, None, False
            price, leader = fact.price, fact.paddle
    return _Stage(phase, ends_at, paused, price, leader)


def narrate(fact: Any, phase: str) -> str:
    """一条事实, in a sentence; where it has none, by the term that opens its docstring."""
    if isinstance(fact, events.PhaseBegan):
        return f"进入{phase}{f'，至 {words.moment(fact.end)}' if fact.end else ''}"
    sentence = SENTENCES.get(type(fact))
    return sentence(fact) if sentence else TERM.split((type(fact).__doc__ or "").strip())[0]


def _made(fact: events.OfferMade) -> str:
    how = "自动出价" if fact.is_automatic else "报价"
    score = f"，得 {fact.score}" if fact.score else ""
    return f"{fact.paddle} 号{how} {fact.amount}{score}"


def _refused(fact: events.OfferRefused) -> str:
    amount = f" {fact.amount}" if fact.amount else ""
    return f"{fact.paddle} 号的操作{amount}未接受"


def _unsealed(fact: events.OfferUnsealed) -> str:
    return f"开启 {fact.paddle} 号的报价：{fact.amount if fact.amount and not fact.reasons else '无效'}"


def _extended(fact: events.AuctionExtended) -> str:
    return f"第 {fact.seq} 次报价使结束时间延至 {words.moment(fact.after)}"


def _closed(fact: events.AuctionClosed) -> str:
    led = f"：{fact.paddle} 号，{fact.price}" if fact.price else ""
    return f"竞价结束，{fact.outcome.label}{led}"


SENTENCES: dict[type, Callable[[Any], str]] = {
    events.RoomPrepared: lambda fact: "竞价室已就绪",
    events.OfferMade: _made,
    events.OfferRefused: _refused,
    events.OfferUnsealed: _unsealed,
    events.AuctionExtended: _extended,
    events.CeilingReached: lambda fact: f"第 {fact.seq} 次报价达到最高限价",
    events.AuctionPaused: lambda fact: f"停止计时：{fact.reason}",
    events.AuctionResumed: lambda fact: f"恢复竞价{f'，至 {words.moment(fact.end)}' if fact.end else ''}",
    events.LotsDrawn: lambda fact: f"在 {len(fact.paddles)} 个号牌中摇号，{fact.winner} 号摇中",
    events.AuctionClosed: _closed,
}
