"""公示、定标、放弃、重新招标: what the owner decides after the report."""

from dataclasses import replace
from datetime import datetime

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Verdict
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.contracting import access, events, queries, rules
from ggzy.trading.contracting.lifecycle import AWARD
from ggzy.trading.contracting.models import Award, Contract
from ggzy.trading.contracting.services import telling
from ggzy.trading.contracting.values import AwardState, Passed, Passing, Runner
from ggzy.trading.evaluation import queries as evaluation
from ggzy.trading.evaluation import services as evaluation_services
from ggzy.trading.evaluation.values import Candidate, EvaluationState
from ggzy.trading.objections import queries as objections
from ggzy.trading.objections import services as objection_services
from ggzy.trading.objections.values import Stage
from ggzy.trading.projects import queries as project_queries
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Phase
from ggzy.trading.tendering import queries as tendering
from ggzy.trading.tendering import services as tendering_services

REFUSED, BARRED = "award_refused", "candidate_barred"
REFUSAL_ARTICLE = "招标投标法实施条例 §74"


@command
def publicise(actor: Actor, lot: LotCode, *, until: datetime | None = None, at: datetime) -> Receipt:
    """公示中标候选人: the notice, the period, and the window for objections (实施条例 §54)."""
    facts = access.lot_to_publicise(actor, lot)
    report, calendar = evaluation.report(lot), catalog.calendar()
    earliest = rules.earliest_end(facts.rulebook, calendar, at)
    until = until or earliest
    rules.may_publicise(
        is_reported=report is not None and report.state is EvaluationState.REPORTED,
        is_all_rejected=report is not None and report.is_all_rejected,
        is_publicised=queries.award(lot) is not None,
        is_long_enough=rules.is_whole(facts.rulebook, calendar, at, until),
        until=until,
        earliest=earliest,
        calendar=calendar,
    ).require()
    assert report is not None and report.reported_at is not None, "judged above"
    runners = tuple(_runner(candidate) for candidate in report.candidates)
    is_late = at > queries.start_by(facts, report.reported_at, at)
    notice = telling.candidates(actor, facts, report, runners, at, until)
    bidders = tendering.opened_bids(lot, facts.round)
    parties = frozenset(bid.bidder.leader for bid in bidders)
    objection_services.open_window(lot, Stage.RESULT, opens=at, closes=until, parties=parties, at=at)
    Award.objects.create(
        lot_id=lot,
        round=facts.round,
        state=AwardState.PUBLICISED,
        runners=[kernel_events.body(runner) for runner in runners],
        passed=[],
        notice=notice,
        is_late=is_late,
        publicised_at=at,
        publicity_until=until,
    )
    fact = events.CandidatesPublicised(
        lot=lot,
        round=facts.round,
        runners=runners,
        since=at,
        until=until,
        report=report.digest,
        notice=notice,
        is_late=is_late,
    )
    return journal.record(fact, actor=actor, at=at)


def _runner(candidate: Candidate) -> Runner:
    return Runner(
        rank=candidate.rank,
        bid=candidate.bid,
        bidder=candidate.bidder,
        price=candidate.price,
        total=candidate.total,
        period=candidate.period,
        quality=candidate.quality,
        leader=candidate.leader,
    )


@command
def award(
    actor: Actor, lot: LotCode, *, rank: int = 1, passed: tuple[Passed, ...] = (), at: datetime
) -> Receipt:
    """定标: the first candidate, or the next where the law lets the owner pass one (实施条例 §55)."""
    grip = access.award_of_owner(actor, lot, Permission.AWARD_MAKE)
    pending = len(objections.open_objections(lot, stage=Stage.RESULT))
    verdict = rules.may_award(grip.facts, rank, passed, pending, at, is_ranked=grip.lot.is_bound)
    (verdict & _barred(grip, rank, at)).require()
    chosen = next(runner for runner in grip.facts.runners if runner.rank == rank)
    every = (*grip.facts.passed, *passed)
    grip.row.state = AWARD.after(grip.facts.state, "award")
    grip.row.rank, grip.row.winner, grip.row.awarded_at = rank, chosen.bidder.leader, at
    grip.row.passed = [kernel_events.body(one) for one in every]
    grip.row.save()
    projects.advance(lot, Phase.AWARDED, at)
    decided = replace(grip.facts, rank=rank, passed=every)
    notice = telling.result(actor, grip.lot, decided, chosen, at)
    if not grip.facts.passed:
        evaluation_services.publish_committee(Actor.system(actor.request), lot, at=at)
    fact = events.AwardMade(
        lot=lot,
        round=grip.lot.round,
        rank=rank,
        winner=chosen.bidder,
        price=chosen.price,
        passed=every,
        notice=notice,
    )
    return journal.record(fact, actor=actor, at=at)


