"""申请抽取: the pool is fixed and committed before anybody gives a nonce."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel import canon, digest
from ggzy.kernel import draw as lottery
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import ExpertCode, LotCode, RegionCode
from ggzy.kernel.instants import local_date
from ggzy.kernel.roles import Permission
from ggzy.registers.experts import queries as experts
from ggzy.registers.parties import queries as parties
from ggzy.trading.evaluation import access, events
from ggzy.trading.evaluation.models import Draw, Evaluation, Member, PoolLeaf
from ggzy.trading.evaluation.queries.draws import plan_of
from ggzy.trading.evaluation.queries.schemes import SCORINGS
from ggzy.trading.evaluation.queries.sittings import contest_of, scheme_in_force, sitting_of
from ggzy.trading.evaluation.rules import draws as rules
from ggzy.trading.evaluation.rules import pool as pools
from ggzy.trading.evaluation.rules import sitting as sitting_rules
from ggzy.trading.evaluation.values import (
    Candidacy,
    CommitteePlan,
    DrawState,
    EvaluationState,
    Exclusion,
    MemberState,
    Purpose,
    SeatPlan,
)
from ggzy.trading.projects.values import LotFacts
from ggzy.trading.tendering import queries as tendering
from ggzy.trading.tendering.values import BidFacts

BUSY_WITHIN = timedelta(days=2)


@command
def request_draw(actor: Actor, lot: LotCode, plan: CommitteePlan, *, at: datetime) -> Receipt:
    """申请抽取评标专家. After an abandoned draw the vacant seats are asked for, whatever `plan` says.

    The receipt's subject is "draw/<lot>/<round>". Raises Refused. Basis: 招标投标法 §37, 实施条例 §46.
    """
    grip = access.evaluation_to_run(actor, lot, Permission.DRAW_REQUEST)
    taken = _taken_seats(grip.row)
    plan = (plan_of(grip.row) or plan) if taken else plan
    wanted = pools.to_draw(plan, taken)
    (
        rules.may_request(
            tender=tendering.tender(lot, grip.row.round).state,
            state=EvaluationState(grip.row.state),
            has_scheme=grip.row.scheme is not None,
            has_live=_live(grip.row, Purpose.COMMITTEE) is not None,
            wanted=wanted,
        )
        & pools.may_compose(plan, grip.lot.rulebook)
    ).require()
    bids = tendering.opened_bids(lot, grip.row.round)
    leaves, people = _expert_leaves(grip, wanted, plan.region, bids, at)
    pools.is_pool_enough(wanted, _eligible(leaves)).require()
    grip.row.plan = kernel_events.body(plan)
    grip.row.save(update_fields=["plan"])
    return _open_draw(actor, grip, Purpose.COMMITTEE, wanted, plan, leaves, people, at)


@command
def request_coefficients(actor: Actor, lot: LotCode, *, at: datetime) -> Receipt:
    """申请抽取系数 over the published sets, so that the nonces are committed before any bid can be read."""
    grip = access.evaluation_to_run(actor, lot, Permission.DRAW_REQUEST)
    tender = tendering.tender(lot, grip.row.round)
    coefficients = scheme_in_force(grip.row, lot).coefficients if grip.row.scheme else ()
    rules.may_request_coefficients(
        tender=tender.state,
        state=EvaluationState(grip.row.state),
        wanted=len(coefficients),
        has_live=_live(grip.row, Purpose.COEFFICIENT) is not None,
    ).require()
    leaves = tuple(pools.value_leaf(item.name, value) for item in coefficients for value in item.values)
    wanted = tuple(SeatPlan(specialty=item.name, count=1) for item in coefficients)
    plan = CommitteePlan(seats=wanted, region=grip.lot.region)
    return _open_draw(actor, grip, Purpose.COEFFICIENT, wanted, plan, leaves, {}, at)


@command
def request_tie_draw(actor: Actor, lot: LotCode, *, at: datetime) -> Receipt:
    """申请并列抽签 over the bids that no rule of the documents separates."""
    grip = access.evaluation_to_run(actor, lot, Permission.DRAW_REQUEST)
    tied = _tied(grip)
    rules.may_request_ties(
        state=EvaluationState(grip.row.state),
        tied=len(tied),
        has_live=_live(grip.row, Purpose.TIE) is not None,
    ).require()
    wanted = (SeatPlan(specialty=pools.TIE_GROUP, count=len(tied)),)
    plan = CommitteePlan(seats=wanted, region=grip.lot.region)
    leaves = tuple(pools.bid_leaf(bid) for bid in tied)
    return _open_draw(actor, grip, Purpose.TIE, wanted, plan, leaves, {}, at)


def _open_draw(
    actor: Actor,
    grip: access.Grip,
    purpose: Purpose,
    wanted: tuple[SeatPlan, ...],
    plan: CommitteePlan,
    leaves: tuple[pools.Leaf, ...],
    people: dict[str, Candidacy],
    at: datetime,
) -> Receipt:
    earlier = Draw.objects.filter(evaluation=grip.row, purpose=purpose).order_by("-serial").first()
    serial = earlier.serial + 1 if earlier else 1
    requested = events.DrawRequested(
        lot=grip.lot.code,
        round=grip.row.round,
        draw=f"{grip.lot.code}-{grip.row.round}-{purpose}-{serial}",
        purpose=purpose,
        serial=serial,
        seats=wanted,
        owner_seats=plan.owner_seats,
        region=plan.region,
        rulebook=grip.lot.rulebook.digest,
        previous=earlier.pk if earlier else "",
    )
    committed = [_pool_fact(requested, seat, leaves) for seat in wanted]
    row = Draw.objects.create(
        id=requested.draw,
        evaluation=grip.row,
        purpose=purpose,
        serial=serial,
        groups=[kernel_events.body(seat) for seat in wanted],
        region=plan.region,
        request_hash=digest.function("sha256")(canon.dumps(kernel_events.body(requested))),
        pool_root=lottery.root([leaf.leaf for leaf in leaves if not leaf.exclusion]),
        excluded_root=lottery.root([leaf.leaf for leaf in leaves if leaf.exclusion]),
        requested_at=at,
    )
    PoolLeaf.objects.bulk_create([_leaf_row(row, leaf, people) for leaf in leaves], batch_size=1000)
    return journal.record_all([requested, *committed], actor=actor, at=at)


def _pool_fact(
    requested: events.DrawRequested, seat: SeatPlan, leaves: Iterable[pools.Leaf]
) -> events.DrawCommitted:
    mine = [leaf for leaf in leaves if leaf.group == seat.specialty]
    pool = sorted(leaf.leaf for leaf in mine if not leaf.exclusion)
    excluded = [leaf for leaf in mine if leaf.exclusion]
    return events.DrawCommitted(
        lot=requested.lot,
        round=requested.round,
        draw=requested.draw,
        group=seat.specialty,
        count=len(pool),
        root=lottery.root(pool).hex(),
        leaves=tuple(pool),
        excluded=pools.exclusion_counts(excluded),
        excluded_root=lottery.root([leaf.leaf for leaf in excluded]).hex(),
    )


def _leaf_row(draw: Draw, leaf: pools.Leaf, people: dict[str, Candidacy]) -> PoolLeaf:
    person = people.get(leaf.subject)
    return PoolLeaf(
        draw=draw,
        group=leaf.group,
        leaf=leaf.leaf,
        salt=leaf.salt,
        subject=leaf.subject,
        person=person.person if person else "",
        employer=person.employer if person else "",
        region=str(person.region) if person else "",
        exclusion=leaf.exclusion.value if leaf.exclusion else "",
    )


def _expert_leaves(
    grip: access.Grip,
    wanted: tuple[SeatPlan, ...],
    region: RegionCode,
    bids: tuple[BidFacts, ...],
    at: datetime,
) -> tuple[tuple[pools.Leaf, ...], dict[str, Candidacy]]:
    members = experts.pool([seat.specialty for seat in wanted], region, at)
    pool = [
        Candidacy(
            expert=m.expert,
            person=m.person,
            specialty=m.specialty,
            employer=m.employer,
            region=m.region,
            exclusion=pools.inaptitude(m.is_eligible(local_date(at)), m.registered_at, at, grip.lot.rulebook),
        )
        for m in members
    ]
    pool = [replace(candidate, exclusion=reason) for candidate, reason in _judged(grip, pool, bids, at)]
    leaves = tuple(pools.expert_leaf(candidate, secrets.token_bytes(lottery.SIZE)) for candidate in pool)
    return leaves, {str(candidate.expert): candidate for candidate in pool}


def _judged(
    grip: access.Grip, pool: list[Candidacy], bids: tuple[BidFacts, ...], at: datetime
) -> Iterable[tuple[Candidacy, Exclusion | None]]:
    owner, agency, bidders = _avoided(grip.lot, bids)
    codes = [candidate.expert for candidate in pool]
    busy = _busy(grip.row, codes, at)
    before = _called_before(grip.row)
    for candidate in pool:
        yield candidate, pools.excluded_for(candidate, owner, agency, bidders, busy, before)


def _avoided(
    lot: LotFacts, bids: tuple[BidFacts, ...]
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    codes = {code for bid in bids for code in bid.bidder.parties}
    own = {code for code in (lot.owner, lot.agency) if code}
    names = parties.names(codes | own)
    return (
        pools.employers([lot.owner], [names.get(lot.owner, "")]),
        pools.employers([lot.agency], [names.get(lot.agency, "") if lot.agency else ""]),
        pools.employers(codes, [*(names.get(code, "") for code in codes), *(b.bidder.name for b in bids)]),
    )


def _busy(row: Evaluation, codes: list[ExpertCode], at: datetime) -> frozenset[ExpertCode]:
    sitting = Member.objects.filter(expert__in=codes, called_at__gt=at - BUSY_WITHIN).exclude(
        state=MemberState.VACATED
    )
    open_ones = sitting.exclude(evaluation=row).exclude(evaluation__state=EvaluationState.REPORTED)
    return frozenset(ExpertCode(code) for code in open_ones.values_list("expert", flat=True))


def _called_before(row: Evaluation) -> frozenset[ExpertCode]:
    called = Member.objects.filter(evaluation=row, expert__isnull=False)
    return frozenset(ExpertCode(code) for code in called.values_list("expert", flat=True))


def _taken_seats(row: Evaluation) -> frozenset[int]:
    rows = Member.objects.filter(evaluation=row).exclude(state=MemberState.VACATED)
    return frozenset(rows.values_list("seat", flat=True))


def _live(row: Evaluation, purpose: Purpose) -> Draw | None:
    rows = Draw.objects.filter(evaluation=row, purpose=purpose)
    return rows.exclude(state=DrawState.ABANDONED).first()


def _eligible(leaves: Iterable[pools.Leaf]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for leaf in leaves:
        if not leaf.exclusion:
            counts[leaf.group] = counts.get(leaf.group, 0) + 1
    return counts


def _tied(grip: access.Grip) -> tuple[str, ...]:
    if grip.row.state != EvaluationState.SCORING:
        return ()
    scheme = scheme_in_force(grip.row, grip.lot.code)
    bids = tendering.opened_bids(grip.lot.code, grip.row.round)
    contest = contest_of(grip.row, scheme, sitting_of(grip.row, scheme, bids), bids)
    return sitting_rules.tied_candidates(scheme, SCORINGS[scheme.scoring].rank(contest))
