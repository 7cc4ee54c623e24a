"""The whole evaluation of a lot by the lowest price, step by step, and what the journal says of it."""

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.trading.evaluation import queries, rules, services
from ggzy.trading.evaluation.values import EvaluationState, MemberState
from tests.services.evaluation import room as rooms


@pytest.fixture(scope="module")
def lowest(django_db_setup, django_db_blocker):
    with rooms.stage(django_db_blocker):
        yield rooms.opened(rooms.LOWEST)


@pytest.fixture
def room(lowest, db):
    with lowest.clock():
        yield lowest


def test_evaluation_runs_from_the_request_to_the_signed_report(room) -> None:
    room.pass_review()
    services.conclude(room.member(1), room.code, at=room.at)
    room.sign()
    report = queries.report(room.code)
    assert report is not None and report.state is EvaluationState.REPORTED
    assert [c.price.text for c in report.candidates] == ["18800000元", "19000000元", "19300000元"]
    assert [c.rank for c in report.candidates] == [1, 2, 3]
    assert len(report.lines) == 4 and not report.rejected and not report.all_rejected
    assert report.candidates[0].bidder.name == room.people.firms[2].name


def test_facts_fold_into_what_the_rows_say(room) -> None:
    room.pass_review()
    services.conclude(room.member(1), room.code, at=room.at)
    room.sign()
    for prefix in (f"lot/{room.code}", f"draw/{room.code}"):
        assert list(journal.facts(prefix=prefix))
    facts = sorted(
        [*journal.facts(prefix=f"lot/{room.code}"), *journal.facts(prefix=f"draw/{room.code}")],
        key=lambda fact: fact.height,
    )
    assert rules.fold(facts) == queries.standing(room.code)


def test_no_public_fact_names_a_member(room) -> None:
    room.seat()
    names = set(room.experts)
    for fact in journal.facts(prefix=f"draw/{room.code}"):
        if fact.audience.value == "public":
            assert not any(name in repr(fact.event) for name in names)
    assert queries.committee(room.code) == ()
    now = queries.sitting(room.code)
    assert now is not None
    assert {m.state for m in now.members} == {MemberState.SEATED}
