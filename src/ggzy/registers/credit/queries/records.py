"""信用库的读取."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.instants import local_date
from ggzy.registers.credit import rules
from ggzy.registers.credit.models import CreditRecord
from ggzy.registers.credit.queries.gates import all_bans, running
from ggzy.registers.credit.values import Ban, Gravity, RecordFacts, RecordKind


def bans_in_force(at: datetime, *, words: str = "") -> tuple[Ban, ...]:
    """黑名单: every ban in force, the latest decision first."""
    rows = searched(all_bans().filter(running(at)), words).order_by("-decided_on", "code")
    found = (row.facts() for row in rows)
    return tuple(ban for ban in found if rules.holds(ban, at))


def ban(code: str) -> Ban:
    """市场禁入, whatever became of it. Raises `Missing`."""
    row = all_bans().filter(pk=code).first()
    if row is None:
        raise Missing("没有找到这条市场禁入")
    return row.facts()


def bans_of(party: CreditCode) -> tuple[Ban, ...]:
    """一个主体的全部市场禁入, past ones too, newest first."""
    return tuple(row.facts() for row in all_bans().filter(party=party).order_by("-start", "code"))


def record(code: str) -> RecordFacts:
    """信用记录. Raises `Missing`."""
    row = _records().filter(pk=code).first()
    if row is None:
        raise Missing("没有找到这条信用记录")
    return row.facts()


def records_of(party: CreditCode) -> tuple[RecordFacts, ...]:
    """一个主体的全部信用记录, shown or not: for those who may read them all."""
    return tuple(row.facts() for row in _records().filter(party=party).order_by("-decided_on", "code"))


def adverse_records(parties: Collection[CreditCode], since: date, until: date) -> tuple[RecordFacts, ...]:
    """不良记录 of many parties that still stand, decided in that time, the latest first. One query."""
    kinds = [kind.value for kind in RecordKind if kind.is_adverse]
    rows = _records().filter(party__in=set(parties), kind__in=kinds, decided_on__range=(since, until))
    rows = rows.filter(repaired_on__isnull=True, withdrawn_on__isnull=True)
    return tuple(row.facts() for row in rows.order_by("-decided_on", "code"))


def found_records(words: str, limit: int = 100) -> tuple[RecordFacts, ...]:
    """信用记录 by name, code or document, shown or not, the latest decision first."""
    rows = searched(_records(), words).order_by("-decided_on", "code")[:limit]
    return tuple(row.facts() for row in rows)


def found_bans(words: str, limit: int = 100) -> tuple[Ban, ...]:
    """市场禁入 by name, code or document, past ones too, the latest decision first."""
    rows = searched(all_bans(), words).order_by("-decided_on", "code")[:limit]
    return tuple(row.facts() for row in rows)


def shown(
    at: datetime,
    *,
    words: str = "",
    kind: RecordKind | None = None,
    party: CreditCode | None = None,
    offset: int = 0,
    limit: int = 20,
) -> tuple[RecordFacts, ...]:
    """公示中的信用记录, the latest decision first."""
    rows = _shown(at, words, kind, party).order_by("-decided_on", "code")
    return tuple(row.facts() for row in rows[offset : offset + limit])


def shown_count(
    at: datetime, *, words: str = "", kind: RecordKind | None = None, party: CreditCode | None = None
) -> int:
    """公示中的信用记录数."""
    return _shown(at, words, kind, party).count()


def _records() -> QuerySet[CreditRecord]:
    return CreditRecord.objects.select_related("party")


def _shown(
    at: datetime, words: str, kind: RecordKind | None, party: CreditCode | None
) -> QuerySet[CreditRecord]:
    """`rules.is_shown` in the database's words, so that pages count without reading every row."""
    in_term = Q(shown_until__isnull=True) | Q(shown_until__gt=local_date(at))
    rows = (
        _records()
        .filter(in_term, repaired_on__isnull=True, withdrawn_on__isnull=True)
        .exclude(gravity=Gravity.MINOR.value)
    )
    rows = searched(rows, words)
    if kind is not None:
        rows = rows.filter(kind=kind)
    return rows if party is None else rows.filter(party=party)


def searched(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    for word in words.split():
        rows = rows.filter(
            Q(party__name__icontains=word) | Q(party__pk__icontains=word) | Q(document__icontains=word)
        )
    return rows
