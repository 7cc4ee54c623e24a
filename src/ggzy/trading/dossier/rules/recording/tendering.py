"""招标公告、澄清、评标办法 in the record."""

from collections.abc import Iterable

from ggzy.trading.dossier.rules.recording.telling import Steps, Told, moved, part, place
from ggzy.trading.dossier.values.record import (
    Clarified,
    CriterionTold,
    DocumentTold,
    LotRecord,
    Moved,
    Terms,
)
from ggzy.trading.evaluation import events as evaluation
from ggzy.trading.tendering import events as tendering
from ggzy.trading.tendering.values import DocumentFile


def _announced(record: LotRecord, fact: tendering.TenderAnnounced, told: Told) -> LotRecord:
    said = fact.terms
    terms = Terms(
        **place(told),
        method=fact.method,
        sale_start=said.sale_start,
        sale_end=said.sale_end,
        announced_deadline=said.deadline,
        deadline=said.deadline,
        deposit=said.deposit,
        validity_days=said.validity_days,
        ceiling=said.ceiling.amount if said.ceiling else None,
        ceiling_text=said.ceiling.text if said.ceiling else "",
        has_base_price=said.base_price is not None,
        qualification=said.qualification,
        is_consortium_allowed=said.is_consortium_allowed,
        contact=said.contact,
        documents=_documents(said.documents),
        warnings=fact.warnings,
    )
    return moved(record, terms=terms)


def _clarified(record: LotRecord, fact: tendering.TenderClarified, told: Told) -> LotRecord:
    said = Clarified(
        **place(told),
        version=fact.version,
        text=fact.text,
        is_material=fact.is_material,
        answers=len(fact.answers),
        documents=_documents(fact.files),
    )
    return moved(record, clarified=(*record.clarified, said))


def _later(record: LotRecord, fact: tendering.DeadlineMoved, told: Told) -> LotRecord:
    move = Moved(**place(told), before=fact.before, after=fact.after, cause=fact.cause, reason=fact.reason)
    return moved(part(record, "terms", deadline=fact.after), moved=(*record.moved, move))


def _scored(record: LotRecord, fact: evaluation.SchemePublished, told: Told) -> LotRecord:
    criteria = tuple(
        CriterionTold(
            code=one.code, name=one.name, kind=one.kind.value, part=one.part.value, weight=one.weight,
            full=one.full, words=one.words,
        )
        for one in fact.scheme.criteria
    )  # fmt: skip
    return moved(record, criteria=criteria)


def _documents(files: Iterable[DocumentFile]) -> tuple[DocumentTold, ...]:
    return tuple(DocumentTold(name=file.name, digest=file.digest, bytes=file.bytes) for file in files)


STEPS: Steps = {
    tendering.TenderAnnounced: _announced,
    tendering.TenderClarified: _clarified,
    tendering.DeadlineMoved: _later,
    evaluation.SchemePublished: _scored,
}
