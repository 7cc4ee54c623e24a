"""代理机构执业评价的读取: from kept facts and the credit register, a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache

from django.db.models import Count, QuerySet

from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.errors import Missing
from ggzy.kernel.instants import local_date, start_of_day
from ggzy.oversight.cases.models import PracticeRow
from ggzy.oversight.cases.queries.listing import read
from ggzy.oversight.cases.rules import agencies as rules
from ggzy.oversight.cases.values.agencies import (
    HANDLED,
    PENALTY,
    Practice,
    PracticeFact,
    PracticeItem,
    PracticeModel,
    Tally,
)
from ggzy.registers.credit import queries as credit
from ggzy.registers.credit.values import RecordFacts
from ggzy.registers.parties import queries as parties

NO_AGENCY = "辖区内没有这家代理机构在评价期内代理的标段"
MONTH = timedelta(days=365) / 12
FACTS_MAX = 500


@cache
def model() -> PracticeModel:
    """评价办法."""
    told = read("practice.toml")
    items = {
        code: PracticeItem(
            code, row["name"], Decimal(row["most"]), _decimal(row.get("full")), _decimal(row.get("each")),
            row["why"], tuple(row["kinds"]),
        )
        for code, row in told["items"].items()
    }  # fmt: skip
    return PracticeModel(
        told["source"], told["note"], Decimal(told["start"]), told["months"], told["lots_min"], items
    )


def kinds() -> frozenset[str]:
    """事实种类 that count, and the registration that makes a lot handled."""
    return frozenset({"lot.registered", *(kind for item in model().items.values() for kind in item.kinds)})


def practices(region: RegionCode, at: datetime) -> tuple[Practice, ...]:
    """辖区内代理机构的执业评价, the best first."""
    tallies = _tallies(_rows(region, at))
    names, penalties = parties.names(tallies), _penalties(tallies, at)
    found = [_practice(code, names, tallies[code], len(penalties[code])) for code in tallies]
    return tuple(sorted(found, key=rules.order))


def practice(
    region: RegionCode, agency: CreditCode, at: datetime
) -> tuple[Practice, tuple[PracticeFact, ...]]:
    """一家代理机构的执业评价, with the facts that count, the latest first. Raises `Missing`."""
    rows = _rows(region, at).filter(agency=agency)
    tallies = _tallies(rows)
    if agency not in tallies:
        raise Missing(NO_AGENCY)
    penalties = _penalties([agency], at)[agency]
    counted = rows.exclude(item=HANDLED).order_by("-at", "-height")[:FACTS_MAX]
    facts = [*(row.facts() for row in counted), *(_penalty(one) for one in penalties)]
    found = _practice(agency, parties.names([agency]), tallies[agency], len(penalties))
    return found, tuple(sorted(facts, key=lambda one: one.at, reverse=True))


def _rows(region: RegionCode, at: datetime) -> QuerySet[PracticeRow]:
    return PracticeRow.objects.filter(region__startswith=region.prefix, registered_at__gt=_since(at))


def _since(at: datetime) -> datetime:
    return at - MONTH * model().months


def _tallies(rows: QuerySet[PracticeRow]) -> dict[CreditCode, dict[str, Tally]]:
    found: dict[CreditCode, dict[str, Tally]] = defaultdict(dict)
    counted = rows.values_list("agency", "item").annotate(lots=Count("lot", distinct=True), times=Count("pk"))
    for agency, item, lots, times in counted.order_by():
        found[CreditCode(agency)][item] = Tally(lots, times)
    return dict(found)


def _penalties(agencies: Collection[CreditCode], at: datetime) -> Mapping[CreditCode, list[RecordFacts]]:
    found: dict[CreditCode, list[RecordFacts]] = {agency: [] for agency in agencies}
    for record in credit.adverse_records(agencies, local_date(_since(at)), local_date(at)):
        found[record.party].append(record)
    return found


def _penalty(record: RecordFacts) -> PracticeFact:
    decided = record.decision
    text = f"{decided.authority} {decided.document}：{record.title}"
    return PracticeFact(PENALTY, record.lot, text, start_of_day(decided.decided_on))


def _practice(
    agency: CreditCode, names: Mapping[CreditCode, str], tallies: Mapping[str, Tally], penalties: int
) -> Practice:
    counted = {**tallies, PENALTY: Tally(0, penalties)}
    lots = tallies.get(HANDLED, Tally()).lots
    return rules.practice(model(), agency, names.get(agency, str(agency)), lots, counted)


def _decimal(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number)
