"""盯着事实: each fact moves its lot's record, the models that care look, and what they find is kept.

The way is the same fact by fact and in bulk: the moments of looking are those of the facts and of the limits
that fall between them, never those of the machine.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.journal.values import Fact
from ggzy.kernel.codes import LotCode
from ggzy.oversight.alerts import indicators, rules
from ggzy.oversight.alerts.models import Alert, FindingRow, NoteRow, Run, Skipped, Watch
from ggzy.oversight.alerts.services.shelf import Desk, Shelf
from ggzy.oversight.alerts.values import Grade, Model
from ggzy.oversight.alerts.values.alerts import Found
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.dossier import queries as dossier
from ggzy.trading.dossier.values.record import LotRecord

PULSE_SECONDS = 10.0
FLUSH_EVERY = 2_000
# Facts that move limits: whoever looks at one lot looks again.
MOVERS = frozenset(
    {"lot.suspended", "lot.resumed", "lot.terminated", "clock.paused", "clock.unpaused", "round.begun"}
)


class Watcher:
    """盯着的人: one for a process; what it keeps in memory is checked against the rows."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self.shelf = shelf or Shelf()
        self._pulsed = -PULSE_SECONDS
        self._unsettled: int | None = None
        self.is_in_batch = False

    def enter(self) -> None:
        """进入事务: what one that never came to its commit left in memory is forgotten."""
        now = _transaction()
        if self._unsettled not in (None, now):
            self.shelf = Shelf()
        if self._unsettled != now:
            self._unsettled = now
            transaction.on_commit(self._settle)

    def _settle(self) -> None:
        self._unsettled = None

    def hear(self, fact: Fact) -> None:
        """听到一条事实. What was heard before changes nothing."""
        desk = self.shelf.desk(LotCode(fact.event.lot))
        if desk.record is not None and fact.height <= desk.height:
            return
        self.look_until(desk, fact.at)
        is_new = desk.record is None
        desk.record = self._moved(desk, fact)
        if desk.record is not None:
            is_changed = self._look(desk, fact.at, fact.kind)
            self.shelf.keep(desk, is_changed=is_new or is_changed)

    def _moved(self, desk: Desk, fact: Fact) -> LotRecord | None:
        """The record after the fact; from the row one reads along what was heard and left no trace there."""
        if not desk.is_behind:
            return dossier.follow_record(desk.record, fact)
        desk.is_behind = False
        return dossier.record(desk.lot, desk.record, until=fact.height)

    def look_until(self, desk: Desk, until: datetime) -> None:
        """到期再看: every moment that fell due before `until`, each as of itself."""
        while desk.record is not None and desk.look_at is not None and desk.look_at <= until:
            at = desk.look_at
            for code in [code for code, due in desk.looks.items() if due == at]:
                del desk.looks[code]
                if code in indicators.models():
                    self._inspect(desk, desk.record, indicators.models()[code], at)
            self.shelf.keep(desk)

    def pulse(self) -> None:
        """留下运行的痕迹, not more often than anybody looks."""
        if time.monotonic() - self._pulsed < PULSE_SECONDS:
            return
        self._pulsed, at = time.monotonic(), journal.now()
        Run.objects.bulk_create(
            [Run(indicator=code, last_at=at) for code in indicators.models()],
            update_conflicts=True,
            unique_fields=["indicator"],
            update_fields=["last_at"],
        )

    def _look(self, desk: Desk, at: datetime, kind: str) -> bool:
        """每个关心的模型看一眼; whether anything came of it."""
        record, is_changed = desk.record, False
        assert record is not None
        for model in indicators.models().values():
            cares = not model.indicator.kinds or kind in model.indicator.kinds
            if model.inspect is not None and (cares or kind in MOVERS):
                is_changed |= self._inspect(desk, record, model, at)
            elif model.collect is not None and cares:
                is_changed |= self._note(desk, record, model, at)
        return is_changed

    def _inspect(self, desk: Desk, record: LotRecord, model: Model, at: datetime) -> bool:
        params = self.shelf.params(model.indicator, record.registered.region, at)
        looked = rules.look(model, record, params, at)
        is_changed = self.shelf.skip(desk, model.code, looked.error, at)
        if looked.error:
            return is_changed
        is_changed |= desk.looks.pop(model.code, None) != looked.again
        if looked.again is not None:
            desk.looks[model.code] = looked.again
        known = [one for one in desk.found.values() if one.indicator == model.code]
        kept = self._keep(known, looked.found, record, at)
        desk.found.update(kept)
        return is_changed or bool(kept)

    def _note(self, desk: Desk, record: LotRecord, model: Model, at: datetime) -> bool:
        notes, error = rules.collect(model, record)
        is_changed = self.shelf.skip(desk, model.code, error, at)
        if error:
            return is_changed
        params = self.shelf.params(model.indicator, record.registered.region, at)
        keys = self.shelf.renote(desk, model.code, notes)
        for key in sorted(keys):
            now = rules.conclude(model, key, self.shelf.notes(model.code, key), params)
            self._keep(self.shelf.found_of(model.code, key), now, record, at)
        return is_changed or bool(keys)

    def _keep(
        self, known: Sequence[Found], now: Sequence[Found], record: LotRecord, at: datetime
    ) -> dict[str, Found]:
        """记下有变的发现, by their names; what a decided alert rests on stays as it was."""
        before, kept = {one.uid: one for one in known}, {}
        for changed in rules.merged(known, now, at):
            old = before.get(changed.uid)
            of = self.shelf.standing(old.alert) if old is not None and old.alert else None
            for found in rules.carried(old, changed, of, at):
                kept[found.uid] = self._put(found, record, at)
        return kept

    def _put(self, found: Found, record: LotRecord, at: datetime) -> Found:
        if rules.raises(found) and not found.alert:
            found = self._put_to_alert(found, record, at)
        elif rules.raises(found) and not (found.is_suppressed or found.is_past):
            self.shelf.widen(found.alert, found.parties)
        self.shelf.put(found, record)
        return found

    def _put_to_alert(self, found: Found, record: LotRecord, at: datetime) -> Found:
        group = _group(found)
        code, is_answered = rules.answered(found, self.shelf.standings(group), at)
        code = code or rules.alert_code(found)
        known = next((one for one in self.shelf.group(group) if one.code == code), None)
        if known is None:
            self.shelf.put_alert(_alert(found, record, code, group, at), found.parties)
        elif not is_answered:
            if rules.RANK[found.grade] > rules.RANK[Grade(known.grade)]:
                known.grade = found.grade.value
            known.changed_at = max(known.changed_at, at)
            self.shelf.put_alert(known, found.parties)
        return rules.put(found, code, is_answered)


