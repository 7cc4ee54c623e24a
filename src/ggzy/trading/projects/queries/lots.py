"""标段与项目的读取: as values, one by one, in lists, and as one person may see them."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db.models import Q, QuerySet

from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode, ProjectCode, RegionCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Role
from ggzy.trading.projects.models import Lot, Project, Standstill
from ggzy.trading.projects.values import (
    LotFacts,
    Phase,
    ProjectFacts,
    Still,
)

NO_LOT = "没有找到这个标段，或者您没有查看它的权限"
NO_PROJECT = "没有找到这个项目，或者您没有查看它的权限"
_READ: ContextVar[dict[tuple[str, str], Any] | None] = ContextVar("read", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """一次读取: inside, each lot and its standstills are read once. For pages that only read."""
    token = _READ.set({})
    try:
        yield
    finally:
        _READ.reset(token)


def once(what: str, code: str, read: Callable[[], Any]) -> Any:
    """Read once inside `reading`; each time outside of it."""
    kept = _READ.get()
    if kept is None:
        return read()
    if (what, code) not in kept:
        kept[what, code] = read()
    return kept[what, code]


def lot(code: LotCode | str) -> LotFacts:
    """标段. Raises `Missing`."""
    found: LotFacts = once("lot", str(code), lambda: _lot(code))
    return found


def _lot(code: LotCode | str) -> LotFacts:
    row = Lot.objects.select_related("project").filter(pk=code).first()
    if row is None:
        raise Missing(NO_LOT)
    return row.facts(_running([row.code])[row.code])


class Filters(TypedDict, total=False):
    """筛选: what a list of lots is narrowed to; what is not said, or empty, narrows nothing."""

    owner: CreditCode | None
    agency: CreditCode | None
    region: RegionCode | None
    project: ProjectCode | None
    category: str
    nature: str
    phase: Phase | None
    text: str
    codes: Iterable[LotCode] | None
    since: datetime | None


def lots(*, offset: int = 0, limit: int | None = None, **filters: Unpack[Filters]) -> tuple[LotFacts, ...]:
    """标段列表, newest first."""
    return as_facts(_filtered(**filters)[offset : None if limit is None else offset + limit])


def count(**filters: Unpack[Filters]) -> int:
    """标段数, by the same filters as `lots`."""
    return _filtered(**filters).count()


def lots_seen(actor: Actor, *, text: str = "", phase: Phase | None = None, offset: int = 0, limit: int = 50) -> (
    tuple[LotFacts, ...]
):  # fmt: skip
    """可见标段: what this membership may work on, newest first."""
    rows = _filtered(text=text, phase=phase).filter(_seen_by(actor))
    return as_facts(rows[offset : offset + limit])


def count_seen(actor: Actor, *, text: str = "", phase: Phase | None = None) -> int:
    """可见标段数."""
    return _filtered(text=text, phase=phase).filter(_seen_by(actor)).count()


def seen(actor: Actor, code: LotCode | str) -> LotFacts:
    """可见的标段. A stranger cannot tell a forbidden lot from a missing one: both are `Missing`."""
    found = lot(code)
    if not may_see(actor, found):
        raise Missing(NO_LOT)
    return found


def may_see(actor: Actor, found: LotFacts) -> bool:
    """标段可见条件: the owner's side sees its own, officials see their region, others what is announced."""
    match actor.role:
        case Role.SYSTEM:
            return True
        case Role.OWNER:
            return actor.organisation == found.owner
        case Role.AGENCY:
            return actor.organisation == found.agency
        case Role.BIDDER | Role.EXPERT | Role.CUSTODIAN:
            return found.phase is not Phase.REGISTERED or found.round > 1
        case _:
            return actor.region.contains(found.region)


def project(code: ProjectCode | str) -> ProjectFacts:
    """项目. Raises `Missing`."""
    row = Project.objects.filter(pk=code).first()
    if row is None:
        raise Missing(NO_PROJECT)
    return row.facts()


