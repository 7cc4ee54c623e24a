"""案卷的读取."""

import hashlib
import heapq
import importlib.util
import io
import json
import zipfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.crypto import salted_hmac

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.journal.values import Fact
from ggzy.foundation.ui.offers import Offer
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, LotCode, RegionCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.events import Audience
from ggzy.kernel.money import Money
from ggzy.kernel.roles import Permission
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.auctions.queries import showing as auction_rooms
from ggzy.trading.dossier import chapters, models, rules
from ggzy.trading.dossier.values import Dossier, OpenedBid, OpeningChapter, Stage, Summary
from ggzy.trading.dossier.values.record import Ground, LotRecord
from ggzy.trading.projects import queries as projects
from ggzy.trading.tendering import queries as tendering
from ggzy.trading.tendering.values import DocumentFile

View = Literal["public", "party", "supervision"]
Order = Literal["deadline", "newest", "amount"]
FRESH = timedelta(days=7)

_ORDERS: dict[Order, tuple[str, ...]] = {
    "deadline": ("deadline", "lot"),
    "newest": ("-changed_at", "lot"),
    "amount": ("-estimate", "lot"),
}


@dataclass(frozen=True)
class Wanted:
    """查询条件 of a list of lots; None and empty mean: not asked."""

    stages: tuple[Stage, ...] = ()
    words: str = ""
    region: RegionCode | None = None
    category: str = ""
    owner: CreditCode | None = None
    deadline_from: datetime | None = None
    deadline_to: datetime | None = None
    publicity_from: datetime | None = None
    is_suspended: bool | None = None
    lots: tuple[LotCode, ...] = ()


def summary(lot: LotCode) -> Summary:
    """标段摘要. Raises Missing."""
    found = models.Summary.objects.filter(pk=lot).first()
    if found is None:
        raise Missing("没有找到这个标段")
    return found.facts()


def summaries(
    wanted: Wanted = Wanted(), *, order: Order = "newest", offset: int = 0, limit: int = 20
) -> tuple[Summary, ...]:
    """标段清单, one query."""
    rows = _wanted(wanted).order_by(*_ORDERS[order])[offset : offset + limit]
    return tuple(row.facts() for row in rows)


def codes(wanted: Wanted, *, order: Order = "newest", limit: int) -> tuple[LotCode, ...]:
    """标段编号, the latest changed first unless asked otherwise."""
    rows = _wanted(wanted).order_by(*_ORDERS[order])[:limit]
    return tuple(LotCode(code) for code in rows.values_list("pk", flat=True))


def count(wanted: Wanted = Wanted()) -> int:
    """符合条件的标段数量."""
    return _wanted(wanted).count()


def contested() -> int:
    """正在竞价的标的数量."""
    return auction_rooms.running()


def totals(wanted: Wanted = Wanted()) -> tuple[Money, Money]:
    """成交总额 and the estimates of the same lots; lots without a price in money do not count."""
    rows = _wanted(wanted).filter(award_amount__isnull=False)
    found = rows.aggregate(award=Sum("award_amount"), estimate=Sum("estimate"))
    return found["award"] or Money(0), found["estimate"] or Money(0)


def _wanted(wanted: Wanted) -> QuerySet[models.Summary]:
    region = wanted.region.prefix if wanted.region else ""
    asked = {
        "stage__in": wanted.stages,
        "region__startswith": region,
        "category": wanted.category,
        "owner": wanted.owner,
        "deadline__gte": wanted.deadline_from,
        "deadline__lt": wanted.deadline_to,
        "publicity_until__gte": wanted.publicity_from,
        "pk__in": wanted.lots,
    }
    rows = models.Summary.objects.filter(**{key: value for key, value in asked.items() if value})
    if wanted.is_suspended is not None:
        rows = rows.filter(is_suspended=wanted.is_suspended)
    for word in wanted.words.split():
        rows = rows.filter(Q(title__icontains=word) | Q(lot__icontains=word) | Q(winner__icontains=word))
    return rows


def opening(lot: LotCode, *, find: str = "", offset: int = 0, limit: int = 100) -> OpeningChapter | None:
    """开标记录 with a page of its rows; None before any opening."""
    found = models.Opening.objects.filter(pk=lot).first()
    if found is None:
        return None
    rows = _bids(lot, find).order_by("seq")[offset : offset + limit]
    return found.facts(tuple(row.facts() for row in rows))


