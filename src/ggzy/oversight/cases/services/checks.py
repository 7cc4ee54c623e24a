"""双随机抽查的命令: planned, committed, revealed, drawn; recused, recorded, published, checked again."""

import secrets
from datetime import date, datetime

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.journal import queries as journal_queries
from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel import canon, draw
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.digest import function
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.instants import local_date
from ggzy.kernel.roles import Permission, Role
from ggzy.oversight.cases import access, events
from ggzy.oversight.cases.lifecycle import CHECK
from ggzy.oversight.cases.models import Check, CheckGiver, CheckLeaf, CheckResult
from ggzy.oversight.cases.queries import checks as queries
from ggzy.oversight.cases.rules import checks as rules
from ggzy.oversight.cases.values.checks import INSPECTOR, CheckFacts, CheckState, Finding
from ggzy.oversight.powers.services import under
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.credit import queries as credit_queries
from ggzy.registers.credit import services as credit
from ggzy.registers.credit.values import Decision, Gravity, NewRecord, RecordKind
from ggzy.registers.parties import queries as parties

GIVERS = {Role.SUPERVISOR: "supervisor", Role.OPERATOR: "centre", Role.INSPECTOR: "inspector"}


@command
@under("check.plan")
def plan_check(actor: Actor, item: str, region: RegionCode, *, at: datetime) -> Receipt:
    """抽查计划: item, libraries and seats are fixed and published before anybody commits a nonce."""
    identity.permit(actor, Permission.CHECK_RUN)
    if not actor.region.contains(region):
        raise Forbidden("抽查的行政区划不在您的监督范围内")
    known = queries.items().get(item)
    library, excluded = queries.objects(known, region, at) if known else ([], [])
    tickets = credit_queries.all_tickets([code for _, code, _ in library], at)
    pool = [
        rules.leaf(risk, code, name, secrets.token_bytes(draw.SIZE), tickets[code])
        for risk, code, name in library
    ]
    team = queries.inspectors(region)
    pool += [rules.leaf(INSPECTOR, person, name, secrets.token_bytes(draw.SIZE)) for person, name in team]
    rules.may_plan(known, pool).require()
    seats = rules.seats_of(pool, queries.shares())
    sha = function("sha256")
    out = [sha(canon.dumps({"excluded": str(code)})) for code in excluded] or [sha(rules.NOBODY)]
    code = access.numbered("CC", region, local_date(at).year, Check)
    request = sha(canon.dumps({"check": code, "item": item, "region": str(region)}))
    pool_root, excluded_root = draw.root([one.leaf for one in pool]), draw.root(out)
    row = Check.objects.create(
        code=code,
        item=item,
        region=region,
        authority=parties.name(actor.organisation) if actor.organisation else "行政监督部门",
        state=CHECK.start,
        planned_at=at,
        request=request,
        pool_root=pool_root,
        excluded_root=excluded_root,
        seats=[[one.group, one.pool, one.wanted] for one in seats],
    )
    CheckLeaf.objects.bulk_create([CheckLeaf(check_row=row, **vars(one)) for one in pool])
    fact = events.CheckPlanned(
        check=code,
        item=item,
        region=region,
        authority=row.authority,
        request=request,
        pool_root=pool_root,
        excluded_root=excluded_root,
        seats=seats,
        leaves=tuple(one.leaf for one in pool),
        weights=tuple(one.weight for one in pool),
    )
    return journal.record(fact, actor=actor, at=at)


@command
@under("check.commit")
def commit_check(actor: Actor, code: str, commitment: bytes, *, at: datetime) -> Receipt:
    """提交随机数承诺, by the supervisor, the centre or the inspectors."""
    row, found, party = _giving(actor, code, at)
    rules.may_commit(found, party, commitment).require()
    CheckGiver.objects.create(check_row=row, party=party, commitment=commitment)
    fact = events.CheckCommitted(check=code, party=party, commitment=commitment)
    return journal.record(fact, actor=actor, at=at)


@command
@under("check.close")
def close_check(actor: Actor, code: str, *, at: datetime) -> Receipt:
    """截止承诺."""
    row, found = _running(actor, code, at)
    rules.may_close(found).require()
    _move(row, "close")
    fact = events.CheckClosed(check=code, parties=tuple(one.party for one in found.givers))
    return journal.record(fact, actor=actor, at=at)


@command
@under("check.reveal")
def reveal_check(actor: Actor, code: str, nonce: bytes, *, at: datetime) -> Receipt:
    """公开随机数."""
    row, found, party = _giving(actor, code, at)
    rules.may_reveal(found, party, nonce).require()
    CheckGiver.objects.filter(check_row=row, party=party).update(nonce=nonce)
    return journal.record(events.CheckRevealed(check=code, party=party, nonce=nonce), actor=actor, at=at)


