"""异议 in the record."""

from typing import Any

from ggzy.trading.dossier.rules.recording.telling import Steps, Told, each, moved, place
from ggzy.trading.dossier.values.record import LotRecord
from ggzy.trading.dossier.values.stages import Objection
from ggzy.trading.objections import events as objections


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


STEPS: Steps = {
    objections.ObjectionRaised: _raised,
    objections.ObjectionAnswered: lambda record, fact, told: _of(
        record, fact.objection, answered_at=told.at, is_upheld=fact.upheld, is_late=fact.is_late
    ),
    objections.ObjectionWithdrawn: lambda record, fact, told: _of(
        record, fact.objection, withdrawn_at=told.at
    ),
}
