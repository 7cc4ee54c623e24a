"""过去时的折叠: facts to the scalars that the rows must repeat (`./ggzy verify`)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from ggzy.kernel import canon, digest
from ggzy.kernel.events import instant_text
from ggzy.trading.auctions import events
from ggzy.trading.auctions.lifecycle import APPLICATION, AUCTION
from ggzy.trading.auctions.rules import replaying
from ggzy.trading.auctions.values import (
    Amount,
    ApplicationState,
    AuctionState,
    Outcome,
    Room,
    RoomPhase,
    Side,
)

OPENING = (RoomPhase.FREE, RoomPhase.TIMED)


class Told(Protocol):
    """What a fold needs of a fact."""

    @property
    def event(self) -> Any: ...


@dataclass
class Round:
    """一轮竞价 as the facts so far tell it. A working sheet of the fold, never handed out."""

    state: AuctionState = AuctionState.DRAFTED
    format: str = ""
    room: Room | None = None
    applications: dict[str, ApplicationState] = field(default_factory=dict)
    paddles: dict[str, int] = field(default_factory=dict)
    offers: list[list[object]] = field(default_factory=list)
    refused: int = 0
    winner: str = ""
    signed: list[str] = field(default_factory=list)

    def move(self, name: str) -> None:
        self.state = AUCTION.after(self.state, name)

    def scalars(self) -> dict[str, object]:
        """Small canonical values, one per thing the rows also know."""
        applied = sorted([bidder, state.value] for bidder, state in self.applications.items())
        return {
            "state": self.state.value,
            "format": self.format,
            "applications": len(applied),
            "applications_digest": digest.digest(canon.dumps(applied)),
            "paddles_digest": digest.digest(canon.dumps(sorted(map(list, self.paddles.items())))),
            "offers": len(self.offers),
            "offers_digest": offers_digest(self.offers),
            "refused": self.refused,
            "winner": self.winner,
            "signed": sorted(self.signed),
            **_of_room(self.room),
        }


def _of_room(room: Room | None) -> dict[str, object]:
    leader = None if room is None else room.leader or room.capped
    return {
        "phase": None if room is None else room.phase.value,
        "end": None if room is None or room.end is None else instant_text(room.end),
        "leader": None if leader is None else leader.paddle,
        "price": None if room is None else amount_text(room.price),
        "extensions": 0 if room is None else room.extensions,
        "paused": room is not None and room.pause is not None,
        "outcome": None if room is None or room.outcome is None else room.outcome.value,
    }


def fold(facts: Iterable[Told]) -> dict[str, object]:
    """折叠一个标的的竞价事实: {"1.state": "sold", "1.price": "…", …} by round. Other kinds pass by."""
    rounds: dict[int, Round] = {}
    shown: set[str] = set()
    for fact in facts:
        kind = type(fact.event)
        if kind is events.PictureAdded:
            shown.add(fact.event.picture.digest)
        if kind is events.PictureRemoved:
            shown.discard(fact.event.digest)
        if kind in STEPS or kind in replaying.APPLY:
            _tell(rounds.setdefault(fact.event.round, Round()), fact.event)
    return {
        f"{number}.{name}": value
        for number, sheet in sorted(rounds.items())
        for name, value in sheet.scalars().items()
    } | ({"pictures": sorted(shown)} if shown else {})


def moved_by(state: AuctionState, fact: Any) -> AuctionState:
    """竞价状态 after a fact of the room.

    Too few bidders: the room never opened, and the auction fails from the notice.
    """
    match fact:
        case events.PhaseBegan() if state is AuctionState.ANNOUNCED and fact.phase in OPENING:
            return AUCTION.after(state, "open")
        case events.AuctionPaused():
            return AUCTION.after(state, "pause")
        case events.AuctionResumed():
            return AUCTION.after(state, "resume")
        case events.AuctionClosed() if fact.outcome is not Outcome.TOO_FEW or state is AuctionState.OPEN:
            return AUCTION.after(state, "close")
    return state


def _tell(sheet: Round, fact: Any) -> None:
    if sheet.room is not None:
        sheet.room = replaying.apply(sheet.room, fact)
    step = STEPS.get(type(fact))
    if step:
        step(sheet, fact)


def _announced(sheet: Round, fact: events.AuctionAnnounced) -> None:
    sheet.move("announce")
    sheet.format = fact.format


def _filed(sheet: Round, fact: events.ApplicationFiled) -> None:
    sheet.applications[fact.bidder] = ApplicationState.FILED


def _declined(sheet: Round, fact: events.ApplicationDeclined) -> None:
    _application(sheet, fact.bidder, "decline")


def _withdrawn(sheet: Round, fact: events.ApplicationWithdrawn) -> None:
    _application(sheet, fact.bidder, "withdraw")


def _admitted(sheet: Round, fact: events.BidderAdmitted) -> None:
    _application(sheet, fact.bidder, "admit")
    sheet.paddles[fact.bidder] = fact.paddle


def _application(sheet: Round, bidder: str, move: str) -> None:
    sheet.applications[bidder] = APPLICATION.after(sheet.applications[bidder], move)


def _prepared(sheet: Round, fact: events.RoomPrepared) -> None:
    sheet.room = replaying.prepared(fact)


def _made(sheet: Round, fact: events.OfferMade) -> None:
    sheet.offers.append([fact.seq, fact.paddle, amount_text(fact.amount), instant_text(fact.at)])


def _unsealed(sheet: Round, fact: events.OfferUnsealed) -> None:
    sheet.offers.append([len(sheet.offers) + 1, fact.paddle, amount_text(fact.amount), instant_text(fact.at)])


def _refused(sheet: Round, fact: events.OfferRefused) -> None:
    sheet.refused += 1


def _moved(sheet: Round, fact: Any) -> None:
    sheet.state = moved_by(sheet.state, fact)


def _sold(sheet: Round, fact: events.AuctionSold) -> None:
    sheet.move("sell")
    sheet.winner = fact.winner.party


def _failed(sheet: Round, fact: events.AuctionFailed) -> None:
    sheet.move("fail")


def _signed(sheet: Round, fact: events.SaleSigned) -> None:
    sheet.signed.append(Side(fact.side).value)


def _confirmed(sheet: Round, fact: events.SaleConfirmed) -> None:
    sheet.move("confirm")


def _defaulted(sheet: Round, fact: events.SaleDefaulted) -> None:
    sheet.move("default")


def offers_digest(offers: Sequence[Sequence[object]]) -> str:
    """报价记录摘要, line by line: a hot room has more offers than one canonical object may hold."""
    return digest.digest(b"\n".join(canon.dumps(offer) for offer in offers))


def amount_text(amount: Amount | None) -> str | None:
    """数额 as the fold and the rows both write it."""
    return None if amount is None else f"{amount.units} {amount.measure.value}"


STEPS: dict[type, Callable[[Round, Any], None]] = {
    events.AuctionAnnounced: _announced,
    events.ApplicationFiled: _filed,
    events.ApplicationDeclined: _declined,
    events.ApplicationWithdrawn: _withdrawn,
    events.BidderAdmitted: _admitted,
    events.RoomPrepared: _prepared,
    events.PhaseBegan: _moved,
    events.OfferMade: _made,
    events.OfferUnsealed: _unsealed,
    events.OfferRefused: _refused,
    events.AuctionPaused: _moved,
    events.AuctionResumed: _moved,
    events.AuctionClosed: _moved,
    events.AuctionSold: _sold,
    events.AuctionFailed: _failed,
    events.SaleSigned: _signed,
    events.SaleConfirmed: _confirmed,
    events.SaleDefaulted: _defaulted,
}
