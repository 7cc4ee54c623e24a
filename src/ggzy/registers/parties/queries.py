"""主体库的读取."""

from collections.abc import Collection, Sequence

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Missing
from ggzy.registers.parties import rules
from ggzy.registers.parties.models import Party
from ggzy.registers.parties.values import Holding, PartyFacts, PartyRole

LEVELS_MAX = 10  # of holders above holders


def party(code: CreditCode) -> PartyFacts:
    """主体. Raises Missing."""
    row = Party.objects.filter(pk=code).first()
    if row is None:
        raise Missing("没有找到这个主体")
    return row.facts()


def parties(codes: Collection[CreditCode]) -> dict[CreditCode, PartyFacts]:
    """主体, by code; unknown ones are left out. One query."""
    return {row.code: row.facts() for row in Party.objects.filter(pk__in=set(codes))}


def is_registered(code: CreditCode, role: PartyRole | None = None) -> bool:
    """是否已登记, in this role if one is named."""
    row = Party.objects.filter(pk=code).values_list("roles", flat=True).first()
    return row is not None and (role is None or role in row)


def name(code: CreditCode) -> str:
    """名称; the code itself where nobody is registered under it."""
    return Party.objects.filter(pk=code).values_list("name", flat=True).first() or str(code)


def names(codes: Collection[CreditCode]) -> dict[CreditCode, str]:
    """名称, by code, for those who are registered. One query."""
    return dict(Party.objects.filter(pk__in=set(codes)).values_list("pk", "name"))


def above(codes: Collection[CreditCode]) -> dict[CreditCode, tuple[str, ...]]:
    """控股方 of each, by code where they have one and by name where not. One query a level, so many levels."""
    held: dict[str, Sequence[Holding]] = {}
    asked = set(codes)
    for _ in range(LEVELS_MAX):
        found = parties(asked)
        held |= {str(code): facts.holdings for code, facts in found.items()}
        asked = {
            one.code
            for facts in found.values()
            for one in facts.holdings
            if one.code and one.code not in held
        }
        if not asked:
            break
    return {code: rules.above(str(code), held) for code in codes}


def search(words: str, *, role: PartyRole | None = None, limit: int = 20) -> tuple[PartyFacts, ...]:
    """按名称或代码查找."""
    rows = Party.objects.order_by("name")
    for word in words.split():
        rows = rows.filter(name__icontains=word) | rows.filter(pk__icontains=word)
    if role is not None:
        rows = rows.filter(roles__contains=[role])
    return tuple(row.facts() for row in rows[:limit])


def standing(code: CreditCode) -> dict[str, object]:
    """What the row says now, for the verifier."""
    row = Party.objects.filter(pk=code).first()
    if row is None:
        return {}
    return {
        "name": row.name,
        "region": str(row.region),
        "roles": ",".join(sorted(row.roles)),
        "licence_until": row.licence_until.isoformat() if row.licence_until else "",
        "qualifications": len(row.qualifications),
    }