def _barred(grip: access.Grip, rank: int, at: datetime) -> Verdict:
    """Nobody under a ban is awarded: the owner passes it and takes the next (实施条例 §55)."""
    parties = [code for runner in grip.facts.runners if runner.rank == rank for code in runner.bidder.parties]
    remedy = f"请以“{Passing.VIOLATION.label}”越过该候选人，依次确定后一名"
    return project_queries.gate(grip.lot, parties, at, remedy=remedy)


@command
def refuse_award(actor: Actor, lot: LotCode, reason: str, *, at: datetime) -> Receipt:
    """放弃中标, by the winner: the award falls, the deposit is kept (实施条例 §74)."""
    grip = access.award_of_winner(actor, lot, Permission.AWARD_REFUSE)
    rules.may_refuse(grip.facts, actor.organisation, reason).require()
    winner = grip.facts.winner
    assert winner is not None, "judged above"
    grip.row.state = AWARD.after(grip.facts.state, "decline")
    left = (*grip.facts.passed, rules.refusing_passes(grip.facts, reason))
    grip.row.passed = [kernel_events.body(one) for one in left]
    _forget_letter(grip.row)
    grip.row.save()
    telling.keep_deposit(
        lot, winner.bidder.leader, f"中标人放弃中标：{reason}", REFUSAL_ARTICLE, actor.request, at
    )
    fact = events.AwardRefused(
        lot=lot, round=grip.lot.round, rank=winner.rank, winner=winner.bidder.leader, reason=reason
    )
    return journal.record(fact, actor=actor, at=at)


def _forget_letter(row: Award) -> None:
    """The letter and the unsigned contract fall with the award they were written for; their facts stay."""
    row.letter_number = row.letter_code = row.letter_digest = ""
    row.letter_at = row.sale = None
    Contract.objects.filter(award=row).delete()


@command
def end(actor: Actor, lot: LotCode, reason: str, *, at: datetime) -> Receipt:
    """本轮未产生中标人: the winner refused, or is barred; the tender fails, a new round may begin (实施条例 §55)."""
    grip = access.award_of_owner(actor, lot, Permission.TENDER_RETENDER)
    rules.may_end(grip.facts, reason, is_barred=queries.is_barred(grip.lot, grip.facts, at)).require()
    cause = REFUSED if grip.facts.state is AwardState.DECLINED else BARRED
    grip.row.state = AWARD.after(grip.facts.state, "end")
    grip.row.save(update_fields=["state"])
    tendering_services.fail(actor, lot, cause, reason, at=at)
    fact = events.AwardEnded(lot=lot, round=grip.lot.round, cause=cause, reason=reason)
    return journal.record(fact, actor=actor, at=at)


@command
def report(actor: Actor, lot: LotCode, text: str, *, at: datetime) -> Receipt:
    """提交招标投标情况书面报告 to the supervisor (招标投标法 §47)."""
    grip = access.award_of_owner(actor, lot, Permission.CANDIDATES_PUBLICISE)
    rules.may_report(grip.facts, text).require()
    assert grip.facts.awarded_at is not None, "judged above"
    is_late = at > queries.report_by(grip.lot, grip.facts.awarded_at, at)
    Award.objects.filter(pk=grip.row.pk).update(reported_at=at)
    fact = events.AwardReported(lot=lot, round=grip.lot.round, text=text, is_late=is_late)
    return journal.record(fact, actor=actor, at=at)
