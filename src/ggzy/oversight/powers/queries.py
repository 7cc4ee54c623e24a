"""权责清单和查阅的读取: what may be done, and who read what about whom."""

import tomllib
from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.verdict import Verdict
from ggzy.oversight.powers import rules
from ggzy.oversight.powers.models import ReadingRow
from ggzy.oversight.powers.values import Power, Reading

LIST = Path(__file__).parent / "data" / "powers.toml"
LASTS = timedelta(hours=1)


@cache
def powers() -> tuple[Power, ...]:
    """权责清单, in the order of the file."""
    rows = tomllib.loads(LIST.read_text(encoding="utf-8"))
    return tuple(Power(code=code, **_told(row)) for code, row in rows.items())


def power(code: str) -> Power:
    """权责事项. Raises `Missing`."""
    found = next((row for row in powers() if row.code == code), None)
    if found is None:
        raise Missing("权责清单中没有这一项")
    return found


def power_for(action: str, *, is_procurement: bool = False) -> Power | None:
    """命令所依据的权责事项; None where the list has none."""
    return rules.chosen(powers(), action, is_procurement)


def may_exercise(action: str) -> Verdict:
    """事项可否办理: for the button, the same verdict that the command asks for."""
    return rules.may_exercise(powers(), action)


@cache
def by_fact() -> dict[str, tuple[Power, ...]]:
    """事实种类与权责事项."""
    kinds = {kind for row in powers() for kind in row.facts}
    return {kind: tuple(row for row in powers() if kind in row.facts) for kind in sorted(kinds)}


def has_read(actor: Actor, what: str, at: datetime) -> bool:
    """已登记查阅: this person gave a reason for this file within the hour."""
    rows = ReadingRow.objects.filter(what=what, person=actor.person, at__gt=at - LASTS, at__lte=at)
    return rows.exists()


def readings(what: str, *, limit: int = 100) -> tuple[Reading, ...]:
    """一份材料的查阅记录, the latest first."""
    return tuple(row.facts() for row in ReadingRow.objects.filter(what=what).order_by("-height")[:limit])


def readings_about(
    party: CreditCode, *, without: Collection[str] = (), limit: int = 100
) -> tuple[Reading, ...]:
    """与一个主体有关的查阅记录, the latest first; `without` those of files it does not know of yet."""
    rows = ReadingRow.objects.filter(concerning__contains=[party]).exclude(what__in=without)
    return tuple(row.facts() for row in rows.order_by("-height")[:limit])


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """A row as values hold it: lists become tuples."""
    return {key: tuple(told) if isinstance(told, list) else told for key, told in row.items()}
