"""主体库的读取."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from ggzy.foundation.identity import queries as people
from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Role
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.parties import rules
from ggzy.registers.parties.models import Party
from ggzy.registers.parties.values import Bearer, Holding, PartyFacts, PartyRole

LEVELS_MAX = 10  # of holders above holders
INSIDE = frozenset({PartyRole.OWNER, PartyRole.AGENCY, PartyRole.AUTHORITY, PartyRole.CENTRE})
INSIDERS = frozenset({Role.OWNER, Role.AGENCY, Role.OPERATOR, Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR})


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


def namesakes(
    codes: Collection[CreditCode], side: Collection[CreditCode] | None = None, others: Iterable[Bearer] = ()
) -> dict[CreditCode, tuple[str, ...]]:
    """法定代表人同名提示 of each party that has one: who bears the name in the organisations of `side`, or in
    any that buys, sells, serves or supervises where that is None; and among the `others` the caller knows.

    A line names nobody but the representative, whom the register shows to everyone.
    """
    known = parties(codes)
    wanted = {facts.representative.strip() for facts in known.values()} - {""}
    bearers = [*_representatives(wanted, side), *_staff(wanted, side), *others]
    found = {code: rules.alike(facts, bearers) for code, facts in known.items()}
    return {code: lines for code, lines in found.items() if lines}


def _representatives(names: set[str], side: Collection[CreditCode] | None) -> Iterator[Bearer]:
    for row in Party.objects.filter(representative__in=names).order_by("pk"):
        if not INSIDE.isdisjoint(row.roles) if side is None else row.code in side:
            yield Bearer(row.representative, f"{row.name}的法定代表人", row.code)


def _staff(bearing: set[str], side: Collection[CreditCode] | None) -> Iterator[Bearer]:
    found = [
        one
        for one in people.named(bearing)
        if (one.role in INSIDERS if side is None else one.organisation in side)
    ]
    known = names({one.organisation for one in found if one.organisation})
    for one in found:
        where = known.get(one.organisation, str(one.organisation)) if one.organisation else ""
        yield Bearer(one.person_name, f"{where}的工作人员", one.organisation)


def supervises(party: PartyFacts) -> str:
    """监督领域 of an authority, in words."""
    known = catalog.branches()
    return "、".join(known[code] for code in party.branches) or "综合监管（全部领域）"


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
        "branches": ",".join(sorted(row.branches)),
    }
