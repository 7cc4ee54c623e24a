"""严重失信主体名单的命令: proposed, told, heard, decided, published, ended."""

from datetime import datetime, timedelta

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.instants import local_date
from ggzy.kernel.roles import Permission
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.credit import access, events, queries, rules
from ggzy.registers.credit.lifecycle import LISTING
from ggzy.registers.credit.models import ListEntry
from ggzy.registers.credit.values import Decision, Gravity, Listing, ListState, NewListing


@command
def propose(actor: Actor, new: NewListing, *, at: datetime) -> Receipt:
    """拟列入名单. Raises Forbidden, Refused."""
    access.party_to_mark(actor, new.party, Permission.CREDIT_BAN)
    kind = queries.blacklists().get(new.list)
    rules.may_propose(new, kind, is_listed=queries.is_listed(new.party, new.list)).require()
    row = ListEntry.objects.create(
        code=next_code(new),
        party=new.party,
        name=new.name.strip(),
        list=new.list,
        reason=new.reason.strip(),
        state=ListState.PROPOSED,
        proposed_at=at,
    )
    fact = events.ListingProposed(party=new.party, code=row.code, listing=new)
    return journal.record(fact, actor=actor, at=at)


def next_code(new: NewListing) -> str:
    """条目编号, under the lock of the party."""
    return f"{new.party}-L{ListEntry.objects.filter(party=new.party).count() + 1:03d}"


@command
def notify(actor: Actor, code: str, *, at: datetime) -> Receipt:
    """告知主体: from now on it may be heard (行政处罚法 §44). Raises Forbidden, Missing, Conflict."""
    row = access.listing_to_change(actor, code)
    row.state = LISTING.after(ListState(row.state), "notify")
    days = queries.blacklists()[row.list].hearing_days
    row.hear_until = catalog.calendar().add_workdays(local_date(at), days)
    row.save(update_fields=["state", "hear_until"])
    fact = events.ListingNoticed(party=row.party, code=code, hear_until=row.hear_until)
    return journal.record(fact, actor=actor, at=at)


@command
def plead(actor: Actor, code: str, text: str, *, at: datetime) -> Receipt:
    """陈述申辩, by the subject itself. Raises Forbidden, Missing, Refused."""
    row = access.own_listing(actor, code)
    rules.may_plead(row.facts(), text, local_date(at)).require()
    row.plea = text.strip()
    row.save(update_fields=["plea"])
    fact = events.ListingPleaded(party=row.party, code=code, text=row.plea)
    return journal.record(fact, actor=actor, at=at)


@command
def decide(actor: Actor, code: str, decision: Decision, answer: str = "", *, at: datetime) -> Receipt:
    """决定列入, after the subject was heard. Raises Forbidden, Missing, Refused."""
    row = access.listing_to_change(actor, code)
    rules.may_decide(row.facts(), decision, answer, local_date(at)).require()
    row.state = LISTING.after(ListState(row.state), "decide")
    row.authority, row.document, row.article = decision.authority, decision.document, decision.article
    row.decided_on, row.answer = decision.decided_on, answer.strip()
    row.save(update_fields=["state", "authority", "document", "article", "decided_on", "answer"])
    fact = events.ListingDecided(party=row.party, code=code, decision=decision, answer=row.answer)
    return journal.record(fact, actor=actor, at=at)


@command
def publish(actor: Actor, code: str, *, at: datetime) -> Receipt:
    """公布名单: from today to the end of its term, which no act can lengthen. Raises Refused."""
    row = access.listing_to_change(actor, code)
    facts = row.facts()
    rules.may_publish(facts).require()
    assert facts.decision is not None, "judged as decided"
    row.state = LISTING.after(facts.state, "publish")
    place(row, facts.decision, at)
    row.save(update_fields=["state", "start", "end", "published_at"])
    return journal.record(published(row, facts.decision), actor=actor, at=at)


def place(row: ListEntry, decision: Decision, at: datetime) -> None:
    """公布期限: it begins with the publication and ends with the term counted from the decision."""
    months = queries.blacklists()[row.list].months_max
    row.start, row.published_at = local_date(at), at
    row.end = max(row.start, rules.add_months(decision.decided_on, months) - timedelta(days=1))


def published(row: ListEntry, decision: Decision, source: str = "") -> events.ListingPublished:
    """公布的事实."""
    assert row.start is not None and row.end is not None, "placed before"
    new = NewListing(row.party, row.name, row.list, row.reason)
    return events.ListingPublished(
        party=row.party,
        code=row.code,
        listing=new,
        decision=decision,
        start=row.start,
        end=row.end,
        source=source,
    )


@command
def withdraw_listing(actor: Actor, code: str, reason: str, document: str = "", *, at: datetime) -> Receipt:
    """撤销名单条目 (数据规范 303), or drop what was only proposed. Raises Forbidden, Missing, Refused."""
    row = access.listing_to_change(actor, code)
    return journal.record(withdrawn(row, reason, document, at), actor=actor, at=at)


def withdrawn(row: ListEntry, reason: str, document: str, at: datetime) -> object:
    """撤销条目, and the fact of it: public only where the entry was."""
    facts = row.facts()
    rules.may_end(facts, reason).require()
    close(row, "withdraw", reason, at)
    if facts.state is ListState.PUBLISHED:
        return ended(row, reason, document)
    return events.ListingDropped(party=row.party, code=row.code, reason=row.ended_why)


@command
def repair_listing(actor: Actor, code: str, decision: Decision, reason: str, *, at: datetime) -> Receipt:
    """名单修复: shown, shared and used no more from this moment on. Raises Forbidden, Missing, Refused."""
    row = access.listing_to_change(actor, code)
    may_repair(row.facts(), at)
    close(row, "repair", reason, at)
    return journal.record(ended(row, reason, decision.document), actor=actor, at=at)


def may_repair(facts: Listing, at: datetime) -> None:
    """名单修复条件. Raises Refused."""
    rules.may_repair_listing(facts, queries.terms()[Gravity.SERIOUS], local_date(at)).require()


@command
def expire(actor: Actor, code: str, *, at: datetime) -> Receipt:
    """届满移出, by the clock. The doors no longer ask for it since midnight. Raises Missing, Conflict."""
    row = access.listing_to_expire(code)
    close(row, "expire", "公布期限届满", at)
    return journal.record(ended(row, row.ended_why, ""), actor=actor, at=at)


def close(row: ListEntry, move: str, reason: str, at: datetime) -> None:
    """移出名单. Raises Conflict where the state does not allow it."""
    row.state = LISTING.after(ListState(row.state), move)
    row.ended_at, row.ended_why = at, reason.strip()
    row.save(update_fields=["state", "ended_at", "ended_why"])


def ended(row: ListEntry, reason: str, document: str) -> events.ListingEnded:
    """移出的事实."""
    return events.ListingEnded(
        party=row.party, code=row.code, how=ListState(row.state), reason=reason.strip(), document=document
    )
