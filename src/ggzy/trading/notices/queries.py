"""读: notices as values, and the public search."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Count, Exists, Func, OuterRef, Q, QuerySet, Value

from ggzy.foundation.ui.offers import Offer
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode, RegionCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.instants import end_of_day, start_of_day
from ggzy.kernel.roles import Role
from ggzy.registers.catalog import queries as catalog
from ggzy.registers.parties import queries as parties
from ggzy.trading.notices import rules
from ggzy.trading.notices.models import Notice
from ggzy.trading.notices.values import (
    KINDS,
    Change,
    Check,
    Found,
    NoticeDraft,
    NoticeFacts,
    NoticeRow,
    Wanted,
)
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import LotFacts

NO_NOTICE = "没有找到这份公告"
PAGE_SIZE = 20
OWNERS = 8


def notice(id: str) -> NoticeFacts:
    """公告. Raises `Missing`."""
    row = Notice.objects.filter(pk=id).first()
    if row is None:
        raise Missing(NO_NOTICE)
    return _facts([row])[0]


def notices(
    *, lot: LotCode | str, round: int | None = None, kinds: Iterable[str] = (), newest_first: bool = False
) -> tuple[NoticeFacts, ...]:
    """标段的公告, in the order they were published."""
    rows = Notice.objects.filter(lot_id=lot).order_by("-number" if newest_first else "number")
    if round is not None:
        rows = rows.filter(round=round)
    if kinds:
        rows = rows.filter(kind__in=list(kinds))
    return _facts(list(rows))


def versions(id: str) -> tuple[NoticeFacts, ...]:
    """版本链: the notice, what it amends and what amends it, oldest first."""
    return _chain(notice(id))


def difference(id: str) -> tuple[Change, ...]:
    """前后对照 with the notice it amends; nothing if it amends none."""
    after = notice(id)
    return rules.difference(notice(after.amends), after) if after.amends else ()


def by_digest(digest: str) -> tuple[NoticeFacts, ...]:
    """摘要相符的公告: those of this digest, or with an attachment of it, the first published first."""
    rows = Notice.objects.filter(Q(digest=digest) | Q(attachments_json__contains=[[digest]]))
    return _facts(list(rows.order_by("published_at")[:20]))


def check(draft: NoticeDraft) -> Check:
    """发布前检查: items missing and phrases that may exclude competitors."""
    return rules.check(whole(draft), has_agency=projects.lot(draft.lot).agency is not None)


def whole(draft: NoticeDraft) -> NoticeDraft:
    """补全的公告稿: with the lines that publishing takes from the lot."""
    lot = projects.lot(draft.lot)
    names = parties.names([code for code in (lot.owner, lot.agency) if code])
    agency = names.get(lot.agency, str(lot.agency)) if lot.agency else None
    return rules.completed(draft, lot, names.get(lot.owner, str(lot.owner)), agency, labels(lot))


def labels(lot: LotFacts) -> rules.Labels:
    """称谓 of this lot's trade: an open price is announced, not tendered."""
    category = catalog.find_category(lot.category)
    if catalog.is_scored(lot.method) or category is None:
        return rules.TENDER
    return rules.Labels(category.owner_word, category.lot_word, "公告", "代理机构")


def search(wanted: Wanted, *, page: int = 1, size: int = PAGE_SIZE, counts: bool = True) -> Found:
    """交易公开检索. Every word must occur somewhere in the notice; codes are found as they are written."""
    rows = _matching(wanted).annotate(is_amended=_amended())
    pages = Paginator(rows.defer("body_json", "plain", "grams").order_by(*_order(wanted)), size)
    shown = pages.get_page(page)
    by_kind = _by_kind(wanted) if counts else ()
    return Found(
        rows=_rows(shown.object_list),
        total=pages.count,
        page=shown.number,
        pages=pages.num_pages,
        by_kind=by_kind,
        by_region=_by_region(wanted) if counts else (),
        by_nature=_by(wanted, "nature") if counts else (),
        by_method=_by(wanted, "method") if counts else (),
        by_owner=_by(wanted, "owner")[:OWNERS] if counts else (),
    )


def latest(
    limit: int, *, kinds: Iterable[str] = (), region: RegionCode | None = None
) -> tuple[NoticeRow, ...]:
    """最新公告."""
    rows = _matching(Wanted(kinds=tuple(kinds), region=region)).annotate(is_amended=_amended())
    newest = rows.defer("body_json", "plain", "grams").order_by("-published_at", "-id")[:limit]
    return _rows(newest)


