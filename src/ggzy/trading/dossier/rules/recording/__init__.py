"""档案的叠合: each fact of a lot moves its record one step. One module per stage.

What was sealed until the close takes no step before it. So the record is folded anew when the close comes:
`unveils` says of a fact that it is the close.
"""

from collections.abc import Mapping, Sequence

from ggzy.kernel import events
from ggzy.kernel.events import Audience
from ggzy.trading.auctions import events as auctions
from ggzy.trading.dossier.rules.recording import (
    auctioning,
    awarding,
    bidding,
    committee,
    deposits,
    evaluating,
    objecting,
    orders,
    scanning,
    tendering,
    tracing,
)
from ggzy.trading.dossier.rules.recording.telling import Step, Told, moved
from ggzy.trading.dossier.values.record import Ground, LotRecord, Registered
from ggzy.trading.objections import events as objections
from ggzy.trading.projects import events as projects
from ggzy.trading.tendering import events as tenders

_STAGES = (
    tendering, bidding, deposits, committee, evaluating, awarding, objecting, auctioning, orders, tracing,
    scanning,
)  # fmt: skip
_STEPS: Mapping[type, Step] = {cls: step for stage in _STAGES for cls, step in stage.STEPS.items()}
_CLOSES = (tenders.BiddingClosed, auctions.AuctionClosed)
# From where a party came is its own before the close, though told to fewer than what is sealed.
_VEILED = (tenders.VisitNoted,)
# Told before the close without whose it is.
_NAMELESS = (objections.ObjectionRaised,)

TOLD: tuple[str, ...] = tuple(
    sorted(
        kind
        for kind, known in events.KINDS.items()
        if known.cls in _STEPS or known.cls is projects.LotRegistered
    )
)
"""事实种类 that move a record."""


def fold(facts: Sequence[Told], ground: Ground) -> LotRecord | None:
    """标段档案 from all its facts, in order; None until the lot is registered."""
    opened = frozenset(told.event.round for told in facts if unveils(told))
    record: LotRecord | None = None
    for told in facts:
        if record is not None:
            record = step(record, told)
        elif isinstance(told.event, projects.LotRegistered):
            record = _begin(told, ground, opened)
    return record


def step(record: LotRecord, told: Told) -> LotRecord:
    """走一步: the record after one more fact."""
    fact, take = told.event, _STEPS.get(type(told.event))
    is_sealed = told.audience is Audience.SEALED or isinstance(fact, _VEILED)
    is_veiled = is_sealed and fact.round not in record.opened
    if take is not None and (not is_veiled or isinstance(fact, _NAMELESS)):
        record = take(record, fact, told)
    return moved(record, height=told.height, at=told.at)


def unveils(told: Told) -> bool:
    """截止: from here on those who supervise may read what was sealed in this round."""
    return isinstance(told.event, _CLOSES)


def _begin(told: Told, ground: Ground, opened: frozenset[int]) -> LotRecord:
    fact = told.event
    same = (
        "project", "title", "content", "owner", "agency", "region", "category", "classification",
        "nature", "method", "scoring", "must_tender", "estimate", "price_form", "particulars",
    )  # fmt: skip
    registered = Registered(at=told.at, height=told.height, **{name: getattr(fact, name) for name in same})
    return LotRecord(
        lot=fact.lot, ground=ground, height=told.height, at=told.at, registered=registered, opened=opened
    )
