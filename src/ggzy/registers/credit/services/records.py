"""信用库的命令: recorded and repaired, banned and lifted; each by a supervisor, each on a decision."""

from dataclasses import asdict
from datetime import datetime

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.instants import local_date
from ggzy.kernel.roles import Permission
from ggzy.registers.credit import access, events, queries, rules
from ggzy.registers.credit.models import CreditRecord, MarketBan
from ggzy.registers.credit.values import Decision, Gravity, NewBan, NewRecord
from ggzy.registers.parties import queries as parties


@command
def record(actor: Actor, new: NewRecord, *, at: datetime) -> Receipt:
    """记入信用记录. Raises Forbidden, Refused."""
    access.party_to_mark(actor, new.party, Permission.CREDIT_RECORD)
    entries = CreditRecord.objects.filter(party=new.party)
    rules.may_record(
        new,
        is_registered=parties.is_registered(new.party),
        is_known=entries.filter(authority=new.decision.authority, document=new.decision.document).exists(),
        today=local_date(at),
        is_topic_known=not new.topic or queries.model().item(new.topic) is not None,
    ).require()
    return journal.record(entered(new, at), actor=actor, at=at)


def entered(new: NewRecord, at: datetime) -> object:
    """记入一条记录, under the lock of its party; the fact of it."""
    entries = CreditRecord.objects.filter(party=new.party)
    row = CreditRecord.objects.create(
        code=f"{new.party}-R{entries.count() + 1:03d}",
        party_id=new.party,
        kind=new.kind.value,
        gravity=new.gravity.value if new.gravity else "",
        title=new.title,
        text=new.text,
        lot=new.lot,
        topic=new.topic,
        recorded_at=at,
        shown_until=rules.shown_until(new, queries.terms()[new.gravity] if new.gravity else None),
        **asdict(new.decision),
    )
    fact = events.CreditNoted if new.gravity is Gravity.MINOR else events.CreditRecorded
    return fact(party=new.party, code=row.code, record=new)


@command
def repair(actor: Actor, code: str, decision: Decision, text: str, *, at: datetime) -> Receipt:
    """信用修复: from now on neither shown nor used. Raises Forbidden, Missing, Refused."""
    row = access.record_to_repair(actor, code)
    facts = row.facts()
    term = queries.terms()[facts.gravity] if facts.gravity else None
    ours = queries.by_recorder(actor, facts.decision, decision)
    (rules.may_repair(facts, term, decision, text, local_date(at)) & ours).require()
    row.repaired_on = local_date(at)
    row.save(update_fields=["repaired_on"])
    fact = events.CreditRepaired(party=facts.party, code=code, decision=decision, text=text)
    return journal.record(fact, actor=actor, at=at)


@command
def ban(actor: Actor, new: NewBan, *, at: datetime) -> Receipt:
    """公布市场禁入. Raises Forbidden, Refused."""
    access.party_to_mark(actor, new.party, Permission.CREDIT_BAN)
    entries = MarketBan.objects.filter(party=new.party)
    ground = queries.grounds().get(new.ground)
    rules.may_ban(
        new,
        ground,
        is_registered=parties.is_registered(new.party),
        is_known=entries.filter(authority=new.decision.authority, document=new.decision.document).exists(),
        today=local_date(at),
    ).require()
    assert ground is not None, "a ban without a ground has been refused"
    row = MarketBan.objects.create(
        code=f"{new.party}-B{entries.count() + 1:03d}",
        party_id=new.party,
        ground=new.ground,
        scope=ground.scope.value,
        region=new.region,
        start=new.start,
        end=new.end,
        imposed_at=at,
        **asdict(new.decision),
    )
    return journal.record(events.BanImposed(party=new.party, code=row.code, ban=new), actor=actor, at=at)


@command
def lift(actor: Actor, code: str, decision: Decision, text: str, *, at: datetime) -> Receipt:
    """提前解除市场禁入. Raises Forbidden, Missing, Refused."""
    row = access.ban_to_lift(actor, code)
    facts = row.facts()
    ours = queries.by_recorder(actor, facts.decision, decision)
    (rules.may_lift(facts, decision, text, at) & ours).require()
    row.lifted_at = at
    row.save(update_fields=["lifted_at"])
    fact = events.BanLifted(party=facts.party, code=code, decision=decision, text=text, until=local_date(at))
    return journal.record(fact, actor=actor, at=at)
