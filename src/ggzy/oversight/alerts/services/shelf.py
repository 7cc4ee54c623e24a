"""书架: what the watcher has in its hands between the journal and the rows; `flush` writes what changed."""

import secrets
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from ggzy.kernel.codes import LotCode, RegionCode
from ggzy.kernel.events import instant_of, instant_text
from ggzy.oversight.alerts import rules
from ggzy.oversight.alerts.models import (
    Alert,
    AlertParty,
    FindingRow,
    NoteRow,
    SettingRow,
    Skipped,
    Watch,
)
from ggzy.oversight.alerts.values import Indicator, Note, Params, Value
from ggzy.oversight.alerts.values.alerts import Found
from ggzy.trading.dossier import queries as dossier
from ggzy.trading.dossier.values.record import LotRecord

LOTS_KEPT, UNWRITTEN_MAX = 2_000, 50
VERSION_BITS = 62


@dataclass
class Desk:
    """一个标段摊开的样子."""

    lot: LotCode
    record: LotRecord | None = None
    version: int = 0
    unwritten: int = 0
    is_behind: bool = False
    found: dict[str, Found] = field(default_factory=dict)
    notes: dict[str, tuple[Note, ...]] = field(default_factory=dict)
    looks: dict[str, datetime] = field(default_factory=dict)
    skipped: dict[str, tuple[str, datetime]] = field(default_factory=dict)

    @property
    def height(self) -> int:
        return self.record.height if self.record else 0

    @property
    def look_at(self) -> datetime | None:
        return min(self.looks.values(), default=None)


