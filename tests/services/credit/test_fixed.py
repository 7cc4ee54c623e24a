"""投标截止时的信用评价: fixed once where the documents score credit, and not moved by what comes later."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.instants import local_date
from ggzy.kernel.verdict import Refused
from ggzy.registers.credit import queries, services
from ggzy.registers.credit.values import Decision, Gravity, NewRecord, RecordKind
from ggzy.trading.dossier import queries as dossier_queries
from ggzy.trading.dossier import services as dossiers
from ggzy.trading.evaluation import queries as evaluation
from ggzy.trading.evaluation import rules
from ggzy.trading.evaluation.values import Part, PriceFormula
from tests.services.credit.cast import supervisor
from tests.services.evaluation import room as rooms
from tests.services.tendering import hall as halls

SCORED = replace(rooms.RECORD, code="credit", name="信用评价", part=Part.CREDIT)
SCHEME = rooms.comprehensive_scheme(
    rooms.TECHNICAL,
    SCORED,
    price_weight=Decimal(60),
    formula=PriceFormula(above=Decimal(2), below=Decimal(1)),
)


@pytest.fixture(scope="module")
def opened(django_db_setup, django_db_blocker):
    with rooms.stage(django_db_blocker):
        yield rooms.opened(SCHEME)


@pytest.fixture
def room(opened, db):
    with opened.clock():
        yield opened


def penalise(room, at, document: str) -> None:
    firm = rooms.firm_code(room, 0)
    decided = Decision("江州市住建局", document, "招标投标法 §53", local_date(at))
    new = NewRecord(firm, RecordKind.PENALTY, "串通投标", "罚款", decided, Gravity.GENERAL)
    services.record(supervisor(), new, at=at)


def test_credit_is_fixed_as_it_stood_when_the_bidding_closed(room):
    penalise(room, halls.DEADLINE - timedelta(days=5), "江建罚〔2026〕1号")
    penalise(room, halls.DEADLINE + timedelta(hours=1), "江建罚〔2026〕2号")
    room.begin()
    fixed = queries.fixed(room.code, 1)
    assert fixed is not None and fixed.as_of - halls.DEADLINE < timedelta(minutes=1)
    by_party = {one.party: (one.score, one.grade) for one in fixed.bidders}
    assert by_party[rooms.firm_code(room, 0)] == (Decimal("85.00"), "B")
    assert by_party[rooms.firm_code(room, 1)] == (Decimal(100), "A") and len(by_party) == 4
    assert queries.grade(rooms.firm_code(room, 0), room.at).score == Decimal("70.00")
    (fact,) = journal.facts(subject=f"lot/{room.code}", kinds=["credit.fixed"])
    assert fact.audience.value == "public" and fact.event.model == "platform"


def test_the_fact_stands_in_the_lot_s_dossier_and_disturbs_no_fold(room):
    room.begin()
    told = [*journal.facts(prefix=f"lot/{room.code}"), *journal.facts(prefix=f"draw/{room.code}")]
    facts = sorted(told, key=lambda fact: fact.height)
    assert rules.fold(facts) == evaluation.standing(room.code)
    dossiers.refresh(room.code)
    assert dossier_queries.summary(room.code).lot == room.code


def test_it_is_fixed_once(room):
    room.begin()
    with pytest.raises(Refused, match="已经固定"):
        services.fix_grades(
            supervisor(), room.code, 1, {rooms.firm_code(room, 0): "某公司"}, room.at, at=room.at
        )


def test_without_bidders_nothing_is_fixed(room):
    with pytest.raises(Refused, match="没有投标人"):
        services.fix_grades(supervisor(), room.code, 2, {}, room.at, at=room.at)
