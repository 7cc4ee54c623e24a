"""信用的事实."""

from datetime import date, datetime

from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.events import Audience, event
from ggzy.registers.credit.values import (
    AppealKind,
    AppealState,
    Correction,
    Decision,
    Fixed,
    ListState,
    NewBan,
    NewListing,
    NewRecord,
)


@event("credit.recorded", Audience.PUBLIC, subject="party/{party}/credit")
class CreditRecorded:
    """信用记录已记入."""

    party: CreditCode
    code: str
    record: NewRecord


@event("credit.noted", Audience.RESTRICTED, subject="party/{party}/credit")
class CreditNoted:
    """轻微失信记录已记入: kept, not published."""

    party: CreditCode
    code: str
    record: NewRecord


@event("credit.repaired", Audience.PUBLIC, subject="party/{party}/credit")
class CreditRepaired:
    """信用已修复: the record is neither shown nor used any more."""

    party: CreditCode
    code: str
    decision: Decision
    text: str


@event("ban.imposed", Audience.PUBLIC, subject="party/{party}/credit")
class BanImposed:
    """市场禁入已公布."""

    party: CreditCode
    code: str
    ban: NewBan


@event("ban.lifted", Audience.PUBLIC, subject="party/{party}/credit")
class BanLifted:
    """市场禁入已提前解除."""

    party: CreditCode
    code: str
    decision: Decision
    text: str
    until: date


@event("credit.corrected", Audience.PUBLIC, subject="party/{party}/credit")
class CreditCorrected:
    """信用记录已更正, after an objection: what it says from now on."""

    party: CreditCode
    code: str
    correction: Correction
    reason: str


@event("credit.withdrawn", Audience.PUBLIC, subject="party/{party}/credit")
class CreditWithdrawn:
    """信用记录已撤销: it was wrong, and is neither shown nor used any more."""

    party: CreditCode
    code: str
    reason: str


@event("credit.note_corrected", Audience.RESTRICTED, subject="party/{party}/credit")
class NoteCorrected:
    """轻微失信记录已更正: it was never published."""

    party: CreditCode
    code: str
    correction: Correction
    reason: str


@event("credit.note_withdrawn", Audience.RESTRICTED, subject="party/{party}/credit")
class NoteWithdrawn:
    """轻微失信记录已撤销: it was never published."""

    party: CreditCode
    code: str
    reason: str


@event("listing.proposed", Audience.RESTRICTED, subject="party/{party}/credit")
class ListingProposed:
    """拟列入严重失信主体名单: told to the subject, not to the public."""

    party: CreditCode
    code: str
    listing: NewListing


@event("listing.noticed", Audience.RESTRICTED, subject="party/{party}/credit")
class ListingNoticed:
    """已告知主体: it may be heard until the end of that day."""

    party: CreditCode
    code: str
    hear_until: date


@event("listing.pleaded", Audience.RESTRICTED, subject="party/{party}/credit")
class ListingPleaded:
    """主体已陈述申辩."""

    party: CreditCode
    code: str
    text: str


@event("listing.decided", Audience.RESTRICTED, subject="party/{party}/credit")
class ListingDecided:
    """列入决定已作出. `answer` says what became of the plea."""

    party: CreditCode
    code: str
    decision: Decision
    answer: str


@event("listing.published", Audience.PUBLIC, subject="party/{party}/credit")
class ListingPublished:
    """名单已公布, for the days from `start` to `end`, both included. `source` is a file it came from."""

    party: CreditCode
    code: str
    listing: NewListing
    decision: Decision
    start: date
    end: date
    source: str = ""


@event("listing.ended", Audience.PUBLIC, subject="party/{party}/credit")
class ListingEnded:
    """已移出名单: repaired, at its end, or withdrawn because it was wrong."""

    party: CreditCode
    code: str
    how: ListState
    reason: str
    document: str = ""


@event("listing.dropped", Audience.RESTRICTED, subject="party/{party}/credit")
class ListingDropped:
    """不予列入: the proposal was dropped before anything was published."""

    party: CreditCode
    code: str
    reason: str


@event("appeal.filed", Audience.RESTRICTED, subject="party/{party}/credit")
class AppealFiled:
    """异议或者修复申请已收到; the entry is marked until it is decided."""

    party: CreditCode
    code: str
    appeal: AppealKind
    entry: str
    text: str
    due_on: date


@event("appeal.decided", Audience.RESTRICTED, subject="party/{party}/credit")
class AppealDecided:
    """异议或者修复申请已处理; what became of the entry is a fact of its own."""

    party: CreditCode
    code: str
    state: AppealState
    answer: str
    is_late: bool


@event("credit.fixed", Audience.PUBLIC, subject="lot/{lot}")
class CreditFixed:
    """投标截止时的信用评价已固定: later changes of credit do not change this evaluation."""

    lot: LotCode
    round: int
    as_of: datetime
    model: str
    version: str
    bidders: tuple[Fixed, ...]
