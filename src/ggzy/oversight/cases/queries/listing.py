"""监管事项办理的读取: who used which row of the list, and the tables of law beside this app."""

import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Count

from ggzy.kernel.codes import LotCode, RegionCode
from ggzy.oversight.cases.models import PowerExercise
from ggzy.oversight.cases.values.powers import Exercise

DATA = Path(__file__).parents[1] / "data"


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
