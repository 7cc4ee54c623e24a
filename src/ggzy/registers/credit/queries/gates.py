"""市场禁入核查: what every door asks before it opens."""

import tomllib
from collections.abc import Collection
from datetime import datetime
from functools import cache
from pathlib import Path

from django.db.models import Q, QuerySet

from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.instants import local_date
from ggzy.kernel.verdict import Verdict
from ggzy.registers.credit import rules
from ggzy.registers.credit.models import MarketBan
from ggzy.registers.credit.values import PASSES, Ban

SCOPES = Path(__file__).parents[1] / "data" / "scopes.toml"


def gate(
    codes: Collection[CreditCode | None],
    at: datetime,
    *,
    must_tender: bool = True,
    region: RegionCode | None = None,
    category: str | None = None,
    as_agency: bool = False,
    remedy: str = PASSES,
) -> Verdict:
    """市场禁入关口: may these parties pass? Every reason names the entry and its law."""
    known = {code for code in codes if code}
    found = bans(known, at, must_tender=must_tender, region=region, category=category, as_agency=as_agency)
    return rules.barred((found[code] for code in sorted(found)), remedy)


def is_banned(
    code: CreditCode,
    at: datetime,
    *,
    must_tender: bool = True,
    region: RegionCode | None = None,
    category: str | None = None,
    as_agency: bool | None = None,
) -> Ban | None:
    """有效的市场禁入 of the party at that moment, the one that ends last; None if there is none.

    A ban from compulsory tenders counts unless the lot is said not to be one; a regional ban counts
    unless the lot is said to lie elsewhere; one from acting as an agency unless another role is named.
    """
    return bans(
        (code,), at, must_tender=must_tender, region=region, category=category, as_agency=as_agency
    ).get(code)


def bans(
    codes: Collection[CreditCode],
    at: datetime,
    *,
    must_tender: bool = True,
    region: RegionCode | None = None,
    category: str | None = None,
    as_agency: bool | None = None,
) -> dict[CreditCode, Ban]:
    """有效的市场禁入 of many parties, of each the one that ends last. One query."""
    is_procurement = category is None or category in procurement()
    rows = all_bans().filter(party__in=set(codes)).filter(running(at)).order_by("end")
    return {
        ban.party: ban
        for ban in (row.facts() for row in rows)
        if rules.holds(
            ban,
            at,
            must_tender=must_tender,
            region=region,
            is_procurement=is_procurement,
            as_agency=as_agency,
        )
    }


def all_bans() -> QuerySet[MarketBan]:
    return MarketBan.objects.select_related("party")


def running(at: datetime) -> Q:
    """`rules.holds` in the database's words, before scope and region."""
    today = local_date(at)
    return Q(start__lte=today, end__gte=today) & (Q(lifted_at__isnull=True) | Q(lifted_at__gt=at))


@cache
def procurement() -> frozenset[str]:
    """目录条目 that count as 政府采购."""
    return frozenset(tomllib.loads(SCOPES.read_text(encoding="utf-8"))["procurement"]["categories"])
