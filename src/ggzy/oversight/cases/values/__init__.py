"""监督的值: brakes, cases, the exercise of powers."""

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
from ggzy.oversight.cases.values.powers import Exercise

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
    "Proposal",
    "Source",
]
