"""办理预警: ask, explain, dismiss, confirm, transfer · each refusal · who may not · what is recorded."""

from datetime import date, timedelta

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.actor import Actor
from ggzy.kernel.errors import Conflict, Forbidden, Missing
from ggzy.kernel.events import Audience
from ggzy.kernel.verdict import Refused
from ggzy.oversight.alerts import models, queries, rules, services
from ggzy.oversight.alerts.values import Grade
from ggzy.oversight.alerts.values.alerts import AlertState, Target
from ggzy.oversight.cases import services as cases
from ggzy.trading.projects.events import ComplaintFiled
from ggzy.trading.projects.values import Order
from tests.services.alerts.stage import passed_on, second_wins, told
from tests.world import START, World

DAY = timedelta(days=1)
SOON = date(2026, 6, 10)
WHY = "已核对放弃声明和公示记录"


def kinds(code: str) -> list[str]:
    return [fact.kind for fact in journal.facts(subject=f"alert/{code}")]


def agrees(code: str) -> bool:
    return rules.fold(journal.facts(subject=f"alert/{code}")) == queries.standing(code)


def test_the_clock_tells_an_alert_once_and_to_nobody_else(world: World):
    row = second_wins(world)
    assert queries.untold() == ((row.code, 0),) and queries.standing(row.code) == {}
    services.tell(world.system(), row.code, at=START)
    (fact,) = journal.facts(subject=f"alert/{row.code}")
    assert (fact.kind, fact.audience, fact.event.grade) == ("alert.raised", Audience.RESTRICTED, "red")
    assert fact.event.parties == (world.bidders[0].organisation,) and agrees(row.code)
    assert queries.untold() == ()
    with pytest.raises(Conflict):
        services.tell(world.system(), row.code, at=START)


def test_asked_answered_and_dismissed(world: World):
    row, firm = second_wins(world), world.bidders[0]
    services.ask(
        world.supervisor.acts(), row.code, firm.organisation, "请说明第一名为何未中标", SOON, at=START
    )
    assert queries.alert(row.code).state is AlertState.ASKED
    ((_, question),) = queries.asked_of(firm.organisation)
    assert question.answered_at is None
    services.explain(firm.acts(), row.code, "第一名已书面放弃中标", at=START + DAY)
    assert queries.alert(row.code).state is AlertState.EXPLAINED
    services.dismiss(world.supervisor.acts(), row.code, WHY, at=START + 2 * DAY)
    found = queries.alert(row.code)
    assert (found.state, found.outcome, found.reason) == (AlertState.DISMISSED, "dismissed", WHY)
    assert kinds(row.code) == ["alert.raised", "alert.asked", "alert.explained", "alert.dismissed"]
    assert agrees(row.code)


def test_confirmed_then_handed_on_and_counted(world: World):
    row = second_wins(world)
    services.confirm(world.supervisor.acts(), row.code, WHY, at=START)
    services.transfer(
        world.supervisor.acts(), row.code, Target.DISCIPLINE, WHY, office="江州市纪委监委", at=START
    )
    found = queries.alert(row.code)
    assert (found.state, found.outcome, found.target) == (
        AlertState.TRANSFERRED,
        "confirmed",
        Target.DISCIPLINE,
    )
    assert agrees(row.code)
    precision = queries.precision("P09")
    assert (precision.confirmed, precision.dismissed, precision.share) == (1, 0, 1)


def test_a_case_gives_its_result_back(world: World):
    row = second_wins(world)
    services.transfer(world.supervisor.acts(), row.code, Target.CASE, WHY, document="AJ1", at=START)
    services.dismiss(world.supervisor.acts(), row.code, WHY, at=START + DAY)
    assert queries.alert(row.code).outcome == "dismissed" and agrees(row.code)


@pytest.mark.parametrize(
    "run, reasons",
    [
        (lambda who, code, firm: services.dismiss(who, code, "无", at=START), ["reason_missing"]),
        (lambda who, code, firm: services.confirm(who, code, " ", at=START), ["reason_missing"]),
        (lambda who, code, firm: services.transfer(who, code, Target.POLICE, WHY, at=START), ["office_missing"]),
        (lambda who, code, firm: services.transfer(who, code, Target.POLICE, "", at=START),
         ["reason_missing", "office_missing"]),
        (lambda who, code, firm: services.ask(who, code, firm, "?", SOON, at=START), ["text_missing"]),
        (lambda who, code, firm: services.ask(who, code, firm, WHY, START.date(), at=START), ["due_out_of_range"]),
    ],
)  # fmt: skip
def test_every_reason_is_named_and_nothing_is_written(world: World, run, reasons):
    row = second_wins(world)
    head = journal.head()
    with pytest.raises(Refused) as refused:
        run(world.supervisor.acts(), row.code, world.bidders[0].organisation)
    assert [reason.code for reason in refused.value.reasons] == reasons
    assert journal.head() == head and queries.alert(row.code).state is AlertState.OPEN


