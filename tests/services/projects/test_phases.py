"""阶段、停表、轮次: moves made inside the commands of the stages."""

from datetime import timedelta

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.errors import Conflict, Forbidden
from ggzy.kernel.verdict import Refused
from ggzy.trading.projects import queries, rules, services
from ggzy.trading.projects.values import Phase
from tests.world import START, World

DAY = timedelta(days=1)


def same(lot) -> bool:
    return rules.fold(journal.facts(subject=f"lot/{lot}")) == queries.standing(lot)


def test_lot_travels_one_way_and_every_step_is_a_fact(world: World):
    lot = world.lot()
    for phase in (Phase.CONTESTED, Phase.AWARDED, Phase.CONTRACTED, Phase.ARCHIVED):
        services.advance(lot, phase, START)
        assert queries.lot(lot).phase is phase and same(lot)
    assert [fact.event.phase for fact in journal.facts(subject=f"lot/{lot}", kinds=["lot.advanced"])] == [
        "contested",
        "awarded",
        "contracted",
        "archived",
    ]


def test_lot_that_is_there_already_is_not_moved_again(world: World):
    lot = world.lot()
    services.advance(lot, Phase.CONTESTED, START)
    head = journal.head()
    services.advance(lot, Phase.CONTESTED, START)
    assert journal.head() == head


def test_step_that_skips_a_phase_is_a_conflict(world: World):
    with pytest.raises(Conflict):
        services.advance(world.lot(), Phase.AWARDED, START)


def test_new_round_keeps_the_code_and_begins_at_the_beginning(world: World):
    lot = world.lot()
    services.advance(lot, Phase.CONTESTED, START)
    services.begin_round(world.agency.acts(), lot, "投标人少于三个", at=START)
    found = queries.lot(lot)
    assert (found.round, found.phase) == (2, Phase.REGISTERED) and same(lot)
    with pytest.raises(Refused) as refused:
        services.begin_round(world.agency.acts(), lot, "再来一次", at=START)
    assert [reason.code for reason in refused.value.reasons] == ["not_contested"]


def test_bidder_begins_no_round(world: World):
    lot = world.lot()
    services.advance(lot, Phase.CONTESTED, START)
    with pytest.raises(Forbidden):
        services.begin_round(world.bidders[0].acts(), lot, "再来一次", at=START)


def test_two_causes_stop_one_clock_once(world: World):
    lot = world.lot()
    services.pause(lot, "objection-1", START)
    services.pause(lot, "objection-1", START + DAY)
    services.pause(lot, "objection-2", START + DAY)
    standing = queries.lot(lot).standing
    assert standing is not None and standing.causes == ("objection-1", "objection-2") and same(lot)
    services.unpause(lot, "objection-1", START + 2 * DAY)
    services.unpause(lot, "objection-2", START + 3 * DAY)
    services.unpause(lot, "objection-2", START + 4 * DAY)
    assert queries.lot(lot).standing is None and same(lot)
    assert queries.standstill(lot, START, START + 9 * DAY) == 3 * DAY
    kinds = [fact.kind for fact in journal.facts(subject=f"lot/{lot}")]
    assert kinds.count("clock.paused") == kinds.count("clock.unpaused") == 2


def test_paused_lot_may_still_be_worked_on(world: World):
    lot = world.lot()
    services.pause(lot, "objection-1", START)
    assert services.hold(lot).lot.standing is not None
