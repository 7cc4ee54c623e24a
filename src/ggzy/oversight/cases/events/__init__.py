"""监督的事实."""

from ggzy.oversight.cases.events.braking import BrakeReviewed
from ggzy.oversight.cases.events.casework import (
    CaseClosed,
    CaseDecided,
    CaseDropped,
    CaseOpened,
    CasePublished,
    CaseTransferred,
    EvidenceKept,
    FileRead,
    HearingCalled,
    HearingHeld,
    PartiesNotified,
    PartyStated,
)

__all__ = [
    "BrakeReviewed",
    "CaseClosed",
    "CaseDecided",
    "CaseDropped",
    "CaseOpened",
    "CasePublished",
    "CaseTransferred",
    "EvidenceKept",
    "FileRead",
    "HearingCalled",
    "HearingHeld",
    "PartiesNotified",
    "PartyStated",
]
