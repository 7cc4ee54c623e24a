"""双随机抽查的读取: the list of items, the libraries, each check with all that is needed to run it again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import QuerySet

from ggzy.foundation.identity import queries as identity
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.roles import Role
from ggzy.oversight.cases.models import Check, CheckResult
from ggzy.oversight.cases.queries.listing import read
from ggzy.oversight.cases.values.checks import HIGH, NORMAL, CheckFacts, CheckState, Item
from ggzy.registers.credit import queries as credit
from ggzy.registers.parties import queries as parties
from ggzy.registers.parties.values import PartyRole

NO_CHECK = "没有找到这次抽查"
LIBRARY_MAX = 5000


@cache
def items() -> Mapping[str, Item]:
    """抽查事项清单."""
    return {
        code: Item(code, row["name"], row["role"], row["basis"], tuple(row["points"]))
        for code, row in read("checks.toml")["items"].items()
    }


def shares() -> Mapping[str, int]:
    """抽查比例 by class of risk, in a hundred."""
    found: dict[str, int] = read("checks.toml")["shares"]
    return found


def objects(
    item: Item, region: RegionCode, at: datetime
) -> tuple[list[tuple[str, CreditCode, str]], list[CreditCode]]:
    """对象名录库 of a region as (risk, code, name), and who is left out because it was checked lately."""
    rest = timedelta(days=read("checks.toml")["rest"]["days"])
    lately = set(
        CheckResult.objects.filter(check_row__planned_at__gt=at - rest)
        .exclude(check_row__state=CheckState.ABANDONED)
        .values_list("party", flat=True)
    )
    found = parties.search("", role=PartyRole(item.role), limit=LIBRARY_MAX)
    here = [one for one in found if region.contains(one.region)]
    banned = credit.bans([one.code for one in here], at)
    library = [
        (HIGH if one.code in banned or _has_record(one.code) else NORMAL, one.code, one.name)
        for one in here
        if one.code not in lately
    ]
    return library, sorted(one.code for one in here if one.code in lately)


def inspectors(region: RegionCode) -> list[tuple[str, str]]:
    """检查人员名录库 of a region as (person, name): those who supervise."""
    held = identity.serving(Role.SUPERVISOR)
    found = {
        one.person: one.person_name
        for one in held
        if one.region.contains(region) or region.contains(one.region)
    }
    return sorted(found.items())


def check(code: str, at: datetime) -> CheckFacts:
    """抽查. Raises `Missing`."""
    return facts_of(row_of(_rows(), code), at)


def checks(at: datetime, *, region: RegionCode | None = None, limit: int = 100) -> tuple[CheckFacts, ...]:
    """抽查, the latest first."""
    rows = _rows().filter(region__startswith=region.prefix) if region else _rows()
    return tuple(facts_of(row, at) for row in rows.order_by("-planned_at", "code")[:limit])


def row_of(rows: QuerySet[Check], code: str) -> Check:
    row = rows.filter(pk=code).first()
    if row is None:
        raise Missing(NO_CHECK)
    return row


def facts_of(row: Check, at: datetime) -> CheckFacts:
    return row.facts(items()[row.item], at)


def replay(found: CheckFacts) -> dict[str, Any]:
    """重算材料: everything a stranger needs to run the draw again."""
    return {
        "check": found.code,
        "algorithm": "sha256",
        "item": found.item.code,
        "region": str(found.region),
        "request": found.request.hex(),
        "pool_root": found.pool_root.hex(),
        "excluded_root": found.excluded_root.hex(),
        "head": found.head.hex() if found.head else None,
        "leaves": [
            {"group": group, "leaf": leaf.hex(), "weight": weight} for group, leaf, weight in found.leaves
        ],
        "seats": [{"group": one.group, "pool": one.pool, "wanted": one.wanted} for one in found.seats],
        "givers": [
            {
                "party": one.party,
                "commitment": one.commitment.hex(),
                "nonce": one.nonce.hex() if one.nonce else None,
            }
            for one in found.givers
        ],
        "seed": found.seed.hex() if found.seed else None,
        "drawn": [
            {
                "group": one.group,
                "subject": one.subject,
                "name": one.name,
                "salt": one.salt.hex(),
                "is_recused": one.subject in found.recused,
            }
            for one in found.drawn
        ],
        "results": [
            {"party": str(one.party), "name": one.name, "finding": one.finding.value, "text": one.text}
            for one in found.results
            if one.finding and found.state is CheckState.PUBLISHED
        ],
    }


def _has_record(party: CreditCode) -> bool:
    return any(
        one.kind.is_adverse and one.repaired_on is None and one.withdrawn_on is None
        for one in credit.records_of(party)
    )


def _rows() -> QuerySet[Check]:
    return Check.objects.prefetch_related("pool_rows", "giver_rows", "result_rows")
