"""初步评审: begin, questions, corrections, opinions, and what the majority rejects."""

from collections.abc import Sequence
from datetime import datetime

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Verdict
from ggzy.registers.credit import services as credit
from ggzy.registers.parties import queries as parties
from ggzy.trading.evaluation import access, events
from ggzy.trading.evaluation.lifecycle import EVALUATION
from ggzy.trading.evaluation.models import Enquiry, PriceCorrection, Review
from ggzy.trading.evaluation.queries.sittings import contest_of, corrections_of
from ggzy.trading.evaluation.rules import benchmark, reviewing
from ggzy.trading.evaluation.rules import sitting as rules
from ggzy.trading.evaluation.services.concluding import conclude_without_bids
from ggzy.trading.evaluation.values import (
    Correction,
    CorrectionState,
    EvaluationState,
    Measure,
    Part,
    Rejection,
    ReviewSheet,
)
from ggzy.trading.projects import queries as project_queries
from ggzy.trading.tendering import queries as tendering
from ggzy.trading.tendering.values import Price

REJECTS = "评标委员会应当否决该投标：请成员重新提交初步评审意见"


@command
def begin(actor: Actor, lot: LotCode, chair: int, *, at: datetime) -> Receipt:
    """开始评标, under the chair the members elected. Raises Refused."""
    bench = access.bench_of(actor, lot, Permission.REVIEW_WRITE)
    rules.may_begin(bench.sitting, chair).require()
    bench.row.state, bench.row.chair = EVALUATION.after(bench.sitting.state, "begin"), chair
    bench.row.save(update_fields=["state", "chair"])
    _fix_credit(bench, at)
    return journal.record(
        events.EvaluationBegun(
            lot=lot, round=bench.row.round, chair=chair, seats=tuple(sorted(bench.sitting.seats()))
        ),
        actor=actor,
        at=at,
    )


def _fix_credit(bench: access.Bench, at: datetime) -> None:
    """固定投标截止时的信用评价, where the documents score credit: what comes later does not change it."""
    closed_at = tendering.tender(bench.lot.code, bench.row.round).closed_at
    if closed_at is None or not any(one.part is Part.CREDIT for one in bench.scheme.criteria):
        return
    codes = sorted({code for bid in bench.bids for code in bid.bidder.parties})
    known = parties.names(codes)
    platform = Actor.system(f"{bench.lot.code}/{bench.row.round}/credit")
    bidders = {code: known.get(code, str(code)) for code in codes}
    credit.fix_grades(platform, bench.lot.code, bench.row.round, bidders, closed_at, at=at)


@command
def record_measures(actor: Actor, lot: LotCode, measures: Sequence[Measure], *, at: datetime) -> Receipt:
    """核定价格调整因素量值, by the chair for the committee; recorded again, the later record holds."""
    bench = access.bench_of(actor, lot, Permission.REVIEW_WRITE)
    reviewing.may_measure(bench.sitting, bench.seat.seat, bench.scheme, measures).require()
    bench.row.measures = [kernel_events.body(measure) for measure in measures]
    bench.row.save(update_fields=["measures"])
    return journal.record(
        events.MeasuresRecorded(lot=lot, round=bench.row.round, measures=tuple(measures)),
        actor=actor,
        at=at,
    )


@command
def ask_bidder(
    actor: Actor, lot: LotCode, bid: str, text: str, is_about_price: bool = False, *, at: datetime
) -> Receipt:
    """要求澄清、说明. Never a hint, never a new price. Basis: 招标投标法实施条例 §52."""
    bench = access.bench_of(actor, lot, Permission.REVIEW_WRITE)
    reviewing.may_ask(bench.sitting, bench.seat.seat, bid, text).require()
    number = len(bench.sitting.questions) + 1
    Enquiry.objects.create(
        evaluation=bench.row, number=number, bid=bid, text=text.strip(),
        is_about_price=is_about_price, asked_at=at,
    )  # fmt: skip
    return journal.record(
        events.QuestionAsked(
            lot=lot,
            round=bench.row.round,
            number=number,
            bid=bid,
            is_about_price=is_about_price,
            text=text.strip(),
        ),
        actor=actor,
        at=at,
    )


@command
def answer_question(actor: Actor, lot: LotCode, number: int, text: str, *, at: datetime) -> Receipt:
    """澄清、说明投标文件, in writing, by the bidder who was asked."""
    grip, bid = access.bid_of(actor, lot)
    row = Enquiry.objects.filter(evaluation=grip.row, number=number, bid=bid.bid).first()
    reviewing.may_answer(row.facts() if row else None, EvaluationState(grip.row.state), text).require()
    assert row is not None
    row.answer, row.answered_at = text.strip(), at
    row.save(update_fields=["answer", "answered_at"])
    return journal.record(
        events.QuestionAnswered(
            lot=lot,
            round=grip.row.round,
            number=number,
            bid=bid.bid,
            bidder=bid.bidder.leader,
            text=text.strip(),
        ),
        actor=actor,
        at=at,
    )


@command
def correct_price(
    actor: Actor, lot: LotCode, bid: str, after: Price, reason: str, *, at: datetime
) -> Receipt:
    """算术修正, to be confirmed by the bidder. Basis: 评标委员会和评标方法暂行规定 §19."""
    bench = access.bench_of(actor, lot, Permission.REVIEW_WRITE)
    found = next((item for item in bench.bids if item.bid == bid), None)
    reviewing.may_correct(bench.sitting, bench.seat.seat, found, after, reason).require()
    assert found is not None and found.price is not None
    correction = Correction(
        bid=bid,
        before=found.price,
        after=after,
        reason=reason.strip(),
        state=CorrectionState.PROPOSED,
    )
    PriceCorrection.objects.update_or_create(
        evaluation=bench.row,
        bid=bid,
        defaults={
            "before": kernel_events.body(correction.before),
            "after": kernel_events.body(after),
            "reason": correction.reason,
            "state": correction.state,
        },
    )
    return journal.record(
        events.PriceCorrected(lot=lot, round=bench.row.round, correction=correction), actor=actor, at=at
    )


