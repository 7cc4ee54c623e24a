"""市场禁入核查: what every door asks before it opens."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.instants import local_date
from ggzy.kernel.verdict import Verdict
from ggzy.registers.credit import rules
from ggzy.registers.credit.models import ListEntry, MarketBan
from ggzy.registers.credit.queries.data import blacklists, procurement
from ggzy.registers.credit.values import PASSES, Ban, Decision
from ggzy.registers.parties import queries as parties
from ggzy.registers.parties.values import PartyRole


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
    """有效的市场禁入 of many parties, of each the one that ends last; what a list shuts out of is one too. Two queries."""
    is_procurement = category is None or category in procurement()
    known = set(codes)
    found = [row.facts() for row in all_bans().filter(party__in=known).filter(running(at))]
    found += listed_bans(ListEntry.objects.filter(party__in=known, published_at__lte=at))
    return {
        ban.party: ban
        for ban in sorted(found, key=lambda one: one.end)
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


def listed_bans(rows: QuerySet[ListEntry]) -> list[Ban]:
    """名单所带的市场禁入 of these entries, whether they still run or not."""
    found = (row.facts() for row in rows)
    bans = (entry.as_ban(blacklists()[entry.list]) for entry in found)
    return [ban for ban in bans if ban is not None]


def by_recorder(actor: Actor, entry: Decision, decision: Decision | None = None) -> Verdict:
    """谁认定谁修复: may this person settle an entry of that authority, with that decision?"""
    settler = parties.name(actor.organisation) if actor.organisation else ""
    named = parties.search(entry.authority, role=PartyRole.AUTHORITY)
    is_here = any(one.name == entry.authority.strip() for one in named)
    return rules.by_recorder(entry, decision, settler, is_here=is_here)
