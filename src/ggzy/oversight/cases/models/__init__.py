"""监督的表."""

from ggzy.oversight.cases.models.agencies import PracticeRow
from ggzy.oversight.cases.models.braking import Brake
from ggzy.oversight.cases.models.casework import Case, CaseEvidence, CaseParty, LotOrder
from ggzy.oversight.cases.models.checks import Check, CheckGiver, CheckLeaf, CheckResult
from ggzy.oversight.cases.models.complaints import Complaint, Petition, Sending, SendingKey
from ggzy.oversight.cases.models.deciding import CaseDraft, CaseOfficer, CaseOpinion, Post
from ggzy.oversight.cases.models.figures import OutcomeRow
from ggzy.oversight.cases.models.powers import PowerExercise

__all__ = [
    "Brake",
    "Case",
    "CaseDraft",
    "CaseEvidence",
    "CaseOfficer",
    "CaseOpinion",
    "CaseParty",
    "Check",
    "CheckGiver",
    "CheckLeaf",
    "CheckResult",
    "Complaint",
    "LotOrder",
    "OutcomeRow",
    "Petition",
    "Post",
    "PowerExercise",
    "PracticeRow",
    "Sending",
    "SendingKey",
]
