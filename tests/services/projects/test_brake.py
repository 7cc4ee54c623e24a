"""暂停、恢复、终止: it works · each refusal · who may not · what is recorded · twice the same request."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.roles import Permission
from ggzy.kernel.verdict import Refused
from ggzy.trading.projects import queries, rules, services
from ggzy.trading.projects.values import Order, Phase
from tests.world import START, World, clock

ORDER = Order("江州市住房和城乡建设局", "收到投诉，需要核查", "招标投标法实施条例 §62", date(2026, 6, 10))
DAY = timedelta(days=1)


def codes(refused) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def same(lot) -> bool:
    return rules.fold(journal.facts(subject=f"lot/{lot}")) == queries.standing(lot)


def test_suspended_lot_stands_still_until_it_is_resumed(world: World):
    lot = world.lot()
    services.suspend(world.supervisor.acts(), lot, ORDER, at=START + DAY)
    found = queries.lot(lot)
    assert found.suspended and found.standing is not None
    assert (found.standing.since, found.standing.causes) == (START + DAY, ("brake",))
    assert same(lot)
    deadline = START + 20 * DAY
    assert queries.effective(lot, deadline, START, START + 3 * DAY) == deadline + 2 * DAY
    services.resume(world.supervisor.acts(), lot, replace(ORDER, reason="核查完毕"), at=START + 4 * DAY)
    assert queries.lot(lot).standing is None and not queries.lot(lot).suspended
    assert queries.effective(lot, deadline, START, START + 9 * DAY) == deadline + 3 * DAY
    assert queries.standstill(lot, START, START + 9 * DAY) == 3 * DAY
    assert same(lot)


def test_held_lot_refuses_while_it_is_suspended(world: World):
    lot = world.lot()
    services.suspend(world.supervisor.acts(), lot, ORDER, at=START)
    with pytest.raises(Refused) as refused:
        services.hold(lot)
    assert codes(refused) == ["suspended"]
    assert services.hold(lot, frozenset({"suspended"})).lot.suspended


def test_moment_of_a_held_lot_is_the_clocks_own(world: World):
    lot = world.lot()
    with clock(START + 3 * DAY):
        assert timedelta(0) <= services.hold(lot).at - (START + 3 * DAY) < timedelta(seconds=30)


def test_order_is_recorded_word_for_word(world: World):
    lot = world.lot()
    receipt = services.suspend(world.supervisor.acts(), lot, ORDER, at=START)
    fact = list(journal.facts(subject=f"lot/{lot}"))[-1]
    assert (fact.height, fact.kind, fact.audience) == (receipt.height, "lot.suspended", "public")
    assert (fact.event.reason, fact.event.article, fact.event.review_on) == (
        ORDER.reason,
        ORDER.article,
        ORDER.review_on,
    )


def test_every_gap_of_an_order_is_named(world: World):
    lot = world.lot()
    with pytest.raises(Refused) as refused:
        services.suspend(world.supervisor.acts(), lot, Order("", "", ""), at=START)
    assert codes(refused) == ["authority_missing", "reason_missing", "article_missing", "review_missing"]


def test_suspending_twice_and_resuming_what_runs_are_refused(world: World):
    lot = world.lot()
    with pytest.raises(Refused) as refused:
        services.resume(world.supervisor.acts(), lot, ORDER, at=START)
    assert codes(refused) == ["not_suspended"]
    services.suspend(world.supervisor.acts(), lot, ORDER, at=START)
    with pytest.raises(Refused) as refused:
        services.suspend(world.supervisor.acts(), lot, ORDER, at=START)
    assert codes(refused) == ["already_suspended"]


def test_same_order_twice_is_one_suspension(world: World):
    lot, actor = world.lot(), world.supervisor.acts("order-1")
    first = services.suspend(actor, lot, ORDER, at=START)
    assert services.suspend(actor, lot, ORDER, at=START).height == first.height
    assert len(queries.stills(lot)) == 1


def test_only_the_supervisor_of_the_region_brakes(world: World):
    lot = world.lot()
    with pytest.raises(Missing):
        services.suspend(world.other_supervisor.acts(), lot, ORDER, at=START)
    for player in (world.owner, world.agency, world.operator, world.auditor, world.bidders[0]):
        with pytest.raises(Forbidden):
            services.suspend(player.acts(), lot, ORDER, at=START)


def test_termination_ends_every_clock_and_every_further_act(world: World):
    lot = world.lot()
    services.suspend(world.supervisor.acts(), lot, ORDER, at=START)
    services.terminate(world.supervisor.acts(), lot, ORDER, at=START + DAY)
    found = queries.lot(lot)
    assert found.terminated and not found.suspended and found.standing is None
    assert same(lot)
    with pytest.raises(Refused) as refused:
        services.hold(lot)
    assert codes(refused) == ["terminated"]
    with pytest.raises(Refused) as refused:
        services.terminate(world.supervisor.acts(), lot, ORDER, at=START + DAY)
    assert codes(refused) == ["terminated"]


def test_owner_terminates_before_the_award_but_not_after_and_not_under_the_brake(world: World):
    lot = world.lot()
    services.advance(lot, Phase.CONTESTED, START)
    services.advance(lot, Phase.AWARDED, START)
    services.suspend(world.supervisor.acts(), lot, ORDER, at=START)
    with pytest.raises(Refused) as refused:
        services.terminate(world.owner.acts(), lot, ORDER, at=START)
    assert codes(refused) == ["awarded", "suspended"]
    other = world.lot()
    services.terminate(world.owner.acts(), other, replace(ORDER, authority="招标人"), at=START)
    assert queries.lot(other).terminated


def test_stranger_cannot_tell_a_foreign_lot_from_a_missing_one(world: World):
    lot = world.lot()
    with pytest.raises(Missing) as foreign:
        services.hold_for(world.other_owner.acts(), lot, Permission.TENDER_ANNOUNCE)
    with pytest.raises(Missing) as missing:
        services.hold_for(world.other_owner.acts(), lot[:-1] + "?", Permission.TENDER_ANNOUNCE)
    assert foreign.value.message == missing.value.message


def test_long_stop_is_asked_of_the_lots_own_rulebook(world: World):
    lot = world.lot()
    services.suspend(world.supervisor.acts(), lot, ORDER, at=START)
    limit = queries.lot(lot).rulebook.get("lot.suspension_days_max")
    later = START + timedelta(days=400)
    assert queries.is_past_long_stop(queries.lot(lot), later) is (limit is not None)
