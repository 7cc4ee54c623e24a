"""信用库的读取."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Q, QuerySet

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.instants import local_date
from ggzy.registers.credit import rules
from ggzy.registers.credit.models import CreditRecord, MarketBan
from ggzy.registers.credit.queries.gates import all_bans, running
from ggzy.registers.credit.values import Ban, Gravity, Ground, RecordFacts, RecordKind, Scope, Term

DATA = Path(__file__).parents[1] / "data"


def bans_in_force(at: datetime, *, words: str = "") -> tuple[Ban, ...]:
    """黑名单: every ban in force, the latest decision first."""
    rows = _searched(all_bans().filter(running(at)), words).order_by("-decided_on", "code")
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


def found_records(words: str, limit: int = 100) -> tuple[RecordFacts, ...]:
    """信用记录 by name, code or document, shown or not, the latest decision first."""
    rows = _searched(_records(), words).order_by("-decided_on", "code")[:limit]
    return tuple(row.facts() for row in rows)


def found_bans(words: str, limit: int = 100) -> tuple[Ban, ...]:
    """市场禁入 by name, code or document, past ones too, the latest decision first."""
    rows = _searched(all_bans(), words).order_by("-decided_on", "code")[:limit]
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


@cache
def grounds() -> Mapping[str, Ground]:
    """法律规定的禁入情形."""
    entries = read_data("grounds.toml")
    return {
        code: Ground(
            code=code,
            name=entry["name"],
            scope=Scope(entry["scope"]),
            months_min=entry["months_min"],
            months_max=entry["months_max"],
            article=entry["article"],
        )
        for code, entry in entries.items()
    }


@cache
def terms() -> Mapping[Gravity, Term]:
    """公示与修复期限."""
    return {Gravity(code): Term(**entry) for code, entry in read_data("repair.toml").items()}


def ground_name(code: str) -> str:
    return grounds()[code].name if code in grounds() else code


def standing(party: CreditCode) -> dict[str, object]:
    """信用档案 as the rows tell it, for the verifier."""
    kept, imposed = CreditRecord.objects.filter(party=party), MarketBan.objects.filter(party=party)
    counts = {
        "records": kept.count(),
        "repaired": kept.filter(repaired_on__isnull=False).count(),
        "bans": imposed.count(),
        "lifted": imposed.filter(lifted_at__isnull=False).count(),
    }
    last = imposed.order_by("-end").values_list("end", flat=True).first()
    return {**counts, "banned_until": last.isoformat() if last else ""} if any(counts.values()) else {}


def _records() -> QuerySet[CreditRecord]:
    return CreditRecord.objects.select_related("party")


def _shown(
    at: datetime, words: str, kind: RecordKind | None, party: CreditCode | None
) -> QuerySet[CreditRecord]:
    """`rules.is_shown` in the database's words, so that pages count without reading every row."""
    in_term = Q(shown_until__isnull=True) | Q(shown_until__gt=local_date(at))
    rows = _records().filter(in_term, repaired_on__isnull=True).exclude(gravity=Gravity.MINOR.value)
    rows = _searched(rows, words)
    if kind is not None:
        rows = rows.filter(kind=kind)
    return rows if party is None else rows.filter(party=party)


def _searched(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    for word in words.split():
        rows = rows.filter(
            Q(party__name__icontains=word) | Q(party__pk__icontains=word) | Q(document__icontains=word)
        )
    return rows


def read_data(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))