class Shelf:
    """Keeps lots at hand by their version; notes, findings and alerts of other lots only until the flush.

    `is_alone`: nobody else writes, and there was nothing before, so that all of it stays at hand.
    """

    def __init__(self, told: Iterable[str] = (), *, is_alone: bool = False) -> None:
        self._desks: OrderedDict[LotCode, Desk] = OrderedDict()
        self._told = frozenset(told)
        self._is_alone = is_alone
        self._settings: list[SettingRow] | None = None
        self._forget_others()
        self._forget_changes()

    def _forget_changes(self) -> None:
        self._dirty: dict[LotCode, Desk] = {}
        self._held: set[LotCode] = set()
        self._rows: dict[str, FindingRow] = {}
        self._renoted: set[tuple[str, LotCode]] = set()
        self._reskipped: set[LotCode] = set()
        self._alerts: dict[str, Alert] = {}
        self._parties: dict[str, set[str]] = {}

    def _forget_others(self) -> None:
        self._groups: dict[str, list[Alert]] = {}
        self._coded: dict[str, Alert] = {}
        self._named: dict[str, set[str]] = {}
        self._keys: dict[tuple[str, str], dict[str, Found]] = {}
        self._noted: dict[tuple[str, str], dict[LotCode, tuple[Note, ...]]] = {}

    def forget_settings(self) -> None:
        """参数有变: read them again when they are asked for next."""
        self._settings = None

    def desk(self, lot: LotCode) -> Desk:
        """标段, locked until the commit; from memory where its version is the one in the row.

        The row of a lot that is held in this transaction already cannot have moved.
        """
        if lot in self._dirty:
            return self._dirty[lot]
        known = self._desks.get(lot)
        if known is None or not (self._is_alone or lot in self._held):
            row = Watch.objects.select_for_update().filter(pk=lot).first()
            if row is None:
                return Desk(lot)
            if known is None or known.version != row.version:
                known = self._desks[lot] = _read(row)
            self._held.add(lot)
        self._desks.move_to_end(lot)
        return known

    def keep(self, desk: Desk, *, is_changed: bool = True) -> None:
        """留下改动, to be written by `flush`. A desk that only heard something stays unwritten for a while.

        What was heard and changed nothing is folded again by whoever reads the row.
        """
        self._desks[desk.lot] = desk
        desk.unwritten += 1
        if is_changed or desk.unwritten >= UNWRITTEN_MAX:
            if desk.lot not in self._dirty:
                desk.version = secrets.randbits(VERSION_BITS)
                self._dirty[desk.lot] = desk
            desk.unwritten = 0

    def renote(self, desk: Desk, indicator: str, notes: tuple[Note, ...]) -> set[str]:
        """换上记号; gives the keys that changed."""
        before = desk.notes.get(indicator, ())
        if before == notes:
            return set()
        desk.notes[indicator] = notes
        self._renoted.add((indicator, desk.lot))
        keys = {note.key for note in (*before, *notes)}
        self._gather(indicator, keys)
        for key in keys:
            mine = tuple(note for note in notes if note.key == key)
            self._noted[indicator, key][desk.lot] = mine
        return {
            key for key in keys if [n for n in before if n.key == key] != [n for n in notes if n.key == key]
        }

    def notes(self, indicator: str, key: str) -> tuple[Note, ...]:
        """一个对象的全部记号, in the order of time. The key is locked until the commit."""
        self._gather(indicator, [key])
        every = [note for notes in self._noted[indicator, key].values() for note in notes]
        return tuple(sorted(every, key=lambda note: (note.at, note.lot)))

    def found_of(self, indicator: str, key: str) -> tuple[Found, ...]:
        """一个对象的全部发现."""
        self._gather(indicator, [key])
        return tuple(self._keys[indicator, key].values())

    def _gather(self, indicator: str, keys: Iterable[str]) -> None:
        """取来这些对象, all at once: their notes and findings. Locked in the order of the keys, so that two
        processes never wait for one another.
        """
        wanted = sorted(key for key in set(keys) if (indicator, key) not in self._noted)
        for key in wanted:
            self._noted[indicator, key] = {}
            self._keys.setdefault((indicator, key), {})
        if not wanted or self._is_alone:
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtext(key)) FROM unnest(%s::text[]) AS key",
                [[f"{indicator}\n{key}" for key in wanted]],
            )
        for row in NoteRow.objects.filter(indicator=indicator, key__in=wanted).order_by("lot", "ordinal"):
            by_lot = self._noted[indicator, row.key]
            by_lot[row.lot] = (*by_lot.get(row.lot, ()), _note(row))
        for found in FindingRow.objects.filter(indicator=indicator, note_key__in=wanted):
            self._keys[indicator, found.note_key].setdefault(found.uid, found.facts())

    def put(self, found: Found, record: LotRecord) -> None:
        """记下发现."""
        registered = record.registered
        row = FindingRow.of(found, registered.region, registered.category)
        row.is_told = found.uid in self._told
        self._rows[found.uid] = row
        if found.note_key:
            self._keys.setdefault((found.indicator, found.note_key), {})[found.uid] = found

    def group(self, group: str) -> list[Alert]:
        """同组的预警."""
        if self._is_alone and not self._groups:
            self._recall()
        if group not in self._groups:
            rows = () if self._is_alone else Alert.objects.filter(group=group)
            self._groups[group] = [self._coded.setdefault(one.code, one) for one in rows]
        return self._groups[group]

    def _recall(self) -> None:
        """全部预警, with whom they name."""
        for alert in Alert.objects.all():
            self._groups.setdefault(alert.group, []).append(alert)
            self._coded[alert.code] = alert
        for code, party in AlertParty.objects.values_list("alert", "party"):
            self._named.setdefault(code, set()).add(party)

    def standing(self, code: str) -> rules.Standing:
        """一项预警 as grouping needs it."""
        if code not in self._coded:
            self._coded[code] = Alert.objects.get(pk=code)
        return self._standing(self._coded[code])

    def standings(self, group: str) -> tuple[rules.Standing, ...]:
        """同组的预警 as grouping needs them."""
        return tuple(map(self._standing, self.group(group)))

    def _standing(self, alert: Alert) -> rules.Standing:
        named = self._parties_of(alert.code) if alert.decided_at else ()
        is_dismissed = alert.outcome == "dismissed"
        return rules.Standing(alert.code, alert.raised_at, alert.decided_at, is_dismissed, frozenset(named))

    def _parties_of(self, code: str) -> set[str]:
        if code not in self._named:
            rows = () if self._is_alone else AlertParty.objects.filter(alert=code)
            self._named[code] = {row.party for row in rows} | self._parties.get(code, set())
        return self._named[code]

    def put_alert(self, alert: Alert, parties: Iterable[str]) -> None:
        """记下预警."""
        group = self.group(alert.group)
        if all(one.code != alert.code for one in group):
            group.append(alert)
        self._alerts[alert.code] = self._coded[alert.code] = alert
        self.widen(alert.code, parties)

    def widen(self, alert: str, parties: Iterable[str]) -> None:
        """扩展涉及的主体 of an alert that was raised before: its finding may have gained some since."""
        named = set(parties)
        self._parties.setdefault(alert, set()).update(named)
        if alert in self._named:
            self._named[alert].update(named)

    def skip(self, desk: Desk, indicator: str, error: str, at: datetime) -> bool:
        """记下或者去掉未能查看; whether anything changed."""
        if bool(error) == (indicator in desk.skipped):
            return False
        if error:
            desk.skipped[indicator] = (error, at)
        else:
            del desk.skipped[indicator]
        self._reskipped.add(desk.lot)
        return True

    def params(self, indicator: Indicator, region: RegionCode, at: datetime) -> Params:
        """现行参数: the defaults, then what each region above set, the nearest last."""
        if self._settings is None:
            self._settings = list(SettingRow.objects.order_by("since", "pk"))
        mine = [
            row
            for row in self._settings
            if row.indicator == indicator.code and row.since <= at and region.startswith(row.region.prefix)
        ]
        values: dict[str, Value] = dict(indicator.defaults())
        for row in sorted(mine, key=lambda row: len(row.region.prefix)):
            parsed = rules.parsed(values[row.name], row.text) if row.name in values else None
            if parsed is not None:
                values[row.name] = parsed
        return values

    def flush(self) -> None:
        """写下改动, in few statements whatever their number."""
        self._write_alerts()
        self._write_found()
        self._write_notes()
        self._write_skipped()
        self._write_watches()
        self._forget_changes()
        if not self._is_alone:
            self._forget_others()
        while len(self._desks) > LOTS_KEPT:
            self._desks.popitem(last=False)

    def _write_alerts(self) -> None:
        names = ["grade", "sentence", "changed_at"]
        if self._alerts:
            Alert.objects.bulk_create(
                self._alerts.values(), update_conflicts=True, unique_fields=["code"], update_fields=names
            )
        AlertParty.objects.bulk_create(
            [
                AlertParty(alert_id=code, party=party)
                for code, parties in sorted(self._parties.items())
                for party in sorted(parties)
            ],
            ignore_conflicts=True,
        )

    def _write_found(self) -> None:
        if not self._rows:
            return
        fixed = {"uid", "is_told", "first_at"}
        names = [f.name for f in FindingRow._meta.concrete_fields if f.name not in fixed]
        FindingRow.objects.bulk_create(
            self._rows.values(), 500, update_conflicts=True, unique_fields=["uid"], update_fields=names
        )

    def _write_notes(self) -> None:
        lots: dict[str, list[LotCode]] = {}
        for indicator, lot in self._renoted:
            lots.setdefault(indicator, []).append(lot)
        for indicator, some in lots.items():
            NoteRow.objects.filter(indicator=indicator, lot__in=some).delete()
        NoteRow.objects.bulk_create(
            [
                NoteRow(
                    indicator=indicator, key=note.key, lot=lot, ordinal=place, at=note.at,
                    figures={name: _plain(value) for name, value in note.figures.items()},
                )
                for indicator, lot in sorted(self._renoted)
                for place, note in enumerate(self._desks[lot].notes[indicator])
            ],
            500,
        )  # fmt: skip

    def _write_skipped(self) -> None:
        if not self._reskipped:
            return
        Skipped.objects.filter(lot__in=self._reskipped).delete()
        Skipped.objects.bulk_create(
            [
                Skipped(indicator=indicator, lot=lot, error=error, since=since)
                for lot in sorted(self._reskipped)
                for indicator, (error, since) in self._desks[lot].skipped.items()
            ]
        )

    def _write_watches(self) -> None:
        rows = [_watch(desk) for desk in self._dirty.values() if desk.record is not None]
        names = ["height", "version", "looks", "look_at"]
        if rows:
            Watch.objects.bulk_create(
                rows, 500, update_conflicts=True, unique_fields=["lot"], update_fields=names
            )