def opened_count(lot: LotCode, *, find: str = "") -> int:
    """唱标行数."""
    return _bids(lot, find).count()


def opened_prices(lot: LotCode) -> tuple[OpenedBid, ...]:
    """全部唱标行, for the dot plot and the totals."""
    return tuple(row.facts() for row in _bids(lot, "").order_by("seq"))


def bids_of(code: CreditCode, *, limit: int = 50) -> tuple[tuple[LotCode, OpenedBid], ...]:
    """一个主体的已公开投标, newest lots first."""
    rows = models.OpenedBid.objects.filter(code=code).order_by("-lot")[:limit]
    return tuple((LotCode(row.lot), row.facts()) for row in rows)


def shared_lots(codes: Collection[CreditCode], *, limit: int = 50) -> tuple[LotCode, ...]:
    """共同参加的标段: where two or more of these have an opened bid, the newest lots first."""
    rows = models.OpenedBid.objects.filter(code__in=codes).values_list("lot").order_by("-lot")
    met = rows.annotate(came=Count("code", distinct=True)).filter(came__gt=1)[:limit]
    return tuple(LotCode(lot) for lot, _ in met)


def _bids(lot: LotCode, find: str) -> QuerySet[models.OpenedBid]:
    rows = models.OpenedBid.objects.filter(lot=lot)
    return rows.filter(bidder__icontains=find) if find else rows


def dossier(lot: LotCode, view: View = "public", *, chapter: str | None = None) -> Dossier:
    """案卷, as far as `view` may read it now. Raises Missing."""
    known = summary(lot)
    forms = [form for form in chapters.forms() if chapter in (None, form.code)]
    allowed = _readable(view, known)
    facts = (fact for fact in facts_of(lot, chapters.kinds(forms)) if fact.audience in allowed)
    return chapters.compile_dossier(lot, forms, facts)


def facts_of(lot: LotCode, kinds: Iterable[str] | None = None, *, after: int = 0) -> Iterator[Fact]:
    """标段的全部事实, in the order of the journal."""
    wanted = tuple(kinds) if kinds is not None else None
    streams = (journal.facts(prefix=f"{root}/{lot}", kinds=wanted, after=after) for root in ("draw", "lot"))
    return heapq.merge(*streams, key=lambda fact: fact.height)


def record(lot: LotCode, known: LotRecord | None = None, *, until: int | None = None) -> LotRecord | None:
    """标段档案 for machines, up to the fact at `until`; only what came after `known` is read.

    None before the lot is registered. What is sealed until the close is not in it before the close.
    """
    if known is not None and until is not None and until < known.height:
        known = None
    facts = list(_told(lot, after=known.height if known else 0, until=until))
    if known is None or any(rules.unveils(fact) for fact in facts):
        facts = facts if known is None else list(_told(lot, until=until))
        return rules.fold_record(facts, ground(lot))
    for fact in facts:
        known = rules.step_record(known, fact)
    return known


def unscanned(at: datetime) -> tuple[LotCode, ...]:
    """有新招标文件待扫描的标段, the longest waiting first; what is older than a week is left as it is."""
    issued = list(tendering.issued(since=at - FRESH))
    rows = models.ScannedDocument.objects.filter(lot__in={lot for lot, _ in issued})
    done = set(rows.values_list("lot", "digest")) if issued else set()
    return tuple(dict.fromkeys(lot for lot, file in issued if (lot, file.digest) not in done))


def unscanned_files(lot: LotCode) -> tuple[DocumentFile, ...]:
    """待扫描的招标文件 of a lot, each once."""
    done = set(models.ScannedDocument.objects.filter(lot=lot).values_list("digest", flat=True))
    files = {file.digest: file for _, file in tendering.issued(lot=lot)}
    return tuple(file for digest, file in files.items() if digest not in done)


def told_kinds() -> tuple[str, ...]:
    """事实种类 that move a record, but for the offers of a running room: its close brings them all."""
    return tuple(kind for kind in rules.TOLD if kind != "offer.made")


