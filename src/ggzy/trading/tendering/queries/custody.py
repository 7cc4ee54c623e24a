"""保管人工具的读取: what is to be done, and the case a tool checks before it releases anything (trust §9.4)."""

from django.db.models import F

from ggzy.kernel import events
from ggzy.kernel.codes import LotCode
from ggzy.trading.tendering.models import CustodianKey, Opening, Tender
from ggzy.trading.tendering.values import CustodyPlan, TenderState


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
