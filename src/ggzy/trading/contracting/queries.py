"""定标与合同的读取."""

from ggzy.kernel import events
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.trading.contracting.models import Award, Contract, Performance
from ggzy.trading.contracting.values import AwardFacts
from ggzy.trading.projects import queries as projects


def award(lot: LotCode, round: int | None = None) -> AwardFacts | None:
    """定标, of the current round unless another is asked for; None before the publicity."""
    wanted = round if round is not None else projects.lot(lot).round
    row = Award.objects.filter(lot=lot, round=wanted).first()
    return facts_of(row) if row else None


def facts_of(row: Award) -> AwardFacts:
    """The row with its contract and steps; two queries."""
    contract = Contract.objects.filter(award=row).first()
    steps = tuple(step.facts() for step in Performance.objects.filter(award=row).order_by("number"))
    return row.facts(contract, steps)


def awards_of(party: CreditCode, limit: int = 50) -> tuple[LotCode, ...]:
    """中标的标段 of one party, the latest first."""
    rows = Award.objects.filter(winner=party).order_by("-awarded_at")[:limit]
    return tuple(LotCode(lot) for lot in rows.values_list("lot_id", flat=True))


def standing(lot: LotCode) -> dict[str, object]:
    """What the rows of the latest round say now, for the verifier."""
    row = Award.objects.filter(lot=lot).order_by("-round").first()
    if row is None:
        return {}
    if row.state == "ended":
        return {"round": row.round, "state": "ended"}
    now: dict[str, object] = {
        "round": row.round,
        "state": row.state,
        "runners": len(row.runners),
        "until": events.instant_text(row.publicity_until),
    }
    if row.winner:
        now |= {"winner": str(row.winner), "rank": row.rank}
    if row.letter_digest:
        now["letter"] = row.letter_digest
    contract = Contract.objects.filter(award=row, signed_at__isnull=False).first()
    if contract:
        now["contract"] = contract.file
    steps = Performance.objects.filter(award=row).count()
    return now | {"steps": steps} if steps else now
