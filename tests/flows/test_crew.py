"""演练分队: several teams walk the lots of one rehearsal and never get in each other's way.

The processes themselves are `./ggzy rehearse`'s; here the teams take turns in one.
"""

from datetime import datetime

import pytest

from ggzy.desk.management.rehearsal import crew
from ggzy.desk.management.rehearsal.readings import BidderReading, LotReading, read_price
from ggzy.desk.management.rehearsal.runner import Rehearsal
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.instants import BEIJING

pytestmark = pytest.mark.django_db
SHARED = "云岭甲建设有限公司"


def _reading(line: int, month: int, *names: str, owner: str = "") -> LotReading:
    bidders = tuple(BidderReading(name, read_price(f"{1799255 + n}.53")) for n, name in enumerate(names))
    opened = datetime(2025, month, 12, 9, 30, tzinfo=BEIJING)
    return LotReading(
        "test", line, f"江州市第{line}小学教学楼工程", opened_at=opened, bidders=bidders, owner=owner
    )


def _registered() -> int:
    return sum(1 for _ in journal.facts(kinds=("party.registered",)))


def test_teams_share_everybody_a_notice_names_and_keep_the_rest_apart(tmp_path):
    later = _reading(1, 9, SHARED, "云岭乙建设有限公司", owner="澜川市教育局")
    sooner = _reading(2, 6, "云岭丙建设有限公司", SHARED, owner="澜川市教育局")
    rehearsal = Rehearsal("t", tmp_path, [later, sooner], first_serial=1)
    crew.register(rehearsal)
    before = _registered()
    teams = [rehearsal.branch(1), rehearsal.branch(2)]
    outcomes = [team.one(place) for place, team in enumerate(teams)]
    assert [outcome.problems for outcome in outcomes] == [(), ()]
    assert _registered() == before, "a name was registered twice"
    acts = [{fact.actor.person for fact in journal.facts(prefix=f"lot/{o.lot}")} for o in outcomes]
    assert acts[0] & acts[1], "the same people act for both"


def test_whoever_two_lots_need_is_there_at_the_earlier_one(tmp_path):
    later, sooner = _reading(1, 9, SHARED), _reading(2, 6, SHARED)
    rehearsal = Rehearsal("t", tmp_path, [later, sooner], first_serial=1)
    crew.register(rehearsal)
    (told,) = (f for f in journal.facts(kinds=("party.registered",)) if f.event.name == SHARED)
    assert told.at < datetime(2025, 6, 12, tzinfo=BEIJING)


def test_a_lot_whose_process_died_is_listed_with_the_reason(tmp_path):
    rehearsal = Rehearsal("t", tmp_path, [_reading(1, 6, SHARED)], first_serial=1)
    outcome = rehearsal.lost(0, MemoryError("killed"))
    assert not outcome.is_good and outcome.problems == ("办理进程中断：MemoryError killed",)
