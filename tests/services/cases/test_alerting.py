"""预警与案件: handed on when the case opens, answered by how it ends."""

from datetime import timedelta

import pytest

from ggzy.kernel.money import Money
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import Refused
from ggzy.oversight.alerts import queries as alerts
from ggzy.oversight.alerts import services as alerting
from ggzy.oversight.alerts.values.alerts import AlertState, Target
from ggzy.oversight.cases import services
from ggzy.oversight.cases.values import Measure, MeasureKind, NewCase, Proposal, Source
from ggzy.registers.parties import services as parties
from ggzy.registers.parties.values import PartyRole
from tests.authority import decide, staffed
from tests.services.alerts.stage import second_wins
from tests.world import CITY, START, World, _organisation, _player

DAY = timedelta(days=1)


def opened(world: World, alert: str) -> str:
    parties = (world.bidders[0].organisation,)
    new = NewCase(
        "越过第一名定标案", "第二名中标，没有说明理由", "procedure", parties, CITY, Source.ALERT, alert
    )
    return services.open_case(world.supervisor.acts(), new, at=START).subject.split("/")[1]


def test_a_case_takes_its_alert_over_and_a_dropped_one_dismisses_it(world: World):
    row = second_wins(world)
    case = opened(world, row.code)
    found = alerts.alert(row.code)
    assert (found.state, found.target) == (AlertState.TRANSFERRED, Target.CASE) and case in found.reason
    services.drop(staffed(world).head.acts(), case, "第一名书面放弃，事实不成立", at=START + DAY)
    assert alerts.alert(row.code).state is AlertState.DISMISSED


def test_a_case_answers_its_alert_whatever_its_authority_supervises_since(world: World):
    row = second_wins(world)
    case, head = opened(world, row.code), staffed(world).head
    parties.give_branches(world.system(), world.supervisor.organisation, ("finance",), at=START)
    where = _organisation("江州市公共资源交易监督管理局", "11", 43, CITY, PartyRole.AUTHORITY)
    _player("钱立", Role.SUPERVISOR, *where)
    with pytest.raises(Refused, match="住房城乡建设部门"):
        alerting.dismiss(head.acts(), row.code, "第一名书面放弃，事实不成立", at=START)
    services.drop(head.acts(), case, "第一名书面放弃，事实不成立", at=START + DAY)
    assert alerts.alert(row.code).state is AlertState.DISMISSED


def test_a_decision_confirms_the_alert(world: World):
    row = second_wins(world)
    authority = staffed(world)
    case = opened(world, row.code)
    services.join_case(authority.second.acts(), case, at=START)
    fine = Measure(MeasureKind.FINE, world.bidders[0].organisation, Money.yuan(10_000))
    proposal = Proposal("违反招标投标法实施条例第55条", (fine,), Money.yuan(1_000_000))
    services.keep_evidence(world.supervisor.acts(), case, "sha256:" + "a" * 64, "公示截图", at=START)
    services.notify(world.supervisor.acts(), case, proposal, at=START)
    decide(authority, case, "江建罚决〔2026〕9号", proposal, at=START + 8 * DAY)
    found = alerts.alert(row.code)
    assert found.state is AlertState.CONFIRMED and "江建罚决〔2026〕9号" in found.reason
    assert alerts.precision("P09").confirmed == 1


def test_an_alert_that_was_decided_leads_to_no_case(world: World):
    row = second_wins(world)
    alerting.dismiss(world.supervisor.acts(), row.code, "已核对放弃声明", at=START)
    with pytest.raises(Refused):
        opened(world, row.code)
