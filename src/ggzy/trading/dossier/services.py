"""案卷的命令: keep the derived rows current; scan documents; archive; export."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from ggzy.foundation.journal import services as journal
from ggzy.foundation.journal.services import command
from ggzy.foundation.journal.values import Fact, Receipt
from ggzy.foundation.vault import queries as vault
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Conflict
from ggzy.trading.auctions import queries as auctions
from ggzy.trading.contracting import queries as contracting
from ggzy.trading.dossier import access, chapters, events, models, queries, rules
from ggzy.trading.dossier.rules import scanning
from ggzy.trading.dossier.values import AUCTION, TENDER, Summary
from ggzy.trading.dossier.values.scanning import ScannedFile
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Phase
from ggzy.trading.tendering import queries as tendering
from ggzy.trading.tendering.values import DocumentFile
from imprint import asking as imprint


def refresh(lot: LotCode) -> None:
    """更新案卷: apply every fact the derived rows have not heard yet. Safe to repeat, safe to interrupt."""
    with transaction.atomic():
        row = models.Summary.objects.select_for_update().filter(pk=lot).first()
        known = row.facts() if row else None
        facts = list(queries.facts_of(lot, after=known.height if known else 0))
        found = rules.summarise(known, facts)
        if found is None or not facts:
            return
        _keep(_in_force(found) if rules.has_moved(facts) else found)
        _keep_opening(lot, facts)


def _in_force(found: Summary) -> Summary:
    """期限 as they stand now: what was set, moved by the time that stood still."""
    if _way(found) == AUCTION:
        auction = auctions.auction(found.lot)
        return replace(found, deadline=auction.apply_end, publicity_until=auction.publicity_until)
    tender, award = tendering.tender(found.lot), contracting.award(found.lot)
    until = award.publicity_until if award else found.publicity_until
    return replace(found, deadline=tender.deadline, publicity_until=until)


def _way(found: Summary) -> str:
    return AUCTION if found.method in auctions.formats() else TENDER


def _keep(found: Summary) -> None:
    fields = {name: getattr(found, name) for name in found.__dataclass_fields__ if name != "lot"}
    models.Summary.objects.update_or_create(pk=found.lot, defaults=fields)


def _keep_opening(lot: LotCode, facts: Sequence[Fact]) -> None:
    row = models.Opening.objects.filter(pk=lot).first()
    known = row.facts() if row else None
    found, rows, is_new = rules.follow_opening(known, facts)
    if found is not None and rules.has_moved(facts):
        running = tendering.opening(lot, found.round)
        found = replace(found, window_until=running.bidder_window_until if running else found.window_until)
    if is_new:
        models.OpenedBid.objects.filter(lot=lot).delete()
    if found is not None and found != known:
        fields = {name: getattr(found, name) for name in found.__dataclass_fields__ if name != "bids"}
        models.Opening.objects.update_or_create(pk=lot, defaults=fields)
    models.OpenedBid.objects.bulk_create(
        [
            models.OpenedBid(lot=lot, **{name: getattr(r, name) for name in r.__dataclass_fields__})
            for r in rows
        ],
        batch_size=500,
        ignore_conflicts=True,
    )


@command
def archive(actor: Actor, lot: LotCode, *, at: datetime) -> Receipt:
    """归档: every required chapter is present; the digest over all facts becomes a fact. Final.

    Raises Refused. Basis: 电子招标投标办法 §40.
    """
    access.lot_to_archive(actor, lot)
    refresh(lot)
    known, facts = queries.summary(lot), list(queries.facts_of(lot))
    missing = chapters.missing(chapters.forms(), facts, _way(known))
    is_archived = queries.archived(lot) is not None
    rules.may_archive(known.stage, known.is_suspended, missing, is_archived).require()
    digest = rules.digest_of(facts)
    height = max(fact.height for fact in facts)
    models.Archive.objects.create(pk=lot, digest=digest, height=height, at=at)
    projects.advance(lot, Phase.ARCHIVED, at)
    return journal.record(
        events.DossierArchived(lot=lot, digest=digest, height=height, facts=len(facts)), actor=actor, at=at
    )


@command
def read_whole(actor: Actor, lot: LotCode, view: str, reason: str, *, at: datetime) -> Receipt:
    """导出案卷 with what the public may not read: who, why, written before a byte leaves. Raises Refused."""
    access.lot_to_export(actor, lot, view)
    rules.may_export(reason).require()
    fact = events.DossierExported(lot=lot, view=view, reason=reason.strip())
    return journal.record(fact, actor=actor, at=at)


def scan_documents(actor: Actor, lot: LotCode, *, at: datetime) -> Receipt:
    """扫描招标文件 that were not scanned yet, outside any lock: a bounded program reads them. Raises Conflict."""
    files = queries.unscanned_files(lot)
    there = [one for one in files if vault.path_of(one.digest).exists()]
    places = [(str(vault.path_of(one.digest)), 0, one.bytes, one.name) for one in there]
    answer = imprint.ask({"bids": {}, "documents": places, "shows_text": True}).get("documents", ())
    read = {one.digest: told for one, told in zip(there, answer, strict=False)}
    found = tuple(_scanned(one, read.get(one.digest)) for one in files)
    return enter_scan(actor, lot, found, at=at)


def _scanned(file: DocumentFile, read: Mapping[str, Any] | None) -> ScannedFile:
    if read is None:
        return ScannedFile(file.digest, file.name, "未能读取", ())
    why = read["unread"] or ("" if read["text"].strip() else "文件中没有可读的文字")
    return ScannedFile(file.digest, file.name, why, scanning.passages(read["text"], read["kind"]))


@command
def enter_scan(actor: Actor, lot: LotCode, files: tuple[ScannedFile, ...], *, at: datetime) -> Receipt:
    """登记扫描结果. Raises Conflict where another was faster."""
    held = access.lot_to_scan(actor, lot)
    done = models.ScannedDocument.objects.filter(lot=lot).values_list("digest", flat=True)
    new = tuple(one for one in files if one.digest not in set(done))
    if not new:
        raise Conflict("招标文件都已经扫描过")
    models.ScannedDocument.objects.bulk_create(
        [models.ScannedDocument(lot=lot, digest=one.digest, at=at) for one in new]
    )
    return journal.record(
        events.DocumentsScanned(lot=lot, round=held.lot.round, files=new), actor=actor, at=at
    )
