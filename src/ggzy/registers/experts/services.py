"""专家库的命令."""

from datetime import datetime

from django.db import connection

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import ExpertCode, RegionCode
from ggzy.kernel.instants import local_date
from ggzy.registers.experts import access, events, queries, rules
from ggzy.registers.experts.lifecycle import EXPERT
from ggzy.registers.experts.models import Expert, ExpertSpecialty
from ggzy.registers.experts.values import ExpertState, NewExpert

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


def _next_code(region: RegionCode) -> ExpertCode:
    """取号: one registration at a time per region, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [SERIAL_LOCK, int(region)])
    return ExpertCode.make(region=region, serial=Expert.objects.filter(region=region).count() + 1)
