"""演示世界's past: three who take turns among others who compete, walked to the archive by the ordinary commands."""

from collections import Counter
from datetime import datetime

import pytest

import screens
from ggzy.desk.management.demo import history
from ggzy.desk.management.demo.history import LATE, OBJECTED, PAIR, PAIR_LINE, is_quiet, readings
from ggzy.desk.management.demo.lots import CARTEL_OF_NAMES
from ggzy.desk.management.demo.supervision.past import QUIETLY_DROPPED, Past
from ggzy.desk.management.demo.world import World
from ggzy.desk.management.rehearsal.cast import REGION
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.instants import BEIJING
from ggzy.oversight.alerts import queries as alerts
from ggzy.oversight.cases import queries as cases
from ggzy.oversight.cases.queries import checks, complaints
from ggzy.oversight.cases.values import CaseState
from ggzy.oversight.cases.values.checks import CheckState
from ggzy.registers.credit import queries as credit

SATURDAY = datetime(2026, 6, 6, 10, 0, tzinfo=BEIJING)
PAST = tuple(readings(SATURDAY))
QUIET = tuple(one for one in PAST if is_quiet(one.line))
OPEN = tuple(one for one in PAST if one not in QUIET and one.line != PAIR_LINE)


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


def few(monkeypatch, *lines):
    """A past of these lots alone."""
    monkeypatch.setattr(history, "JOBS", 1)
    monkeypatch.setattr(history, "readings", lambda now: (one for one in readings(now) if one.line in lines))


@pytest.mark.django_db
def test_the_supervised_past_is_true_to_its_facts(tmp_path, monkeypatch):
    """One test for all of it, because its four lots are walked from registration to archive."""
    few(monkeypatch, LATE, OBJECTED, PAIR_LINE, QUIETLY_DROPPED)
    world = World(SATURDAY, tmp_path / "custodians", tmp_path / "keys")
    lots = history.History(world.cast, world.custody, SATURDAY).lay()
    Past(world.cast, world.team, lots, SATURDAY).lay()
    archived = [fact.event.lot for fact in journal.facts(kinds=("dossier.archived",))]
    assert archived == [lots[one.line] for one in PAST if one.line in lots]
    assert max(fact.at for fact in journal.facts()) < SATURDAY
    known = {code: (one.confirmed, one.dismissed) for code, one in alerts.precisions().items()}
    assert known["B05"] == (1, 0) and known["P11"] == (1, 0) and known["S01"] == (1, 1)
    states = [one.state for one in cases.cases(REGION, SATURDAY)]
    assert sorted(states) == [CaseState.CLOSED, CaseState.CLOSED, CaseState.DROPPED]
    outcomes = {one.lot: (one.outcome, one.is_late) for one in complaints.decided()}
    assert outcomes == {lots[LATE]: ("upheld", False), lots[OBJECTED]: ("rejected", False)}
    bans = [credit.is_banned(world.cast.bidder(name, SATURDAY).code, SATURDAY) for name in PAIR]
    assert [ban and ban.decision.document for ban in bans] == ["江建罚决〔2025〕7号"] * 2
    spring, now = reversed(checks.checks(SATURDAY, region=REGION))
    assert (spring.state, now.state) == (CheckState.PUBLISHED, CheckState.PLANNED)
    assert not any(one.is_overdue for one in (spring, now))
    assert [fact.kind for fact in journal.facts(kinds=("credit.repaired",))] == ["credit.repaired"]
