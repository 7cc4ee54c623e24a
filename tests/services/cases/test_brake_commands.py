"""刹车: pulled, reviewed, released, ended · refusals · who may not · what is recorded · twice the same request."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.instants import local_date
from ggzy.kernel.verdict import Refused
from ggzy.oversight.cases import access, queries, services
from ggzy.trading.projects import queries as projects
from ggzy.trading.projects.values import Order
from tests.pages.auction_walk import supplies
from tests.services.auctions.stage import NOW
from tests.world import CITY, OTHER_CITY, START, World

ORDER = Order("江州市住房和城乡建设局", "收到投诉，需要核查", "招标投标法实施条例 §62", date(2026, 6, 10))
DAY = timedelta(days=1)


def codes(refused) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def test_brake_stops_the_lot_and_is_listed_until_it_is_released(world: World):
    lot = world.lot()
    services.pull_brake(world.supervisor.acts(), lot, ORDER, at=START)
    (brake,) = queries.in_force(CITY, START)
    assert (brake.lot, brake.reason, brake.review_on) == (lot, ORDER.reason, ORDER.review_on)
    assert queries.in_force(OTHER_CITY, START) == () and projects.lot(lot).suspended
    services.release_brake(world.supervisor.acts(), lot, replace(ORDER, reason="核查完毕"), at=START + DAY)
    assert queries.brake(lot, START + DAY) is None and not projects.lot(lot).suspended
    assert [one.released_at for one in queries.brakes(lot, START)] == [START + DAY]
    kinds = [fact.kind for fact in journal.facts(subject=f"lot/{lot}")]
    assert kinds[-2:] == ["lot.suspended", "lot.resumed"]


def test_review_keeps_the_brake_on_and_is_overdue_when_forgotten(world: World):
    lot = world.lot()
    services.pull_brake(world.supervisor.acts(), lot, ORDER, at=START)
    overdue = queries.brake(lot, START + 10 * DAY)
    assert overdue is not None and overdue.is_overdue
    (offer,) = queries.brake_offers(world.supervisor.acts(), lot, START + 10 * DAY)
    assert offer.is_turn
    services.review_brake(world.supervisor.acts(), lot, "仍在核查", date(2026, 6, 20), at=START + 10 * DAY)
    kept = queries.brake(lot, START + 10 * DAY)
    assert kept is not None and not kept.is_overdue
    assert list(journal.facts(subject=f"lot/{lot}"))[-1].kind == "brake.reviewed"


def test_a_purchase_stands_still_for_thirty_days_at_most_however_often_it_is_reviewed(world: World):
    lot, supervisor = supplies(world), world.supervisor.acts
    since = local_date(NOW)
    for days, expected in ((31, ["stop_too_long"]), (30, [])):
        order = replace(ORDER, article="政府采购法 §57", review_on=since + timedelta(days=days))
        if expected:
            with pytest.raises(Refused) as refused:
                services.pull_brake(supervisor(), lot, order, at=NOW)
            assert codes(refused) == expected and "最长不得超过30日" in str(refused.value)
        else:
            services.pull_brake(supervisor(), lot, order, at=NOW)
    with pytest.raises(Refused) as refused:
        services.review_brake(supervisor(), lot, "仍在核查", since + timedelta(days=31), at=NOW + 20 * DAY)
    assert codes(refused) == ["stop_too_long"]
    services.review_brake(supervisor(), lot, "仍在核查", since + timedelta(days=30), at=NOW + 20 * DAY)


def test_ending_the_lot_ends_the_brake(world: World):
    lot = world.lot()
    services.pull_brake(world.supervisor.acts(), lot, ORDER, at=START)
    services.end_lot(world.supervisor.acts(), lot, ORDER, at=START + DAY)
    assert queries.brake(lot, START + DAY) is None and projects.lot(lot).terminated


def test_refusals_name_every_reason_and_leave_nothing(world: World):
    lot = world.lot()
    head = journal.head()
    with pytest.raises(Refused) as refused:
        services.pull_brake(world.supervisor.acts(), lot, Order("", "", "", None), at=START)
    assert codes(refused) == ["authority_missing", "reason_missing", "article_missing", "review_missing"]
    with pytest.raises(Refused) as refused:
        services.review_brake(world.supervisor.acts(), lot, "", START.date(), at=START)
    assert codes(refused) == ["no_brake", "reason_missing", "review_out_of_range"]
    assert journal.head() == head and queries.brakes(lot, START) == ()


def test_who_may_not(world: World):
    lot = world.lot()
    with pytest.raises(Missing):
        services.pull_brake(world.other_supervisor.acts(), lot, ORDER, at=START)
    with pytest.raises(Missing):
        access.lot_to_watch(world.other_supervisor.acts(), lot)
    for player in (world.owner, world.operator, world.auditor, world.bidders[0]):
        with pytest.raises(Forbidden):
            services.pull_brake(player.acts(), lot, ORDER, at=START)
        assert queries.brake_offers(player.acts(), lot, START) == ()


def test_same_order_twice_is_one_brake(world: World):
    lot, actor = world.lot(), world.supervisor.acts("brake-1")
    first = services.pull_brake(actor, lot, ORDER, at=START)
    assert services.pull_brake(actor, lot, ORDER, at=START).height == first.height
    assert len(queries.brakes(lot, START)) == 1


def test_effects_are_listed_before_confirming(world: World):
    assert [effect.title for effect in queries.effects(world.lot())] == ["期限", "公开", "通知", "不受影响"]
