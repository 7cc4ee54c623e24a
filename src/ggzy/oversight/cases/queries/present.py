"""现状: what the rows of a lot or a case say, to be compared with the folded facts."""

from ggzy.kernel.codes import LotCode
from ggzy.oversight.cases.models import Brake, Case, LotOrder


def files(kind: str) -> tuple[str, ...]:
    """监督卷 of one kind, by code."""
    return tuple(Case.objects.values_list("pk", flat=True)) if kind == "case" else ()


def standing(code: LotCode | str) -> dict[str, object]:
    """现状 of a lot or of a case, whichever the code names."""
    row = Case.objects.prefetch_related("party_rows", "evidence_rows").filter(pk=code).first()
    return _of_lot(code) if row is None else _of_case(row)


def _of_lot(lot: LotCode | str) -> dict[str, object]:
    orders = LotOrder.objects.filter(lot=lot)
    count = {
        "brakes": Brake.objects.filter(lot_id=lot).count(),
        "orders": orders.count(),
        "orders_met": orders.filter(met_at__isnull=False).count(),
    }
    return {name: number for name, number in count.items() if number}


def _of_case(row: Case) -> dict[str, object]:
    parties = list(row.party_rows.all())
    found: dict[str, object] = {
        "state": row.state,
        "parties": sorted(one.party for one in parties),
        "evidence": sorted(one.digest for one in row.evidence_rows.all()),
        "statements": sum(one.statements for one in parties),
        "heard": bool(row.hearing_text),
    }
    return found | ({"document": row.document} if row.document else {})
