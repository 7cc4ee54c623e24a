"""演示世界's past: three who take turns among others who compete, walked to the archive by the ordinary commands."""

from collections import Counter
from datetime import datetime

import pytest

import screens
from ggzy.desk.management.demo import history
from ggzy.desk.management.demo.history import OF_TEN_QUIET, readings
from ggzy.desk.management.demo.lots import CARTEL_OF_NAMES
from ggzy.desk.management.demo.world import World
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.instants import BEIJING
from ggzy.trading.projects import queries as projects

SATURDAY = datetime(2026, 6, 6, 10, 0, tzinfo=BEIJING)
PAST = tuple(readings(SATURDAY))
QUIET = tuple(one for one in PAST if one.line % 10 in OF_TEN_QUIET)
OPEN = tuple(one for one in PAST if one not in QUIET)


def prices(reading):
    return [bidder.price.amount.fen for bidder in reading.bidders]


def judged(reading):
    return screens.probability(screens.measures(prices(reading)), screens.supplied(), 0.05)


def test_the_three_take_turns_and_cover_one_another():
    winners = Counter(one.bidders[0].name for one in QUIET)
    assert set(winners) == set(CARTEL_OF_NAMES) and max(winners.values()) - min(winners.values()) <= 1
    for one in QUIET:
        first, *covers = sorted(prices(one))
        assert first * 1.04 < covers[0] and covers[-1] < covers[0] * 1.01
        assert one.ceiling is not None and covers[-1] <= one.ceiling.fen


def test_the_others_compete_and_one_lot_in_ten_was_tendered_twice():
    for one in OPEN:
        assert not set(CARTEL_OF_NAMES) & {bidder.name for bidder in one.bidders}
        assert 3 <= len({bidder.name for bidder in one.bidders}) == len(one.bidders)
        assert max(prices(one)) < min(prices(one)) * 1.04
    assert sum(one.is_failed for one in PAST) == len(PAST) // 10
    assert len({one.title for one in PAST}) == len(PAST)


def test_honest_lots_stay_under_the_hint_and_some_of_the_threes_reach_it():
    assert max(map(judged, OPEN)) < 0.1 <= max(map(judged, QUIET))


@pytest.mark.django_db
def test_the_past_is_archived_and_one_office_leaves_its_trace(tmp_path, monkeypatch):
    monkeypatch.setattr(history, "LOTS", 2)
    monkeypatch.setattr(history, "JOBS", 1)
    monkeypatch.setattr(history, "is_shared", lambda number: number == 1)
    world = World(SATURDAY, tmp_path / "custodians", tmp_path / "keys")
    past = history.History(world.cast, world.custody, SATURDAY)
    assert past.lay() == 2
    archived = list(journal.facts(kinds=("dossier.archived",)))
    assert [projects.lot(fact.event.lot).title for fact in archived] == [one.title for one in past.readings]
    assert max(fact.at for fact in archived) < SATURDAY
    visits = [fact.event for fact in journal.facts(kinds=("visit.noted",))]
    assert len(visits) == 2 and len({visit.visit.address for visit in visits}) == 1
