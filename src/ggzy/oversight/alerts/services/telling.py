"""留痕: what the watcher found becomes facts, by the clock and before anybody acts on it."""

from dataclasses import replace
from datetime import datetime

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Receipt
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Conflict
from ggzy.oversight.alerts import events
from ggzy.oversight.alerts.models import Alert, FindingRow


@command
def tell(actor: Actor, code: str, *, at: datetime) -> Receipt:
    """预警入留痕: the alert with all it was raised for, or what was found since. Raises Conflict if all is told."""
    row = Alert.objects.select_for_update().get(pk=code)
    receipt = tell_row(actor, row, at)
    if receipt is None:
        raise Conflict("这项预警已经留痕")
    return receipt


def tell_row(actor: Actor, row: Alert, at: datetime) -> Receipt | None:
    """The part a command of handling begins with; None where nothing is left to tell."""
    new = list(
        FindingRow.objects.filter(alert=row, is_told=False, is_suppressed=False).order_by("first_at", "uid")
    )
    late = set(row.parties.filter(is_told=False).values_list("party", flat=True))
    if row.height is None:
        facts: list[object] = [_raised(row, new)]
    else:
        facts = [*(_extended(row, one) for one in new), *_widened(row, late, new)]
    if not facts:
        return None
    receipt = journal.record_all(facts, actor=actor, at=at)
    if row.height is None:
        row.height = receipt.height
        row.save(update_fields=["height"])
    FindingRow.objects.filter(pk__in=[one.pk for one in new]).update(is_told=True)
    row.parties.filter(party__in=late).update(is_told=True)
    return receipt


def _raised(row: Alert, found: list[FindingRow]) -> events.AlertRaised:
    return events.AlertRaised(
        alert=row.code,
        indicator=row.indicator,
        version=row.version,
        grade=row.grade,
        lot=row.lot or "",
        parties=tuple(sorted(row.parties.values_list("party", flat=True))),
        region=row.region,
        category=row.category,
        group=row.group,
        sentence=row.sentence,
        evidence=tuple(line for one in found for line in _lines(one)),
        findings=tuple(sorted(one.uid for one in found)),
        found_at=row.raised_at,
    )


def _extended(row: Alert, found: FindingRow) -> events.AlertExtended:
    return events.AlertExtended(
        alert=row.code,
        finding=found.uid,
        grade=row.grade,
        sentence=found.sentence,
        evidence=tuple(_lines(found)),
        found_at=found.first_at,
        parties=tuple(sorted(found.parties)),
    )


def _widened(row: Alert, late: set[str], new: list[FindingRow]) -> list[events.AlertExtended]:
    """增加的主体 of what was told before: its finding is told again, with all it names and has named since."""
    missing = late - {party for one in new for party in one.parties}
    told = FindingRow.objects.filter(alert=row, is_told=True, is_suppressed=False).order_by("first_at", "uid")
    if not missing or not told:
        return []
    bearer = max(told, key=lambda one: len(missing & set(one.parties)))
    return [replace(_extended(row, bearer), parties=tuple(sorted({*bearer.parties, *missing})))]


def _lines(found: FindingRow) -> list[tuple[str, str]]:
    return [(one.label, one.text) for one in found.facts().evidence]
