"""再次发现: a circle that was let go and meets again after the quiet is told of anew, beside what was decided."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.foundation.journal import services as records
from ggzy.kernel.actor import Actor
from ggzy.oversight.alerts import indicators, models, queries, rules, services
from ggzy.oversight.alerts.values import Finding, Grade, Indicator, Model
from ggzy.trading.contracting.events import AwardMade, AwardReported
from ggzy.trading.tendering import events
from ggzy.trading.tendering.values import Bidder
from tests.services.alerts.stage import passed_on, told
from tests.world import START, World, browser

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHY = "当地仅此三家具备资质，已核对"


def meets(world: World, at: datetime, winner: int = 0, came: tuple[int, ...] = (0, 1, 2)) -> None:
    """One more lot where these came, awarded at that moment, and passed on to the models."""
    lot = world.lot()
    firms = {n: Bidder(world.bidders[n].organisation, world.bidders[n].organisation_name) for n in came}
    same: dict[str, Any] = {"gen": 1, "manifest": "", "prev": None, "documents": "", "plan": "", "parts": ()}
    facts = (
        *(
            events.BidSubmitted(lot=lot, round=1, bid=f"b{n}", bidder=firm, **same)
            for n, firm in firms.items()
        ),
        events.BiddingClosed(lot=lot, round=1, deadline=at, count=len(came), last_seq=len(came), chain=""),
        *(events.BidDecrypted(lot=lot, round=1, bid=f"b{n}", parts=()) for n in came),
        AwardMade(lot=lot, round=1, rank=1, winner=firms[winner], price=None, passed=(), notice=""),
    )
    for fact in facts:
        records.record(fact, actor=Actor.system("told"), at=at)
    passed_on(lot)


def let_go(world: World, code: str, at: datetime) -> None:
    services.dismiss(world.supervisor.acts(), code, WHY, at=at)


def raised(indicator: str = "B14") -> list[str]:
    rows = models.Alert.objects.filter(indicator=indicator).order_by("raised_at")
    return list(rows.values_list("code", flat=True))


def own(code: str) -> list[dict[str, Any]]:
    """What an alert itself rests on, every field of it but whether something went on from there."""
    return [
        {name: value for name, value in row.items() if name != "is_past"}
        for row in models.FindingRow.objects.filter(alert=code, is_suppressed=False).order_by("uid").values()
    ]


def everything() -> tuple[Any, ...]:
    found = [row.facts() for row in models.FindingRow.objects.order_by("uid")]
    told = list(models.FindingRow.objects.order_by("uid").values_list("uid", "is_told"))
    parties = list(models.AlertParty.objects.order_by("alert", "party").values_list("alert", "party"))
    return found, told, parties, list(models.Alert.objects.order_by("code").values())


def settled(world: World, at: datetime) -> None:
    """What was raised is told, the journal agrees with the rows, and in bulk the same is found."""
    for lot in queries.lots_to_look_at(at):
        services.look_again(lot, at)
    for code, _ in queries.untold():
        services.tell(world.system(), code, at=at)
    for code in queries.told():
        assert rules.fold(journal.facts(subject=f"alert/{code}")) == queries.standing(code)
    before = everything()
    services.look_at_all(at)
    assert everything() == before


@pytest.fixture
def dismissed(world: World) -> str:
    """A quiet cartel of three, told of and let go on the day after."""
    for _ in range(8):
        meets(world, START)
    (code,) = raised()
    let_go(world, code, START + DAY)
    return code


def test_a_circle_that_meets_again_after_the_quiet_is_told_of_anew(world: World, dismissed: str):
    decided, rests_on = models.Alert.objects.values().get(pk=dismissed), own(dismissed)
    precision = queries.precision("B14")
    meets(world, START + 30 * DAY)
    assert raised() == [dismissed], "quiet"
    meets(world, START + 91 * DAY)
    assert raised() == [dismissed], "the ninetieth day"
    meets(world, START + 92 * DAY)
    first, again = raised()
    assert (first, own(first)) == (dismissed, rests_on)
    assert models.Alert.objects.values().get(pk=dismissed) == decided
    (now,) = queries.findings(again)
    assert len(now.evidence) == 11 and now.first_at == START + 30 * DAY
    assert "在 7 个标段" in decided["sentence"] and "在 11 个标段" in queries.alert(again).sentence
    assert queries.precision("B14").dismissed == precision.dismissed == 1
    settled(world, START + 92 * DAY)


def test_it_is_told_once_for_new_evidence_and_not_at_every_fact(world: World, dismissed: str):
    meets(world, START + 100 * DAY)
    again = raised()[1]
    meets(world, START + 101 * DAY)
    meets(world, START + 101 * DAY, winner=3, came=(0, 3))
    assert len(raised()) == 2 and len(queries.findings(again)[0].evidence) == 10
    let_go(world, again, START + 102 * DAY)
    meets(world, START + 200 * DAY, winner=3, came=(0, 3))
    assert len(raised()) == 2, "the winner was elsewhere, the circle did not meet"
    meets(world, START + 201 * DAY)
    assert len(raised()) == 3
    settled(world, START + 201 * DAY)


def test_what_was_kept_quiet_stands_under_the_decision_and_says_so(world: World, dismissed: str):
    meets(world, START + 30 * DAY)
    (own_one, quiet) = queries.findings(dismissed)
    assert (own_one.is_past, quiet.is_suppressed) == (True, True)
    page = browser(world.supervisor).get(f"/desk/alerts/{dismissed}/").content.decode()
    assert "没有另行提示" in page and "没有改动" in page
    settled(world, START + 30 * DAY)


def test_a_circle_found_true_is_told_of_at_its_next_meeting(world: World):
    for _ in range(8):
        meets(world, START)
    (code,) = raised()
    services.confirm(world.supervisor.acts(), code, WHY, at=START + DAY)
    before = own(code)
    meets(world, START + 2 * DAY)
    assert len(raised()) == 2 and own(code) == before
    settled(world, START + 2 * DAY)


def test_what_becomes_graver_while_it_waits_lifts_its_alert_and_is_told(world: World, monkeypatch):
    grades = [Grade.YELLOW]
    shown = Indicator(code="X01", name="加重", grade=Grade.YELLOW, basis="", why="", quiet="")
    model = Model(shown, inspect=lambda record, params, at: [Finding(sentence="一处", grade=grades[-1])])
    monkeypatch.setattr(indicators, "models", lambda: {"X01": model})
    lot = world.lot()
    told(lot, AwardReported(lot=lot, round=1, text="一", is_late=False))
    (code,) = raised("X01")
    services.tell(world.system(), code, at=START)
    grades.append(Grade.RED)
    told(lot, AwardReported(lot=lot, round=1, text="二", is_late=False))
    assert raised("X01") == [code] and queries.alert(code).grade is Grade.RED
    for _, again in queries.untold():
        assert again, "told before"
    services.tell(world.system(), code, at=START)
    kinds = [fact.kind for fact in journal.facts(subject=f"alert/{code}")]
    assert kinds == ["alert.raised", "alert.extended"] and queries.untold() == ()
    assert rules.fold(journal.facts(subject=f"alert/{code}")) == queries.standing(code)
    assert {one.grade: one.is_past for one in queries.findings(code)} == {
        Grade.YELLOW: True,
        Grade.RED: False,
    }
