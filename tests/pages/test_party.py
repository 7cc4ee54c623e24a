"""主体主页: public, and only what the register publishes."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from ggzy.foundation.journal import queries as journal
from ggzy.kernel.actor import Actor
from ggzy.kernel.codes import CreditCode, RegionCode
from ggzy.kernel.instants import local_date
from ggzy.kernel.roles import Role
from ggzy.registers.credit import rules as credit_rules
from ggzy.registers.credit import services as credit
from ggzy.registers.credit.values import Decision, Gravity, NewBan, NewRecord, RecordKind
from ggzy.registers.parties import services as parties
from ggzy.registers.parties.values import BankAccount, PartyForm, PartyKind, PartyRole, Qualification

pytestmark = pytest.mark.django_db

CITY = RegionCode("980100")
CODE = CreditCode.make(region=CITY, serial=921)
NAME = "江州远山建设有限公司"
FORM = PartyForm(
    code=CODE,
    name=NAME,
    kind=PartyKind.LEGAL,
    region=CITY,
    roles=(PartyRole.BIDDER,),
    representative="何理",
    address="云岭省江州市望江区一路 1 号",
    phone="0980-1234567",
    basic_account=BankAccount(NAME, "江州农商银行", "6222020000000921"),
    qualifications=(
        Qualification("建筑工程施工总承包", "二级", "D2980001", date(2098, 6, 30)),
        Qualification("市政公用工程施工总承包", "三级", "D2980002", date(2020, 6, 30)),
    ),
    is_pledged=True,
)


def registered(form: PartyForm = FORM) -> PartyForm:
    parties.register(Actor.system(f"party-{form.code}"), form, at=journal.now())
    return form


def page(client: Client) -> str:
    answer = client.get(f"/parties/{CODE}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_shows_what_is_public_and_nothing_else(client: Client) -> None:
    registered()
    text = page(client)
    for words in (NAME, "法人", "云岭省江州市", "投标人", "D2980001", "已于 2020-06-30 过期", "长期有效"):
        assert words in text
    for secret in ("6222020000000921", "0980-1234567", "何理", "江州农商银行"):
        assert secret not in text


def test_bans_and_records_stand_on_the_page(client: Client) -> None:
    registered()
    today = local_date(journal.now())
    made = Decision("江州市住房和城乡建设局", "江建罚〔2026〕1号", "招标投标法 §53", today)
    supervisor = Actor("p-s", CODE, Role.SUPERVISOR, CITY, "r1")
    ban = NewBan(CODE, "collusion", today, credit_rules.add_months(today, 12), made)
    credit.ban(supervisor, ban, at=journal.now())
    record = NewRecord(CODE, RecordKind.PENALTY, "串通投标被处罚", "罚款", made, Gravity.GENERAL)
    credit.record(replace(supervisor, request="r2"), record, at=journal.now())
    text = page(client)
    assert "市场禁入" in text and "禁止参加依法必须招标的项目" in text
    assert "串通投标被处罚" in text


def test_a_very_long_name_has_its_page(client: Client) -> None:
    long = "联合体" * 600
    registered(replace(FORM, name=long, basic_account=None, roles=(PartyRole.OWNER,)))
    assert long in page(client)


@pytest.mark.parametrize("code", [CreditCode.make(region=CITY, serial=999), "nonsense", "91350100M000100Y44"])
def test_an_unknown_party_is_missing(client: Client, code: str) -> None:
    assert client.get(f"/parties/{code}/").status_code == 404
