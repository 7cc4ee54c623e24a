"""预警的状态: what leads where."""

from collections.abc import Mapping

from ggzy.oversight.alerts.values.alerts import AlertState as S

_HANDLED = frozenset({S.ASKED, S.DISMISSED, S.CONFIRMED, S.TRANSFERRED})

MOVES: Mapping[S, frozenset[S]] = {
    S.OPEN: _HANDLED,
    S.ASKED: _HANDLED | {S.EXPLAINED},
    S.EXPLAINED: _HANDLED,
    # What was handed on comes back with its result; what was confirmed may still be handed on.
    S.TRANSFERRED: frozenset({S.DISMISSED, S.CONFIRMED}),
    S.CONFIRMED: frozenset({S.TRANSFERRED}),
    S.DISMISSED: frozenset(),
}


def leads(state: S, to: S) -> bool:
    """Whether one state leads to the other."""
    return to in MOVES[state]
