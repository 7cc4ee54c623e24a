"""名单与申请的读取."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from ggzy.kernel.codes import CreditCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.instants import local_date
from ggzy.registers.credit.models import EntryAppeal, ListEntry
from ggzy.registers.credit.values import Appeal, AppealState, Listing, ListState

NO_LISTING = "没有找到这条名单条目"
ENDED = [state.value for state in ListState if state.is_over]


def listing(code: str) -> Listing:
    """名单条目, whatever became of it. Raises `Missing`."""
    row = ListEntry.objects.filter(pk=code).first()
    if row is None:
        raise Missing(NO_LISTING)
    return row.facts()


def listings_of(party: CreditCode) -> tuple[Listing, ...]:
    """一个主体的全部名单条目, newest first: for itself and for supervisors."""
    return tuple(
        row.facts() for row in ListEntry.objects.filter(party=party).order_by("-proposed_at", "code")
    )


def found_listings(words: str, limit: int = 100) -> tuple[Listing, ...]:
    """名单条目 by name, code or document, in any state, the latest first: for supervisors."""
    rows = _searched(ListEntry.objects.all(), words).order_by("-proposed_at", "code")
    return tuple(row.facts() for row in rows[:limit])


def listings_in_force(
    at: datetime, *, words: str = "", party: CreditCode | None = None
) -> tuple[Listing, ...]:
    """公布中的严重失信主体名单, the latest first."""
    rows = _searched(ListEntry.objects.filter(_published(at)), words).order_by("-decided_on", "code")
    rows = rows if party is None else rows.filter(party=party)
    return tuple(entry for entry in (row.facts() for row in rows) if entry.is_in_force(at))


def overdue_listings(at: datetime) -> tuple[Listing, ...]:
    """已届满而未移出的名单条目."""
    rows = ListEntry.objects.filter(state=ListState.PUBLISHED, end__lt=local_date(at)).order_by("end", "code")
    return tuple(row.facts() for row in rows)


def is_listed(party: CreditCode, list_code: str) -> bool:
    """该名单中是否已有未移出的条目."""
    return ListEntry.objects.filter(party=party, list=list_code).exclude(state__in=ENDED).exists()


def appeal(code: str) -> Appeal:
    """异议、修复申请. Raises `Missing`."""
    row = EntryAppeal.objects.filter(pk=code).first()
    if row is None:
        raise Missing("没有找到这件申请")
    return row.facts()


def appeals_of(party: CreditCode) -> tuple[Appeal, ...]:
    """一个主体的全部申请, newest first."""
    return tuple(row.facts() for row in EntryAppeal.objects.filter(party=party).order_by("-filed_at", "code"))


def open_appeals() -> tuple[Appeal, ...]:
    """待处理的申请, the earliest due first."""
    rows = EntryAppeal.objects.filter(state=AppealState.OPEN).order_by("due_on", "code")
    return tuple(row.facts() for row in rows)


def disputed(entries: Collection[str]) -> frozenset[str]:
    """有异议正在核实的信用编号 among these."""
    rows = EntryAppeal.objects.filter(entry__in=entries, state=AppealState.OPEN, kind="objection")
    return frozenset(rows.values_list("entry", flat=True))


def appealed(party: CreditCode) -> frozenset[str]:
    """本单位有申请正在核实的信用编号."""
    rows = EntryAppeal.objects.filter(party=party, state=AppealState.OPEN)
    return frozenset(rows.values_list("entry", flat=True))


def has_open_appeal(entry: str) -> bool:
    """是否有申请正在核实."""
    return EntryAppeal.objects.filter(entry=entry, state=AppealState.OPEN).exists()


def _published(at: datetime) -> Q:
    return Q(published_at__lte=at, end__gte=local_date(at)) & (Q(ended_at__isnull=True) | Q(ended_at__gt=at))


def _searched(rows: QuerySet[ListEntry], words: str) -> QuerySet[ListEntry]:
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(party__icontains=word) | Q(document__icontains=word))
    return rows
