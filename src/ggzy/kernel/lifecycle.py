"""生命周期: the states of a thing and a table of moves between them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, TypeVar

from ggzy.kernel.errors import Conflict

S = TypeVar("S", bound=Enum)


@dataclass(frozen=True)
class Lifecycle(Generic[S]):
    """状态表: where a thing starts and which move leads where.

    Refuses, when it is built, a state of the enumeration that no move reaches. `names` gives the
    Chinese name of a state for the person who is told that a move does not fit.
    """

    start: S
    moves: Mapping[tuple[S, str], S]
    names: Mapping[S, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unreached = set(type(self.start)) - self._reachable()
        if unreached:
            raise ValueError(f"states no move reaches: {sorted(str(state.value) for state in unreached)}")

    def after(self, state: S, move: str) -> S:
        """The state after the move. Raises `Conflict` if the state does not allow it."""
        if (state, move) not in self.moves:
            raise Conflict(f"当前状态为“{self.name(state)}”，不能办理此操作，请刷新后查看最新状态")
        return self.moves[state, move]

    def may(self, state: S, move: str) -> bool:
        return (state, move) in self.moves

    def moves_from(self, state: S) -> tuple[str, ...]:
        """The moves open in this state, in the order of the table."""
        return tuple(move for origin, move in self.moves if origin is state)

    def name(self, state: S) -> str:
        return self.names.get(state, str(state.value))

    def _reachable(self) -> set[S]:
        reached, frontier = {self.start}, [self.start]
        while frontier:
            here = frontier.pop()
            for (origin, _), target in self.moves.items():
                if origin is here and target not in reached:
                    reached.add(target)
                    frontier.append(target)
        return reached
