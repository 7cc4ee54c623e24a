"""抽取: commitments, reveal, seed, tickets. Every step is a public fact without a name."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from ggzy.foundation.journal import queries as clock
from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel import draw as lottery
from ggzy.kernel import events as kernel_events
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import ExpertCode, LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission
from ggzy.trading.evaluation import access, events
from ggzy.trading.evaluation.lifecycle import DRAW
from ggzy.trading.evaluation.models import Draw, Giver, Member, PoolLeaf
from ggzy.trading.evaluation.queries.draws import plan_of
from ggzy.trading.evaluation.rules import draws as rules
from ggzy.trading.evaluation.rules import pool as pools
from ggzy.trading.evaluation.values import (
    TURNS,
    Coefficient,
    DrawnSeat,
    DrawState,
    MemberKind,
    MemberState,
    Purpose,
)
from ggzy.trading.tendering import queries as tendering
from ggzy.trading.tendering.values import TenderState


@command
def commit_nonce(
    actor: Actor, lot: LotCode, draw: str, commitments: Sequence[bytes], *, at: datetime
) -> Receipt:
    """提交随机数承诺: sixteen of them, so that replacements need nothing new. Raises Refused, Missing."""
    grip = access.draw_to_serve(actor, lot, draw, Permission.DRAW_COMMIT)
    party = access.party_of(actor, grip.lot, grip.facts.purpose)
    rules.may_commit(grip.facts, party, commitments).require()
    Giver.objects.create(draw=grip.draw, party=party, commitments=b"".join(commitments), committed_at=at)
    return journal.record(
        events.NonceCommitted(
            lot=lot, round=grip.row.round, draw=draw, party=party, commitments=tuple(commitments)
        ),
        actor=actor,
        at=at,
    )


@command
def close_commits(actor: Actor, lot: LotCode, draw: str, *, at: datetime) -> Receipt:
    """截止承诺, by the centre: from here nobody can join or change. Raises Refused."""
    grip = access.draw_to_serve(actor, lot, draw, Permission.DRAW_CONDUCT)
    is_ripe = _is_ripe(grip)
    rules.may_close_commits(grip.facts, is_ripe).require()
    grip.draw.state = DRAW.after(grip.facts.state, "close")
    grip.draw.reveal_until = grip.at + rules.REVEAL_WINDOW
    grip.draw.save(update_fields=["state", "reveal_until"])
    return journal.record(
        events.CommitsClosed(
            lot=lot,
            round=grip.row.round,
            draw=draw,
            parties=tuple(sorted(giver.party for giver in grip.facts.givers)),
            pool_root=grip.facts.pool_root,
            excluded_root=grip.facts.excluded_root,
            reveal_until=grip.draw.reveal_until,
        ),
        actor=actor,
        at=at,
    )


@command
def reveal_nonce(actor: Actor, lot: LotCode, draw: str, nonce: bytes, *, at: datetime) -> Receipt:
    """公开本轮随机数. It must match the commitment, and the window is judged under the lock."""
    grip = access.draw_to_serve(actor, lot, draw, Permission.DRAW_COMMIT)
    party = access.party_of(actor, grip.lot, grip.facts.purpose)
    rules.may_reveal(grip.facts, party, nonce, grip.at).require()
    giver = Giver.objects.get(draw=grip.draw, party=party)
    giver.nonces = [*giver.nonces, nonce.hex()]
    giver.save(update_fields=["nonces"])
    return journal.record(
        events.NonceRevealed(
            lot=lot, round=grip.row.round, draw=draw, party=party, turn=grip.facts.turn, nonce=nonce
        ),
        actor=actor,
        at=at,
    )


@command
def draw(actor: Actor, lot: LotCode, draw: str, *, at: datetime) -> Receipt:
    """抽取. The lowest tickets; anyone can run it again from the public facts. Raises Refused."""
    grip = access.draw_to_serve(actor, lot, draw, Permission.DRAW_CONDUCT)
    rules.may_draw(grip.facts).require()
    head = _head(grip)
    seed = _seed(grip, head)
    grip.draw.seed, grip.draw.state = seed, DRAW.after(grip.facts.state, "draw")
    grip.draw.reveal_until = None
    match grip.facts.purpose:
        case Purpose.COMMITTEE:
            facts = _seat_experts(grip, head, seed, at)
        case Purpose.COEFFICIENT:
            facts = _fix_coefficients(grip, head, seed)
        case Purpose.TIE:
            facts = _order_ties(grip, head, seed)
    grip.draw.save(update_fields=["seed", "state", "reveal_until"])
    return journal.record_all(facts, actor=actor, at=at)


@command
def draw_committee(actor: Actor, lot: LotCode, *, at: datetime) -> Receipt:
    """抽取评标专家: the live committee draw of the lot."""
    row = access.evaluation_to_run(actor, lot, Permission.DRAW_CONDUCT).row
    live = Draw.objects.filter(evaluation=row, purpose=Purpose.COMMITTEE, state=DrawState.REVEALING).first()
    if live is None:
        raise Missing(access.NO_DRAW)
    return draw(actor, lot, live.pk, at=at)


@command
def abandon_draw(actor: Actor, lot: LotCode, draw: str, reason: str, *, at: datetime) -> Receipt:
    """中止抽取, openly: a new request names the abandoned one. Seats already taken stay taken."""
    grip = access.draw_to_serve(actor, lot, draw, Permission.DRAW_CONDUCT)
    rules.may_abandon(grip.facts, _vacant(grip), reason).require()
    grip.draw.state = DRAW.after(grip.facts.state, "abandon")
    grip.draw.save(update_fields=["state"])
    return journal.record(
        events.DrawAbandoned(lot=lot, round=grip.row.round, draw=draw, reason=reason.strip()),
        actor=actor,
        at=at,
    )


@command
def abandon_overdue(actor: Actor, draw: str) -> Receipt:
    """逾期未公开随机数: silence is recorded by name, and the draw ends. Raises Refused while there is time."""
    grip = access.draw_of_platform(draw)
    rules.may_expire(grip.facts, grip.at).require()
    grip.draw.state = DRAW.after(grip.facts.state, "abandon")
    grip.draw.save(update_fields=["state"])
    number = grip.row.round
    missed = [
        events.RevealMissed(lot=grip.lot.code, round=number, draw=draw, party=party, turn=grip.facts.turn)
        for party in grip.facts.waiting
    ]
    reason = f"未按时公开随机数：{rules.giver_names(grip.facts.waiting)}"
    abandoned = events.DrawAbandoned(lot=grip.lot.code, round=number, draw=draw, reason=reason)
    return journal.record_all([*missed, abandoned], actor=actor, at=grip.at)


def begin_next_turn(grip: access.Grip, member: Member) -> tuple[str, int]:
    """进入补抽: the draw that filled the seat goes on with fresh nonces. ("", 0) where it cannot.

    Called by the act that vacates a seat, before the fact is recorded.
    """
    if member.leaf is None:
        return "", 0
    row = Draw.objects.get(pk=member.leaf.draw_id)
    if row.state == DrawState.REVEALING:
        return row.pk, row.turn
    if row.state != DrawState.DRAWN or row.turn + 1 >= TURNS:
        return "", 0
    row.state, row.turn = DRAW.after(DrawState(row.state), "replace"), row.turn + 1
    row.reveal_until = grip.at + rules.REVEAL_WINDOW
    row.save(update_fields=["state", "turn", "reveal_until"])
    return row.pk, row.turn


def _seat_experts(grip: access.DrawGrip, head: bytes, seed: bytes, at: datetime) -> list[object]:
    vacant = _vacant(grip)
    pool = [_leaf(row) for row in _undrawn(grip.draw)]
    wanted = {group: len(seats) for group, seats in vacant.items()}
    pools.is_pool_left(wanted, pool).require()
    chosen = pools.drawn(pool, wanted, seed)
    seats = [seat for group in wanted for seat in vacant[group]]
    rows = {bytes(row.leaf): row for row in _undrawn(grip.draw)}
    members, calls, drawn = [], [], []
    for seat, leaf in zip(seats, chosen, strict=True):
        row = rows[leaf.leaf]
        members.append(_member(grip, seat, row, at))
        drawn.append(DrawnSeat(seat=seat, group=leaf.group, leaf=leaf.leaf))
        calls.append(
            events.MemberCalled(
                lot=grip.lot.code,
                round=grip.row.round,
                seat=seat,
                leaf=leaf.leaf,
                expert=ExpertCode(row.subject),
                specialty=leaf.group,
            )
        )
    Member.objects.bulk_create(members)
    PoolLeaf.objects.filter(pk__in=[m.leaf_id for m in members]).update(turn=grip.facts.turn)
    return [_drawn_fact(grip, head, seed, tuple(drawn)), *calls]


def _drawn_fact(
    grip: access.DrawGrip, head: bytes, seed: bytes, drawn: tuple[DrawnSeat, ...]
) -> events.CommitteeDrawn | events.MemberReplaced:
    lot, number, turn = grip.lot.code, grip.row.round, grip.facts.turn
    if turn:
        return events.MemberReplaced(
            lot=lot, round=number, draw=grip.draw.pk, turn=turn, seed=seed, drawn=drawn
        )
    return events.CommitteeDrawn(
        lot=lot, round=number, draw=grip.draw.pk, turn=turn, head=head, seed=seed, drawn=drawn
    )


def _fix_coefficients(grip: access.DrawGrip, head: bytes, seed: bytes) -> list[object]:
    chosen = pools.drawn(
        [_leaf(row) for row in _undrawn(grip.draw)], {g.group: g.wanted for g in grip.facts.groups}, seed
    )
    coefficients = tuple(Coefficient(name=leaf.group, value=Decimal(leaf.subject)) for leaf in chosen)
    grip.row.coefficients = [kernel_events.body(item) for item in coefficients]
    grip.row.save(update_fields=["coefficients"])
    return [
        events.CoefficientsDrawn(
            lot=grip.lot.code,
            round=grip.row.round,
            draw=grip.draw.pk,
            turn=grip.facts.turn,
            head=head,
            seed=seed,
            coefficients=coefficients,
        )
    ]


def _order_ties(grip: access.DrawGrip, head: bytes, seed: bytes) -> list[object]:
    chosen = pools.drawn(
        [_leaf(row) for row in _undrawn(grip.draw)], {g.group: g.wanted for g in grip.facts.groups}, seed
    )
    order = tuple(leaf.subject for leaf in chosen)
    grip.row.tie_order = list(order)
    grip.row.save(update_fields=["tie_order"])
    return [
        events.TieDrawn(
            lot=grip.lot.code,
            round=grip.row.round,
            draw=grip.draw.pk,
            turn=grip.facts.turn,
            head=head,
            seed=seed,
            order=order,
        )
    ]


def _member(grip: access.DrawGrip, seat: int, leaf: PoolLeaf, at: datetime) -> Member:
    return Member(
        evaluation=grip.row,
        seat=seat,
        kind=MemberKind.EXPERT,
        state=MemberState.CALLED,
        specialty=leaf.group,
        expert=ExpertCode(leaf.subject),
        person=leaf.person,
        leaf=leaf,
        called_at=at,
    )


def _vacant(grip: access.DrawGrip) -> dict[str, tuple[int, ...]]:
    plan = plan_of(grip.row)
    if plan is None or grip.facts.purpose is not Purpose.COMMITTEE:
        return {}
    rows = Member.objects.filter(evaluation=grip.row).exclude(state=MemberState.VACATED)
    taken = frozenset(rows.values_list("seat", flat=True))
    return {group: seats for group, seats in pools.vacant_seats(plan, taken).items() if group}


def _undrawn(row: Draw) -> list[PoolLeaf]:
    return list(PoolLeaf.objects.filter(draw=row, exclusion="", turn__isnull=True).order_by("leaf"))


def _leaf(row: PoolLeaf) -> pools.Leaf:
    return pools.Leaf(row.group, bytes(row.leaf), bytes(row.salt), row.subject)


def _seed(grip: access.DrawGrip, head: bytes) -> bytes:
    turn = grip.facts.turn
    nonces = {
        giver.party: bytes.fromhex(giver.nonces[turn]) for giver in Giver.objects.filter(draw=grip.draw)
    }
    if turn:
        assert grip.draw.seed is not None, "a later turn follows an earlier seed"
        return lottery.next_seed(bytes(grip.draw.seed), nonces)
    return lottery.seed(
        request=bytes(grip.draw.request_hash),
        pool=bytes(grip.draw.pool_root),
        excluded=bytes(grip.draw.excluded_root),
        head=head,
        nonces=nonces,
    )


def _head(grip: access.DrawGrip) -> bytes:
    """The chain value of the fact that closed the commits: nobody knew it when the nonces were committed."""
    subject = f"draw/{grip.lot.code}/{grip.row.round}"
    closed = [
        fact.height
        for fact in clock.facts(subject=subject, kinds=("commits.closed",))
        if fact.event.draw == grip.draw.pk
    ]
    return clock.entry(closed[-1]).chain


def _is_ripe(grip: access.DrawGrip) -> bool:
    """A coefficient's nonces stay secret until the bids are open."""
    if grip.facts.purpose is not Purpose.COEFFICIENT:
        return True
    return tendering.tender(grip.lot.code, grip.row.round).state is TenderState.OPENED