@command
@under("check.draw")
def draw_check(actor: Actor, code: str, *, at: datetime) -> Receipt:
    """抽取对象和检查人员. The lowest tickets; anyone can run it again from the public facts."""
    row, found = _running(actor, code, at)
    rules.may_draw(found).require()
    closed = next(journal_queries.facts(subject=f"check/{code}", kinds=("check.closed",)))
    head = journal_queries.entry(closed.height).chain
    row.seed, row.head = rules.seed_of(found, head), head
    pool = [one.value() for one in CheckLeaf.objects.filter(check_row=row)]
    chosen = rules.drawn(pool, found.seats, row.seed)
    for one in chosen:
        CheckLeaf.objects.filter(check_row=row, group=one.group, subject=one.subject).update(is_drawn=True)
    CheckResult.objects.bulk_create(
        CheckResult(check_row=row, party=one.subject, name=one.name, risk=one.group)
        for one in chosen
        if one.group != INSPECTOR
    )
    _move(row, "draw", "seed", "head")
    fact = events.CheckDrawn(check=code, head=head, seed=row.seed, drawn=chosen)
    return journal.record(fact, actor=actor, at=at)


@command
@under("check.recuse")
def recuse_inspector(actor: Actor, code: str, inspector: str, reason: str, *, at: datetime) -> Receipt:
    """检查人员回避: the next lowest ticket takes the place, so that nobody chooses the successor."""
    row, found = _running(actor, code, at)
    pool = [one.value() for one in CheckLeaf.objects.filter(check_row=row)]
    following = rules.successor(pool, found) if found.seed is not None else None
    rules.may_recuse(found, inspector, reason, following is not None).require()
    assert following is not None, "somebody is left"
    row.recused = [*row.recused, inspector]
    row.save(update_fields=["recused"])
    CheckLeaf.objects.filter(check_row=row, group=INSPECTOR, subject=following.subject).update(is_drawn=True)
    fact = events.InspectorRecused(
        check=code, inspector=inspector, reason=reason.strip(), successor=following
    )
    return journal.record(fact, actor=actor, at=at)


@command
@under("check.result")
def record_result(
    actor: Actor,
    code: str,
    party: CreditCode,
    finding: Finding,
    text: str,
    rectify_by: date | None = None,
    *,
    at: datetime,
) -> Receipt:
    """登记检查结果."""
    row, found = _running(actor, code, at)
    rules.may_record(found, party, finding, text, rectify_by).require()
    CheckResult.objects.filter(check_row=row, party=party).update(
        finding=finding, text=text.strip(), rectify_by=rectify_by, recorded_at=at
    )
    row.publish_by = rules.publish_by(local_date(at), catalog.calendar())
    row.save(update_fields=["publish_by"])
    fact = events.ResultRecorded(
        check=code, party=party, finding=finding, text=text.strip(), rectify_by=rectify_by
    )
    return journal.record(fact, actor=actor, at=at)


@command
@under("check.publish")
def publish_check(actor: Actor, code: str, *, at: datetime) -> Receipt:
    """公开检查结果, within twenty working days; what had to be put right is noted in the credit register."""
    row, found = _running(actor, code, at)
    rules.may_publish(found).require()
    row.published_at = at
    _move(row, "publish", "published_at")
    for one in found.results:
        if one.finding is Finding.RECTIFY:
            credit.record(actor, _noted(found, one.party, one.text, local_date(at)), at=at)
    is_late = found.publish_by is not None and local_date(at) > found.publish_by
    results = tuple((one.party, one.finding) for one in found.results if one.finding)
    return journal.record(
        events.CheckPublished(check=code, results=results, is_late=is_late), actor=actor, at=at
    )


@command
@under("check.recheck")
def recheck(actor: Actor, code: str, party: CreditCode, text: str, *, at: datetime) -> Receipt:
    """登记整改复查."""
    row, found = _running(actor, code, at)
    rules.may_recheck(found, party, text).require()
    CheckResult.objects.filter(check_row=row, party=party).update(recheck=text.strip())
    fact = events.ResultRechecked(check=code, party=party, text=text.strip())
    return journal.record(fact, actor=actor, at=at)


@command
@under("check.abandon")
def abandon_check(actor: Actor, code: str, reason: str, *, at: datetime) -> Receipt:
    """中止抽查, before the draw and openly."""
    row, found = _running(actor, code, at)
    rules.may_abandon(found, reason).require()
    _move(row, "abandon")
    return journal.record(events.CheckAbandoned(check=code, reason=reason.strip()), actor=actor, at=at)


def _running(actor: Actor, code: str, at: datetime) -> tuple[Check, CheckFacts]:
    identity.permit(actor, Permission.CHECK_RUN)
    row = queries.row_of(Check.objects.select_for_update(), code)
    if not actor.region.contains(row.region):
        raise Missing(queries.NO_CHECK)
    return row, queries.facts_of(row, at)


def _giving(actor: Actor, code: str, at: datetime) -> tuple[Check, CheckFacts, str]:
    identity.permit(actor, Permission.CHECK_COMMIT)
    row = queries.row_of(Check.objects.select_for_update(), code)
    if not actor.region.contains(row.region):
        raise Missing(queries.NO_CHECK)
    return row, queries.facts_of(row, at), GIVERS[actor.role]


def _noted(found: CheckFacts, party: CreditCode, text: str, on: date) -> NewRecord:
    return NewRecord(
        party=party,
        kind=RecordKind.BREACH,
        title=f"双随机抽查责令整改：{found.item.name}",
        text=text,
        decision=Decision(found.authority, found.code, found.item.basis, on),
        gravity=Gravity.MINOR,
    )


def _move(row: Check, move: str, *fields: str) -> None:
    row.state = CHECK.after(CheckState(row.state), move)
    row.save(update_fields=["state", *fields])
