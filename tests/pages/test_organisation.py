"""本单位: registered and changed by its own people."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from ggzy.foundation.identity import services as identity
from ggzy.foundation.identity.values import NewPerson
from ggzy.foundation.journal import queries as journal
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.roles import Role
from ggzy.registers.parties import queries
from ggzy.registers.parties.values import PartyRole
from tests.pages.organisation import FORM

pytestmark = pytest.mark.django_db

CITY = RegionCode("980100")
CODE = CreditCode.make(region=CITY, serial=911)
PASSWORD = "江州的春天总是来得比别处早一些啊"
PATH = "/desk/organisation/"


def signed_in(client: Client, role: Role = Role.BIDDER) -> Client:
    new = NewPerson(login="heli", name="何理", password_hash=identity.hash_password(PASSWORD))
    receipt = identity.register_person(Actor.system("person"), new, at=journal.now())
    person = receipt.subject.removeprefix("user/")
    organisation = None if role is Role.EXPERT else CODE
    identity.grant_membership(Actor.system("member"), person, organisation, role, CITY, at=journal.now())
    assert client.post("/sign-in/", {"login": "heli", "password": PASSWORD}).status_code == 302
    return client


def post(client: Client, request: str, **change: Any) -> Any:
    return client.post(PATH, {**FORM, "request": request, **change})


def test_an_organisation_registers_itself_at_once(client: Client) -> None:
    desk = signed_in(client)
    assert "还没有登记" in desk.get(PATH).content.decode()
    assert post(desk, "f1").status_code == 303
    party = queries.party(CODE)
    assert (party.name, party.region, party.roles) == (FORM["name"], CITY, (PartyRole.BIDDER,))
    assert party.basic_account is not None and party.basic_account.number == "6222020000000911"
    assert [held.valid_until for held in party.qualifications] == [date(2098, 6, 30), None]
    page = desk.get(PATH).content.decode()
    assert [(one.holder, str(one.share.value), one.code) for one in party.holdings] == [
        ("云岭集团有限公司", "0.6", None), ("王敏", "0.4", None),
    ]  # fmt: skip
    assert "云岭集团有限公司，60" in page
    assert "尾号 0911" in page and "建筑工程施工总承包，二级，D2980001，2098-06-30" in page


def test_a_change_keeps_the_code_and_is_seen_at_once(client: Client) -> None:
    desk = signed_in(client)
    post(desk, "f1")
    assert post(desk, "f2", phone="0980-7654321", roles=["bidder", "owner"]).status_code == 303
    party = queries.party(CODE)
    assert party.phone == "0980-7654321"
    assert set(party.roles) == {PartyRole.BIDDER, PartyRole.OWNER}


@pytest.mark.parametrize(
    "change, words",
    [
        ({"name": ""}, "请填写本项"),
        ({"name": "长" * 2001}, "2000"),
        ({"region": "999999"}, "不在区划表中"),
        ({"region": "江州"}, "2位、4位或6位"),
        ({"roles": []}, "请至少选择一项"),
        ({"roles": ["authority"]}, "请在所列各项中选择"),
        ({"phone": "请打电话"}, "联系电话"),
        ({"licence_until": "2001-01-01"}, "证照已过有效期"),
        ({"account_number": ""}, "投标人须登记基本账户"),
        ({"account_number": "abc"}, "8至32位数字"),
        ({"qualifications": "只有名称"}, "第1行资质"),
        ({"holdings": "云岭集团"}, "第1行股东"),
        ({"holdings": "云岭集团，60%\n王敏，101%"}, "第2行股东"),
        ({"holdings": "云岭集团，六成"}, "第1行股东"),
        ({"qualifications": "甲，乙，丙，明年"}, "第1行资质的有效期"),
        ({"is_pledged": ""}, "请勾选本项"),
    ],
)
def test_an_incomplete_form_is_refused_and_nothing_is_cleared(client, change, words):
    answer = post(signed_in(client), "f1", **change)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "何理" in page
    assert not queries.is_registered(CODE)


def test_a_name_of_two_thousand_characters_is_taken(client: Client) -> None:
    assert post(signed_in(client), "f1", name="联" * 2000).status_code == 303


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.EXPERT, Role.AUDITOR])
def test_others_have_no_such_page(client: Client, role: Role) -> None:
    assert signed_in(client, role).get(PATH).status_code == 403


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    assert client.get(PATH).status_code in (302, 303)
