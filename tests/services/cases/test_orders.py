"""责令: bound to the lot with the decision · shown to whom it concerns · reported on · late · met · who may not."""

from datetime import timedelta

import pytest

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.errors import Forbidden, Missing
from ggzy.kernel.instants import end_of_day
from ggzy.kernel.verdict import Refused
from ggzy.oversight.alerts import services as watching
from ggzy.oversight.alerts.models import Alert
from ggzy.oversight.cases import queries, services
from ggzy.oversight.cases.values import Measure, MeasureKind, NewCase, OrderFacts, Proposal
from ggzy.oversight.powers.values import UNBOUND
from ggzy.trading.projects import queries as projects
from tests.authority import Authority, decide, staffed
from tests.pages.markup import faults
from tests.services.alerts.stage import passed_on
from tests.world import CITY, START, World, browser, clock

DAY = timedelta(days=1)


@pytest.fixture
def authority(world: World) -> Authority:
    return staffed(world)


def ordered(world: World, authority: Authority, kind: MeasureKind = MeasureKind.CORRECT) -> OrderFacts:
    new = NewCase("排斥潜在投标人案", "线索", "exclusion", (world.owner.organisation,), CITY, lot=world.lot())
    code = services.open_case(authority.officer.acts(), new, at=START).subject.split("/")[1]
    services.join_case(authority.second.acts(), code, at=START)
    services.keep_evidence(authority.officer.acts(), code, "sha256:" + "a" * 64, "招标文件", at=START)
    decide(authority, code, "江建责〔2026〕1号", Proposal("以本地业绩加分", (Measure(kind),)), at=START + DAY)
    return queries.case(code, START + DAY).orders[0]


def test_decided_order_binds_the_lot_and_stands_on_the_boards(world: World, authority: Authority):
    order = ordered(world, authority)
    (bound,) = projects.lot(order.lot).orders
    assert (bound.code, bound.kind, bound.until) == (order.code, "correct", order.until)
    for side in (world.owner, world.agency):
        assert [one.code for one, _ in queries.demands(side.organisation, START + DAY)] == [order.code]
    assert queries.demands(world.other_owner.organisation, START) == ()
    duties = [one for one in queries.duties(CITY, UNBOUND) if one.title == order.code]
    assert [one.until for one in duties] == [order.until]


def test_owner_reports_and_the_supervisor_confirms(world: World, authority: Authority):
    order = ordered(world, authority)
    owner, agency = world.owner.acts(), world.agency.acts()
    services.reply_order(
        owner, order.code, "已删除本地业绩加分条款", ("sha256:" + "b" * 64,), at=START + 2 * DAY
    )
    services.reply_order(agency, order.code, "更正公告已发布", (), at=START + 3 * DAY)
    (found,) = queries.orders(order.lot, START + 3 * DAY)
    assert "本地业绩" in found.reply and "更正公告" in found.reply and len(found.files) == 1
    services.meet_order(authority.officer.acts(), order.code, "已核实", at=START + 4 * DAY)
    assert projects.lot(order.lot).orders == ()
    with pytest.raises(Refused) as refused:
        services.reply_order(world.owner.acts(), order.code, "补充", (), at=START + 5 * DAY)
    assert [reason.code for reason in refused.value.reasons] == ["not_open"]
    kinds = [fact.kind for fact in journal.facts(subject=f"lot/{order.lot}")]
    assert kinds[-4:] == ["lot.ordered", "order.answered", "order.answered", "order.met"]
    assert [f.kind for f in journal.facts(subject=f"case/{order.code[:-2]}")].count("order.replied") == 2


@pytest.mark.parametrize("answered, raised", [(None, 1), (2, 0)])
def test_an_order_nobody_answers_in_time_becomes_an_alert(
    world: World, authority: Authority, answered, raised
):
    order = ordered(world, authority)
    if answered is not None:
        services.reply_order(world.owner.acts(), order.code, "已改正", (), at=START + answered * DAY)
    passed_on(order.lot)
    assert not Alert.objects.filter(lot=order.lot, indicator="P19").exists()
    watching.look_again(order.lot, end_of_day(order.until))
    assert Alert.objects.filter(lot=order.lot, indicator="P19", grade="red").count() == raised


def test_who_may_not_report(world: World, authority: Authority):
    order = ordered(world, authority)
    for player, error in (
        (world.other_owner, Missing),
        (world.bidders[0], Missing),
        (world.supervisor, Forbidden),
        (world.operator, Forbidden),
    ):
        with pytest.raises(error):
            services.reply_order(player.acts(), order.code, "已改正", (), at=START)
    with pytest.raises(Refused) as refused:
        services.reply_order(world.owner.acts(), order.code, " ", (), at=START)
    assert [reason.code for reason in refused.value.reasons] == ["text_missing"]


def test_missed_deadline_is_an_overdue_line_on_both_boards(world: World, authority: Authority):
    order = ordered(world, authority)
    late = START + timedelta(days=60)
    (found,) = queries.orders(order.lot, late)
    assert found.is_late
    with clock(late):
        owner, supervisor = browser(world.owner), browser(world.supervisor)
        assert "责令改正，报告改正情况" in owner.get("/desk/").content.decode()
        assert "督促办结责令事项" in supervisor.get("/desk/").content.decode()
        listed = owner.get("/desk/orders/").content.decode()
    assert "（已逾期）" in listed and "待报告" in listed and faults(listed) == []


def test_reply_page_takes_the_report(world: World, authority: Authority):
    order = ordered(world, authority)
    owner = browser(world.owner)
    shown = owner.get(f"/desk/orders/{order.code}/").content.decode()
    assert "在限期内改正，并书面报告改正情况" in shown and faults(shown) == []
    assert owner.post(f"/desk/orders/{order.code}/", {"text": ""}).status_code == 422
    assert owner.post(f"/desk/orders/{order.code}/", {"text": "已改正"}).status_code == 303
    assert "已报告，待核实" in owner.get("/desk/orders/").content.decode()
    case = browser(world.supervisor).get(f"/desk/cases/{order.code[:-2]}/").content.decode()
    assert "已改正" in case
    assert browser(world.bidders[0]).get(f"/desk/orders/{order.code}/").status_code == 404
    assert browser(world.operator).get("/desk/orders/").status_code == 403
