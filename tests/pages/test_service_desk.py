"""服务台: the centre registers others on pages, and gives a lost password back."""

import re
from typing import Any

import pytest
from django.test import Client

from ggzy.foundation.identity import queries as people
from ggzy.foundation.identity import services as identity
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.roles import Role
from ggzy.registers.parties import queries
from ggzy.registers.parties.values import PartyRole
from tests.pages import markup
from tests.pages.organisation import FORM
from tests.services.tendering import hall as stage

CODE = CreditCode.make(region=RegionCode("980100"), serial=931)
PASSWORD = "澜川的秋天总是走得比别处晚一些呢"
PARTY = {**FORM, "code": str(CODE).lower(), "roles": ["authority"]}
PERSON = {
    "login": "linyue",
    "name": "林月",
    "role": "custodian",
    "organisation": str(CODE),
    "region": "980100",
}


@pytest.fixture
def desk(announced: stage.Hall, sign_in) -> Client:
    return sign_in(announced.people.operator)


def shown(answer: Any) -> str:
    """The one-time password on the page."""
    page = answer.content.decode().replace("<wbr>", "")
    assert answer.status_code == 200, page[-1500:]
    assert not markup.faults(page)
    assert "no-store" in answer["Cache-Control"]
    found = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}", page)
    assert found, page
    return found.group()


def registered(desk: Client) -> str:
    assert desk.post("/desk/parties/register/", PARTY).status_code == 303
    return shown(desk.post("/desk/people/register/", {**PERSON, "request": "p1"}))


def test_a_namesake_in_the_owners_office_is_shown_when_an_organisation_is_registered(
    announced: stage.Hall, desk: Client
) -> None:
    owner = queries.party(announced.people.owner.code)
    form = {**PARTY, "roles": ["bidder"], "representative": f"{owner.name}经办人"}
    answer = desk.post("/desk/parties/register/", form)
    page = desk.get(answer["Location"]).content.decode()
    assert f"法定代表人{owner.name}经办人与{owner.name}的工作人员同名" in page
    assert "不影响登记" in page and markup.faults(page) == []
    assert "请核对" not in desk.get("/desk/parties/", {"q": owner.name}).content.decode()


def set_own(code: str, **change: str) -> Any:
    form = {"login": "linyue", "once": code, "new": PASSWORD, "again": PASSWORD, **change}
    return Client().post("/sign-in/password/", form)


def test_an_organisation_and_its_person_are_registered_and_the_person_enters(desk: Client) -> None:
    once = registered(desk)
    assert queries.party(CODE).roles == (PartyRole.AUTHORITY,)
    assert FORM["name"] in desk.get("/desk/parties/", {"q": "远山"}).content.decode()
    page = desk.get("/desk/people/", {"q": "林月"}).content.decode()
    assert "linyue" in page and f"{FORM['name']}，开标密钥保管人" in page and once not in page
    answer = set_own(once.lower().replace("-", ""))
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert Client().post("/sign-in/", {"login": "linyue", "password": PASSWORD}).status_code == 302
    assert set_own(once).status_code == 422, "it works once"


def test_the_same_form_sent_twice_shows_the_same_password(desk: Client) -> None:
    once = registered(desk)
    assert shown(desk.post("/desk/people/register/", {**PERSON, "request": "p1"})) == once
    assert len(people.find("linyue")) == 1


def test_a_lost_password_comes_back_and_the_journal_says_why(desk: Client) -> None:
    set_own(registered(desk))
    (person,) = people.find("linyue")
    path = f"/desk/people/{person.id}/reset/"
    assert "林月" in desk.get(path).content.decode()
    assert desk.post(path, {"reason": ""}).status_code == 422
    once = shown(desk.post(path, {"reason": "本人携证到服务台"}))
    assert Client().post("/sign-in/", {"login": "linyue", "password": PASSWORD}).status_code == 422
    assert set_own(once).status_code == 302
    (fact,) = journal.facts(kinds=("person.password_reset",))
    assert fact.event.reason == "本人携证到服务台"


def test_who_watches_the_centre_gets_no_password_from_it(desk: Client) -> None:
    desk.post("/desk/parties/register/", PARTY)
    proposed = desk.post("/desk/people/register/", {**PERSON, "role": "auditor"})
    assert proposed.status_code == 303 and people.find("linyue") == (), "a second person must consent"
    shown(desk.post("/desk/people/register/", PERSON))
    (person,) = people.find("linyue")
    (held,) = people.memberships(person.id)
    system = Actor.system("auditor")
    identity.grant_membership(
        system, person.id, held.organisation, Role.AUDITOR, held.region, at=journal.now()
    )
    page = desk.post(f"/desk/people/{person.id}/reset/", {"reason": "电话要求"})
    assert page.status_code == 422 and "不由交易中心重置" in page.content.decode()
    assert "重置口令</a>" not in desk.get("/desk/people/", {"q": "linyue"}).content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"login": ""}, "请填写本项"),
        ({"organisation": "91980100MA00000000"}, "统一社会信用代码"),
        ({"organisation": str(CreditCode.make(region=RegionCode("980100"), serial=999))}, "还没有登记"),
        ({"organisation": ""}, "须有所属单位"),
        ({"region": "999999"}, "不在区划表中"),
        ({"role": "system"}, "请在所列各项中选择"),
        ({"role": ""}, "请选择一项"),
    ],
)
def test_a_wrong_person_is_refused_and_nothing_is_cleared(desk: Client, change: Any, words: str) -> None:
    desk.post("/desk/parties/register/", PARTY)
    answer = desk.post("/desk/people/register/", {**PERSON, **change})
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page and "林月" in page
    assert people.find("林月") == ()


@pytest.mark.parametrize(
    "change",
    [{"once": "AAAA-AAAA-AAAA-AAAA-AAAA"}, {"login": "nobody"}, {"again": "x"}, {"new": "短", "again": "短"}],
)
def test_a_password_is_not_set_by_mistake(desk: Client, change: dict[str, str]) -> None:
    once = registered(desk)
    assert set_own(once, **change).status_code == 422
    assert set_own(once).status_code == 302


PAGES = ["/desk/parties/", "/desk/parties/register/", "/desk/people/", "/desk/people/register/"]


@pytest.mark.parametrize("path", PAGES)
def test_nobody_else_stands_behind_the_desk(announced: stage.Hall, sign_in, path: str) -> None:
    cast = announced.people
    for other in (cast.owner, cast.agency, cast.supervisor, cast.firms[0], cast.custodians[0]):
        assert sign_in(other).get(path).status_code == 403
    assert "/sign-in/" in Client().get(path)["Location"]
    assert sign_in(cast.operator).get(path).status_code == 200


def test_a_real_installation_takes_no_invented_region(desk: Client, settings: Any) -> None:
    settings.REAL = True
    page = desk.post("/desk/people/register/", PERSON).content.decode()
    assert "行政区划代码980100不在区划表中" in page
    assert Role.SUPERVISOR.label in page
