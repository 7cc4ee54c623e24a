"""监督分工 at every door: a supervisor sees and handles what belongs to its branches; pages, interface, commands."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from ggzy.kernel.codes import LotCode
from ggzy.kernel.instants import local_date
from ggzy.kernel.roles import Role
from ggzy.kernel.verdict import Refused
from ggzy.oversight.alerts import services as alerts
from ggzy.oversight.alerts.models import Alert
from ggzy.oversight.cases import queries, services
from ggzy.oversight.cases.values.casework import NewCase
from ggzy.oversight.cases.values.complaints import NewComplaint
from ggzy.oversight.powers import queries as powers
from ggzy.registers.parties import services as parties
from ggzy.registers.parties.values import PartyRole
from ggzy.trading.dossier import services as dossiers
from ggzy.trading.projects import services as projects
from ggzy.trading.projects.values import Order, Phase
from tests.pages.markup import faults
from tests.services.alerts.stage import second_wins
from tests.world import CITY, START, Player, World, _organisation, _player, browser

HOUSING = "住房城乡建设部门"
ORDER = Order("江州市财政局", "收到投诉，需要核查", "招标投标法实施条例 §62", date(2026, 6, 10))


@dataclass(frozen=True)
class Matter:
    """A lot of the housing department, with an alert, a case and a complaint; and who supervises."""

    lot: LotCode
    alert: Alert
    case: str
    complaint: str
    housing: Player
    finance: Player


@pytest.fixture
def matter(world: World) -> Matter:
    finance = _player(
        "钱立", Role.SUPERVISOR, *_organisation("江州市财政局", "11", 41, CITY, PartyRole.AUTHORITY)
    )
    lot = world.lot()
    projects.advance(lot, Phase.CONTESTED, START)
    dossiers.refresh(lot)
    new = NewComplaint(
        lot, "award", "江州市城市建设管理处", local_date(START), "定标违反规定", "认定定标无效"
    )
    filed = services.file_complaint(world.bidders[0].acts(), new, at=START)
    firm = world.bidders[1].organisation
    case = NewCase("串通投标案", "线索", "collusion", (firm,), CITY, lot=lot)
    opened = services.open_case(world.supervisor.acts(), case, at=START)
    code, complaint = (receipt.subject.split("/")[1] for receipt in (opened, filed))
    return Matter(lot, second_wins(world, lot=lot), code, complaint, world.supervisor, finance)


def give(world: World, player: Player, *branches: str) -> None:
    parties.give_branches(world.system(), player.organisation, branches, at=START)


def addresses(matter: Matter) -> dict[str, str]:
    """Each list, and the address in it of what it would show."""
    return {
        "/desk/alerts/": f"/desk/alerts/{matter.alert.code}/",
        "/desk/cases/": f"/desk/cases/{matter.case}/",
        "/desk/complaints/": f"/desk/complaints/{matter.complaint}/",
    }


def test_every_list_and_page_is_the_own_branches(world: World, matter: Matter):
    give(world, matter.housing, "housing")
    give(world, matter.finance, "finance")
    mine, other = browser(matter.housing), browser(matter.finance)
    for listed, address in addresses(matter).items():
        assert address in mine.get(listed).content.decode()
        assert mine.get(address).status_code == 200
        page = other.get(listed)
        assert page.status_code == 200 and address not in page.content.decode()
        refused = other.get(address)
        assert refused.status_code == 422 and HOUSING in refused.content.decode()
        assert faults(refused.content.decode()) == []


def test_the_board_counts_and_lists_the_own_branches(world: World, matter: Matter):
    give(world, matter.housing, "housing")
    give(world, matter.finance, "finance")
    mine, other = (browser(one).get("/desk/").content.decode() for one in (matter.housing, matter.finance))
    for address in addresses(matter).values():
        assert address in mine and address not in other
    remits = [powers.remit(one.acts()) for one in (matter.housing, matter.finance)]
    numbers = [{label: n for label, n, _ in queries.counts(CITY, remit, START)} for remit in remits]
    assert [one["办理中案件"] for one in numbers] == [numbers[0]["办理中案件"], 0] != [0, 0]
    assert numbers[1]["办理中投诉"] == 0


@pytest.mark.parametrize("who", ["inspector", "auditor"])
def test_discipline_and_audit_read_every_branch(world: World, matter: Matter, who: str):
    give(world, matter.housing, "housing")
    reader: Player = getattr(world, who)
    for listed, address in addresses(matter).items():
        assert address in browser(reader).get(listed).content.decode()


def test_who_supervises_all_sees_what_a_branch_sees(world: World, matter: Matter):
    give(world, matter.housing, "housing")
    for listed, address in addresses(matter).items():
        assert address in browser(matter.finance).get(listed).content.decode()
        assert browser(matter.finance).get(address).status_code == 200


def test_no_command_of_another_branch_runs(world: World, matter: Matter):
    give(world, matter.housing, "housing")
    give(world, matter.finance, "finance")
    me, day, firm = matter.finance.acts, START.date() + timedelta(days=5), world.bidders[0].organisation
    case = NewCase("串通投标案", "线索", "collusion", (firm,), CITY, lot=matter.lot)
    acts = [
        lambda: alerts.ask(me(), matter.alert.code, firm, "请说明", day, at=START),
        lambda: alerts.dismiss(me(), matter.alert.code, "已核对放弃声明和公示记录", at=START),
        lambda: alerts.confirm(me(), matter.alert.code, "已核对放弃声明和公示记录", at=START),
        lambda: services.open_case(me(), case, at=START),
        lambda: services.keep_evidence(me(), matter.case, "sha256:" + "a" * 64, "文件", at=START),
        lambda: services.accept_complaint(me(), matter.complaint, at=START),
        lambda: services.pull_brake(me(), matter.lot, ORDER, at=START),
    ]
    for act in acts:
        with pytest.raises(Refused, match=HOUSING):
            act()
    assert alerts.dismiss(
        matter.housing.acts(), matter.alert.code, "已核对放弃声明和公示记录", at=START
    ).height
    assert services.accept_complaint(matter.housing.acts(), matter.complaint, at=START).height


def test_pages_of_the_lot_offer_another_branch_nothing(world: World, matter: Matter):
    give(world, matter.finance, "finance")
    paths = (f"/desk/lots/{matter.lot}/brake/", f"/desk/cases/open/?lot={matter.lot}")
    for path in paths:
        assert browser(matter.housing).get(path).status_code == 200
        answer = browser(matter.finance).get(path)
        assert answer.status_code == 422 and HOUSING in answer.content.decode()
    assert queries.offers(matter.finance.acts(), matter.lot, START) == ()
    assert len(queries.offers(matter.housing.acts(), matter.lot, START)) == 3


def test_a_case_stays_with_the_authority_that_opened_it(world: World, matter: Matter):
    give(world, matter.housing, "finance")
    give(world, matter.finance, "housing")
    address = f"/desk/cases/{matter.case}/"
    for player in (matter.housing, matter.finance):
        assert address in browser(player).get("/desk/cases/").content.decode()
        assert browser(player).get(address).status_code == 200


def test_what_nobody_covers_is_shown_to_every_branch_and_says_so(world: World, matter: Matter):
    give(world, matter.housing, "water")
    give(world, matter.finance, "finance")
    for player in (matter.housing, matter.finance):
        client, address = browser(player), f"/desk/alerts/{matter.alert.code}/"
        page = client.get("/desk/alerts/").content.decode()
        assert address in page and "无主管部门" in page and faults(page) == []
        page = client.get(address).content.decode()
        assert "无主管部门" in page and faults(page) == []
    assert alerts.dismiss(
        matter.finance.acts(), matter.alert.code, "已核对放弃声明和公示记录", at=START
    ).height
    give(world, matter.housing)  # somebody supervises all again
    assert matter.alert.code not in browser(matter.finance).get("/desk/alerts/?state=all").content.decode()


def test_the_interface_keeps_to_the_branches(world: World, matter: Matter):
    give(world, matter.finance, "finance")
    paths = ("/api/oversight/alerts", f"/api/oversight/alerts/{matter.alert.code}")
    mine = browser(matter.housing).get(paths[0]).json()
    (row,) = [one for one in mine["alerts"] if one["code"] == matter.alert.code]
    assert row["unclaimed"] is False and browser(matter.housing).get(paths[1]).status_code == 200
    other = browser(matter.finance)
    told = other.get(paths[0]).json()
    assert matter.alert.code not in {one["code"] for one in told["alerts"]} and told["total"] < mine["total"]
    refused = other.get(paths[1])
    assert refused.status_code == 403 and HOUSING in refused.json()["message"]


def test_the_desk_registers_an_authority_with_its_branches(world: World):
    from ggzy.kernel.codes import CreditCode
    from ggzy.registers.parties import queries as register

    code = CreditCode.make(authority="11", region=CITY, serial=42)
    form = {
        "code": code, "name": "江州市水务局", "kind": "legal", "region": CITY, "roles": ["authority"],
        "branches": ["water"], "representative": "何理", "address": "江州市水务路 1 号",
        "phone": "0980-1234567", "is_pledged": "on",
    }  # fmt: skip
    client, path = browser(world.operator), "/desk/parties/register/"
    page = client.get(path).content.decode()
    assert "监督领域" in page and HOUSING in page and faults(page) == []
    wrong = client.post(path, {**form, "roles": ["owner"]})
    assert wrong.status_code == 422 and "只有行政监督部门可以登记监督领域" in wrong.content.decode()
    assert client.post(path, form).status_code == 303
    assert register.party(code).branches == ("water",)
