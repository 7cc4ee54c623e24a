"""异议、投诉、责令 in the record."""

from typing import Any

from ggzy.trading.dossier.rules.recording.telling import Steps, Told, each, moved, place
from ggzy.trading.dossier.values.disputes import Complaint, Objection, Ordered
from ggzy.trading.dossier.values.record import LotRecord
from ggzy.trading.objections import events as objections
from ggzy.trading.projects import events as projects


def _raised(record: LotRecord, fact: objections.ObjectionRaised, told: Told) -> LotRecord:
    """Whose it is and what it says wait for the close: they would tell who is going to bid."""
    is_known = fact.round in record.opened
    raised = Objection(
        **place(told),
        objection=fact.objection,
        stage=fact.stage,
        due_on=fact.due_on,
        raised_by=fact.raised_by if is_known else None,
        text=fact.text if is_known else "",
    )
    return moved(record, objections=(*record.objections, raised))


def _of(record: LotRecord, objection: str, **fields: Any) -> LotRecord:
    return moved(record, objections=each(record.objections, lambda one: one.objection == objection, **fields))


def _filed(record: LotRecord, fact: projects.ComplaintFiled, told: Told) -> LotRecord:
    filed = Complaint(
        **place(told),
        complaint=fact.complaint,
        regime=fact.regime,
        stage=fact.stage,
        accept_by=fact.accept_by,
    )
    return moved(record, complaints=(*record.complaints, filed))


def _complaint(record: LotRecord, complaint: str, **fields: Any) -> LotRecord:
    return moved(record, complaints=each(record.complaints, lambda one: one.complaint == complaint, **fields))


def _ended(record: LotRecord, fact: Any, told: Told) -> LotRecord:
    outcome = getattr(fact, "outcome", "")
    is_late = getattr(fact, "is_late", False)
    return _complaint(
        record, fact.complaint, ended_at=told.at, ended_height=told.height, outcome=outcome, is_late=is_late
    )


def _ordered(record: LotRecord, fact: projects.LotOrdered, told: Told) -> LotRecord:
    order = Ordered(**place(told), order=fact.order, kind=fact.kind, until=fact.until)
    return moved(record, ordered=(*record.ordered, order))


def _answered(record: LotRecord, fact: projects.OrderAnswered, told: Told) -> LotRecord:
    first = each(
        record.ordered,
        lambda one: one.order == fact.order and one.answered_at is None,
        answered_at=told.at,
    )
    return moved(record, ordered=first)


def _met(record: LotRecord, fact: projects.OrderMet, told: Told) -> LotRecord:
    return moved(record, ordered=each(record.ordered, lambda one: one.order == fact.order, met_at=told.at))


STEPS: Steps = {
    objections.ObjectionRaised: _raised,
    objections.ObjectionAnswered: lambda record, fact, told: _of(
        record, fact.objection, answered_at=told.at, is_upheld=fact.upheld, is_late=fact.is_late
    ),
    objections.ObjectionWithdrawn: lambda record, fact, told: _of(
        record, fact.objection, withdrawn_at=told.at
    ),
    projects.ComplaintFiled: _filed,
    projects.ComplaintAccepted: lambda record, fact, told: _complaint(
        record, fact.complaint, accepted_at=told.at, decide_by=fact.decide_by
    ),
    projects.ComplaintPostponed: lambda record, fact, told: _complaint(
        record, fact.complaint, accept_by=fact.accept_by
    ),
    projects.ComplaintStayed: lambda record, fact, told: _complaint(
        record, fact.complaint, decide_by=fact.decide_by
    ),
    projects.ComplaintRefused: _ended,
    projects.ComplaintWithdrawn: _ended,
    projects.ComplaintDecided: _ended,
    projects.LotOrdered: _ordered,
    projects.OrderAnswered: _answered,
    projects.OrderMet: _met,
}
