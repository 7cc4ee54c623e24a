"""投标痕迹的事实: told to nobody but by a reasoned, journalled read; each body may be erased when its time is over.

They stand in a stream of their own, so that what they tell is in no other fact.
"""

from ggzy.foundation.sealing.trace import Device
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.events import Audience, event
from ggzy.trading.tendering.values.traces import Act, Common, Contact, FileTrace, Person, Visit

TRACES = "lot/{lot}/{round}/traces"


@event("visit.noted", Audience.RESTRICTED, subject=TRACES)
class VisitNoted:
    """来访已记录 (电子招标投标办法 §49): from where a party took documents or carried a sealed bid here.

    `of` is the version taken, or the digest of the package.
    """

    lot: LotCode
    round: int
    act: Act
    party: CreditCode
    of: str
    visit: Visit


@event("bid.traced", Audience.RESTRICTED, subject=TRACES)
class BidTraced:
    """投标痕迹已提取: from an opened bid. `device` is what its tool told of the machine, None where it told nothing."""

    lot: LotCode
    round: int
    bid: str
    device: Device | None
    files: tuple[FileTrace, ...]
    people: tuple[Person, ...]
    contacts: tuple[Contact, ...]


@event("bids.compared", Audience.RESTRICTED, subject=TRACES)
class BidsCompared:
    """投标文件已比对: `bids` of them, two by two; only pairs with something in common are told.

    `is_complete` is False where the reading ran out of its time. `documents` are the traces of the bidding
    documents themselves: what a bid has from them proves nothing.
    """

    lot: LotCode
    round: int
    bids: int
    common: tuple[Common, ...]
    is_complete: bool
    documents: tuple[FileTrace, ...] = ()
