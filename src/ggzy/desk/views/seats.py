"""任职身份的名称: the switcher shows organisations by name, which identity may not know."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, overload

from django.http import HttpResponse

from ggzy.desk import queries
from ggzy.foundation.ui.pages import Request


@dataclass(frozen=True)
class Seat:
    """任职身份 as the switcher shows it."""

    id: int
    label: str
    is_current: bool


class Seats(Sequence[Seat]):
    """The seats of one person; their organisations are named only if a page shows them."""

    def __init__(self, chosen: tuple[Any, ...]) -> None:
        self.chosen = chosen

    @cached_property
    def named(self) -> tuple[Seat, ...]:
        """The seats with their labels."""
        names = queries.organisations(seat.organisation for seat in self.chosen)
        return tuple(
            Seat(
                seat.id, " · ".join(filter(None, (names.get(seat.organisation), seat.label))), seat.is_current
            )
            for seat in self.chosen
        )

    def __len__(self) -> int:
        return len(self.chosen)

    @overload
    def __getitem__(self, index: int) -> Seat: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Seat]: ...
    def __getitem__(self, index: int | slice) -> Seat | Sequence[Seat]:
        return self.named[index]


class NamedSeats:
    """Middleware: gives `request.memberships` their names, lazily."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        if request.actor is not None:
            request.memberships = Seats(tuple(request.memberships))
        return self.get_response(request)
