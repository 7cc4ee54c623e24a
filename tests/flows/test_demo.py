"""演示世界 on a Saturday: what a visitor is to see happen does happen, and lawfully."""

from datetime import datetime, timedelta

import pytest

from ggzy.desk.management.demo import world as demo
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.instants import BEIJING
from ggzy.trading.projects import queries as projects

SATURDAY = datetime(2026, 6, 6, 10, 0, tzinfo=BEIJING)


@pytest.mark.django_db
def test_lots_that_close_soon_close_soon_on_a_day_off_too(tmp_path, monkeypatch):
    soon = tuple(lot for lot in demo.LOTS if lot.exactly)
    assert soon, "the demo has a lot that closes soon"
    monkeypatch.setattr(demo, "LOTS", soon)
    monkeypatch.setattr(demo.History, "lay", lambda past: {})
    monkeypatch.setattr(demo.Past, "lay", lambda past: None)
    demo.World(SATURDAY, tmp_path / "custodians", tmp_path / "keys").build(lambda title: None)
    announced = {
        projects.lot(fact.event.lot).title: fact.event.terms.deadline
        for fact in journal.facts(kinds=("tender.announced",))
    }
    assert announced == {lot.title: SATURDAY + lot.closes for lot in soon}
    assert max(lot.closes for lot in soon) < timedelta(hours=1)
