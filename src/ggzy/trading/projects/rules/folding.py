"""事实归并: what the facts of a lot say, to be compared with its row."""

from collections.abc import Iterable
from typing import Any

from ggzy.trading.projects import events
from ggzy.trading.projects.rules.braking import BRAKE_CAUSE
from ggzy.trading.projects.values import Phase


def fold(facts: Iterable[Any]) -> dict[str, object]:
    """事实归并: what the facts of a lot say, to be compared with its row."""
    state: dict[str, object] = {}
    causes: set[str] = set()
    orders: set[str] = set()
    for fact in facts:
        match fact.event:
            case events.LotRegistered() as it:
                state = {
                    "lot.title": it.title,
                    "lot.estimate": it.estimate.fen,
                    "lot.rulebook": it.rulebook,
                    "lot.round": 1,
                    "lot.phase": Phase.REGISTERED.value,
                    "lot.suspended": False,
                    "lot.terminated": False,
                }
            case events.LotAdvanced() as it:
                state["lot.phase"] = it.phase
            case events.RoundBegun() as it:
                state |= {"lot.round": it.round, "lot.phase": Phase.REGISTERED.value}
            case events.LotSuspended():
                state["lot.suspended"] = True
                causes.add(BRAKE_CAUSE)
            case events.LotResumed():
                state["lot.suspended"] = False
                causes.discard(BRAKE_CAUSE)
            case events.LotTerminated():
                state |= {"lot.terminated": True, "lot.suspended": False}
                causes.clear()
            case events.LotOrdered() as it:
                orders.add(it.order)
            case events.OrderMet() as it:
                orders.discard(it.order)
            case events.ClockPaused() as it:
                causes.add(it.cause)
            case events.ClockUnpaused() as it:
                causes.discard(it.cause)
    return {**state, "lot.standstill": sorted(causes), "lot.orders": sorted(orders)}
