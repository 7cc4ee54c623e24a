"""专家库的命令."""

from datetime import date, datetime

from django.db import connection

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import ExpertCode, RegionCode
from ggzy.kernel.instants import add_months, local_date
from ggzy.registers.experts import access, events, queries, rules
from ggzy.registers.experts.lifecycle import EXPERT
from ggzy.registers.experts.models import Expert, ExpertMark, ExpertSpecialty
from ggzy.registers.experts.values import Conduct, ExpertState, NewExpert, NewMark

SERIAL_LOCK = 0x45585052


@command
def register(actor: Actor, new: NewExpert, *, at: datetime) -> Receipt:
    """专家入库. The receipt's subject is "expert/<code>". Raises Refused, Missing."""
    access.register_of(actor, new.region)
    identity.person(new.person)
    is_registered = Expert.objects.filter(person=new.person).exists()
    rules.may_register(new, queries.specialties().keys(), is_registered, local_date(at)).require()
    code = _next_code(new.region)
    Expert.objects.create(
        code=code,
        person=new.person,
        employer=new.employer.strip(),
        region=new.region,
        title=new.title,
        years=new.years,
        state=ExpertState.ACTIVE,
        term_until=new.term_until,
        registered_at=at,
    )
    ExpertSpecialty.objects.bulk_create(
        [ExpertSpecialty(expert_id=code, specialty=specialty) for specialty in new.specialties]
    )
    return journal.record(
        events.ExpertRegistered(
            expert=code,
            person=new.person,
            specialties=new.specialties,
            employer=new.employer.strip(),
            region=new.region,
            title=new.title,
            years=new.years,
            term_until=new.term_until,
        ),
        actor=actor,
        at=at,
    )


@command
def change(actor: Actor, expert: ExpertCode, move: str, reason: str, *, at: datetime) -> Receipt:
    """专家状态变更: `move` is pause, resume or remove. Raises Refused, Conflict, Missing."""
    row = access.expert_to_change(actor, expert)
    rules.may_change(reason).require()
    state = EXPERT.after(ExpertState(row.state), move)
    row.state = state
    row.save(update_fields=["state"])
    return journal.record(
        events.ExpertChanged(expert=expert, state=state, reason=reason.strip()), actor=actor, at=at
    )


@command
def move(actor: Actor, expert: ExpertCode, employer: str, *, at: datetime) -> Receipt:
    """专家工作单位变更: recusals follow the employer. Raises Refused, Missing."""
    row = access.expert_to_change(actor, expert)
    rules.may_move(employer).require()
    row.employer = employer.strip()
    row.save(update_fields=["employer"])
    return journal.record(events.ExpertMoved(expert=expert, employer=employer.strip()), actor=actor, at=at)


@command
def mark(actor: Actor, new: NewMark, *, at: datetime) -> Receipt:
    """记入专家信用记录; a sanction bars from every draw and sitting at once. Raises Refused, Missing."""
    expert = access.expert_to_mark(actor, new.expert)
    conduct = queries.conducts().get(new.conduct)
    kept = ExpertMark.objects.filter(expert=expert)
    rules.may_mark(
        new,
        conduct,
        is_known=kept.filter(authority=new.authority, document=new.document).exists(),
        latest=_latest(new, conduct),
        today=local_date(at),
    ).require()
    row = ExpertMark.objects.create(
        code=f"{new.expert}-C{kept.count() + 1:03d}",
        expert=expert,
        kind=new.kind,
        text=new.text,
        authority=new.authority,
        document=new.document,
        decided_on=new.decided_on,
        conduct=new.conduct,
        article=conduct.article if conduct else "",
        start=new.start,
        end=new.end,
        lot=new.lot,
        marked_at=at,
    )
    return journal.record(events.ExpertMarked(expert=new.expert, code=row.code, mark=new), actor=actor, at=at)


def _latest(new: NewMark, conduct: Conduct | None) -> date | None:
    if conduct is None or conduct.permanent or new.start is None:
        return None
    return add_months(new.start, conduct.months_max)


@command
def clear(actor: Actor, code: str, reason: str, document: str, *, at: datetime) -> Receipt:
    """提前解除对专家的禁止. Raises Refused, Missing."""
    row = access.mark_to_clear(actor, code)
    rules.may_clear(row.facts(), reason, document).require()
    row.lifted_at = at
    row.save(update_fields=["lifted_at"])
    fact = events.ExpertCleared(
        expert=ExpertCode(row.expert_id), code=code, reason=reason.strip(), document=document.strip()
    )
    return journal.record(fact, actor=actor, at=at)


def _next_code(region: RegionCode) -> ExpertCode:
    """取号: one registration at a time per region, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [SERIAL_LOCK, int(region)])
    return ExpertCode.make(region=region, serial=Expert.objects.filter(region=region).count() + 1)
