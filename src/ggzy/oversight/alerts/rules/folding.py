"""预警的叠合: what its facts say, to be equal with what its row says. Pure."""

from collections.abc import Iterable
from typing import Any

from ggzy.oversight.alerts import events
from ggzy.oversight.alerts.values.alerts import AlertState


def fold(facts: Iterable[Any]) -> dict[str, object]:
    """Past tense of one alert; {} for one that was never told."""
    now: dict[str, object] = {}
    for told in facts:
        now = _step(now, told.event)
    return now


def _step(now: dict[str, object], fact: object) -> dict[str, object]:
    match fact:
        case events.AlertRaised():
            return {
                "indicator": fact.indicator, "grade": fact.grade, "lot": fact.lot,
                "parties": tuple(sorted(fact.parties)), "state": AlertState.OPEN.value,
                "outcome": "", "target": "", "findings": tuple(sorted(fact.findings)), "asked": 0, "answered": 0,
            }  # fmt: skip
        case events.AlertExtended():
            known: Any = now["findings"]
            parties: Any = now["parties"]
            return {
                **now, "findings": tuple(sorted({*known, fact.finding})), "grade": fact.grade,
                "parties": tuple(sorted({*parties, *fact.parties})),
            }  # fmt: skip
        case events.AlertAsked():
            return {**now, "state": AlertState.ASKED.value, "asked": _more(now, "asked")}
        case events.AlertExplained():
            return {**now, "state": AlertState.EXPLAINED.value, "answered": _more(now, "answered")}
        case events.AlertDismissed():
            return {**now, "state": AlertState.DISMISSED.value, "outcome": "dismissed"}
        case events.AlertConfirmed():
            return {**now, "state": AlertState.CONFIRMED.value, "outcome": "confirmed"}
        case events.AlertTransferred():
            return {**now, "state": AlertState.TRANSFERRED.value, "target": fact.target}
    return now


def _more(now: dict[str, object], name: str) -> int:
    count: Any = now[name]
    return int(count) + 1
