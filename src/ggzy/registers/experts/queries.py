"""专家库的读取."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

from django.db.models import Q

from ggzy.foundation.identity import queries as identity
from ggzy.kernel.codes import ExpertCode, RegionCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.verdict import Verdict
from ggzy.registers.experts import rules
from ggzy.registers.experts.models import Expert, ExpertMark, ExpertSpecialty
from ggzy.registers.experts.values import Conduct, ExpertFacts, Mark, PoolMember, Specialty

TABLE = Path(__file__).with_name("data") / "specialties.csv"
CONDUCTS = TABLE.with_name("conducts.toml")


@cache
def specialties() -> Mapping[str, Specialty]:
    """专业分类表, by code in the order of the standard."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    pairs = (line.split(",", 1) for line in lines)
    return {code: Specialty(code, name) for code, name in pairs}


def specialty_name(code: str) -> str:
    """专业名称; the code itself if the table does not know it."""
    known = specialties().get(code)
    return known.name if known else code


def pool(wanted: Sequence[str], region: RegionCode, at: datetime) -> tuple[PoolMember, ...]:
    """候选专家 of these specialties (codes of any level) in a region, by code.

    An expert who fits several specialties stands under the first of `wanted`. Everybody registered by
    then is listed, active or not: who is left out must be counted too.
    """
    if not wanted:
        return ()
    fitting = Q()
    for code in wanted:
        fitting |= Q(specialty__startswith=code)
    rows = ExpertSpecialty.objects.filter(
        fitting, expert__region__startswith=region.prefix, expert__registered_at__lte=at
    ).select_related("expert")
    order = {code: place for place, code in enumerate(wanted)}
    found: dict[str, PoolMember] = {}
    placed = sorted(
        (min(order[c] for c in order if row.specialty.startswith(c)), row.pk, row) for row in rows
    )
    for place, _, row in placed:
        found.setdefault(row.expert_id, row.expert.pool_member(tuple(order)[place]))
    barred = bars(found, at)
    members = (replace(one, is_barred=one.expert in barred) for one in found.values())
    return tuple(sorted(members, key=lambda member: member.expert))


def bars(codes: Collection[str], at: datetime) -> dict[ExpertCode, Mark]:
    """有效的评标禁止 of these experts at that moment. One query."""
    rows = ExpertMark.objects.filter(expert__in=list(codes), start__isnull=False).order_by("code")
    return {mark.mark.expert: mark for mark in (row.facts() for row in rows) if mark.bars(at)}


def may_sit(code: ExpertCode, at: datetime) -> Verdict:
    """能否参加评标评审: under no ban; the reason names the entry and its law."""
    return rules.may_sit(bars((code,), at).get(code))


def mark(code: str) -> Mark:
    """专家信用记录. Raises Missing."""
    row = ExpertMark.objects.filter(pk=code).first()
    if row is None:
        raise Missing("没有找到这条专家信用记录")
    return row.facts()


def marks_of(code: ExpertCode) -> tuple[Mark, ...]:
    """一名专家的信用记录, the latest decision first: for itself and for supervisors."""
    rows = ExpertMark.objects.filter(expert=code).order_by("-decided_on", "code")
    return tuple(row.facts() for row in rows)


def recent_marks(region: RegionCode, limit: int = 100) -> tuple[Mark, ...]:
    """本地区的专家信用记录, the latest first."""
    rows = ExpertMark.objects.filter(expert__region__startswith=region.prefix).order_by("-marked_at", "code")
    return tuple(row.facts() for row in rows[:limit])


@cache
def conducts() -> Mapping[str, Conduct]:
    """专家失信行为."""
    told = tomllib.loads(CONDUCTS.read_text(encoding="utf-8"))
    return {code: Conduct(code=code, **entry) for code, entry in told.items()}


def standing(code: str) -> dict[str, object]:
    """现状: what the rows say, for the verifier."""
    row = Expert.objects.filter(pk=code).first()
    if row is None:
        return {}
    marks = ExpertMark.objects.filter(expert=row)
    return {
        "state": row.state,
        "employer": row.employer,
        "marks": marks.count(),
        "lifted": marks.filter(lifted_at__isnull=False).count(),
    }


def expert(code: ExpertCode) -> ExpertFacts:
    """评标专家. Raises Missing; the caller answers for who may know the name."""
    return _facts([code])[code]


def experts(codes: Collection[ExpertCode]) -> Mapping[ExpertCode, ExpertFacts]:
    """评标专家, by code. Raises Missing if one is unknown."""
    return _facts(codes)


def of_person(person: str) -> ExpertFacts | None:
    """本人的专家登记."""
    code = Expert.objects.filter(person=person).values_list("code", flat=True).first()
    return None if code is None else expert(code)


def count(region: RegionCode) -> int:
    """在库人数 of a region."""
    return Expert.objects.filter(region__startswith=region.prefix).count()


def _facts(codes: Collection[ExpertCode]) -> dict[ExpertCode, ExpertFacts]:
    rows = list(Expert.objects.filter(pk__in=list(codes)))
    if len(rows) != len(set(codes)):
        raise Missing("没有找到该专家")
    fields: dict[str, list[str]] = {row.pk: [] for row in rows}
    for expert_id, specialty in (
        ExpertSpecialty.objects.filter(expert__in=rows).order_by("pk").values_list("expert_id", "specialty")
    ):
        fields[expert_id].append(specialty)
    people = identity.people({row.person for row in rows})
    return {
        ExpertCode(row.pk): row.facts(
            people[row.person].name if row.person in people else "", tuple(fields[row.pk])
        )
        for row in rows
    }
