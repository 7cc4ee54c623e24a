"""案件、投诉、来件、抽查的状态表."""

from ggzy.kernel.lifecycle import Lifecycle
from ggzy.oversight.cases.values.casework import CASE_LABELS, CaseState
from ggzy.oversight.cases.values.checks import CHECK_LABELS, CheckState
from ggzy.oversight.cases.values.complaints import (
    COMPLAINT_LABELS,
    PETITION_LABELS,
    ComplaintState,
    PetitionState,
)

CASE = Lifecycle(
    start=CaseState.OPEN,
    moves={
        (CaseState.OPEN, "notify"): CaseState.NOTIFIED,
        (CaseState.NOTIFIED, "notify"): CaseState.NOTIFIED,
        (CaseState.OPEN, "decide"): CaseState.DECIDED,
        (CaseState.NOTIFIED, "decide"): CaseState.DECIDED,
        (CaseState.DECIDED, "publish"): CaseState.PUBLISHED,
        (CaseState.PUBLISHED, "close"): CaseState.CLOSED,
        (CaseState.OPEN, "drop"): CaseState.DROPPED,
        (CaseState.NOTIFIED, "drop"): CaseState.DROPPED,
        (CaseState.OPEN, "transfer"): CaseState.TRANSFERRED,
        (CaseState.NOTIFIED, "transfer"): CaseState.TRANSFERRED,
    },
    names=CASE_LABELS,
)

COMPLAINT = Lifecycle(
    start=ComplaintState.FILED,
    moves={
        (ComplaintState.FILED, "accept"): ComplaintState.ACCEPTED,
        (ComplaintState.FILED, "refuse"): ComplaintState.REFUSED,
        (ComplaintState.FILED, "withdraw"): ComplaintState.WITHDRAWN,
        (ComplaintState.ACCEPTED, "withdraw"): ComplaintState.WITHDRAWN,
        (ComplaintState.ACCEPTED, "decide"): ComplaintState.DECIDED,
    },
    names=COMPLAINT_LABELS,
)

PETITION = Lifecycle(
    start=PetitionState.NEW,
    moves={
        (PetitionState.NEW, "route"): PetitionState.ROUTED,
        (PetitionState.NEW, "answer"): PetitionState.ANSWERED,
        (PetitionState.ROUTED, "answer"): PetitionState.ANSWERED,
    },
    names=PETITION_LABELS,
)

CHECK = Lifecycle(
    start=CheckState.PLANNED,
    moves={
        (CheckState.PLANNED, "close"): CheckState.REVEALING,
        (CheckState.REVEALING, "draw"): CheckState.DRAWN,
        (CheckState.DRAWN, "publish"): CheckState.PUBLISHED,
        (CheckState.PLANNED, "abandon"): CheckState.ABANDONED,
        (CheckState.REVEALING, "abandon"): CheckState.ABANDONED,
    },
    names=CHECK_LABELS,
)
