"""过去时的折叠: facts to the scalars that the rows must repeat."""

from collections.abc import Iterable
from typing import Protocol

from ggzy.kernel import events as kernel_events
from ggzy.trading.contracting import events


class Told(Protocol):
    """A fact as the journal tells it."""

    @property
    def event(self) -> object: ...


def fold(facts: Iterable[Told]) -> dict[str, object]:
    """Past tense of the latest round, to be equal with what the rows say."""
    now: dict[str, object] = {}
    for told in facts:
        now = _after(now, told.event)
    return now


def _after(now: dict[str, object], fact: object) -> dict[str, object]:
    match fact:
        case events.CandidatesPublicised():
            until = kernel_events.instant_text(fact.until)
            return {"round": fact.round, "state": "publicised", "runners": len(fact.runners), "until": until}
        case events.AwardMade():
            return now | {"state": "awarded", "winner": str(fact.winner.leader), "rank": fact.rank}
        case events.AwardLetterIssued():
            return now | {"state": "notified", "letter": fact.digest}
        case events.AwardRefused():
            return {name: value for name, value in now.items() if name != "letter"} | {"state": "declined"}
        case events.AwardEnded():
            return {"round": fact.round, "state": "ended"}
        case events.ContractDue():
            winner = str(fact.runner.bidder.leader)
            return {"round": fact.round, "state": "notified", "runners": 1, "winner": winner, "rank": 1}
        case events.ContractDrafted():
            return now | {"state": "offered"}
        case events.ContractSigned():
            return now | {"state": "signed", "contract": fact.file}
        case events.PerformanceRecorded():
            return now | {"steps": fact.number}
        case events.ContractCompleted():
            return now | {"state": "completed"}
    return now
