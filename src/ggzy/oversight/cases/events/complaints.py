"""投诉和来件的事实. Who complains and what is told stay restricted; the stream of the lot tells the steps."""

from datetime import date

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.events import Audience, event
from ggzy.oversight.cases.values.complaints import NewComplaint, NewPetition


@event("complaint.received", Audience.RESTRICTED, subject="complaint/{complaint}")
class ComplaintReceived:
    """投诉书."""

    complaint: str
    by: CreditCode
    regime: str
    new: NewComplaint


@event("complaint.copied", Audience.RESTRICTED, subject="complaint/{complaint}")
class ComplaintCopied:
    """投诉书副本已发出: the respondent may answer until a day."""

    complaint: str
    reply_by: date | None


@event("complaint.replied", Audience.RESTRICTED, subject="complaint/{complaint}")
class ComplaintReplied:
    """被投诉人的说明."""

    complaint: str
    by: CreditCode
    text: str


@event("complaint.withdrawal_asked", Audience.RESTRICTED, subject="complaint/{complaint}")
class WithdrawalAsked:
    """申请撤回: after acceptance it is for the supervisor to allow."""

    complaint: str
    by: CreditCode
    reason: str


@event("complaint.withdrawal_settled", Audience.RESTRICTED, subject="complaint/{complaint}")
class WithdrawalSettled:
    """准予或者不准撤回, with the reason."""

    complaint: str
    is_granted: bool
    text: str


@event("complaint.correction_asked", Audience.RESTRICTED, subject="complaint/{complaint}")
class CorrectionAsked:
    """补正通知: everything that is missing, told at once and once."""

    complaint: str
    notice: str
    until: date


@event("complaint.corrected", Audience.RESTRICTED, subject="complaint/{complaint}")
class ComplaintCorrected:
    """补正材料."""

    complaint: str
    by: CreditCode
    text: str
    files: tuple[str, ...]


@event("petition.filed", Audience.RESTRICTED, subject="petition/{petition}")
class PetitionFiled:
    """来件. Of an anonymous one nothing is kept but what it says."""

    petition: str
    new: NewPetition
    answer_by: date


@event("petition.routed", Audience.RESTRICTED, subject="petition/{petition}")
class PetitionRouted:
    """转办: to the owner, to the supervisors as a clue, or elsewhere."""

    petition: str
    to: str
    note: str


@event("petition.answered", Audience.RESTRICTED, subject="petition/{petition}")
class PetitionAnswered:
    """答复来件."""

    petition: str
    answer: str
