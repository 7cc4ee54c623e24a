"""政府采购的质疑与投诉 on a purchase traded here: 质疑 → 答复 → 投诉 → 受理 → 副本 → 说明 → 决定 (财政部令第94号).

Every step by the page of whoever takes it, on the days the rules give it.
"""

from datetime import date, datetime, timedelta

from django.test import Client

from ggzy.desk.management.commands import verify
from ggzy.kernel.instants import BEIJING, local_date
from ggzy.oversight.cases import queries, rules
from ggzy.oversight.cases.queries import complaints as desk
from ggzy.oversight.cases.values.complaints import ComplaintState
from ggzy.registers.catalog import queries as catalog
from ggzy.trading.dossier import services as dossiers
from ggzy.trading.objections import queries as objections
from tests.pages.markup import faults
from tests.pages.purchase import SETTLED, sold
from tests.world import CITY, Player, World, browser, clock

DAY = timedelta(days=1)
TEXT = "第一名的报价低于成本，没有说明"


def page(player: Player | None, path: str, at: datetime) -> str:
    with clock(at):
        answer = (browser(player) if player else Client()).get(path)
    assert answer.status_code == 200, f"{path} answers {answer.status_code}"
    shown = answer.content.decode()
    assert faults(shown) == [], path
    return shown


def post(player: Player, path: str, at: datetime, **typed: str) -> tuple[int, str]:
    with clock(at):
        answer = browser(player).post(path, typed)
    return answer.status_code, answer.content.decode()


def complain(world: World, lot: str, at: datetime, matter: str = "result") -> str:
    told = {
        "matter": matter, "respondent": "江州市城市建设管理处", "known_on": local_date(at).isoformat(),
        "text": TEXT, "request_text": "认定成交结果无效",
    }  # fmt: skip
    status, shown = post(world.bidders[0], f"/desk/lots/{lot}/complain/", at, **told)
    assert status == 303, shown
    return desk.complaints(CITY)[0].code


def test_a_defective_complaint_is_sent_back_once_and_its_clocks_wait(world: World):
    lot, asker, supervisor = str(sold(world)), world.bidders[0], world.supervisor
    code = complain(world, lot, SETTLED + DAY)
    base, told = f"/desk/complaints/{code}/", SETTLED + 2 * DAY
    before = desk.complaint(code).accept_by
    refusal = {"grounds": "not_specific", "text": "没有写明请求"}
    status, shown = post(supervisor, base + "refuse/", told, **refusal)
    assert status == 422 and "应当先一次性书面通知补正" in shown
    assert "通知补正" in page(supervisor, base, told) and "S-06" in page(supervisor, base + "ask/", told)
    until = local_date(told) + timedelta(days=7)
    said = {"notice": "请写明投诉请求", "until": until.isoformat()}
    assert post(supervisor, base + "ask/", told, **said)[0] == 303
    assert post(supervisor, base + "ask/", told, **said)[0] == 422
    assert desk.complaint(code).accept_by > before
    assert "请写明投诉请求" in page(asker, base, told)
    page(asker, base + "correct/", told)
    made = told + 3 * DAY
    assert post(asker, base + "correct/", made, text="请求认定成交结果无效")[0] == 303
    assert post(asker, base + "correct/", made, text="再补一次")[0] == 422
    assert "请求认定成交结果无效" in page(supervisor, base, made)
    found = desk.complaint(code)
    assert found.accept_by == catalog.calendar().add_workdays(local_date(made), 5)
    assert rules.fold(verify.facts_of(code, ("complaint",))) == queries.standing(code)
    dossiers.refresh(found.lot)
    assert "投诉补正，受理期限顺延" in page(supervisor, f"/lots/{lot}/record/", made)


def test_purchase_is_questioned_answered_complained_of_and_decided(world: World):
    lot = str(sold(world))
    asker, supervisor = world.bidders[0], world.supervisor
    early = complain(world, lot, SETTLED + DAY)
    assert desk.complaint(early).regime.code == "procurement"
    shown = page(supervisor, f"/desk/complaints/{early}/accept/", SETTLED + DAY)
    assert "应当先提出异议（质疑）" in shown and "S-06" in shown

    asked = SETTLED + 5 * DAY  # the publicity of one working day has passed, the seven working days have not
    status, shown = post(asker, f"/desk/lots/{lot}/objections/raise/", asked, stage="sale", text=TEXT)
    assert status == 303, shown
    (question,) = objections.objections(lot)
    assert question.due_on == date(2026, 6, 24)  # seven working days from a Saturday, 端午节 between them
    waiting = complain(world, lot, asked + DAY)
    assert "答复期还没有届满" in page(supervisor, f"/desk/complaints/{waiting}/accept/", asked + DAY)

    answered = asked + 4 * DAY
    status, shown = post(
        world.agency, f"/desk/lots/{lot}/objections/1/answer/", answered, upheld="no", text="已提供成本说明"
    )
    assert status == 303, shown

    filed = answered + 3 * DAY
    code = complain(world, lot, filed)
    base = f"/desk/complaints/{code}/"
    found = desk.complaint(code)
    assert found.accept_by is not None and found.regime.decide_from == "receipt"
    for step, days in (("accept", 1), ("copy", 2)):
        status, shown = post(supervisor, f"{base}{step}/", filed + days * DAY, sure="on")
        assert status == 303, shown
    assert TEXT in page(world.owner, base, filed + 3 * DAY)
    assert post(world.owner, base + "reply/", filed + 3 * DAY, text="评审合规")[0] == 303
    decided = filed + 20 * DAY
    told = {"outcome": "upheld", "document": "江财采投〔2026〕1号", "text": "成交结果无效，责令重新开展采购"}
    assert post(supervisor, base + "decide/", decided, **told)[0] == 303
    found = desk.complaint(code)
    assert found.state is ComplaintState.DECIDED and not found.is_late and found.reply == "评审合规"
    public = page(None, "/complaints/", decided)
    assert "江财采投〔2026〕1号" in public and asker.organisation_name not in public
    dossiers.refresh(question.lot)
    assert "投诉处理决定" in page(None, f"/lots/{lot}/record/", decided)


def test_question_comes_too_late_after_seven_working_days(world: World):
    lot = sold(world)
    late = datetime(2026, 6, 19, 9, tzinfo=BEIJING)
    status, shown = post(
        world.bidders[0], f"/desk/lots/{lot}/objections/raise/", late, stage="sale", text=TEXT
    )
    assert status == 422 and objections.objections(lot) == (), shown
