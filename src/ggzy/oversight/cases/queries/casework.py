"""案件的读取."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache

from django.db.models import Q, QuerySet

from ggzy.foundation.ui.offers import Offer
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Permission
from ggzy.oversight.cases.models import Case, LotOrder
from ggzy.oversight.cases.queries.listing import read
from ggzy.oversight.cases.rules.measures import Months
from ggzy.oversight.cases.values.casework import CaseFacts, CaseState, MeasureKind, Offence, OrderFacts
from ggzy.oversight.powers import queries as powers
from ggzy.registers.credit import queries as credit
from ggzy.trading.projects import queries as projects

DEMANDS_MAX = 100
NO_CASE = "没有找到这个案件，或者您没有查看它的权限"
OVER = (CaseState.CLOSED, CaseState.DROPPED, CaseState.TRANSFERRED)
SHOWN = (CaseState.PUBLISHED, CaseState.CLOSED)


@cache
def offences() -> Mapping[str, Offence]:
    """违法情形, in the order of the file."""
    return {
        code: Offence(
            code=code,
            name=row["name"],
            article=row["article"],
            measures=tuple(MeasureKind(kind) for kind in row["measures"]),
            per_mille=tuple(row["per_mille"]) if "per_mille" in row else None,
            yuan=tuple(row["yuan"]) if "yuan" in row else None,
            ban=row.get("ban", ""),
            gravity=row["gravity"],
        )
        for code, row in read("offences.toml").items()
    }


def months(offence: Offence) -> Months | None:
    """禁入期限 of an offence; None where the article knows no ban."""
    ground = credit.grounds().get(offence.ban)
    return Months(ground.months_min, ground.months_max, ground.article) if ground else None


def case(code: str, at: datetime) -> CaseFacts:
    """案件. Raises `Missing`."""
    return facts_of(row_of(_rows(), code), at)


def cases(
    region: RegionCode,
    at: datetime,
    *,
    states: Iterable[CaseState] = (),
    lot: LotCode | str | None = None,
    words: str = "",
    limit: int = 200,
    by: Actor | None = None,
) -> tuple[CaseFacts, ...]:
    """辖区内的案件, the one to decide first on top; those that `by` may supervise."""
    rows = _rows().filter(region__startswith=region.prefix)
    rows = powers.within(powers.remit(by), rows, leader="organisation") if by else rows
    rows = rows.filter(state__in=tuple(states)) if states else rows
    rows = rows.filter(lot=lot) if lot else rows
    for word in words.split():
        rows = rows.filter(
            Q(title__icontains=word) | Q(code__icontains=word) | Q(party_rows__name__icontains=word)
        )
    return tuple(facts_of(row, at) for row in rows.distinct().order_by("decide_by", "code")[:limit])


def cases_of(lot: LotCode | str, at: datetime) -> tuple[CaseFacts, ...]:
    """一个标段的案件."""
    return tuple(facts_of(row, at) for row in _rows().filter(lot=lot).order_by("opened_at", "code"))


def told(party: CreditCode, at: datetime) -> tuple[CaseFacts, ...]:
    """本单位作为当事人的案件 of which it has been told, the latest first."""
    rows = _rows().filter(party_rows__party=party, notified_at__isnull=False)
    return tuple(facts_of(row, at) for row in rows.order_by("-notified_at", "code"))


def untold(party: CreditCode) -> frozenset[str]:
    """正在调查而尚未告知的案件: who is looked into does not learn it from the list of who read the file."""
    running = Case.objects.filter(party_rows__party=party, notified_at__isnull=True)
    return frozenset(running.exclude(state=CaseState.DROPPED).values_list("code", flat=True))


def told_case(party: CreditCode, code: str, at: datetime) -> CaseFacts:
    """本单位被告知的案件. Raises `Missing`."""
    found = next((one for one in told(party, at) if one.code == code), None)
    if found is None:
        raise Missing(NO_CASE)
    return found


def published(at: datetime, *, limit: int = 100) -> tuple[CaseFacts, ...]:
    """已公开的处理决定, the latest first."""
    rows = _rows().filter(state__in=SHOWN).order_by("-published_at", "code")[:limit]
    return tuple(facts_of(row, at) for row in rows)


def decided_about(party: CreditCode, at: datetime) -> tuple[CaseFacts, ...]:
    """一个主体已公开的处理决定."""
    rows = _rows().filter(state__in=SHOWN, party_rows__party=party).order_by("-published_at", "code")
    return tuple(facts_of(row, at) for row in rows)


def orders(lot: LotCode | str, at: datetime) -> tuple[OrderFacts, ...]:
    """标段的责令事项, in order."""
    return tuple(row.facts(at) for row in LotOrder.objects.filter(lot=lot))


def demands(party: CreditCode, at: datetime) -> tuple[tuple[OrderFacts, str], ...]:
    """本单位须办理的责令, with the title of the lot, the first due on top."""
    rows = LotOrder.objects.filter(Q(owner=party) | Q(agency=party)).order_by("met_at", "until", "code")
    found = [row.facts(at) for row in rows[:DEMANDS_MAX]]
    titles = {one.lot: projects.lot(one.lot).title for one in found}
    return tuple((one, titles[one.lot]) for one in found)


def offers(actor: Actor, lot: LotCode, at: datetime) -> tuple[Offer, ...]:
    """可办事项: open a case on the lot, and look back from its result."""
    found = []
    if not actor.has(Permission.CASE_READ) or not powers.is_mine(actor, projects.lot(lot).region, lot):
        return ()
    if actor.has(Permission.CASE_HANDLE):
        found.append(Offer("立案查处", f"/desk/cases/open/?lot={lot}"))
    return (*found, Offer("倒查", f"/desk/lots/{lot}/trace/", note="查阅之前登记事由"))


def facts_of(row: Case, at: datetime) -> CaseFacts:
    return row.facts(offences()[row.offence], at)


def row_of(rows: QuerySet[Case], code: str) -> Case:
    row = rows.filter(pk=code).first()
    if row is None:
        raise Missing(NO_CASE)
    return row


def _rows() -> QuerySet[Case]:
    return Case.objects.prefetch_related(
        "party_rows", "evidence_rows", "order_rows", "officer_rows", "draft_row__opinion_rows"
    )
