"""投诉和来件的读取."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import Count, Q, QuerySet

from ggzy.foundation.ui.offers import Offer
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.instants import local_date
from ggzy.kernel.roles import Permission
from ggzy.oversight.cases.models import Complaint, Petition
from ggzy.oversight.cases.queries.listing import read
from ggzy.oversight.cases.values.complaints import (
    Category,
    ComplaintFacts,
    ComplaintState,
    Matter,
    PetitionFacts,
    PetitionState,
    Raised,
    Regime,
)
from ggzy.oversight.powers import queries as powers
from ggzy.trading.dossier import queries as dossiers
from ggzy.trading.projects.values import LotFacts

NO_COMPLAINT = "没有找到这件投诉，或者您没有查看它的权限"
NO_PETITION = "没有找到这个来件，或者查询码不正确"
# Which objection goes before which complaint.
STAGES = {"document": ("document",), "opening": ("opening",), "result": ("result", "sale")}
LIMITS = {
    "window": "complaint.window_days_max",
    "accept_workdays": "complaint.acceptance_workdays_max",
    "decide_workdays": "complaint.decision_workdays_max",
}


@cache
def regimes() -> Mapping[str, Regime]:
    """两套投诉程序."""
    return {code: _regime(code, row) for code, row in read("regimes.toml").items()}


def regime_of(lot: LotFacts) -> Regime:
    """适用的投诉程序, with the numbers of the lot's own rulebook where it has them."""
    rows = read("regimes.toml")
    code = next((code for code, row in rows.items() if lot.category in row["categories"]), "tendering")
    found = {name: lot.rulebook.get(limit) for name, limit in LIMITS.items()}
    own: dict[str, Any] = {name: int(limit.value) for name, limit in found.items() if limit}
    return replace(regimes()[code], **own)


def complaint(code: str) -> ComplaintFacts:
    """投诉. Raises `Missing`."""
    return facts_of(row_of(Complaint.objects.all(), code))


def complaints(
    region: RegionCode, *, lot: LotCode | str | None = None, limit: int = 200, by: Actor | None = None
) -> tuple[ComplaintFacts, ...]:
    """辖区内的投诉, the latest first; those that `by` may supervise."""
    rows = Complaint.objects.filter(region__startswith=region.prefix)
    rows = powers.within(powers.remit(by), rows) if by else rows
    rows = rows.filter(lot=lot) if lot else rows
    return tuple(facts_of(row) for row in rows.order_by("-filed_at", "code")[:limit])


def complaints_of(lot: LotCode | str) -> tuple[ComplaintFacts, ...]:
    """一个标段的投诉."""
    return tuple(facts_of(row) for row in Complaint.objects.filter(lot=lot).order_by("filed_at", "code"))


def complaints_by(party: CreditCode) -> tuple[ComplaintFacts, ...]:
    """本单位的投诉."""
    return tuple(facts_of(row) for row in Complaint.objects.filter(by=party).order_by("-filed_at", "code"))


def complaints_copied(party: CreditCode) -> tuple[ComplaintFacts, ...]:
    """发给本单位副本的投诉: of the owner's side of the lot."""
    rows = Complaint.objects.filter(Q(owner=party) | Q(agency=party), copied_at__isnull=False)
    return tuple(facts_of(row) for row in rows.order_by("-copied_at", "code"))


def decided(*, limit: int = 100) -> tuple[ComplaintFacts, ...]:
    """已作出处理决定的投诉, the latest first: what everybody may read of them."""
    rows = Complaint.objects.filter(state=ComplaintState.DECIDED).order_by("-ended_at", "code")
    return tuple(facts_of(row) for row in rows[:limit])


def raised(lot: LotCode, party: CreditCode, matter: str) -> tuple[Raised, ...]:
    """先行的异议、质疑 of this party on this matter, as the lot's journal tells them."""
    kinds = ("objection.raised", "objection.answered")
    mine: dict[str, tuple[date, date]] = {}
    answered: dict[str, date] = {}
    for fact in dossiers.facts_of(lot, kinds):
        it: Any = fact.event
        if fact.kind == "objection.answered":
            answered[it.objection] = local_date(fact.at)
        elif it.raised_by == party and it.stage in STAGES.get(matter, ()):
            mine[it.objection] = (local_date(fact.at), it.due_on)
    return tuple(Raised(on, answered.get(code), due) for code, (on, due) in mine.items())


def statistics() -> tuple[tuple[str, str, int], ...]:
    """投诉统计: by matter and by what became of them."""
    names = {"upheld": "成立", "rejected": "驳回", "dismissed": "终止处理"}
    rows = Complaint.objects.order_by().values_list("regime", "matter", "state", "outcome")
    found = [
        (regimes()[regime].matters[matter].name, names.get(outcome) or ComplaintState(state).label, number)
        for regime, matter, state, outcome, number in rows.annotate(number=Count("pk"))
    ]
    return tuple(sorted(found))


def petitions(region: RegionCode, at: datetime, *, limit: int = 200) -> tuple[PetitionFacts, ...]:
    """辖区内的来件, those of no region too; the first to answer on top."""
    rows = Petition.objects.filter(Q(region__startswith=region.prefix) | Q(region=RegionCode.COUNTRY))
    waiting = rows.exclude(state=PetitionState.ANSWERED).order_by("answer_by", "code")[:limit]
    over = rows.filter(state=PetitionState.ANSWERED).order_by("-answered_at", "code")[:limit]
    return tuple(row.facts(at) for row in (*waiting, *over))


def petition(code: str, at: datetime) -> PetitionFacts:
    """来件. Raises `Missing`."""
    return petition_row(Petition.objects.all(), code).facts(at)


def followed(key: str, at: datetime) -> PetitionFacts:
    """凭查询码查询来件. Raises `Missing`."""
    row = Petition.objects.filter(key_digest=key_digest(key)).first() if key.strip() else None
    if row is None:
        raise Missing(NO_PETITION)
    return row.facts(at)


def petition_counts() -> tuple[tuple[str, int], ...]:
    """来件统计 by category."""
    rows = Petition.objects.order_by("category").values_list("category").annotate(count=Count("pk"))
    return tuple((Category(category).label, count) for category, count in rows)


def key_digest(key: str) -> str:
    """查询码的摘要, however it was typed: the code itself is kept nowhere."""
    plain = "".join(key.split()).replace("-", "").upper()
    return hashlib.sha256(f"ggzy.petition/1:{plain}".encode()).hexdigest()


def complaint_offers(actor: Actor, lot: LotCode) -> tuple[Offer, ...]:
    """可办事项: complain."""
    if not actor.has(Permission.COMPLAINT_FILE):
        return ()
    return (Offer("投诉", f"/desk/lots/{lot}/complain/", note="向行政监督部门提出"),)


def row_of(rows: QuerySet[Complaint], code: str) -> Complaint:
    row = rows.filter(pk=code).first()
    if row is None:
        raise Missing(NO_COMPLAINT)
    return row


def petition_row(rows: QuerySet[Petition], code: str) -> Petition:
    row = rows.filter(pk=code).first()
    if row is None:
        raise Missing(NO_PETITION)
    return row


def facts_of(row: Complaint) -> ComplaintFacts:
    return row.facts(regimes()[row.regime])


def _regime(code: str, row: dict[str, Any]) -> Regime:
    told = {key: value for key, value in row.items() if key not in ("categories", "matters")}
    matters = {key: Matter(key, one["name"], one["must_object"]) for key, one in row["matters"].items()}
    return Regime(code=code, matters=matters, **told)
