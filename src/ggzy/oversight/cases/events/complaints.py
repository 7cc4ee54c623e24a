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
