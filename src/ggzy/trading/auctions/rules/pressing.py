"""一批操作的受理: one press after another in the order they arrived, each in the room the last one left.

What stands in a batch together was judged at one moment; which came first is told by the order of facts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from ggzy.kernel import canon, digest
from ggzy.kernel.verdict import Reason
from ggzy.trading.auctions import events
from ggzy.trading.auctions.rules import pausing, reading
from ggzy.trading.auctions.rules.judging import ENDED
from ggzy.trading.auctions.values import Accepted, Format, Offer, Refusal, Room

ANSWERS = (
    events.OfferMade, events.ProxySet, events.ProxyWithdrawn, events.ContestJoined, events.OfferSealed,
    events.OfferRefused, events.PriorityWaived,
)  # fmt: skip


@dataclass
class Batch:
    """一批: the room, the facts told so far, and for each press the place of the fact that answers it.

    `at` is the moment all of it is judged at, `now` the one it is recorded at: later only for what is late.
    """

    format: Format
    room: Room
    at: datetime
    now: datetime
    facts: list[Any] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    reasons: list[tuple[Reason, ...]] = field(default_factory=list)

    def take(self, outcome: Accepted | Refusal) -> None:
        """The room after an outcome, and its facts."""
        self.room = outcome.room
        self.facts += outcome.facts

    def advance(self) -> None:
        """到点处理."""
        self.take(self.format.close(self.room, self.at))

    def open_late(self, due: datetime) -> None:
        """推迟开始: the room opens as it was due, stood from then on, and runs from now with all its time."""
        self.take(self.format.close(self.room, due))
        self.take(pausing.brake(self.room, due, self.at))
        if self.room.pause is not None:
            self.take(pausing.resume(self.room, self.at))

    def press(self, offer: Offer) -> None:
        """One press; a refusal is a fact too."""
        first = len(self.facts)
        outcome = judge(self.format, self.room, offer, self.at)
        self.take(outcome)
        if isinstance(outcome, Refusal):
            self.facts.append(refused(self.room, offer, outcome, self.at))
        self.places.append(_answer(self.facts, first, offer.press))
        self.reasons.append(outcome.reasons if isinstance(outcome, Refusal) else ())


def judge(format: Format, room: Room, offer: Offer, at: datetime) -> Accepted | Refusal:
    """一次操作的判断. What could not be read is refused for that alone, after what the clock owes the room."""
    if not offer.raw:
        return format.offer(room, offer, at)
    due = format.close(room, at)
    told = due.facts if isinstance(due, Accepted) else ()
    return Refusal(due.room, reading.flaws(offer.raw), told)


def refused(room: Room, offer: Offer, refusal: Refusal, at: datetime) -> events.OfferRefused:
    """未接受的操作 with the codes of every reason; of what came late, when it came."""
    is_late = offer.arrived is not None and ENDED in refusal.codes
    return events.OfferRefused(
        lot=room.lot, round=room.round, paddle=offer.paddle, press=offer.press, amount=offer.amount,
        reasons=refusal.codes, at=at, kind=offer.kind, items=offer.items, digest=offer.digest, raw=offer.raw,
        arrived=offer.arrived if is_late else None,
    )  # fmt: skip


def _answer(facts: Sequence[Any], first: int, press: str) -> int:
    """The clock may have told facts before it, and proxies answer after it."""
    return next(
        place
        for place in range(first, len(facts))
        if isinstance(facts[place], ANSWERS) and facts[place].press == press
    )


def reused(offer: Offer, said: str) -> Offer:
    """同一操作标识的另一次操作, to be refused and kept under a name of its own, which the same again bears too."""
    name = digest.digest(f"{offer.press}\n{said}".encode())[-reading.PRESS_MAX :]
    return replace(offer, press=name, raw=canon.dumps({"press": offer.press, "reused": True}).decode())


def said(offer: Offer) -> str:
    """操作内容摘要: tells the same press sent again from another one under its name."""
    amount = f"{offer.amount.units} {offer.amount.measure}" if offer.amount else ""
    items = " ".join(str(item) for item in offer.items)
    return digest.digest(f"{offer.kind}\n{amount}\n{items}\n{offer.digest}\n{offer.raw}".encode())
