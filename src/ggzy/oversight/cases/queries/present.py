"""现状: what the rows of a lot or a case say, to be compared with the folded facts."""

from django.db.models import Count

from ggzy.kernel.codes import LotCode
from ggzy.oversight.cases.models import Brake, Case, Check, Complaint, LotOrder, Petition, Post

TABLES = {"case": Case, "complaint": Complaint, "petition": Petition, "check": Check, "post": Post}


def files(kind: str) -> tuple[str, ...]:
    """监督卷 of one kind, by code."""
    table = TABLES.get(kind)
    return tuple(table._default_manager.values_list("pk", flat=True)) if table else ()


def standing(code: LotCode | str) -> dict[str, object]:
    """现状 of a lot or of a file of supervision, whichever the code names."""
    kept = ("party_rows", "evidence_rows", "officer_rows", "draft_row__opinion_rows")
    found = Case.objects.prefetch_related(*kept).filter(pk=code).first()
    if found is not None:
        return _of_case(found)
    complaint = Complaint.objects.filter(pk=code).first()
    if complaint is not None:
        return _of_complaint(complaint)
    check = Check.objects.prefetch_related("giver_rows", "result_rows").filter(pk=code).first()
    if check is not None:
        return _of_check(check)
    post = Post.objects.filter(pk=code).first()
    if post is not None:
        return {"person": post.person, "kind": post.kind, "is_ended": post.ended_at is not None}
    petition = Petition.objects.filter(pk=code).first()
    return _of_lot(code) if petition is None else _of_petition(petition)


def _of_lot(lot: LotCode | str) -> dict[str, object]:
    orders = LotOrder.objects.filter(lot=lot)
    count = {
        "brakes": Brake.objects.filter(lot_id=lot).count(),
        "orders": orders.count(),
        "orders_met": orders.filter(met_at__isnull=False).count(),
    }
    states = Complaint.objects.filter(lot=lot).order_by().values_list("state")
    count |= {f"complaints.{state}": number for state, number in states.annotate(number=Count("pk"))}
    return {name: number for name, number in count.items() if number}


def _of_complaint(row: Complaint) -> dict[str, object]:
    return {
        "by": row.by,
        "matter": row.matter,
        "files": sorted(row.files),
        "is_copied": row.copied_at is not None,
        "is_replied": row.replied_at is not None,
        "withdrawal": _latest(row.withdrawal, "answer", "reason"),
        "correction": _latest(row.correction, "text", "notice"),
    }


def _latest(kept: dict[str, str] | None, *names: str) -> str:
    """The last word said of it."""
    return next((kept[name] for name in names if kept[name]), "") if kept else ""


def _of_petition(row: Petition) -> dict[str, object]:
    return {
        "category": row.category,
        "is_named": bool(row.name),
        "state": row.state,
        "files": sorted(row.files),
    }


def _of_case(row: Case) -> dict[str, object]:
    parties = list(row.party_rows.all())
    found: dict[str, object] = {
        "state": row.state,
        "parties": sorted(one.party for one in parties),
        "evidence": sorted(one.digest for one in row.evidence_rows.all()),
        "statements": sum(one.statements for one in parties),
        "heard": bool(row.hearing_text),
        "officers": sorted(one.person for one in row.officer_rows.all()),
        "is_proposed": hasattr(row, "draft_row"),
        "opinions": len(row.draft_row.opinion_rows.all()) if hasattr(row, "draft_row") else 0,
    }
    return found | ({"document": row.document} if row.document else {})


def _of_check(row: Check) -> dict[str, object]:
    results = list(row.result_rows.all())
    return {
        "state": row.state,
        "pool": bytes(row.pool_root).hex(),
        "givers": sorted(one.party for one in row.giver_rows.all()),
        "objects": sorted(one.party for one in results),
        "findings": sorted((one.party, one.finding) for one in results if one.finding),
        "recused": sorted(row.recused),
        "rechecked": sorted(one.party for one in results if one.recheck),
    }
