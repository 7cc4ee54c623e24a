"""权责清单的读取: the list, and who used which row of it."""

import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Count

from ggzy.kernel.codes import LotCode, RegionCode
from ggzy.kernel.errors import Missing
from ggzy.oversight.cases.models import PowerExercise
from ggzy.oversight.cases.rules import powers as rules
from ggzy.oversight.cases.values.powers import Exercise, Power

DATA = Path(__file__).parents[1] / "data"


@cache
def powers() -> tuple[Power, ...]:
    """权责清单, in the order of the file."""
    return tuple(Power(code=code, **_told(row)) for code, row in read("powers.toml").items())


def power(code: str) -> Power:
    """权责事项. Raises `Missing`."""
    found = next((row for row in powers() if row.code == code), None)
    if found is None:
        raise Missing("权责清单中没有这一项")
    return found


def power_for(action: str, *, is_procurement: bool = False) -> Power | None:
    """命令所依据的权责事项; None where the list has none."""
    return rules.chosen(powers(), action, is_procurement)


@cache
def by_fact() -> dict[str, tuple[Power, ...]]:
    """事实种类与权责事项."""
    kinds = {kind for row in powers() for kind in row.facts}
    return {kind: tuple(row for row in powers() if kind in row.facts) for kind in sorted(kinds)}


def exercises(
    *,
    power: str = "",
    lot: LotCode | str | None = None,
    region: RegionCode | None = None,
    public_only: bool = False,
    since: datetime | None = None,
    limit: int = 100,
) -> tuple[Exercise, ...]:
    """监管事项办理情况, the latest first."""
    rows = PowerExercise.objects.order_by("-height")
    rows = rows.filter(power=power) if power else rows
    rows = rows.filter(lot=lot) if lot else rows
    rows = rows.filter(region__startswith=region.prefix) if region else rows
    rows = rows.filter(is_public=True) if public_only else rows
    rows = rows.filter(at__gte=since) if since else rows
    return tuple(row.facts() for row in rows[:limit])


def exercised() -> dict[str, int]:
    """各权责事项的办理次数."""
    rows = PowerExercise.objects.order_by().values_list("power").annotate(count=Count("pk"))
    return dict(rows)


def read(name: str) -> dict[str, Any]:
    """The tables of a file of law beside this app."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


@cache
def procurement() -> frozenset[str]:
    """政府采购的交易分类, where the finance department is the authority."""
    return frozenset(read("regimes.toml")["procurement"]["categories"])


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """A row as values hold it: lists become tuples."""
    return {key: tuple(told) if isinstance(told, list) else told for key, told in row.items()}
