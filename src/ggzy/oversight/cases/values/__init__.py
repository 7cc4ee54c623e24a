"""监督的值: brakes, powers, cases, readings."""

from ggzy.oversight.cases.values.braking import BrakeFacts
from ggzy.oversight.cases.values.casework import (
    CaseFacts,
    CaseState,
    EvidenceFacts,
    Measure,
    MeasureKind,
    NewCase,
    Offence,
    OrderFacts,
    PartyFacts,
    Proposal,
    Source,
)
from ggzy.oversight.cases.values.powers import Exercise, Power
from ggzy.oversight.cases.values.reading import Reading

__all__ = [
    "BrakeFacts",
    "CaseFacts",
    "CaseState",
    "EvidenceFacts",
    "Exercise",
    "Measure",
    "MeasureKind",
    "NewCase",
    "Offence",
    "OrderFacts",
    "PartyFacts",
    "Power",
    "Proposal",
    "Reading",
    "Source",
]
