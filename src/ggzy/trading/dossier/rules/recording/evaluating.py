"""评标 in the record: scores by seat and bid, the ranking, the rejections, the report."""

from ggzy.trading.dossier.rules.recording.telling import Steps, Told, each, moved, part, place
from ggzy.trading.dossier.values.record import LotRecord
from ggzy.trading.dossier.values.stages import Corrected, Evaluation, Ranked, Rejected, Scores
from ggzy.trading.evaluation import events as evaluation


def _begun(record: LotRecord, fact: evaluation.EvaluationBegun, told: Told) -> LotRecord:
    return moved(record, evaluation=Evaluation(**place(told)))


def _reviewed(record: LotRecord, fact: evaluation.ReviewFinished, told: Told) -> LotRecord:
    rejected = tuple(
        Rejected(bid=one.bid, grounds=tuple(ground.value for ground in one.grounds), text=one.text)
        for one in fact.rejected
    )
    return part(record, "evaluation", rejected=rejected)


def _corrected(record: LotRecord, fact: evaluation.PriceCorrected, told: Told) -> LotRecord:
    if record.evaluation is None:
        return record
    one = fact.correction
    others = tuple(known for known in record.evaluation.corrected if known.bid != one.bid)
    corrected = Corrected(
        **place(told), bid=one.bid, before=one.before.amount, after=one.after.amount, reason=one.reason
    )
    return part(record, "evaluation", corrected=(*others, corrected))


def _correction_answered(record: LotRecord, fact: evaluation.CorrectionAnswered, told: Told) -> LotRecord:
    known = record.evaluation.corrected if record.evaluation else ()
    answered = each(known, lambda one: one.bid == fact.bid, is_accepted=fact.is_accepted)
    return part(record, "evaluation", corrected=answered)


def _scored(record: LotRecord, fact: evaluation.ScoresSubmitted, told: Told) -> LotRecord:
    if record.evaluation is None:
        return record
    others = tuple(one for one in record.evaluation.scores if one.seat != fact.seat)
    sheet = tuple(
        Scores(
            **place(told),
            seat=fact.seat,
            gen=fact.gen,
            bid=mark.bid,
            criteria=fact.criteria,
            points=mark.points,
        )
        for mark in fact.marks
    )
    return part(record, "evaluation", scores=(*others, *sheet))


def _reseated(record: LotRecord, fact: evaluation.CommitteeReseated, told: Told) -> LotRecord:
    if record.evaluation is None:
        return record
    kept = tuple(one for one in record.evaluation.scores if one.seat != fact.seat)
    return part(record, "evaluation", scores=kept)


def _concluded(record: LotRecord, fact: evaluation.EvaluationConcluded, told: Told) -> LotRecord:
    ranked = tuple(
        Ranked(bid=one.bid, rank=one.rank, total=one.total, points=one.points) for one in fact.results
    )
    return part(
        record,
        "evaluation",
        ranked=ranked,
        candidates=tuple(one.bid for one in sorted(fact.candidates, key=lambda one: one.rank)),
        concluded_at=told.at,
        concluded_height=told.height,
        is_all_rejected=fact.is_all_rejected,
    )


def _reopened(record: LotRecord, fact: evaluation.EvaluationReopened, told: Told) -> LotRecord:
    times = record.evaluation.reopened + 1 if record.evaluation else 0
    return part(record, "evaluation", reopened=times, concluded_at=None, ranked=(), candidates=())


def _signed(record: LotRecord, fact: evaluation.ReportSigned, told: Told) -> LotRecord:
    if record.evaluation is None or not fact.dissent:
        return record
    return part(record, "evaluation", dissents=(*record.evaluation.dissents, (fact.seat, fact.dissent)))


def _reported(record: LotRecord, fact: evaluation.EvaluationReported, told: Told) -> LotRecord:
    return part(record, "evaluation", reported_at=told.at, reported_height=told.height)


STEPS: Steps = {
    evaluation.EvaluationBegun: _begun,
    evaluation.ReviewFinished: _reviewed,
    evaluation.PriceCorrected: _corrected,
    evaluation.CorrectionAnswered: _correction_answered,
    evaluation.ScoresSubmitted: _scored,
    evaluation.CommitteeReseated: _reseated,
    evaluation.EvaluationConcluded: _concluded,
    evaluation.EvaluationReopened: _reopened,
    evaluation.ReportSigned: _signed,
    evaluation.EvaluationReported: _reported,
}
