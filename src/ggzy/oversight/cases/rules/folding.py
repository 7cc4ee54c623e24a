"""事实归并: what the facts of a lot or of a case say, to be compared with the rows."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from ggzy.oversight.cases import events
from ggzy.trading.projects import events as lots

MOVES: dict[type, str] = {
    events.CaseOpened: "open",
    events.PartiesNotified: "notified",
    events.CaseDecided: "decided",
    events.CasePublished: "published",
    events.CaseDropped: "dropped",
    events.CaseTransferred: "transferred",
    events.CaseClosed: "closed",
}


def fold(facts: Iterable[Any]) -> dict[str, object]:
    """事实归并. Of a lot: its brakes and orders; of a case: its state, what it keeps and what was said."""
    told = list(facts)
    return {**_of_lot(told), **_of_case(told)}


def _of_lot(facts: Iterable[Any]) -> dict[str, object]:
    count: Counter[str] = Counter()
    for fact in facts:
        match fact.event:
            case lots.LotSuspended():
                count["brakes"] += 1
            case lots.LotOrdered():
                count["orders"] += 1
            case lots.OrderMet():
                count["orders_met"] += 1
    return dict(count)


def _of_case(facts: Iterable[Any]) -> dict[str, object]:
    found: dict[str, Any] = {}
    for fact in facts:
        it = fact.event
        if type(it) in MOVES:
            found["state"] = MOVES[type(it)]
        match it:
            case events.CaseOpened():
                found |= {"parties": sorted(it.new.parties), "evidence": [], "statements": 0, "heard": False}
            case events.EvidenceKept():
                found["evidence"] = sorted([*found["evidence"], it.digest])
            case events.PartyStated():
                found["statements"] += 1
            case events.HearingHeld():
                found["heard"] = True
            case events.CaseDecided():
                found["document"] = it.document
    return found