def test_only_a_party_of_the_alert_is_asked(world: World):
    row = second_wins(world)
    with pytest.raises(Refused) as refused:
        services.ask(world.supervisor.acts(), row.code, world.bidders[1].organisation, WHY, SOON, at=START)
    assert [reason.code for reason in refused.value.reasons] == ["stranger"]


def test_what_is_decided_is_decided(world: World):
    row = second_wins(world)
    services.dismiss(world.supervisor.acts(), row.code, WHY, at=START)
    for run in (services.dismiss, services.confirm):
        with pytest.raises(Refused):
            run(world.supervisor.acts(), row.code, WHY, at=START)


def test_who_may_not(world: World):
    row = second_wins(world)
    for player in (
        world.owner,
        world.agency,
        world.operator,
        world.bidders[0],
        world.inspector,
        world.auditor,
    ):
        with pytest.raises(Forbidden):
            services.dismiss(player.acts(), row.code, WHY, at=START)
    with pytest.raises(Missing):
        services.dismiss(world.other_supervisor.acts(), row.code, WHY, at=START)
    with pytest.raises(Missing):
        services.explain(world.bidders[0].acts(), row.code, WHY, at=START)
    with pytest.raises(Forbidden):
        services.tune(world.inspector.acts(), "P06", "minutes_max", "30", WHY, at=START)


def test_a_parameter_changes_for_a_region_with_a_reason(world: World):
    indicator = queries.model("P06").indicator
    services.tune(world.supervisor.acts(), "P06", "minutes_max", "30", "本市开标均在十分钟内开始", at=START)
    assert queries.params(indicator, world.supervisor.region)["minutes_max"] == 30
    assert queries.params(indicator, world.other_supervisor.region)["minutes_max"] == 60
    (fact,) = journal.facts(subject="indicator/P06")
    assert (fact.event.before, fact.event.after) == ("60", "30")


@pytest.mark.parametrize(
    "name, text, reason, reasons",
    [
        ("minutes_max", "60", WHY, ["same_value"]),
        ("minutes_max", "-1", WHY, ["bad_value"]),
        ("minutes_max", "1.5", WHY, ["bad_value"]),
        ("minutes_max", "三十", WHY, ["bad_value"]),
        ("hours", "1", "", ["unknown_parameter", "reason_missing"]),
    ],
)
def test_a_bad_parameter_is_refused(world: World, name, text, reason, reasons):
    with pytest.raises(Refused) as refused:
        services.tune(world.supervisor.acts(), "P06", name, text, reason, at=START)
    assert [one.code for one in refused.value.reasons] == reasons


def test_a_red_finding_is_never_kept_quiet_by_an_earlier_decision(world: World):
    row = second_wins(world)
    services.dismiss(world.supervisor.acts(), row.code, WHY, at=START)
    row.refresh_from_db()
    named = frozenset(queries.alert(row.code).parties)
    standing = rules.Standing(row.code, row.raised_at, row.decided_at, True, named)
    (found,) = queries.findings(row.code)
    again = models.FindingRow.objects.get(uid=found.uid).facts()
    assert rules.answered(again, [standing], START + DAY) == ("", False)
    yellow = models.FindingRow(
        **{**models.FindingRow.objects.values().get(uid=found.uid), "grade": Grade.YELLOW}
    )
    assert rules.answered(yellow.facts(), [standing], START + DAY) == (row.code, True)
    assert rules.answered(yellow.facts(), [standing], START + 200 * DAY) == ("", False)


def test_an_actor_of_the_platform_decides_nothing(world: World):
    row = second_wins(world)
    with pytest.raises(Forbidden):
        services.dismiss(Actor.system("x"), row.code, WHY, at=START)


def test_a_lot_that_stands_still_waits_for_no_limit_and_goes_on_with_what_was_left(world: World):
    lot = world.lot()
    filed = ComplaintFiled(
        lot=lot, complaint="T1", regime="tender", stage="result", accept_by=date(2026, 6, 4)
    )
    made = second_wins(world, lot=lot)
    order = Order("江州市住房和城乡建设局", "收到投诉，需要核查", "招标投标法实施条例 §62", date(2026, 6, 30))
    cases.pull_brake(world.supervisor.acts(), lot, order, at=START + DAY)
    told(lot, filed)
    assert models.Watch.objects.get(pk=lot).look_at is None
    cases.release_brake(world.supervisor.acts(), lot, order, at=START + 11 * DAY)
    passed_on(lot)
    watch = models.Watch.objects.get(pk=lot)
    assert watch.look_at is not None and watch.looks.keys() >= {"P17"}
    services.look_again(lot, START + 60 * DAY)
    assert set(models.Alert.objects.filter(lot=lot).values_list("indicator", flat=True)) >= {
        "P09",
        "P17",
        "P18",
    }
    assert made.lot == lot
