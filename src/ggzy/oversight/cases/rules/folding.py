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

STEPS: dict[type, str] = {
    lots.ComplaintFiled: "filed",
    lots.ComplaintAccepted: "accepted",
    lots.ComplaintRefused: "refused",
    lots.ComplaintWithdrawn: "withdrawn",
    lots.ComplaintDecided: "decided",
}


def fold(facts: Iterable[Any]) -> dict[str, object]:
    """事实归并. Of a lot: its brakes and orders; of a case: its state, what it keeps and what was said."""
    told = list(facts)
    return {
        **_of_lot(told),
        **_of_case(told),
        **_of_complaint(told),
        **_of_petition(told),
        **_of_check(told),
        **_of_post(told),
    }


def _of_lot(facts: Iterable[Any]) -> dict[str, object]:
    count: Counter[str] = Counter()
    complaints: dict[str, str] = {}
    for fact in facts:
        if type(fact.event) in STEPS:
            complaints[fact.event.complaint] = STEPS[type(fact.event)]
        match fact.event:
            case lots.LotSuspended():
                count["brakes"] += 1
            case lots.LotOrdered():
                count["orders"] += 1
            case lots.OrderMet():
                count["orders_met"] += 1
    count.update(f"complaints.{state}" for state in complaints.values())
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
                found |= {"officers": [], "is_proposed": False, "opinions": 0}
            case events.OfficerJoined():
                found["officers"] = sorted([*found["officers"], it.officer])
            case events.DecisionProposed():
                found |= {"is_proposed": True, "opinions": 0}
            case events.DecisionReviewed() | events.HeadVoiced():
                found["opinions"] += 1
            case events.DecisionReturned() | events.CaseDropped() | events.CaseTransferred():
                found |= {"is_proposed": False, "opinions": 0}
            case events.EvidenceKept():
                found["evidence"] = sorted([*found["evidence"], it.digest])
            case events.PartyStated():
                found["statements"] += 1
            case events.HearingHeld():
                found["heard"] = True
            case events.CaseDecided():
                found["document"] = it.document
    return found


def _of_post(facts: Iterable[Any]) -> dict[str, object]:
    found: dict[str, object] = {}
    for fact in facts:
        match fact.event:
            case events.PostAppointed() as it:
                found = {"person": it.person, "kind": it.kind, "is_ended": False}
            case events.PostEnded():
                found["is_ended"] = True
    return found


def _of_complaint(facts: Iterable[Any]) -> dict[str, object]:
    found: dict[str, Any] = {}
    for fact in facts:
        match fact.event:
            case events.ComplaintReceived() as it:
                found = {
                    "by": it.by,
                    "matter": it.new.matter,
                    "files": sorted(it.new.files),
                    "is_copied": False,
                    "is_replied": False,
                    "withdrawal": "",
                    "correction": "",
                }
            case events.ComplaintCopied():
                found["is_copied"] = True
            case events.ComplaintReplied():
                found["is_replied"] = True
            case events.WithdrawalAsked() as it:
                found["withdrawal"] = it.reason
            case events.WithdrawalSettled() as it:
                found["withdrawal"] = it.text
            case events.CorrectionAsked() as it:
                found["correction"] = it.notice
            case events.ComplaintCorrected() as it:
                found["correction"] = it.text
                found["files"] = sorted({*found["files"], *it.files})
    return found


def _of_petition(facts: Iterable[Any]) -> dict[str, object]:
    found: dict[str, object] = {}
    for fact in facts:
        match fact.event:
            case events.PetitionFiled() as it:
                found = {
                    "category": it.new.category.value,
                    "is_named": bool(it.new.name),
                    "state": "new",
                    "files": sorted(it.new.files),
                }
            case events.PetitionRouted():
                found["state"] = "routed"
            case events.PetitionAnswered():
                found["state"] = "answered"
    return found


def _of_check(facts: Iterable[Any]) -> dict[str, object]:
    found: dict[str, Any] = {}
    for fact in facts:
        match fact.event:
            case events.CheckPlanned() as it:
                empty: dict[str, Any] = {
                    name: [] for name in ("givers", "objects", "findings", "recused", "rechecked")
                }
                found = {"state": "planned", "pool": it.pool_root.hex(), **empty}
            case events.CheckCommitted() as it:
                found["givers"] = sorted([*found["givers"], it.party])
            case events.CheckClosed():
                found["state"] = "revealing"
            case events.CheckDrawn() as it:
                found["state"] = "drawn"
                found["objects"] = sorted(one.subject for one in it.drawn if one.group != "inspector")
            case events.InspectorRecused() as it:
                found["recused"] = sorted([*found["recused"], it.inspector])
            case events.ResultRecorded() as it:
                found["findings"] = sorted([*found["findings"], (it.party, it.finding.value)])
            case events.ResultRechecked() as it:
                found["rechecked"] = sorted([*found["rechecked"], it.party])
            case events.CheckPublished():
                found["state"] = "published"
            case events.CheckAbandoned():
                found["state"] = "abandoned"
    return found
