"""信用档案 as the journal tells it."""

from collections.abc import Iterable
from typing import Protocol

from ggzy.registers.credit import events


class Told(Protocol):
    """A fact as the journal tells it."""

    @property
    def event(self) -> object: ...


def fold(facts: Iterable[Told]) -> dict[str, object]:
    """信用档案 as the journal tells it: what `queries.standing` must say too."""
    counts = {"records": 0, "repaired": 0, "bans": 0, "lifted": 0}
    until = ""
    for told in facts:
        match told.event:
            case events.CreditRecorded() | events.CreditNoted():
                counts["records"] += 1
            case events.CreditRepaired():
                counts["repaired"] += 1
            case events.BanImposed(ban=ban):
                counts["bans"] += 1
                until = max(until, ban.end.isoformat())
            case events.BanLifted():
                counts["lifted"] += 1
            case _:
                pass
    return {**counts, "banned_until": until} if any(counts.values()) else {}