def _read(row: Watch) -> Desk:
    notes: dict[str, list[Note]] = {}
    for one in NoteRow.objects.filter(lot=row.lot).order_by("indicator", "ordinal"):
        notes.setdefault(one.indicator, []).append(_note(one))
    found = FindingRow.objects.filter(lot=row.lot, note_key="")
    skipped = Skipped.objects.filter(lot=row.lot)
    return Desk(
        row.lot,
        record=dossier.record(row.lot, until=row.height),
        version=row.version,
        is_behind=True,
        found={one.uid: one.facts() for one in found},
        notes={indicator: tuple(some) for indicator, some in notes.items()},
        looks={indicator: instant_of(text) for indicator, text in row.looks.items()},
        skipped={one.indicator: (one.error, one.since) for one in skipped},
    )


def _watch(desk: Desk) -> Watch:
    record = desk.record
    assert record is not None
    return Watch(
        lot=desk.lot,
        height=record.height,
        version=desk.version,
        region=record.registered.region,
        category=record.registered.category,
        registered_at=record.registered.at,
        looks={indicator: instant_text(at) for indicator, at in desk.looks.items()},
        look_at=desk.look_at,
    )


def _note(row: NoteRow) -> Note:
    figures = {name: _value(value) for name, value in row.figures.items()}
    return Note(key=row.key, lot=row.lot, at=row.at, figures=figures)


def _plain(value: Value) -> Any:
    return {"decimal": str(value)} if isinstance(value, Decimal) else value


def _value(value: Any) -> Value:
    return Decimal(value["decimal"]) if isinstance(value, dict) else value
