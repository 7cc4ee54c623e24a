"""过去时的折叠: facts to the scalars that the rows must repeat (`./ggzy verify`)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from ggzy.kernel import canon, digest
from ggzy.kernel.events import instant_text
from ggzy.trading.tendering import events
from ggzy.trading.tendering.rules.opening import treatment
from ggzy.trading.tendering.values import BidState, TenderState


@dataclass
class Round:
    """一轮招标 as the facts so far tell it. A working sheet of the fold, never handed out."""

    state: TenderState = TenderState.DRAFTED
    keys: int = 0
    version: int = 0
    documents: str = ""
    deadline: str = ""
    plan: str = ""
    count: int = 0
    bids: dict[str, tuple[int, str, BidState]] = field(default_factory=dict)
    prices: dict[str, object] = field(default_factory=dict)

    def mark(self, bid: str, state: BidState) -> None:
        """The bid's live generation, in a new state."""
        gen, manifest, _ = self.bids[bid]
        self.bids[bid] = (gen, manifest, state)

    def scalars(self) -> dict[str, object]:
        """Small canonical values, one per thing the rows also know."""
        bids = sorted([bid, gen, manifest, state.value] for bid, (gen, manifest, state) in self.bids.items())
        return {
            "state": self.state.value,
            "keys": self.keys,
            "version": self.version,
            "documents": self.documents,
            "deadline": self.deadline,
            "plan": self.plan,
            "bids": len(bids),
            "bids_digest": digest.digest(canon.dumps(bids)),
            "prices": len(self.prices),
            "prices_digest": digest.digest(canon.dumps([list(pair) for pair in sorted(self.prices.items())])),
        }


def fold(facts: Iterable[Any]) -> dict[str, object]:
    """折叠一个标段的招标事实: {"1.state": "opened", "1.bids": 3, …} by round. Other kinds pass by."""
    rounds: dict[int, Round] = {}
    for fact in facts:
        apply = APPLY.get(fact.kind)
        if apply:
            apply(rounds.setdefault(fact.event.round, Round()), fact.event)
    return {
        f"{number}.{name}": value
        for number, sheet in rounds.items()
        for name, value in sheet.scalars().items()
    }


def _prepared(sheet: Round, fact: events.TenderPrepared) -> None:
    sheet.keys = 0


def _announced(sheet: Round, fact: events.TenderAnnounced) -> None:
    sheet.state, sheet.version = TenderState.ANNOUNCED, 1
    sheet.documents, sheet.plan = fact.documents, fact.plan
    sheet.deadline = instant_text(fact.terms.deadline)


def _clarified(sheet: Round, fact: events.TenderClarified) -> None:
    sheet.version, sheet.documents = fact.version, fact.documents


def _moved(sheet: Round, fact: events.DeadlineMoved) -> None:
    sheet.deadline = instant_text(fact.after)


def _key_posted(sheet: Round, fact: events.CustodianKeyPosted) -> None:
    sheet.keys += 1


def _submitted(sheet: Round, fact: events.BidSubmitted) -> None:
    sheet.bids[fact.bid] = (fact.gen, fact.manifest, BidState.SUBMITTED)


def _withdrawn(sheet: Round, fact: events.BidWithdrawn) -> None:
    sheet.mark(fact.bid, BidState.WITHDRAWN)


def _closed(sheet: Round, fact: events.BiddingClosed) -> None:
    sheet.state, sheet.count = TenderState.CLOSED, fact.count
    sheet.deadline = instant_text(fact.deadline)  # standing time has moved it


def _failed(sheet: Round, fact: events.TenderFailed) -> None:
    sheet.state = TenderState.FAILED
    for bid, (_, _, state) in list(sheet.bids.items()):
        if state is BidState.SUBMITTED:
            sheet.mark(bid, BidState.RETURNED)


def _decrypted(sheet: Round, fact: events.BidDecrypted) -> None:
    sheet.mark(fact.bid, BidState.OPENED)


def _decided(sheet: Round, fact: events.FailureDecided) -> None:
    sheet.mark(fact.bid, treatment(fact.cause))


def _read_out(sheet: Round, fact: events.BidReadOut) -> None:
    sheet.prices[fact.bid] = fact.price.text if fact.price else None


def _opened(sheet: Round, fact: events.BidsOpened) -> None:
    sheet.state = TenderState.OPENED


APPLY: dict[str, Callable[[Round, Any], None]] = {
    "tender.prepared": _prepared,
    "custodian_key.posted": _key_posted,
    "tender.announced": _announced,
    "tender.clarified": _clarified,
    "deadline.moved": _moved,
    "bid.submitted": _submitted,
    "bid.withdrawn": _withdrawn,
    "bidding.closed": _closed,
    "tender.failed": _failed,
    "bid.decrypted": _decrypted,
    "failure.decided": _decided,
    "bid.read_out": _read_out,
    "bids.opened": _opened,
}
