"""读: lots and projects as values."""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Q, QuerySet

from ggzy.foundation.ui.offers import Offer
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode, ProjectCode, RegionCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.instants import local_date
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import Verdict
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.catalog.values import Classification, Entry, Subject
from ggzy.registers.credit import queries as credit
from ggzy.trading.projects import rules
from ggzy.trading.projects.models import Lot, Project, Standstill
from ggzy.trading.projects.values import (
    Answer,
    BrakeVerdicts,
    Effect,
    Guess,
    LotFacts,
    Nature,
    NewLot,
    Order,
    OrderKind,
    Phase,
    ProjectFacts,
    Still,
    Words,
)

ANEW = ("retender", "invalidate")
NO_LOT = "没有找到这个标段，或者您没有查看它的权限"
SIMILAR_SINCE = timedelta(days=180)
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


def _once(what: str, code: str, read: Callable[[], Any]) -> Any:
    kept = _READ.get()
    if kept is None:
        return read()
    if (what, code) not in kept:
        kept[what, code] = read()
    return kept[what, code]


def lot(code: LotCode | str) -> LotFacts:
    """标段. Raises `Missing`."""
    found: LotFacts = _once("lot", str(code), lambda: _lot(code))
    return found


def _lot(code: LotCode | str) -> LotFacts:
    row = Lot.objects.select_related("project").filter(pk=code).first()
    if row is None:
        raise Missing(NO_LOT)
    return row.facts(_running([row.code])[row.code])


