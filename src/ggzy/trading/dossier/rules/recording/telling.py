"""一步: what the steps of every stage have in common."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from ggzy.foundation.journal.values import ActorRef
from ggzy.kernel.events import Audience
from ggzy.trading.dossier.values.record import LotRecord


class Told(Protocol):
    """A fact as the journal tells it."""

    @property
    def height(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def audience(self) -> Audience: ...
    @property
    def actor(self) -> ActorRef: ...
    @property
    def event(self) -> Any: ...


Step = Callable[[LotRecord, Any, Told], LotRecord]
Steps = Mapping[type, Step]


def place(told: Told) -> dict[str, Any]:
    """时刻与高度, as every part carries them."""
    return {"at": told.at, "height": told.height}


def moved(record: LotRecord, **fields: Any) -> LotRecord:
    """The record with these parts."""
    return replace(record, **fields)


def part(record: LotRecord, name: str, **fields: Any) -> LotRecord:
    """The record with these fields of one part; as it was where the part has not begun."""
    known = getattr(record, name)
    return record if known is None else replace(record, **{name: replace(known, **fields)})


def each(items: tuple[Any, ...], is_it: Callable[[Any], bool], **fields: Any) -> tuple[Any, ...]:
    """Every item that is it, with these fields; the others as they were."""
    return tuple(replace(item, **fields) if is_it(item) else item for item in items)
