"""扩展涉及的主体: a finding that gains parties gives them to its alert, and the journal is told of each once."""

from datetime import date

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.errors import Conflict
from ggzy.oversight.alerts import indicators, models, queries, rules, services
from ggzy.oversight.alerts.values import Finding, Grade, Indicator, Model
from ggzy.trading.contracting.events import AwardReported
from tests.services.alerts.stage import told
from tests.world import START, World

WHO = Indicator(code="X01", name="牵涉", grade=Grade.YELLOW, basis="", why="", quiet="")


@pytest.fixture
def concerned(monkeypatch) -> list[str]:
    """The parties an indicator finds from now on, whatever it looks at."""
    parties: list[str] = []
    model = Model(
        WHO, inspect=lambda record, params, at: [Finding(sentence="同一处", parties=tuple(parties))]
    )
    monkeypatch.setattr(indicators, "models", lambda: {"X01": model})
    return parties


def agrees(code: str) -> bool:
    return rules.fold(journal.facts(subject=f"alert/{code}")) == queries.standing(code)


def moved(world: World, lot) -> None:
    told(lot, AwardReported(lot=lot, round=1, text=str(journal.head()), is_late=False))


def test_a_finding_that_gains_parties_gives_them_to_its_alert(world: World, concerned: list[str]):
    lot, firms = world.lot(), [str(one.organisation) for one in world.bidders[:3]]
    concerned.append(firms[0])
    moved(world, lot)
    (row,) = models.Alert.objects.all()
    services.tell(world.system(), row.code, at=START)
    concerned.append(firms[1])
    moved(world, lot)
    assert queries.alert(row.code).parties == tuple(sorted(firms[:2]))
    assert agrees(row.code), "the rows do not run ahead of the journal"
    assert queries.untold() == ((row.code, 2),)
    services.tell(world.system(), row.code, at=START)
    last = list(journal.facts(subject=f"alert/{row.code}"))[-1]
    assert (last.kind, last.event.parties) == ("alert.extended", tuple(sorted(firms[:2]))) and agrees(
        row.code
    )
    assert queries.untold() == () and queries.standing(row.code)["parties"] == tuple(sorted(firms[:2]))
    with pytest.raises(Conflict):
        services.tell(world.system(), row.code, at=START)
    concerned.append(firms[2])
    moved(world, lot)
    services.ask(
        world.supervisor.acts(),
        row.code,
        world.bidders[2].organisation,
        "请说明情况",
        date(2026, 6, 10),
        at=START,
    )
    kinds = [fact.kind for fact in journal.facts(subject=f"alert/{row.code}")]
    assert kinds == ["alert.raised", "alert.extended", "alert.extended", "alert.asked"] and agrees(row.code)


def test_a_party_named_for_a_moment_stays_on_record(world: World, concerned: list[str]):
    lot, firms = world.lot(), [str(one.organisation) for one in world.bidders[:2]]
    concerned.append(firms[0])
    moved(world, lot)
    (row,) = models.Alert.objects.all()
    services.tell(world.system(), row.code, at=START)
    concerned.append(firms[1])
    moved(world, lot)
    concerned.pop()
    moved(world, lot)
    services.tell(world.system(), row.code, at=START)
    assert queries.standing(row.code)["parties"] == tuple(sorted(firms)) and agrees(row.code)
    assert queries.untold() == ()


def test_in_bulk_the_parties_are_the_same_and_none_is_told_twice(world: World, concerned: list[str]):
    lot, firms = world.lot(), [str(one.organisation) for one in world.bidders[:2]]
    concerned += firms
    moved(world, lot)
    (row,) = models.Alert.objects.all()
    services.tell(world.system(), row.code, at=START)
    services.look_at_all(START)
    assert queries.alert(row.code).parties == tuple(sorted(firms)) and agrees(row.code)
    assert queries.untold() == ()