def lots(
    *,
    owner: CreditCode | None = None,
    agency: CreditCode | None = None,
    region: RegionCode | None = None,
    project: ProjectCode | None = None,
    category: str = "",
    nature: str = "",
    phase: Phase | None = None,
    text: str = "",
    codes: Iterable[LotCode] | None = None,
    since: datetime | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> tuple[LotFacts, ...]:
    """标段列表, newest first."""
    rows = _filtered(
        owner=owner, agency=agency, region=region, project=project, category=category, nature=nature,
        phase=phase, text=text, codes=codes, since=since,
    )  # fmt: skip
    return _facts(rows[offset : None if limit is None else offset + limit])


def count(**filters: Any) -> int:
    """标段数, by the same filters as `lots`."""
    return _filtered(**filters).count()


def lots_seen(actor: Actor, *, text: str = "", phase: Phase | None = None, offset: int = 0, limit: int = 50) -> (
    tuple[LotFacts, ...]
):  # fmt: skip
    """可见标段: what this membership may work on, newest first."""
    rows = _filtered(text=text, phase=phase).filter(_seen_by(actor))
    return _facts(rows[offset : offset + limit])


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


def similar(owner: CreditCode, nature: str, category: str, since: datetime) -> tuple[LotFacts, ...]:
    """相近标段: what the same owner registered lately of the same kind, for the hint on splitting."""
    rows = Lot.objects.filter(owner=owner, nature=nature, category=category, registered_at__gte=since)
    return _facts(rows.filter(terminated_at__isnull=True).order_by("-registered_at")[:20])


def stills(code: LotCode | str) -> tuple[Still, ...]:
    """停表记录, in order."""
    rows = Standstill.objects.filter(lot_id=code).order_by("since", "id")
    found: tuple[Still, ...] = _once("stills", str(code), lambda: tuple(row.facts() for row in rows))
    return found


def standstill(code: LotCode | str, since: datetime, until: datetime) -> timedelta:
    """停表时长 between two moments."""
    return rules.standstill(stills(code), since, until)


def standing_still(codes: Iterable[LotCode]) -> frozenset[LotCode]:
    """正在停表的标段 among these: their deadlines are not counted down."""
    rows = Standstill.objects.filter(lot_id__in=list(codes), until__isnull=True)
    return frozenset(LotCode(code) for code in rows.values_list("lot_id", flat=True))


def effective(code: LotCode | str, deadline: datetime, set_at: datetime, at: datetime) -> datetime:
    """顺延后的期限: see `rules.effective`."""
    return rules.effective(stills(code), deadline, set_at, at)


def after_standstill(code: LotCode | str, moment: datetime, set_at: datetime, at: datetime) -> datetime:
    """停表期间到来的时刻: as much later as was left of the way to it when the clocks stopped.

    The clocks may have stopped before the moment was fixed for the last time.
    """
    still = stills(code)
    return rules.effective(still, moment, min(set_at, rules.stood_since(still, moment, at)), at)


def effective_all(
    code: LotCode | str, deadlines: Iterable[tuple[datetime, datetime]], at: datetime
) -> tuple[datetime, ...]:
    """多个期限的顺延, each as (deadline, set_at): one read for all of them."""
    still = stills(code)
    return tuple(rules.effective(still, deadline, set_at, at) for deadline, set_at in deadlines)


def effective_among(
    wanted: Iterable[tuple[LotCode, datetime, datetime]], at: datetime
) -> tuple[datetime, ...]:
    """期限的顺延 over many lots, each as (lot, deadline, set_at): one read for all of them."""
    asked = list(wanted)
    by_lot: dict[LotCode, list[Still]] = {code: [] for code, _, _ in asked}
    for row in Standstill.objects.filter(lot_id__in=list(by_lot)).order_by("since", "id"):
        by_lot[row.lot_id].append(row.facts())
    return tuple(rules.effective(by_lot[code], deadline, set_at, at) for code, deadline, set_at in asked)


def effects(code: LotCode | str) -> tuple[Effect, ...]:
    """暂停的影响, to be shown before the brake is confirmed."""
    return rules.effects(lot(code))


def braking(found: LotFacts, at: datetime) -> BrakeVerdicts:
    """刹车可否, judged with an order that lacks nothing."""
    order = Order("—", "—", "—", local_date(at) + timedelta(days=1))
    return BrakeVerdicts(
        suspend=rules.may_suspend(found, order, at),
        resume=rules.may_resume(found, order),
        terminate=rules.may_terminate(found, order, by_owner=False),
    )


def is_past_long_stop(found: LotFacts, at: datetime) -> bool:
    """久停不决: suspended longer than the lot's rulebook tolerates."""
    limit = found.rulebook.get("lot.suspension_days_max")
    return rules.is_past_long_stop(found, at, int(limit.value) if limit else None)


def guess(text: str) -> Guess:
    """按采购内容推测交易分类和性质. A suggestion: the person who registers decides."""
    nature = rules.suggested(text, _words("nature")) or Nature.WORKS
    return Guess(rules.suggested(text, _words("category")), Nature(nature))


def answer(new: NewLot, found_project: ProjectFacts, at: datetime) -> Answer:
    """登记前的答复: what the catalogue says about a lot before anybody registers it."""
    on = local_date(at)
    found = catalog.classify(subject(new, found_project), on)
    outside = found.kind is Entry.OUTSIDE or not found.rulebook
    rulebook = None if outside else catalog.rulebook(found.rulebook, found_project.region, on)
    least, most = rules.deposit_bounds(rulebook, new.estimate) if rulebook else (None, None)
    lately = similar(found_project.owner, new.nature, found.category, at - SIMILAR_SINCE)
    return Answer(
        new=new,
        found=found,
        milestones=rules.milestones(rulebook, catalog.calendar(), on) if rulebook else (),
        limits=rulebook.limits if rulebook else (),
        deposit_min=least,
        deposit_max=most,
        hint=rules.splitting_hint(new, lately, found.threshold.fen if found.threshold else None),
        verdict=judge(new, found_project, found, on),
    )


def judge(new: NewLot, found_project: ProjectFacts, found: Classification, on: date) -> Verdict:
    """能否登记: the form, the catalogue, and what the category asks to be described."""
    verdict = rules.may_register(new, found_project, found, is_scored=catalog.is_scored(new.method))
    if not found.rulebook:
        return verdict
    return verdict & catalog.judge_particulars(found.category, new.particulars, found_project.region, on)


def subject(new: NewLot, found_project: ProjectFacts) -> Subject:
    """目录判定的对象: what the catalogue is asked about a lot of this project."""
    others = lots(project=found_project.code, nature=new.nature)
    return Subject(
        category=new.deal_category,
        nature=new.nature,
        estimate=new.estimate,
        region=found_project.region,
        funding=catalog.funding_kind(found_project.funding),
        together=tuple(other.estimate for other in others),
    )


def offers(actor: Actor, code: LotCode, at: datetime) -> tuple[Offer, ...]:
    """可办事项: the owner's side may end a lot before the award."""
    if actor.role not in (Role.OWNER, Role.AGENCY):
        return ()
    order = Order("招标人", "—", "—")
    found = lot(code)
    verdict = rules.may_terminate(found, order, by_owner=True)
    label = "终止招标" if catalog.is_scored(found.method) else "终止交易"
    return (Offer(label, f"/desk/lots/{code}/terminate/", verdict, is_final=True),)


def gate(lot: LotFacts, codes: Iterable[CreditCode | None], at: datetime, **said: Any) -> Verdict:
    """市场禁入关口 of this lot: may these parties pass? Every reason names the entry and its law."""
    where: dict[str, Any] = {"region": lot.region, "category": lot.category, "must_tender": lot.must_tender}
    return credit.gate(tuple(codes), at, **where, **said)


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


@cache
def order_kinds() -> Mapping[str, OrderKind]:
    """责令的种类, in the order of the file."""
    text = (Path(__file__).parent / "data" / "orders.toml").read_text(encoding="utf-8")
    return {
        code: OrderKind(code, row["name"], row["demands"], row["article"], tuple(row["forbids"]))
        for code, row in tomllib.loads(text).items()
    }


def is_ordered_anew(lot: LotFacts) -> bool:
    """本轮是否已被责令重新招标: ordered so, or a step of it was found void (实施条例 §81)."""
    return any(one.kind in ANEW and one.round == lot.round for one in lot.orders)


@cache
def _words(kind: str) -> tuple[Words, ...]:
    table = tomllib.loads((Path(__file__).parent / "data" / "words.toml").read_text(encoding="utf-8"))
    return tuple(Words(entry["code"], tuple(entry["words"])) for entry in table[kind])


def _filtered(
    *,
    owner: CreditCode | None = None,
    agency: CreditCode | None = None,
    region: RegionCode | None = None,
    project: ProjectCode | None = None,
    category: str = "",
    nature: str = "",
    phase: Phase | None = None,
    text: str = "",
    codes: Iterable[LotCode] | None = None,
    since: datetime | None = None,
) -> QuerySet[Lot]:
    exact = {
        "owner": owner, "agency": agency, "project_id": project, "category": category, "nature": nature,
        "phase": phase,
    }  # fmt: skip
    rows = Lot.objects.filter(**{name: value for name, value in exact.items() if value})
    if region is not None:
        rows = rows.filter(region__startswith=region.prefix)
    if codes is not None:
        rows = rows.filter(pk__in=list(codes))
    if since is not None:
        rows = rows.filter(registered_at__gte=since)
    for word in text.split():
        rows = rows.filter(
            Q(title__icontains=word) | Q(project__title__icontains=word) | Q(code__icontains=word)
        )
    return rows.order_by("-registered_at", "-code")


def _facts(rows: QuerySet[Lot]) -> tuple[LotFacts, ...]:
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
