"""决定程序的事实: who took which seat, and what each said."""

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.events import Audience, event
from ggzy.oversight.cases.events.casework import CASE
from ggzy.oversight.cases.values.casework import Proposal

POST = "post/{post}"


@event("post.appointed", Audience.RESTRICTED, subject=POST)
class PostAppointed:
    """任命岗位. `paper` is the number of the officer's card, the lawyer's qualification or the appointment."""

    post: str
    person: str
    organisation: CreditCode
    kind: str
    paper: str


@event("post.ended", Audience.RESTRICTED, subject=POST)
class PostEnded:
    """终止岗位."""

    post: str
    reason: str


@event("case.joined", Audience.RESTRICTED, subject=CASE)
class OfficerJoined:
    """参加办案."""

    case: str
    officer: str


@event("case.proposed", Audience.RESTRICTED, subject=CASE)
class DecisionProposed:
    """调查终结，提出处理意见. `grounds` are the reasons for a review that the investigators name."""

    case: str
    decision: Proposal
    grounds: tuple[str, ...]


@event("case.reviewed", Audience.RESTRICTED, subject=CASE)
class DecisionReviewed:
    """法制审核."""

    case: str
    is_agreed: bool
    text: str


@event("case.voiced", Audience.RESTRICTED, subject=CASE)
class HeadVoiced:
    """负责人集体讨论: what one of them said."""

    case: str
    is_agreed: bool
    text: str


@event("case.returned", Audience.RESTRICTED, subject=CASE)
class DecisionReturned:
    """退回处理意见."""

    case: str
    reason: str