def offers(actor: Actor, lot: LotCode, at: datetime) -> tuple[Offer, ...]:
    """可办事项: a notice written by hand."""
    if actor.role not in (Role.OWNER, Role.AGENCY):
        return ()
    is_scored = catalog.is_scored(projects.lot(lot).method)
    note = f"更正公告、履约信息公告；变更时间请用{'答疑与澄清' if is_scored else '变更公告'}"
    return (Offer("发布更正等公告", f"/desk/lots/{lot}/notices/new/", note=note),)


def standing(lot: LotCode | str) -> dict[str, object]:
    """现状: what the rows say, to be compared with the folded facts."""
    digests = list(Notice.objects.filter(lot_id=lot).order_by("number").values_list("digest", flat=True))
    return {"notices.count": len(digests), "notices.last": digests[-1] if digests else None}


def _facts(rows: list[Notice]) -> tuple[NoticeFacts, ...]:
    later = Notice.objects.filter(amends_id__in=[row.id for row in rows]).values_list("amends_id", "id")
    amended_by = dict(later)
    return tuple(row.facts(amended_by.get(row.id)) for row in rows)


def _rows(found: Iterable[Any]) -> tuple[NoticeRow, ...]:
    """Rows annotated with `is_amended`."""
    return tuple(row.row(row.is_amended) for row in found)


def _chain(found: NoticeFacts) -> tuple[NoticeFacts, ...]:
    """A chain is short and lies within one lot: one read, then links."""
    by_id = {one.id: one for one in notices(lot=found.lot)}
    first = found
    while first.amends:
        first = by_id[first.amends]
    chain = [first]
    while chain[-1].amended_by:
        chain.append(by_id[chain[-1].amended_by])
    return tuple(chain)


def _matching(wanted: Wanted) -> QuerySet[Notice]:
    rows = Notice.objects.filter(**_exact(wanted))
    if wanted.kinds:
        rows = rows.filter(kind__in=wanted.kinds)
    if wanted.group:
        rows = rows.filter(kind__in=[kind.code for kind in KINDS.values() if kind.group == wanted.group])
    if wanted.region is not None:
        rows = rows.filter(region__startswith=wanted.region.prefix)
    if wanted.lots is not None:
        rows = rows.filter(lot_id__in=wanted.lots)
    if wanted.since:
        rows = rows.filter(published_at__gte=start_of_day(wanted.since))
    if wanted.until:
        rows = rows.filter(published_at__lt=end_of_day(wanted.until))
    for term in rules.terms(wanted.text):
        pairs = sorted(rules.grams(term))
        rows = rows.filter(Q(grams__contains=pairs) if pairs else Q(), plain__contains=rules.normal(term))
    return rows


def _order(wanted: Wanted) -> tuple[Any, ...]:
    newest = ("-published_at", "-id")
    match wanted.order:
        case "oldest":
            return ("published_at", "id")
        case "amount":
            return ("-estimate", *newest)
        case "lots":
            lots = Value(list(wanted.lots or ()), output_field=ArrayField(models.CharField()))
            place = Func(lots, "lot_id", function="array_position", output_field=models.IntegerField())
            return (place.asc(nulls_last=True), *newest)
    return newest


def _exact(wanted: Wanted) -> dict[str, object]:
    exact = {
        "category": wanted.category,
        "nature": wanted.nature,
        "owner": wanted.owner,
        "lot_id": wanted.lot,
        "method": wanted.method,
        "estimate__gte": wanted.amount_from,
        "estimate__lt": wanted.amount_below,
    }
    return {name: value for name, value in exact.items() if value}


def _amended() -> Exists:
    return Exists(Notice.objects.filter(amends_id=OuterRef("pk")))


def _by_kind(wanted: Wanted) -> tuple[tuple[str, str, int], ...]:
    found = _matching(wanted).order_by().values_list("kind").annotate(count=Count("pk"))
    counted = dict(found)
    return tuple((code, kind.name, counted[code]) for code, kind in KINDS.items() if code in counted)


def _by_region(wanted: Wanted) -> tuple[tuple[RegionCode, int], ...]:
    found = _matching(wanted).order_by().values_list("region").annotate(count=Count("pk"))
    counter: Counter[RegionCode] = Counter({RegionCode(code): count for code, count in found})
    return tuple(sorted(counter.items()))


def _by(wanted: Wanted, column: str) -> tuple[tuple[Any, int], ...]:
    """How many of each, the most first."""
    found = _matching(wanted).order_by().values_list(column).annotate(count=Count("pk"))
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))
