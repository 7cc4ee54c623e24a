"""合同登记的导入: contracts become facts, and those that should have been traded here become alerts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Conflict
from ggzy.oversight.alerts import events, indicators, queries, rules
from ggzy.oversight.alerts.models import Alert, AlertParty, ContractEntry, FindingRow
from ggzy.oversight.alerts.rules import looking
from ggzy.oversight.alerts.rules.register import entry_id
from ggzy.oversight.alerts.values.alerts import Found
from ggzy.oversight.alerts.values.register import Entry, Traded
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.catalog.values import Classification, Subject
from ggzy.registers.catalog.values import Entry as Entering
from ggzy.trading.projects import queries as projects

MODEL = "B35"


@command
def report_contracts(actor: Actor, entries: Sequence[Entry], *, at: datetime) -> Receipt:
    """合同登记. Whoever holds the machine brings the register's table. Raises Conflict if all are known already."""
    new = _unknown(entries)
    if not new:
        raise Conflict("这份表中的合同都已经登记过")
    found = {key: _found(key, entry, at) for key, entry in new.items()}
    ContractEntry.objects.bulk_create([_row(key, entry, found[key], at) for key, entry in new.items()], 500)
    for key, one in found.items():
        if isinstance(one, Found):
            _raise(one, new[key], at)
    return journal.record_all([_reported(key, entry) for key, entry in new.items()], actor=actor, at=at)


def _unknown(entries: Sequence[Entry]) -> dict[str, Entry]:
    by_id = {entry_id(entry): entry for entry in entries}
    rows = ContractEntry.objects.select_for_update().filter(pk__in=by_id)
    for pk in rows.values_list("pk", flat=True):
        del by_id[pk]
    return by_id


def _found(key: str, entry: Entry, at: datetime) -> Found | str:
    """发现, or the word why there is none: apart from the platform's business, or matched."""
    if _class(entry).kind is not Entering.MUST:
        return "apart"
    model = indicators.models()[MODEL]
    assert model.compare is not None
    finding = model.compare(entry, _lots(entry), queries.params(model.indicator, entry.region))
    return looking.as_found(model, finding, at, lot=None, note_key=key) if finding else "matched"


def _class(entry: Entry) -> Classification:
    subject = Subject(entry.category, entry.nature, entry.amount, entry.region)
    return catalog.classify(subject, entry.signed_on)


def _lots(entry: Entry) -> tuple[Traded, ...]:
    lots = projects.lots(owner=entry.owner)
    return tuple(
        Traded(lot=one.code, title=f"{one.project_title} {one.title}", amount=one.estimate) for one in lots
    )


def _row(key: str, entry: Entry, found: Found | str, at: datetime) -> ContractEntry:
    return ContractEntry(
        id=key,
        number=entry.number,
        owner=entry.owner,
        title=entry.title,
        amount=entry.amount,
        signed_on=entry.signed_on,
        lot=entry.lot,
        verdict=found if isinstance(found, str) else "alerted",
        reported_at=at,
    )


def _reported(key: str, entry: Entry) -> events.ContractReported:
    return events.ContractReported(
        entry=key,
        number=entry.number,
        owner=entry.owner,
        title=entry.title,
        amount=entry.amount,
        signed_on=entry.signed_on,
        supplier=entry.supplier,
        category=entry.category,
        nature=entry.nature,
        region=entry.region,
        lot=entry.lot,
    )


def _raise(found: Found, entry: Entry, at: datetime) -> None:
    """产生预警: one per contract; the clock tells it to the journal as any other."""
    of = _class(entry)
    alert = Alert(
        code=rules.alert_code(found),
        indicator=found.indicator,
        version=indicators.models()[found.indicator].indicator.version,
        group=rules.group(found),
        grade=found.grade.value,
        lot=None,
        region=entry.region,
        category=of.category,
        authority=of.authority,
        sentence=found.sentence,
        raised_at=at,
        changed_at=at,
    )
    alert.save(force_insert=True)
    AlertParty.objects.bulk_create([AlertParty(alert=alert, party=party) for party in sorted(found.parties)])
    FindingRow.of(replace(found, alert=alert.code), entry.region, of.category).save(force_insert=True)
