"""保管人工具的读取: what is to be done, and the case a tool checks before it releases anything (trust §9.4)."""

from django.db.models import F

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.journal.values import Disclosed
from ggzy.foundation.sealing.case import Case, CaseEntry, CaseStream
from ggzy.foundation.sealing.plan import OpeningPlan
from ggzy.kernel import events
from ggzy.kernel.codes import LotCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.verdict import Reason, Refused
from ggzy.trading.projects.values import CustodyPlan
from ggzy.trading.tendering.models import CustodianKey, Opening, Tender
from ggzy.trading.tendering.queries import envelopes
from ggzy.trading.tendering.queries.ceremony import in_set
from ggzy.trading.tendering.queries.tenders import row_of
from ggzy.trading.tendering.values import TenderState


def custody_todo(person: str) -> tuple[tuple[LotCode, int, str], ...]:
    """保管人的待办 as (lot, round, "key" or "shares"), the most urgent first."""
    held = Tender.objects.filter(
        state__in=[TenderState.DRAFTED, TenderState.CLOSED], custody__holders__contains=[{"person": person}]
    ).order_by(F("deadline").asc(nulls_last=True), "lot_id")
    keys = set(CustodianKey.objects.filter(tender__in=held).values_list("tender_id", "x"))
    openings = {row.tender_id: row for row in Opening.objects.filter(tender__in=held, read_out_at=None)}
    found = []
    for row in held:
        x = next(
            holder.x for holder in events.restore(CustodyPlan, row.custody).holders if holder.person == person
        )
        lot = LotCode(row.lot_id)
        if row.state == TenderState.DRAFTED and (row.pk, x) not in keys:
            found.append((lot, row.round, "key"))
        ceremony = openings.get(row.pk)
        if ceremony is not None and x not in ceremony.shares_released:
            found.append((lot, row.round, "shares"))
    return tuple(found)


def custody_case(lot: LotCode, round: int, stage: str) -> Case:
    """开标案 of one stage. Raises Missing before the close, Refused while no signed head covers it yet."""
    row = row_of(lot, round)
    if row is None or not Opening.objects.filter(tender=row).exists() or row.plan is None:
        raise Missing()
    plan = OpeningPlan.read(row.plan)
    if stage not in {one.id for one in plan.stages}:
        raise Missing()
    names = (f"lot/{lot}", f"lot/{lot}/{round}/bids")
    entries: dict[str, list[Disclosed]] = {name: [] for name in names}
    for entry in journal.disclosed(names[0]):
        if entry.header.subject in entries:
            entries[entry.header.subject].append(entry)
    bids = list(in_set(row))
    return Case(
        plan=plan,
        stage=stage,
        bids=_stream(names[1], entries[names[1]]),
        lifecycle=_stream(names[0], entries[names[0]]),
        opening_set=tuple(bid.bid for bid in bids),
        manifests=tuple(envelopes.manifest(bid.package).encoded() for bid in bids),
    )


def _stream(name: str, entries: list[Disclosed]) -> CaseStream:
    proof = journal.inclusion(entries[-1].header.height)
    if proof is None:
        raise Refused(
            [Reason("not_proven", "截止的留痕还没有存证，请稍后再取", remedy="存证通常在一秒内完成")]
        )
    told = tuple(
        CaseEntry(entry.header.seq, entry.header.at, entry.nonce, entry.event.decode())
        for entry in entries
        if entry.nonce is not None and entry.event is not None
    )
    return CaseStream(name, told, str(proof))
