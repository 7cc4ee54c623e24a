"""信用档案 as the journal tells it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from ggzy.registers.credit import events
from ggzy.registers.credit.values import AppealState, ListState


class Told(Protocol):
    """A fact as the journal tells it."""

    @property
    def event(self) -> object: ...


@dataclass
class _File:
    """The file of one party while its facts are read."""

    titles: dict[str, str] = field(default_factory=dict)
    repaired: int = 0
    withdrawn: int = 0
    bans: int = 0
    lifted: int = 0
    until: str = ""
    states: dict[str, str] = field(default_factory=dict)


def fold(facts: Iterable[Told]) -> dict[str, object]:
    """信用档案 as the journal tells it: what `queries.standing` must say too."""
    file = _File()
    for told in facts:
        _record(file, told.event)
        _state(file, told.event)
    if not (file.titles or file.bans or file.states):
        return {}
    return {
        "records": len(file.titles),
        "repaired": file.repaired,
        "withdrawn": file.withdrawn,
        "bans": file.bans,
        "lifted": file.lifted,
        "banned_until": file.until,
        "states": sorted(f"{code}:{state}" for code, state in file.states.items()),
        "titles": sorted(f"{code}:{title}" for code, title in file.titles.items()),
    }


def _record(file: _File, event: object) -> None:
    match event:
        case events.CreditRecorded(code=code, record=new) | events.CreditNoted(code=code, record=new):
            file.titles[code] = new.title
        case (
            events.CreditCorrected(code=code, correction=right)
            | events.NoteCorrected(code=code, correction=right)
        ):
            file.titles[code] = right.title
        case events.CreditRepaired():
            file.repaired += 1
        case events.CreditWithdrawn() | events.NoteWithdrawn():
            file.withdrawn += 1
        case events.BanImposed(ban=ban):
            file.bans += 1
            file.until = max(file.until, ban.end.isoformat())
        case events.BanLifted():
            file.lifted += 1
        case _:
            pass


def _state(file: _File, event: object) -> None:
    match event:
        case events.ListingProposed(code=code):
            file.states[code] = ListState.PROPOSED.value
        case events.ListingNoticed(code=code) | events.ListingPleaded(code=code):
            file.states[code] = ListState.NOTICED.value
        case events.ListingDecided(code=code):
            file.states[code] = ListState.DECIDED.value
        case events.ListingPublished(code=code):
            file.states[code] = ListState.PUBLISHED.value
        case events.ListingEnded(code=code, how=how):
            file.states[code] = how.value
        case events.ListingDropped(code=code):
            file.states[code] = ListState.WITHDRAWN.value
        case events.AppealFiled(code=code):
            file.states[code] = AppealState.OPEN.value
        case events.AppealDecided(code=code, state=state):
            file.states[code] = state.value
        case _:
            pass
