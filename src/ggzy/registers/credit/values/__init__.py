"""信用的值: frozen dataclasses that cross the border."""

from ggzy.registers.credit.values.appeals import APPEAL_LABELS, Appeal, AppealKind, AppealState, Correction
from ggzy.registers.credit.values.effects import Applied, Effect, EffectKind, LawSource, Measure, Reckoned
from ggzy.registers.credit.values.grades import Cut, Fixed, Grade, Item, Line, Model
from ggzy.registers.credit.values.imports import Fault, Row, Screened
from ggzy.registers.credit.values.lists import LIST_LABELS, Blacklist, Listing, ListState, NewListing
from ggzy.registers.credit.values.records import (
    PASSES,
    Ban,
    Decision,
    Gravity,
    Ground,
    NewBan,
    NewRecord,
    RecordFacts,
    RecordKind,
    Scope,
    Term,
)

__all__ = [
    "APPEAL_LABELS",
    "LIST_LABELS",
    "PASSES",
    "Appeal",
    "AppealKind",
    "AppealState",
    "Applied",
    "Ban",
    "Blacklist",
    "Correction",
    "Cut",
    "Decision",
    "Effect",
    "EffectKind",
    "Fault",
    "Fixed",
    "Grade",
    "Gravity",
    "Ground",
    "Item",
    "LawSource",
    "Line",
    "ListState",
    "Listing",
    "Measure",
    "Model",
    "NewBan",
    "NewListing",
    "NewRecord",
    "Reckoned",
    "RecordFacts",
    "RecordKind",
    "Row",
    "Scope",
    "Screened",
    "Term",
]
