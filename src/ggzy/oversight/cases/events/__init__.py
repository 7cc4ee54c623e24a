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
from ggzy.oversight.cases.events.complaints import (
    ComplaintCopied,
    ComplaintReceived,
    ComplaintReplied,
    PetitionAnswered,
    PetitionFiled,
    PetitionRouted,
)

__all__ = [
    "BrakeReviewed",
    "CaseClosed",
    "CaseDecided",
    "CaseDropped",
    "CaseOpened",
    "CasePublished",
    "CaseTransferred",
    "ComplaintCopied",
    "ComplaintReceived",
    "ComplaintReplied",
    "EvidenceKept",
    "FileRead",
    "HearingCalled",
    "HearingHeld",
    "PartiesNotified",
    "PartyStated",
    "PetitionAnswered",
    "PetitionFiled",
    "PetitionRouted",
]
