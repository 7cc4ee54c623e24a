"""权责清单和查阅的读取: what may be done, and who read what about whom."""

import tomllib
from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cache, reduce
from operator import or_
from pathlib import Path
from typing import Any, TypeVar

from django.db.models import CharField, F, Model, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Substr

from ggzy.foundation.identity import queries as identity
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import Verdict
from ggzy.oversight.powers import rules
from ggzy.oversight.powers.models import ReadingRow
from ggzy.oversight.powers.values import Power, Reading, Remit
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.parties import queries as parties

LIST = Path(__file__).parent / "data" / "powers.toml"
LASTS = timedelta(hours=1)
TRADE_CHARS = 3  # of a lot's code: its national trade
Row = TypeVar("Row", bound=Model)


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


def remit(actor: Actor) -> Remit:
    """监督分工 that binds this person: supervisors of an authority with branches, nobody else."""
    if actor.role is not Role.SUPERVISOR or actor.organisation is None:
        return Remit()
    own = parties.parties([actor.organisation]).get(actor.organisation)
    if own is None or not own.branches:
        return Remit()
    seats = identity.serving(Role.SUPERVISOR)
    known = parties.parties({seat.organisation for seat in seats if seat.organisation})
    serving = (
        (seat.region, known[seat.organisation].branches if seat.organisation in known else ())
        for seat in seats
    )
    return Remit(
        own.code, frozenset(own.branches), tuple((region, frozenset(held)) for region, held in serving)
    )


def may_supervise(bound: Remit, region: RegionCode, lot: str | None, category: str = "") -> Verdict:
    """可否监督 a matter of this region: of the trade the lot's code begins with, or of a category."""
    if not bound.branches:
        return Verdict()
    competent, names = _competent(lot, category), catalog.branches()
    words = "、".join(name for code, name in names.items() if code in competent) or "综合监管部门"
    return rules.may_supervise(bound.branches, competent, _there(bound, region), words)


def is_unclaimed(bound: Remit, region: RegionCode, lot: str | None, category: str = "") -> bool:
    """无主管部门: shown to a branch only because nobody of the region covers it."""
    is_covered = rules.is_covered(_competent(lot, category), _there(bound, region))
    return bool(bound.branches) and not is_covered


def is_mine(actor: Actor, region: RegionCode, lot: LotCode) -> bool:
    """标段可由本机关监督: whether the buttons of its page are this person's."""
    return may_supervise(remit(actor), region, lot).ok


def permit_branch(
    actor: Actor, region: RegionCode, lot: str | None, category: str = "", leader: CreditCode | None = None
) -> None:
    """监督分工的门, one for alerts, cases, complaints and brakes. Raises Refused, naming the branch.

    What an authority leads already (`leader`) stays its own.
    """
    if leader is not None and leader == actor.organisation:
        return
    may_supervise(remit(actor), region, lot, category).require()


def within(bound: Remit, rows: QuerySet[Row], *, category: str = "", leader: str = "") -> QuerySet[Row]:
    """可监督的行 among those with a region and a lot; `category` is the column of who may have no lot, `leader` that
    of the authority whose own stay its own.
    """
    if not bound.branches:
        return rows
    trade = Coalesce(Substr("lot", 1, TRADE_CHARS), Value(""), output_field=CharField())
    told = F(category) if category else Value("")
    found: QuerySet[Any] = rows.annotate(trade=trade, told=told)
    places = found.order_by().values_list("region", "trade", "told").distinct()
    others = [
        Q(region=region, trade=trade, told=told)
        for region, trade, told in places
        if not may_supervise(bound, region, trade, told).ok
    ]
    if not others:
        return rows
    own = Q(**{leader: bound.organisation}) if leader else Q(pk__in=[])
    return found.filter(~reduce(or_, others) | own)


def _competent(lot: str | None, category: str) -> frozenset[str]:
    return catalog.competent((lot or "")[:TRADE_CHARS]) or catalog.competent(category)


def _there(bound: Remit, region: RegionCode) -> list[frozenset[str]]:
    return [branches for where, branches in bound.serving if where.contains(region)]


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
