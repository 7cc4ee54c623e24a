"""详细评审与评标报告: score sheets, the arithmetic, signatures, dissent."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.roles import Permission
from ggzy.trading.evaluation import access, events
from ggzy.trading.evaluation.lifecycle import EVALUATION
from ggzy.trading.evaluation.models import Draft, Member, Scores
from ggzy.trading.evaluation.queries.schemes import SCORINGS
from ggzy.trading.evaluation.queries.sittings import coefficients_of, contest_of
from ggzy.trading.evaluation.rules import assembling, panel
from ggzy.trading.evaluation.rules import sitting as rules
from ggzy.trading.evaluation.values import (
    Candidate,
    Contest,
    EvaluationState,
    Mark,
    MemberState,
    Note,
    Outcome,
    Sheet,
)
from ggzy.trading.tendering import services as tendering

ALL_REJECTED = "all_rejected"


@command
def submit_scores(
    actor: Actor,
    lot: LotCode,
    marks: Sequence[Mark],
    notes: Sequence[Note] = (),
    reason: str = "",
    *,
    at: datetime,
) -> Receipt:
    """提交评分: all bids of one member at once. Submitted again, `reason` says why. Raises Refused."""
    bench = access.bench_of(actor, lot, Permission.SCORES_SUBMIT)
    sheet = Sheet(seat=bench.seat.seat, marks=tuple(marks), notes=tuple(notes))
    rules.may_submit_scores(bench.sitting, bench.scheme, sheet, reason).require()
    earlier = Scores.objects.filter(member=bench.member).first()
    gen = earlier.gen + 1 if earlier else 1
    Scores.objects.update_or_create(
        member=bench.member,
        defaults={
            "evaluation": bench.row,
            "sheet": kernel_events.body(sheet),
            "gen": gen,
            "submitted_at": at,
        },
    )
    criteria = panel.hand_criteria(bench.scheme, bench.sitting.price_by_hand)
    return journal.record(
        events.ScoresSubmitted(
            lot=lot,
            round=bench.row.round,
            seat=sheet.seat,
            gen=gen,
            criteria=tuple(criterion.code for criterion in criteria),
            marks=sheet.marks,
            notes=sheet.notes,
            reason=reason.strip(),
        ),
        actor=actor,
        at=at,
    )


@command
def conclude(actor: Actor, lot: LotCode, *, at: datetime) -> Receipt:
    """汇总评审结果. Every input of the arithmetic is a fact, so that anyone can repeat it. Raises Refused."""
    bench = access.bench_of(actor, lot, Permission.EVALUATION_CONCLUDE)
    drawn = [item.name for item in coefficients_of(bench.row)]
    rules.may_rank(bench.sitting, bench.scheme, bench.seat.seat, drawn).require()
    contest = contest_of(bench.row, bench.scheme, bench.sitting, bench.bids)
    outcome = SCORINGS[bench.scheme.scoring].rank(contest)
    needs_sheets = bool(panel.hand_criteria(bench.scheme, bench.sitting.price_by_hand))
    rules.may_conclude(bench.sitting, bench.scheme, outcome, needs_sheets).require()
    bench.row.state = EVALUATION.after(bench.sitting.state, "conclude")
    concluded = _conclusion(bench, contest, outcome, at)
    return journal.record(concluded, actor=actor, at=at)


def conclude_without_bids(bench: access.Bench, at: datetime) -> events.EvaluationConcluded:
    """否决所有投标的结论: nothing is ranked; inside the act that rejected all."""
    contest = contest_of(bench.row, bench.scheme, bench.sitting, bench.bids)
    return _conclusion(bench, contest, Outcome(results=()), at)


@command
def reopen(actor: Actor, lot: LotCode, ground: str, text: str, *, at: datetime) -> Receipt:
    """撤回汇总, before the first signature, so that a sheet may be put right. Raises Refused."""
    bench = access.bench_of(actor, lot, Permission.EVALUATION_CONCLUDE)
    rules.may_reopen(bench.sitting, bench.seat.seat, ground, text).require()
    bench.row.state = EVALUATION.after(bench.sitting.state, "reopen")
    bench.row.save(update_fields=["state"])
    return journal.record(
        events.EvaluationReopened(lot=lot, round=bench.row.round, ground=ground, text=text.strip()),
        actor=actor,
        at=at,
    )


@command
def sign_report(actor: Actor, lot: LotCode, dissent: str = "", *, at: datetime) -> Receipt:
    """签署评标报告, with a dissent if there is one. The last signature submits the report.

    Basis: 招标投标法实施条例 §53.
    """
    bench = access.bench_of(actor, lot, Permission.REPORT_SIGN)
    rules.may_sign(bench.sitting, bench.seat.seat).require()
    return _sign(actor, bench, bench.member, dissent.strip(), False, at)


@command
def record_silence(actor: Actor, lot: LotCode, seat: int, *, at: datetime) -> Receipt:
    """拒绝签字又不书面说明: counts as consent. Recorded by the chair. Basis: 招标投标法实施条例 §53."""
    bench = access.bench_of(actor, lot, Permission.EVALUATION_CONCLUDE)
    rules.may_record_silence(bench.sitting, bench.seat.seat, seat).require()
    silent = Member.objects.exclude(state=MemberState.VACATED).get(evaluation=bench.row, seat=seat)
    return _sign(actor, bench, silent, "", True, at)


def _sign(
    actor: Actor, bench: access.Bench, member: Member, dissent: str, is_silent: bool, at: datetime
) -> Receipt:
    member.signed_at, member.dissent, member.is_silent = at, dissent, is_silent
    member.save(update_fields=["signed_at", "dissent", "is_silent"])
    row = bench.row
    facts: list[object] = [
        events.ReportSigned(
            lot=bench.lot.code,
            round=row.round,
            seat=member.seat,
            digest=row.digest,
            dissent=dissent,
            is_silent=is_silent,
        )
    ]
    waiting = [m for m in bench.sitting.members if m.signed_at is None and m.seat != member.seat]
    if not waiting:
        row.state, row.reported_at = EVALUATION.after(EvaluationState.CONCLUDED, "report"), at
        row.save(update_fields=["state", "reported_at"])
        Draft.objects.filter(member__evaluation=row).delete()
        facts.append(
            events.EvaluationReported(
                lot=bench.lot.code,
                round=row.round,
                digest=row.digest,
                candidates=len(row.candidates),
                is_all_rejected=row.is_all_rejected,
            )
        )
        if row.is_all_rejected:
            platform = Actor.system(f"{actor.request}/fail")
            tendering.fail(
                platform, bench.lot.code, ALL_REJECTED, rules.failure_words(row.competition), at=at
            )
    return journal.record_all(facts, actor=actor, at=at)


def _conclusion(
    bench: access.Bench, contest: Contest, outcome: Outcome, at: datetime
) -> events.EvaluationConcluded:
    row = bench.row
    candidates: tuple[Candidate, ...] = assembling.candidates(
        outcome, bench.bids, bench.sitting.corrections, bench.scheme.candidates_max
    )
    fact = events.EvaluationConcluded(
        lot=bench.lot.code,
        round=row.round,
        scheme=row.scheme_digest,
        coefficients=contest.coefficients,
        tie_order=contest.tie_order,
        ceiling=contest.scheme.ceiling,
        floor=contest.scheme.floor,
        entered=contest.entered,
        entries=contest.entries,
        benchmark=outcome.benchmark,
        results=outcome.results,
        candidates=candidates,
        is_all_rejected=row.is_all_rejected,
        digest="",
    )
    row.outcome = kernel_events.body(outcome)
    row.candidates = [kernel_events.body(candidate) for candidate in candidates]
    row.digest, row.concluded_at = assembling.report_digest(fact), at
    row.save(update_fields=["state", "outcome", "candidates", "digest", "concluded_at"])
    return replace(fact, digest=row.digest)