def follow_record(known: LotRecord | None, fact: Fact) -> LotRecord | None:
    """标段档案 after one more fact; the journal is read again only at the start and at the close."""
    if known is None or rules.unveils(fact):
        return record(LotCode(fact.event.lot), until=fact.height)
    return rules.step_record(known, fact)


def ground(lot: LotCode) -> Ground:
    """立项与规则 of a lot. Raises Missing."""
    found = projects.lot(lot)
    return Ground(
        rulebook=found.rulebook,
        calendar=catalog.calendar(),
        salt=salted_hmac("ggzy.dossier.record", "expert").digest(),
        project_title=found.project_title,
        funding=found.funding,
        approval=found.approval,
    )


def _told(lot: LotCode, *, after: int = 0, until: int | None = None) -> Iterator[Fact]:
    for fact in facts_of(lot, rules.TOLD, after=after):
        if until is not None and fact.height > until:
            return
        yield fact


def _readable(view: View, known: Summary) -> frozenset[Audience]:
    """披露 (trust §14.4): parties read theirs, supervision reads what was sealed once bidding has closed."""
    if view == "public":
        return frozenset({Audience.PUBLIC})
    if view == "party":
        return frozenset({Audience.PUBLIC, Audience.PARTIES})
    open_now = {Audience.PUBLIC, Audience.PARTIES}
    return frozenset(open_now | {Audience.SEALED} if known.closed_at else open_now)


def export(lot: LotCode, view: View = "public") -> bytes:
    """案卷文件 (`ggzy.dossier/1`): evidence, documents and the verifier in one ZIP that checks itself.

    Bodies `view` may not read are withheld; their places stay provable. Raises Missing, Conflict.
    """
    allowed = _readable(view, summary(lot))
    prefixes = (f"lot/{lot}", f"draw/{lot}")
    members = [
        (name, b"".join(lines))
        for name, lines in journal.evidence(prefixes, lambda header: header.audience in allowed)
    ]
    members += _verifier()
    index = {
        "fmt": "ggzy.dossier/1",
        "lot": str(lot),
        "algorithm": journal.log().algorithm,
        "streams": list(prefixes),
        "files": [
            {"path": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in members
        ],
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.json", json.dumps(index, ensure_ascii=False, sort_keys=True))
        for name, data in members:
            archive.writestr(name, data)
    return file.getvalue()


def _verifier() -> list[tuple[str, bytes]]:
    """核验程序: the package that shares no code with us, and again as what Python runs in a ZIP."""
    spec = importlib.util.find_spec("verify")
    assert spec is not None and spec.origin is not None, "the verifier stands beside the platform"
    home = Path(spec.origin).parent
    found = [(f"verify/{file.name}", file.read_bytes()) for file in sorted(home.glob("*.py"))]
    return [("__main__.py", (home / "__main__.py").read_bytes()), *found]


def archived(lot: LotCode) -> str | None:
    """归档摘要, if the lot is archived."""
    return models.Archive.objects.filter(pk=lot).values_list("digest", flat=True).first()


def letter(code: str) -> Summary | None:
    """中标通知书 by its verification code; None if no letter in force carries it."""
    row = models.Summary.objects.filter(letter_code=code).first() if code else None
    return row.facts() if row else None


def ripe(until: datetime, *, limit: int = 50) -> tuple[LotCode, ...]:
    """该归档的标段: over and done since before that moment, and not archived."""
    over = models.Summary.objects.filter(stage__in=[Stage.COMPLETED, Stage.TERMINATED], changed_at__lt=until)
    return tuple(LotCode(lot) for lot in over.order_by("changed_at").values_list("lot", flat=True)[:limit])


def offers(actor: Actor, lot: LotCode, at: datetime) -> tuple[Offer, ...]:
    """可办事项: the whole dossier, for those who may read more than the public."""
    if not actor.has(Permission.DOSSIER_EXPORT):
        return ()
    return (Offer("导出全卷", f"/desk/lots/{lot}/export/", note="事由随导出留痕"),)


def standing(lot: LotCode) -> dict[str, object]:
    """What the rows say now: only that it was archived, for the rest is derived."""
    row = models.Archive.objects.filter(pk=lot).first()
    return {"archived": row.digest, "height": row.height} if row else {}
