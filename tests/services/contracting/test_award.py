"""定标: it works · each refusal · who may not · what is recorded · twice the same request."""

import pytest

from ggzy.desk.management.rehearsal.clock import at_moment
from ggzy.kernel.roles import Permission
from ggzy.trading.contracting import services
from ggzy.trading.contracting.values import AwardState, Passed, Passing
from ggzy.trading.notices import queries as notices
from ggzy.trading.objections import services as objections
from ggzy.trading.objections.values import Stage
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import Phase
from tests.services.contracting.table import HOUR, Table, refusal

FORCE = Passed(1, Passing.FORCE_MAJEURE, "厂区被洪水淹没")


def test_the_first_candidate_is_awarded_after_the_publicity(table: Table):
    table.to_award()
    found = table.award()
    assert (found.state, found.rank, found.awarded_at) == (AwardState.AWARDED, 1, table.awarded)
    assert projects.lot(table.lot).phase is Phase.AWARDED
    (notice,) = notices.notices(lot=table.lot, kinds=("award_notice",))
    assert found.winner is not None and found.winner.bidder.name in str(notice)
    assert table.is_folded()


def test_the_owner_passes_the_first_on_a_ground_of_the_law(table: Table):
    table.to_publicity()
    services.award(table.act("owner"), table.lot, rank=2, passed=(FORCE,), at=table.awarded)
    found = table.award()
    assert (found.rank, found.passed, found.next_rank) == (2, (FORCE,), 2)
    assert table.is_folded()


@pytest.mark.parametrize(
    "rank, passed, reasons",
    [
        (2, (), ["rank_skipped"]),
        (3, (FORCE,), ["rank_skipped"]),
        (2, (Passed(1, Passing.VIOLATION, "  "),), ["reason_missing"]),
        (1, (FORCE,), ["passed_behind", "passed_over"]),
        (9, (), ["no_candidate", "rank_skipped"]),
        (0, (), ["no_candidate"]),
    ],
)
def test_a_rank_the_law_does_not_allow_is_refused(table: Table, rank, passed, reasons):
    table.to_publicity()
    found = refusal(services.award, table.act("owner"), table.lot, rank=rank, passed=passed, at=table.awarded)
    assert found == reasons


def test_every_reason_is_named_in_its_order(table: Table):
    table.to_publicity()
    with at_moment(table.publicised + HOUR):
        objections.raise_objection(table.act("loser"), table.lot, Stage.RESULT, "业绩不实")
    early = refusal(services.award, table.act("owner"), table.lot, rank=2, at=table.publicised + HOUR)
    assert early == ["publicity_runs", "objection_open", "rank_skipped"]
    late = refusal(services.award, table.act("owner"), table.lot, rank=1, at=table.awarded)
    assert late == ["objection_open"]


def test_an_award_is_made_once(table: Table):
    table.to_award()
    assert refusal(services.award, table.act("owner"), table.lot, at=table.awarded) == ["not_awardable"]


def test_only_the_owner_awards(table: Table):
    table.to_publicity()
    table.keeps_out(
        Permission.AWARD_MAKE,
        lambda actor: services.award(actor, table.lot, at=table.awarded),
        ("owner",),
    )


def test_the_fact_names_the_winner_the_price_and_the_notice(table: Table):
    table.to_award()
    fact, found = table.last(), table.award()
    assert (fact.kind, fact.audience, fact.subject) == ("award.made", "public", f"lot/{table.lot}/1/award")
    assert found.winner is not None
    assert (fact.event.winner, fact.event.price) == (found.winner.bidder, found.winner.price)
    assert [told.kind for told in table.told()].count("committee.published") == 1


def test_the_same_form_twice_is_one_award(table: Table):
    table.to_publicity()
    table.is_safe_twice(
        "owner",
        lambda actor: services.award(actor, table.lot, at=table.awarded),
        lambda actor: services.award(actor, table.lot, rank=2, passed=(FORCE,), at=table.awarded),
    )