def _group(found: Found) -> str:
    return rules.group(found, indicators.models()[found.indicator].circle)


def _alert(found: Found, record: LotRecord, code: str, group: str, at: datetime) -> Alert:
    registered = record.registered
    return Alert(
        code=code,
        indicator=found.indicator,
        version=indicators.models()[found.indicator].indicator.version,
        group=group,
        grade=found.grade.value,
        lot=found.lot,
        region=registered.region,
        category=registered.category,
        authority=_authority(found.lot, registered.category),
        sentence=found.sentence,
        raised_at=at,
        changed_at=at,
    )


def _authority(lot: LotCode | None, category: str) -> str:
    """监督部门 by the catalogue: of the lot's own trade, or of the category."""
    return (catalog.authority(lot.category) if lot else "") or catalog.authority(category)


def _transaction() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT txid_current()")
        number: int = cursor.fetchone()[0]
    return number


WATCHER = Watcher()
"""This process's own."""


def settle(fact: Fact) -> None:
    """听到参数有变."""
    WATCHER.shelf.forget_settings()


@contextmanager
def batch() -> Iterator[None]:
    """一批事实 that one transaction passes on: what they change is written once, before it ends."""
    if WATCHER.is_in_batch:
        yield
        return
    WATCHER.enter()
    WATCHER.is_in_batch = True
    try:
        yield
        WATCHER.shelf.flush()
        WATCHER.pulse()
    except BaseException:
        WATCHER.shelf = Shelf()  # what it remembers may never have been written
        raise
    finally:
        WATCHER.is_in_batch = False


def hear(fact: Fact) -> None:
    """听到一条事实, live: looked at and written in the transaction that passes it on."""
    with batch():
        WATCHER.hear(fact)


def look_again(lot: LotCode, at: datetime) -> None:
    """到期再看一个标段: facts that have not been passed on yet come first."""
    with transaction.atomic():
        watcher = Watcher()
        desk = watcher.shelf.desk(lot)
        for fact in dossier.facts_of(lot, dossier.told_kinds(), after=desk.height):
            watcher.hear(fact)
        watcher.look_until(watcher.shelf.desk(lot), at)
        watcher.shelf.flush()


def look_at_all(at: datetime) -> int:
    """全部重看: forgets what was found and hears every fact from the first; alerts and decisions stay.

    Gives the number of facts. What was told to the journal is not told again.

    One transaction, not one for each chunk of lots: a model over many lots concludes at each note in the order of
    the journal, which no chunk knows, and between two chunks a supervisor would see half of what was found. What it
    costs is memory for the notes and findings of every key; docs/benchmarks.md has it measured.
    """
    with transaction.atomic():
        Watch.objects.select_for_update().count()
        of_entries = [code for code, model in indicators.models().items() if model.compare is not None]
        FindingRow.objects.exclude(indicator__in=of_entries).delete()
        for table in (NoteRow, Skipped, Watch):
            table.objects.all().delete()
        told = {uid for fact in journal.facts(prefix="alert/") for uid in _uids(fact)}
        watcher, heard = Watcher(Shelf(told, is_alone=True)), 0
        for fact in journal.facts(kinds=dossier.told_kinds()):
            watcher.hear(fact)
            heard += 1
            if heard % FLUSH_EVERY == 0:
                watcher.shelf.flush()
        watcher.shelf.flush()
        for lot in list(Watch.objects.filter(look_at__lte=at).values_list("lot", flat=True)):
            watcher.look_until(watcher.shelf.desk(lot), at)
        watcher.shelf.flush()
        watcher.pulse()
        return heard


def _uids(fact: Fact) -> tuple[str, ...]:
    if fact.kind == "alert.raised":
        uids: tuple[str, ...] = fact.event.findings
        return uids
    return (fact.event.finding,) if fact.kind == "alert.extended" else ()