@command
def answer_correction(actor: Actor, lot: LotCode, accepts: bool, *, at: datetime) -> Receipt:
    """确认算术修正, or refuse it: then the bid is rejected."""
    grip, bid = access.bid_of(actor, lot)
    open_one = next((c for c in corrections_of(grip.row) if c.bid == bid.bid), None)
    reviewing.may_answer_correction(open_one, EvaluationState(grip.row.state)).require()
    state = CorrectionState.CONFIRMED if accepts else CorrectionState.REFUSED
    PriceCorrection.objects.filter(evaluation=grip.row, bid=bid.bid).update(state=state)
    return journal.record(
        events.CorrectionAnswered(
            lot=lot,
            round=grip.row.round,
            bid=bid.bid,
            bidder=bid.bidder.leader,
            is_accepted=accepts,
        ),
        actor=actor,
        at=at,
    )


@command
def submit_review(
    actor: Actor, lot: LotCode, rejections: Sequence[Rejection] = (), *, at: datetime
) -> Receipt:
    """提交初步评审意见: every opened bid not named passes. Submitted again before the summary, the later holds."""
    bench = access.bench_of(actor, lot, Permission.REVIEW_WRITE)
    sheet = ReviewSheet(seat=bench.seat.seat, rejections=tuple(rejections))
    rules.may_review(bench.sitting, sheet).require()
    Review.objects.update_or_create(
        member=bench.member,
        defaults={
            "evaluation": bench.row,
            "sheet": kernel_events.body(sheet),
            "submitted_at": at,
        },
    )
    return journal.record(
        events.ReviewSubmitted(
            lot=lot,
            round=bench.row.round,
            seat=sheet.seat,
            bids=len(bench.bids),
            rejections=sheet.rejections,
        ),
        actor=actor,
        at=at,
    )


@command
def finish_review(actor: Actor, lot: LotCode, competition: str = "", *, at: datetime) -> Receipt:
    """汇总初步评审. With fewer than three valid bids `competition` is the committee's reason to go on.

    No valid bid left: all bids are rejected, and only the signatures remain. Basis: 招标投标法 §42.
    """
    bench = access.bench_of(actor, lot, Permission.EVALUATION_CONCLUDE)
    rejected = rules.majority(bench.sitting)
    barred = _barred(bench, rejected, at)
    (rules.may_finish_review(bench.sitting, bench.seat.seat, rejected, competition) & barred).require()
    is_all_rejected = len(rejected) == len(bench.bids)
    return _finish(actor, bench, rejected, competition, is_all_rejected, at)


def _barred(bench: access.Bench, rejected: Sequence[Rejection], at: datetime) -> Verdict:
    """Nobody under a ban becomes a candidate (招标投标法实施条例 §51)."""
    out = {rejection.bid for rejection in rejected}
    parties = [code for bid in bench.bids if bid.bid not in out for code in bid.bidder.parties]
    return project_queries.gate(bench.lot, parties, at, remedy=REJECTS)


@command
def reject_all(actor: Actor, lot: LotCode, reason: str, *, at: datetime) -> Receipt:
    """否决所有投标: fewer than three valid bids, and the committee finds that competition is clearly lacking.

    Basis: 评标委员会和评标方法暂行规定 §27.
    """
    bench = access.bench_of(actor, lot, Permission.EVALUATION_CONCLUDE)
    rejected = rules.majority(bench.sitting)
    rules.may_reject_all(bench.sitting, bench.seat.seat, rejected, reason).require()
    return _finish(actor, bench, rejected, reason, True, at)


def _finish(
    actor: Actor,
    bench: access.Bench,
    rejected: tuple[Rejection, ...],
    competition: str,
    is_all_rejected: bool,
    at: datetime,
) -> Receipt:
    row = bench.row
    row.rejected = [kernel_events.body(item) for item in rejected]
    row.passed = len(bench.bids) - len(rejected)
    row.is_all_rejected, row.competition = is_all_rejected, competition.strip()
    row.entered = [] if is_all_rejected else list(_entered(bench))
    row.state = EVALUATION.after(bench.sitting.state, "reject_all" if is_all_rejected else "pass")
    row.save(update_fields=["rejected", "passed", "is_all_rejected", "competition", "entered", "state"])
    finished = events.ReviewFinished(
        lot=bench.lot.code,
        round=row.round,
        passed=row.passed,
        rejected=rejected,
        is_all_rejected=is_all_rejected,
        competition=row.competition,
        entered=tuple(row.entered),
    )
    facts: list[object] = [finished]
    if is_all_rejected:
        facts.append(conclude_without_bids(bench, at))
    return journal.record_all(facts, actor=actor, at=at)


def _entered(bench: access.Bench) -> tuple[str, ...]:
    """The bids of the benchmark, fixed here for good if the documents freeze it and nothing did before."""
    formula = bench.scheme.formula
    if formula is None or not formula.frozen:
        return ()
    if bench.row.entered:
        return tuple(bench.row.entered)
    contest = contest_of(bench.row, bench.scheme, bench.sitting, bench.bids)
    return tuple(entry.bid for entry in benchmark.entering_of(contest, formula))
