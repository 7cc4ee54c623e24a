"""密封报价的读取: the plan offers are sealed to, what was handed in, and the case a custodian's tool checks."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from django.db.models import F, Q

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.sealing import package
from ggzy.foundation.sealing.case import Case, CaseEntry, CaseStream
from ggzy.foundation.sealing.plan import OpeningPlan
from ggzy.foundation.vault import queries as vault
from ggzy.kernel import events
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.verdict import Reason, Refused
from ggzy.trading.auctions.models import Auction, OfferFile, OfferKey, OfferRecord, RoomRow
from ggzy.trading.auctions.queries.auctions import row_of
from ggzy.trading.auctions.queries.rooms import SERVED, restored, room_row, stream
from ggzy.trading.auctions.values import AuctionState, RoomPhase
from ggzy.trading.auctions.values.custody import STAGE
from ggzy.trading.projects.values import CustodyPlan


def offer_plan(lot: LotCode, round: int) -> OpeningPlan | None:
    """报价开启方案 of a round: what a sealed offer is encrypted to; None where none was fixed."""
    row = row_of(lot, round)
    return OpeningPlan.read(row.plan) if row and row.plan else None


def custody_of(row: Auction) -> CustodyPlan | None:
    """保管方案 of a row, for this app's own use."""
    return events.restore(CustodyPlan, row.custody) if row.custody else None


def keys_posted(row: Auction) -> tuple[int, ...]:
    """已提交公钥的保管人, by x."""
    return tuple(OfferKey.objects.filter(auction=row).order_by("x").values_list("x", flat=True))


def released(row: Auction, turn: int) -> tuple[int, ...]:
    """已释放本轮份额的保管人, by x."""
    rows = OfferRecord.objects.filter(auction=row, turn=turn, manifest="").order_by("x")
    return tuple(rows.values_list("x", flat=True))


def offer_files(row: Auction) -> dict[str, OfferFile]:
    """交来的密封报价文件, by the digest of the manifest; for this app's own use."""
    return {one.manifest: one for one in OfferFile.objects.filter(auction=row)}


@contextmanager
def offer_package(digest: str) -> Iterator[package.Package]:
    """打开一份密封报价文件; its chunks can be read inside the block. Raises Refused for anything else."""
    with vault.open_file(digest) as file:
        yield package.open_package(cast(BinaryIO, file))


def offer_case(lot: LotCode, round: int) -> Case:
    """开启案: all a custodian's tool needs to decide by itself. Raises Missing, Refused."""
    row, held = row_of(lot, round), room_row(lot, round)
    if row is None or held is None or row.plan is None or held.phase != RoomPhase.UNSEALING:
        raise Missing()
    room, files = restored(held, lot, round)[0], offer_files(row)
    manifests = []
    for sealed in room.sealed:
        if sealed.digest in files:
            with offer_package(files[sealed.digest].package) as opened:
                manifests.append(opened.manifest)
    plan = OpeningPlan.read(row.plan)
    return Case(
        plan=plan,
        stage=STAGE,
        bids=_stream(stream(lot, round)),
        lifecycle=_stream(f"lot/{lot}"),
        opening_set=tuple(manifest.bid for manifest in manifests),
        manifests=tuple(manifest.encoded() for manifest in manifests),
    )


def _stream(name: str) -> CaseStream:
    entries = [entry for entry in journal.disclosed(name) if entry.header.subject == name]
    proof = journal.inclusion(entries[-1].header.height)
    if proof is None:
        raise Refused([Reason("not_proven", "截止的留痕还没有存证，请稍后再取")])
    told = tuple(
        CaseEntry(entry.header.seq, entry.header.at, entry.nonce, entry.event.decode())
        for entry in entries
        if entry.nonce is not None and entry.event is not None
    )
    return CaseStream(name, told, str(proof))


def keeping_todo(person: str) -> tuple[tuple[LotCode, int, str], ...]:
    """保管人的待办 as (lot, round, "key" or "shares"), the most urgent first."""
    running = Q(lot__suspended=False, lot__terminated_at=None, round=F("lot__round"))
    held = Auction.objects.filter(running, custody__holders__contains=[{"person": person}])
    keys = set(OfferKey.objects.filter(auction__in=held).values_list("auction_id", "x"))
    waiting = {
        row.pk: row
        for row in RoomRow.objects.filter(auction__in=held, phase=RoomPhase.UNSEALING, is_paused=False)
    }
    found = []
    for row in held.filter(Q(state=AuctionState.DRAFTED) | Q(pk__in=waiting)).order_by("starts_at", "lot_id"):
        lot, x = LotCode(row.lot_id), _place_of(row, person)
        if row.state == AuctionState.DRAFTED and (row.pk, x) not in keys:
            found.append((lot, row.round, "key"))
        if row.pk in waiting and x not in released(row, restored(waiting[row.pk], lot, row.round)[0].turn):
            found.append((lot, row.round, "shares"))
    return tuple(found)


def _place_of(row: Auction, person: str) -> int:
    custody = custody_of(row)
    assert custody is not None, "found by its holders"
    return next(holder.x for holder in custody.holders if holder.person == person)


def to_open() -> tuple[LotCode, ...]:
    """可以开启报价的标的: enough custodians have released."""
    rows = RoomRow.objects.filter(SERVED, phase=RoomPhase.UNSEALING, is_paused=False).select_related(
        "auction"
    )
    found = []
    for row in rows:
        custody, lot = custody_of(row.auction), LotCode(row.auction.lot_id)
        turn = restored(row, lot, row.auction.round)[0].turn
        if custody is not None and len(released(row.auction, turn)) >= custody.k:
            found.append(lot)
    return tuple(found)
