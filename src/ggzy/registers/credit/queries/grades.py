"""信用评价的读取: grades, effects, and what stands beside them."""

from collections.abc import Collection
from datetime import datetime

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.codes import CreditCode, LotCode
from ggzy.kernel.instants import local_date
from ggzy.kernel.money import Money
from ggzy.registers.credit import rules
from ggzy.registers.credit.events import CreditFixed
from ggzy.registers.credit.models import CreditRecord
from ggzy.registers.credit.queries.data import effects, model, terms
from ggzy.registers.credit.values import Applied, Grade, Measure, Reckoned, RecordFacts


def grade(party: CreditCode, at: datetime) -> Grade:
    """信用评价 of a party at that moment."""
    return grades((party,), at)[party]


def grades(codes: Collection[CreditCode], at: datetime) -> dict[CreditCode, Grade]:
    """信用评价 of many parties, as the records stood at that moment. One query."""
    found: dict[CreditCode, list[RecordFacts]] = {code: [] for code in codes}
    rows = CreditRecord.objects.select_related("party").filter(party__in=set(codes), recorded_at__lte=at)
    for row in rows:
        found[CreditCode(row.party_id)].append(row.facts())
    on = local_date(at)
    return {code: rules.rate(model(), held, dict(terms()), on) for code, held in found.items()}


def effects_of(party: CreditCode, at: datetime) -> tuple[Applied, ...]:
    """适用的激励和惩戒措施, each with the entry or grade it rests on."""
    return all_effects((party,), at)[party]


def all_effects(codes: Collection[CreditCode], at: datetime) -> dict[CreditCode, tuple[Applied, ...]]:
    """适用的激励和惩戒措施 of many parties. Two queries."""
    held: dict[CreditCode, list[RecordFacts]] = {code: [] for code in codes}
    rows = CreditRecord.objects.select_related("party").filter(party__in=set(codes))
    for row in rows.order_by("decided_on", "code"):
        held[CreditCode(row.party_id)].append(row.facts())
    rated, on = grades(codes, at), local_date(at)
    return {code: rules.applied(effects(), rated[code], held[code], on) for code in codes}


def deposits(
    codes: Collection[CreditCode], base: Money, least: Money, most: Money, at: datetime
) -> dict[CreditCode, Reckoned]:
    """按信用核定的保证金 of many parties, where the notice asks `base` and says that credit counts."""
    return {code: rules.deposit(base, least, most, found) for code, found in all_effects(codes, at).items()}


def tickets(party: CreditCode, at: datetime) -> int:
    """抽查签数 of one party."""
    return all_tickets((party,), at)[party]


def all_tickets(codes: Collection[CreditCode], at: datetime) -> dict[CreditCode, int]:
    """抽查签数: two for everybody, fewer for the trusted, more for those who broke trust."""
    return {
        code: max(1, int(2 * rules.factor(found, Measure.INSPECTION)))
        for code, found in all_effects(codes, at).items()
    }


def fixed(lot: LotCode, round: int) -> CreditFixed | None:
    """投标截止时固定的信用评价 of that round; None if the lot's rules do not use it."""
    told = journal.facts(subject=f"lot/{lot}", kinds=["credit.fixed"])
    return next((fact.event for fact in told if fact.event.round == round), None)