def projects_seen(
    actor: Actor, *, text: str = "", limit: int = 50, offset: int = 0
) -> tuple[ProjectFacts, ...]:
    """可见项目, newest first."""
    rows = Project.objects.filter(_projects_of(actor))
    if text:
        rows = rows.filter(Q(title__icontains=text.strip()) | Q(code__icontains=text.strip()))
    return tuple(row.facts() for row in rows.order_by("-registered_at", "-code")[offset : offset + limit])


def project_seen(actor: Actor, code: ProjectCode | str) -> ProjectFacts:
    """可见的项目. Raises `Missing` for strangers."""
    row = Project.objects.filter(_projects_of(actor), pk=code).first()
    if row is None:
        raise Missing(NO_PROJECT)
    return row.facts()


def standing(code: LotCode | str) -> dict[str, object]:
    """现状: what the rows say, to be compared with the folded facts."""
    row = Lot.objects.get(pk=code)
    running = Standstill.objects.filter(lot_id=code, until__isnull=True).values_list("cause", flat=True)
    return {
        "lot.title": row.title,
        "lot.estimate": row.estimate.fen,
        "lot.rulebook": row.rulebook_digest,
        "lot.round": row.round,
        "lot.phase": row.phase,
        "lot.suspended": row.suspended,
        "lot.terminated": row.terminated_at is not None,
        "lot.standstill": sorted(running),
        "lot.orders": sorted(one["code"] for one in row.orders),
    }


def _filtered(**wanted: Unpack[Filters]) -> QuerySet[Lot]:
    exact = {
        "owner": wanted.get("owner"), "agency": wanted.get("agency"), "project_id": wanted.get("project"),
        "category": wanted.get("category"), "nature": wanted.get("nature"), "phase": wanted.get("phase"),
    }  # fmt: skip
    rows = Lot.objects.filter(**{name: value for name, value in exact.items() if value})
    region, codes, since = wanted.get("region"), wanted.get("codes"), wanted.get("since")
    if region is not None:
        rows = rows.filter(region__startswith=region.prefix)
    if codes is not None:
        rows = rows.filter(pk__in=list(codes))
    if since is not None:
        rows = rows.filter(registered_at__gte=since)
    for word in wanted.get("text", "").split():
        rows = rows.filter(
            Q(title__icontains=word) | Q(project__title__icontains=word) | Q(code__icontains=word)
        )
    return rows.order_by("-registered_at", "-code")


def as_facts(rows: QuerySet[Lot]) -> tuple[LotFacts, ...]:
    """标段 as values, with what stands still: two queries."""
    found = list(rows.select_related("project"))
    running = _running([row.code for row in found])
    return tuple(row.facts(running[row.code]) for row in found)


def _running(codes: list[LotCode]) -> dict[LotCode, tuple[Still, ...]]:
    by_lot: dict[LotCode, tuple[Still, ...]] = dict.fromkeys(codes, ())
    for row in Standstill.objects.filter(lot_id__in=codes, until__isnull=True):
        by_lot[row.lot_id] += (row.facts(),)
    return by_lot


def _seen_by(actor: Actor) -> Q:
    """The same answer as `may_see`, for lists."""
    match actor.role:
        case Role.SYSTEM:
            return Q()
        case Role.OWNER:
            return Q(owner=actor.organisation)
        case Role.AGENCY:
            return Q(agency=actor.organisation)
        case Role.BIDDER | Role.EXPERT | Role.CUSTODIAN:
            return ~Q(phase=Phase.REGISTERED) | Q(round__gt=1)
        case _:
            return Q(region__startswith=actor.region.prefix)


def _projects_of(actor: Actor) -> Q:
    match actor.role:
        case Role.SYSTEM:
            return Q()
        case Role.OWNER:
            return Q(owner=actor.organisation)
        case Role.AGENCY:
            return Q(agency=actor.organisation)
        case Role.BIDDER | Role.EXPERT | Role.CUSTODIAN:
            return Q(pk__in=[])
        case _:
            return Q(region__startswith=actor.region.prefix)
