"""专家库的读取."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from django.db.models import Q

from ggzy.foundation.identity import queries as identity
from ggzy.kernel.codes import ExpertCode, RegionCode
from ggzy.kernel.errors import Missing
from ggzy.registers.experts.models import Expert, ExpertSpecialty
from ggzy.registers.experts.values import ExpertFacts, PoolMember, Specialty

TABLE = Path(__file__).with_name("data") / "specialties.csv"


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
    return tuple(sorted(found.values(), key=lambda member: member.expert))


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
