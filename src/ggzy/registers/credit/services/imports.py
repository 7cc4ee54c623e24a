"""导入: lists and decisions that other authorities have published, taken in as they are."""

from datetime import datetime

from ggzy.foundation.identity import queries as identity
from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.instants import local_date
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Reason, Refused
from ggzy.registers.credit import access, queries
from ggzy.registers.credit.lifecycle import LISTING
from ggzy.registers.credit.models import ListEntry
from ggzy.registers.credit.services.lists import next_code, published
from ggzy.registers.credit.services.records import entered
from ggzy.registers.credit.values import ListState, NewListing, NewRecord, Row

NOTHING = Reason("nothing_new", "文件中没有可以导入的新条目")


@command
def import_entries(actor: Actor, text: str, source: str, *, at: datetime) -> Receipt:
    """导入名单和决定, all that is right and new; what is wrong is told by `queries.screened`.

    Who decided has heard the subject and published already: the entry is published here at once.
    Raises Forbidden, Refused.
    """
    identity.permit(actor, Permission.CREDIT_RECORD)
    for party in sorted({row.party for row in queries.screened(text, at).ready}):
        access.party_to_mark(actor, party, Permission.CREDIT_BAN)
    ready = queries.screened(text, at).ready
    if not ready:
        raise Refused([NOTHING])
    facts = [_listed(row, source, at) if row.list else _recorded(row, at) for row in ready]
    return journal.record_all(facts, actor=actor, at=at)


def _listed(row: Row, source: str, at: datetime) -> object:
    new = NewListing(row.party, row.name, row.list, row.text)
    assert row.end is not None, "read with its end"
    entry = ListEntry.objects.create(
        code=next_code(new),
        party=row.party,
        name=row.name,
        list=row.list,
        reason=row.text,
        state=LISTING.after(ListState.PROPOSED, "import"),
        proposed_at=at,
        authority=row.decision.authority,
        document=row.decision.document,
        article=row.decision.article,
        decided_on=row.decision.decided_on,
        start=local_date(at),
        end=row.end,
        published_at=at,
    )
    return published(entry, row.decision, source)


def _recorded(row: Row, at: datetime) -> object:
    assert row.kind is not None, "read as a record"
    title = f"{row.kind.label}（{row.decision.document}）"
    return entered(NewRecord(row.party, row.kind, title, row.text, row.decision, row.gravity), at)
